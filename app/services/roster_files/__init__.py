"""From the bytes of a file to plain rows: CSV and its kin, or a sheet of a workbook.

Rows keep the number that a spreadsheet shows beside them. Whatever is no table of people is refused
with one sentence that says what it is and what to do.
"""

from __future__ import annotations

from app.services.roster_csv.text import UnreadableFile
from app.services.roster_files import delimited, workbook
from app.services.roster_files.frame import LeftOut, Sheet, SourceRow
from app.services.roster_files.kinds import Kind, kind_of

MAX_FILE = 10_000_000

__all__ = ["MAX_FILE", "LeftOut", "Sheet", "SourceRow", "UnreadableFile", "check", "read_sheet"]


def read_sheet(content: bytes, *, sheet: str = "", most_rows: int) -> Sheet:
    """Read a file's rows; ``sheet`` names one of a workbook, empty for the likeliest.

    Raises ``UnreadableFile`` with what was found, what was expected and what to do.
    """
    if check(content) is Kind.WORKBOOK:
        return workbook.read(content, sheet=sheet, most_rows=most_rows)
    return delimited.read(content, most_rows=most_rows)


def check(content: bytes) -> Kind:
    """Return which kind of file this is; refuse what is empty, too large or no table."""
    if len(content) > MAX_FILE:
        msg = (
            f"This file has {len(content) / 1_000_000:.1f} MB; at most {MAX_FILE // 1_000_000} MB "
            "can be read. Keep only the sheet and the columns with people, then upload it again."
        )
        raise UnreadableFile(msg)
    return kind_of(content)
