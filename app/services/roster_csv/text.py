"""From the bytes of a file to rows of cells: encoding, separator, quotes.

``csv.Sniffer`` fails on one column and on free text; here the separator is the one under which the
first line holds most known headings.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import dropwhile

from app.errors import MentoringError

SEPARATORS = (";", ",", "\t", "|")
MAX_BYTES = 20_000_000
MAX_COLUMNS = 200
_KINDS = (
    (b"PK\x03\x04", "an Excel workbook or another zip file; save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save it as CSV"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = frozenset("àâäåãáæçèéêëìíîïñòóôöõøœßùúûüýÿÀÂÄÅÃÁÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ")
"""Letters of names in western Europe: what tells Windows-1252 and Mac Roman apart."""


class UnreadableFile(MentoringError):
    """The file cannot be read as a table."""

    status = 422


class OpenQuote(UnreadableFile):
    """A quotation mark is opened and never closed; ``rows`` were read before it."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        super().__init__(f"row {rows}: a quotation mark is opened and never closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRows:
    """The first line and all others, as they stand in the file; cells are not yet cleaned."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_rows(content: bytes, known_headings: Callable[[list[str]], int]) -> CellRows:
    """Return the file's rows; ``known_headings`` counts how many cells of a line are headings."""
    text = decode(content).lstrip("\ufeff").lstrip("\r\n")
    csv.field_size_limit(MAX_BYTES)  # for the first line, too
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text = rest
    rows = list(dropwhile(_is_blank, _parse(text, separator_of(text, known_headings))))
    if not rows:
        msg = "the file is empty; expected a line of headings and a row for each person"
        raise UnreadableFile(msg)
    if len(rows[0]) > MAX_COLUMNS:
        msg = f"found {len(rows[0])} columns, expected at most {MAX_COLUMNS}"
        raise UnreadableFile(msg)
    return CellRows(headings=tuple(rows[0]), rows=tuple(tuple(row) for row in rows[1:]))


def _is_blank(row: list[str]) -> bool:
    return not "".join(row).strip()


def decode(content: bytes) -> str:
    """Return the text of a file in any encoding that spreadsheets and form tools write."""
    return decode_named(content)[0]


def decode_named(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the encoding it was written in."""
    if len(content) > MAX_BYTES:
        msg = f"found {len(content)} bytes, expected at most {MAX_BYTES}"
        raise UnreadableFile(msg)
    for begin, what in _KINDS:
        if content.startswith(begin):
            msg = f"found {what}, expected a CSV file"
            raise UnreadableFile(msg)
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content, encoding), encoding
    if content[:400].count(0) > len(content[:400]) // 4:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _strict(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _western(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        msg = f"found bytes that are no text ({encoding}), expected a CSV file"
        raise UnreadableFile(msg) from None


def _western(content: bytes) -> tuple[str, str]:
    """Decode by the code page under which the names read best."""
    options = ("cp1252", "latin-1", "mac-roman")
    texts: list[tuple[str, str]] = []
    for encoding in options:
        try:
            texts.append((content.decode(encoding), encoding))
        except UnicodeDecodeError:
            continue
    return max(texts, key=lambda found: _likely(found[0]))


def _likely(text: str) -> int:
    score = 0
    for char in text:
        if ord(char) < 128:
            continue
        score += 1 if char in _USUAL else -1
        score -= 4 if unicodedata.category(char) == "Cc" else 0
    return score


def separator_of(text: str, known_headings: Callable[[list[str]], int]) -> str:
    """Return the separator under which the first line holds most known headings."""
    lines = text.lstrip("\r\n \t").splitlines()
    line = lines[0] if lines else ""

    def worth(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=separator), [])
        return known_headings(cells), len(cells)

    return max(SEPARATORS, key=worth)


def _parse(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise OpenQuote(len(rows)) from None
        loose = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return list(loose)
    return rows
