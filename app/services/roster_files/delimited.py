"""CSV and its kin: any usual encoding, separator and way of quoting."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.services.roster_csv.columns import known_headings
from app.services.roster_csv.text import (
    MAX_BYTES,
    SEPARATORS,
    OpenQuote,
    UnreadableFile,
    decode_named,
)
from app.services.roster_files.frame import Sheet, SourceRow, framed, too_many

_LOOK_AT = 20
_SAID = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "upright strokes"}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
}


def read(content: bytes, *, most_rows: int) -> Sheet:
    """Return the rows of a text file; a quotation mark left open names its row."""
    text, encoding = _decode(content)
    text = text.lstrip("\ufeff")
    csv.field_size_limit(MAX_BYTES)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text = rest
    separator = _separator(text)
    rows = _rows(text, separator, most_rows)
    said = _ENCODINGS.get(encoding, encoding.split("-le")[0].split("-be")[0].upper())
    has_columns = any(len(row.cells) > 1 for row in rows[:_LOOK_AT])
    how = f"{_SAID[separator]}, {said}" if has_columns else f"one column, {said}"
    return framed(rows, how=how, most_rows=most_rows)


def _decode(content: bytes) -> tuple[str, str]:
    try:
        return decode_named(content)
    except UnreadableFile:
        msg = (
            "The file holds bytes that are no text. Save the list as XLSX, or as CSV in UTF-8, "
            "then upload it again."
        )
        raise UnreadableFile(msg) from None


def _separator(text: str) -> str:
    """Return the separator under which one of the first lines holds most known headings."""
    lines = [line for line in text[:100_000].splitlines()[: 2 * _LOOK_AT] if line.strip()]

    def worth(separator: str) -> tuple[int, int]:
        found = [next(csv.reader([line], delimiter=separator), []) for line in lines[:_LOOK_AT]]
        return (
            max((known_headings(cells) for cells in found), default=0),
            max((len(cells) for cells in found), default=0),
        )

    return max(SEPARATORS, key=worth)


def _rows(text: str, separator: str, most_rows: int) -> list[SourceRow]:
    try:
        return _collect(_reader(text, separator, is_strict=True), most_rows)
    except OpenQuote as error:
        msg = (
            f"Row {error.rows + 1}: a quotation mark is opened and never closed. Close it or take "
            "it out, then upload the file again."
        )
        raise UnreadableFile(msg) from None
    except csv.Error:
        return _collect(_reader(text, separator, is_strict=False), most_rows)


def _reader(text: str, separator: str, *, is_strict: bool) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=is_strict)


def _collect(lines: Iterable[list[str]], most_rows: int) -> list[SourceRow]:
    """Return the rows that are not blank; reading ends once there are too many."""
    rows: list[SourceRow] = []
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(SourceRow(number=number, cells=tuple(cells)))
            if len(rows) > most_rows + 2 * _LOOK_AT:
                raise too_many(most_rows)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise OpenQuote(number) from None
        raise
    return rows
