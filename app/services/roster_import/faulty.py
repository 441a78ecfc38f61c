"""The rows to put right as a file of their own, with a column that says why."""

from __future__ import annotations

import csv
import io

from app.services.plan_files.sheet import safe_cell
from app.services.roster_csv.values import is_escaped
from app.services.roster_import.faults import Fault
from app.services.roster_import.fields import CONFIDENTIAL, FIELDS, LABELS, Field
from app.services.roster_import.opening import Opened
from app.services.roster_import.reporting import Outcome, Report

REASON = "What to put right"
EMPTY_LIST = (
    ",".join(
        LABELS[name] for name in FIELDS if name not in {Field.FIRST_NAME, Field.LAST_NAME}
    ).encode("utf-8-sig")
    + b"\r\n"
)


def write_faulty(file: Opened, found: Report, *, shows_all: bool) -> bytes:
    """Return UTF-8 with the mark by which spreadsheets know it; no cell of it is a formula.

    Columns of wishes are in it only if ``shows_all``.
    """
    hidden = (
        {source.column for name, source in file.columns.items() if name in CONFIDENTIAL}
        if not shows_all
        else set()
    )
    kept = [place for place in range(len(file.sheet.headings)) if place not in hidden]
    reasons = {
        row.number: "; ".join(
            _reason(fault if shows_all else fault.shown(to_owner=False))
            for fault in row.faults
            if fault.is_error
        )
        for row in found.rows
        if row.outcome is Outcome.WRONG
    }
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*(safe_cell(file.sheet.headings[place]) for place in kept), REASON, "Row"])
    for row in file.sheet.rows:
        if row.number in reasons:
            cells = [row.cells[place] if place < len(row.cells) else "" for place in kept]
            written = [_kept(cell) for cell in cells]
            writer.writerow([*written, safe_cell(reasons[row.number]), row.number])
    return out.getvalue().encode("utf-8-sig")


def _kept(cell: str) -> str:
    """Return a cell as it stood, safe; one that is escaped already is not escaped twice."""
    return cell if is_escaped(cell) and "\n" not in cell else safe_cell(cell)


def _reason(fault: Fault) -> str:
    found = f'found "{fault.found}"' if fault.found else "found nothing"
    return f"{fault.column}: {found}, expected {fault.expected}"
