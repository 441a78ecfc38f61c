"""The roster as a file for a spreadsheet, which computes none of its cells.

It holds what every organiser reads on the roster: no private answer, no wish, nobody's question,
and never whom somebody would rather not sit with. The headings are those that a file of people
begins with when it is brought in, so that our own file comes in again and changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from app.services.plan_files.sheet import safe_cell

HEADINGS = (
    "name",
    "email",
    "role",
    "stage",
    "affiliation",
    "topics",
    "available",
    "needs",
    "place",
    "waitlist",
    "answer",
    "comes",
)
MOST_OF_A_CELL = 32_767
"""What Excel takes; longer texts would make it call the file broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """One person; ``own`` are the answers to the organiser's own questions that all may read."""

    name: str
    email: str
    role: str
    stage: str
    affiliation: str
    topics: tuple[str, ...]
    available: str
    needs: tuple[str, ...]
    place: str
    waitlist: str
    answer: str
    comes: str
    own: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row, in the order of `HEADINGS`."""
        return (
            self.name,
            self.email,
            self.role,
            self.stage,
            self.affiliation,
            "; ".join(self.topics),
            self.available,
            "; ".join(self.needs),
            self.place,
            self.waitlist,
            self.answer,
            self.comes,
            *self.own,
        )


def write_csv(lines: Iterable[ExportLine], questions: Sequence[str] = ()) -> bytes:
    """Return the roster as UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in (*HEADINGS, *questions)])
    for line in lines:
        writer.writerow([safe_cell(cell) for cell in line.cells()])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(lines: Iterable[ExportLine], questions: Sequence[str] = ()) -> bytes:
    """Return the roster as a workbook of one sheet, every cell of it text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Roster")
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFGH", (26, 30, 11, 22, 26, 40, 16, 22), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in ((*HEADINGS, *questions), *(line.cells() for line in lines)):
        sheet.append([_text_cell(sheet, text) for text in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with; openpyxl makes a formula of "="."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    cell = WriteOnlyCell(sheet, value=line[:MOST_OF_A_CELL])
    cell.data_type = "s"
    return cell
