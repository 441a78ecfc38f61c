"""A sheet of an XLSX workbook, read row by row.

openpyxl reads XML with defusedxml when that is installed, which refuses entities. How much a
workbook unpacks to is looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from app.services.roster_csv.columns import known_headings
from app.services.roster_csv.text import MAX_COLUMNS, UnreadableFile
from app.services.roster_files.frame import Sheet, SourceRow, framed, too_many

MAX_UNPACKED = 80_000_000
MAX_PARTS = 2_000
MAX_ROW = 1_048_576
_LOOK_AT = 20
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BROKEN = (
    ParseError,
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    NotImplementedError,
    OSError,
)
"""What openpyxl raises over a damaged workbook: it checks little and trips over what is missing."""
_OPEN_FORMULA = "the value; this formula was saved without one"
_DAMAGED = "This workbook arrived damaged. Open it in a spreadsheet, save it, then upload it."
_HOSTILE = (
    "This workbook holds instructions that no spreadsheet writes, so it is not read. Copy the list "
    "into a new workbook, then upload that."
)

_Cells = list[tuple[int, list[Any]]]


def read(content: bytes, *, sheet: str, most_rows: int) -> Sheet:
    """Return the rows of one sheet; of the one that looks most like a list, if none is named."""
    _check_size(content)
    try:
        return _read(content, sheet=sheet, most_rows=most_rows)
    except UnreadableFile:
        raise
    except _BROKEN as error:
        causes = (error, error.__cause__, error.__context__)
        is_hostile = any(isinstance(one, DefusedXmlException) for one in causes)
        raise UnreadableFile(_HOSTILE if is_hostile else _DAMAGED) from None


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        msg = (
            f"This workbook unpacks to {size // 1_000_000} MB; at most "
            f"{MAX_UNPACKED // 1_000_000} MB can be read. Copy the list into a new workbook, "
            "then upload that."
        )
        raise UnreadableFile(msg)


def _read(content: bytes, *, sheet: str, most_rows: int) -> Sheet:
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    try:
        names = tuple(one.title for one in book.worksheets)
        if not names:
            msg = "This workbook has no sheet with cells. Put the list on one, then upload it."
            raise UnreadableFile(msg)
        page = book[sheet] if sheet in names else _likeliest(book.worksheets)
        cells = _cells(page, most_rows)
        xml = _xml_of(content, page)
    finally:
        book.close()
    merged = _fill_merged(cells, xml)
    open_cells = _open_formulas(content, page.title) if b"<f" in xml else {}
    rows = [
        SourceRow(number=number, cells=texts, faults=faults)
        for number, values in cells
        for texts in [tuple(text_of(value) for value in values)]
        for faults in [open_cells.get(number, ())]
        if faults or any(text.strip() for text in texts)
    ]
    return framed(
        rows,
        how="Excel workbook",
        most_rows=most_rows,
        name=page.title,
        names=names,
        notes=merged,
    )


def _likeliest(pages: list[Any]) -> Any:
    """Return the visible sheet with most known headings in its first rows, else the first."""

    def worth(page: Any) -> tuple[int, bool]:
        lines = [[text_of(value) for value in values] for _, values in _first(page)]
        return max((known_headings(line) for line in lines), default=0), bool(lines)

    shown = [page for page in pages if page.sheet_state == "visible"] or pages
    return max(shown, key=worth)


def _first(page: Any) -> _Cells:
    return [row for row, _ in zip(_walk(page), range(_LOOK_AT), strict=False)]


def _walk(page: Any) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows with their numbers; what a sheet claims of its own size is not believed."""
    page.reset_dimensions()
    rows = page.iter_rows(max_row=MAX_ROW, max_col=MAX_COLUMNS + 1, values_only=True)
    for number, values in enumerate(rows, start=1):
        last = len(values)
        while last and values[last - 1] is None:
            last -= 1
        yield number, list(values[:last])


def _cells(page: Any, most_rows: int) -> _Cells:
    """Return the rows that hold anything; reading ends once there are too many."""
    found: _Cells = []
    for number, values in _walk(page):
        if values:
            found.append((number, values))
        if len(found) > most_rows + 2 * _LOOK_AT:
            raise too_many(most_rows)
    return found


def _xml_of(content: bytes, page: Any) -> bytes:
    """Return a sheet's own XML, in which merged cells stand; it was measured before."""
    path = page._worksheet_path  # noqa: SLF001 -- the only way to the sheet's part of the file
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)


def _fill_merged(cells: _Cells, xml: bytes) -> tuple[str, ...]:
    """Give a cell merged over several rows to each of them; say which."""
    by_number = dict(cells)
    notes: list[str] = []
    for ref in _MERGED.findall(xml):
        left, top, right, bottom = range_boundaries(ref.decode())
        first = by_number.get(top, [])
        if left != right or top == bottom or left > len(first) or first[left - 1] is None:
            continue
        for number, row in cells:
            if top < number <= bottom:
                row.extend([None] * (left - len(row)))
                row[left - 1] = first[left - 1]
        notes.append(f"Cells {ref.decode()} were merged; each row took the value of the first.")
    return tuple(notes)


def _open_formulas(content: bytes, name: str) -> dict[int, tuple[tuple[int, str, str], ...]]:
    """Return the cells, by row, whose formula was saved without a value."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    values = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    found: dict[int, tuple[tuple[int, str, str], ...]] = {}
    try:
        for (number, formulas), (_, computed) in zip(
            _walk(book[name]), _walk(values[name]), strict=False
        ):
            computed.extend([None] * (len(formulas) - len(computed)))
            faults = tuple(
                (place, formula, _OPEN_FORMULA)
                for place, formula in enumerate(formulas)
                if isinstance(formula, str) and formula.startswith("=") and computed[place] is None
            )
            if faults:
                found[number] = faults
    finally:
        book.close()
        values.close()
    return found


def text_of(value: Any) -> str:
    """Return a cell as a spreadsheet shows it: whole numbers without a point, dates as dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
