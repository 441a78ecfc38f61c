"""What of a file stayed behind when it was taken in: named, and kept as a file of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.models import RosterUpload
from app.services.roster_files import SourceRow
from app.services.roster_import.faults import Fault, Mend
from app.services.roster_import.fields import Field
from app.services.roster_import.opening import Opened
from app.services.roster_import.reporting import Outcome, Report

MOST_NAMED = 500
_REST = ", rows to put right"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """A row that became nobody: what is wrong in it, or why it was left out."""

    number: int
    who: str
    why: str
    faults: tuple[Fault, ...]


def stayed_behind(found: Report) -> tuple[Stayed, ...]:
    """Return the rows that a report adds nowhere, in the file's order."""
    return tuple(
        Stayed(
            number=row.number,
            who=row.who,
            why=row.why,
            faults=tuple(fault for fault in row.faults if fault.is_error),
        )
        for row in found.rows
        if row.outcome in {Outcome.WRONG, Outcome.LEFT_OUT}
    )


def keep_rest(
    session: Session, upload: RosterUpload, file: Opened, stayed: Iterable[Stayed]
) -> RosterUpload | None:
    """Keep the rows to put right as a file of their own; None when there are none.

    Rows keep their numbers and what was decided about them; nobody else of the file is in it. It
    goes when the file itself would have gone.
    """
    wrong = {one.number for one in stayed if one.faults}
    if not wrong:
        return None
    fixes = {row: texts for row, texts in file.decisions.fixes.items() if row in wrong}
    decisions = replace(
        file.decisions, sheet="", columns=dict(file.columns), fixes=fixes, left_out=frozenset()
    )
    name = upload.file_name.removesuffix(_REST)[: _LONGEST_NAME - len(_REST)]
    rest = RosterUpload(
        event_id=upload.event_id,
        organiser_id=upload.organiser_id,
        file_name=name + _REST,
        content=_written(file, wrong),
        mapping=decisions.as_json(),
        created_at=upload.created_at,
        expires_at=upload.expires_at,
    )
    session.add(rest)
    session.flush()
    return rest


def _written(file: Opened, wrong: set[int]) -> bytes:
    """Return the headings and some rows, each in the line that its number says."""
    lines: dict[int, Iterable[str]] = {file.sheet.heading_row: file.sheet.headings}
    lines |= {row.number: _cells(row) for row in file.sheet.rows if row.number in wrong}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number in range(1, max(lines) + 1):
        writer.writerow(lines.get(number, ()))
    return out.getvalue().encode("utf-8-sig")


def _cells(row: SourceRow) -> list[str]:
    """Return a row's cells; where the file left one open stands what was found there."""
    cells = list(row.cells)
    for place, found, _ in row.faults:
        cells += [""] * (place + 1 - len(cells))
        cells[place] = found
    return cells


def as_json(stayed: Iterable[Stayed]) -> list[dict[str, Any]]:
    """Return the first of them as plain values."""
    return [asdict(one) for one in list(stayed)[:MOST_NAMED]]


def from_json(kept: Any) -> tuple[Stayed, ...]:
    """Return what `as_json` gave."""
    return tuple(
        Stayed(
            number=one["number"],
            who=one["who"],
            why=one["why"],
            faults=tuple(_fault(fault) for fault in one["faults"]),
        )
        for one in kept or ()
    )


def _fault(kept: dict[str, Any]) -> Fault:
    field = kept["field"]
    options = tuple((value, label) for value, label in kept["options"])
    known = kept | {"field": Field(field) if field else None, "options": options}
    return Fault(**known | {"mend": Mend(kept["mend"])})
