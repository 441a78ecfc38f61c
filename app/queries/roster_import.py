"""What the pages of an import show of a kept file, and of what it would do."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, RosterUpload
from app.services.plan_files.sheet import safe_cell
from app.services.roster_csv.values import clean_cell
from app.services.roster_import import leftover, uploads
from app.services.roster_import.faults import Fault, Mend
from app.services.roster_import.fields import (
    CONFIDENTIAL,
    FIELDS,
    FIXED,
    HIDDEN,
    LABELS,
    Field,
)
from app.services.roster_import.guessing import guess
from app.services.roster_import.opening import Opened
from app.services.roster_import.reporting import Outcome, Report, ReportRow

EXAMPLES = 3
PAGE_SIZE = 100
NEEDED = frozenset({Field.EMAIL, Field.ROLE})
_HINTS = {
    Field.FIRST_NAME: "Only if the full name is not in one column.",
    Field.LAST_NAME: "Only if the full name is not in one column.",
    Field.EMAIL: "People are matched by it, so nobody is added twice.",
    Field.WISHES: "Addresses or names, with semicolons between them.",
    Field.NOT_WITH: "Confidential: the plan keeps to it, and no page shows it.",
    Field.AVAILABLE: "Such as all, from round 2, until round 4, rounds 1,3.",
    Field.TOPICS: "The most important first, with semicolons between them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that waits for a yes."""

    id: int
    file_name: str
    at: datetime  # in the event's zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file; ``examples`` is None where they are confidential."""

    place: int
    heading: str
    examples: tuple[str, ...] | None
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of our fields, and what it comes from as it stands."""

    field: Field
    label: str
    hint: str
    is_needed: bool
    column: int | None
    fixed: str
    fixed_options: tuple[tuple[str, str], ...]
    takes_text: bool
    examples: tuple[str, ...] | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row of the report as somebody may read it."""

    number: int
    who: str
    outcome: Outcome
    faults: tuple[Fault, ...]
    changes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    filters: tuple[Filter, ...]
    show: str
    rows: tuple[ShownRow, ...]
    found: int
    page: int
    pages: int


def waiting_files(session: Session, event: Event, *, now: datetime) -> tuple[Waiting, ...]:
    """Return the files of an event that nobody said yes or no to, the newest first."""
    rows = session.execute(
        select(
            RosterUpload.id, RosterUpload.file_name, RosterUpload.created_at, RosterUpload.mapping
        )
        .where(RosterUpload.event_id == event.id, RosterUpload.expires_at > now)
        .order_by(RosterUpload.id.desc())
    )
    zone = ZoneInfo(event.zone)
    return tuple(
        Waiting(id=id_, file_name=name, at=at.astimezone(zone))
        for id_, name, at, mapping in rows
        if "done" not in (mapping or {})
    )


def columns(file: Opened, *, to_owner: bool) -> tuple[Column, ...]:
    """Return the file's columns with a few of their cells."""
    used = {source.column for source in file.columns.values()}
    hidden = _hidden(file, to_owner=to_owner)
    return tuple(
        Column(
            place=place,
            heading=clean_cell(heading)[:80] or f"Column {place + 1}",
            examples=None if place in hidden else _examples(file, place),
            is_used=place in used,
        )
        for place, heading in enumerate(file.sheet.headings)
    )


def _hidden(file: Opened, *, to_owner: bool) -> set[int | None]:
    """Return the columns whose cells are confidential, chosen or not."""
    names = {Field.NOT_WITH} if to_owner else CONFIDENTIAL
    likely = guess(file.sheet, file.choices.roles)
    return {
        source.column
        for columns in (likely, file.columns)
        for name, source in columns.items()
        if name in names
    }


def choices(file: Opened, shown: Sequence[Column], problems: dict[str, str]) -> tuple[Choice, ...]:
    """Return our fields with what was chosen or guessed for each."""
    return tuple(_choice(name, file, shown, problems.get(name, "")) for name in FIELDS)


def _choice(name: Field, file: Opened, shown: Sequence[Column], problem: str) -> Choice:
    source = file.columns.get(name)
    column = source.column if source else None
    return Choice(
        field=name,
        label=LABELS[name],
        hint=_HINTS.get(name, ""),
        is_needed=name in NEEDED or (name is Field.NAME and Field.LAST_NAME not in file.columns),
        column=column,
        fixed=source.fixed if source else "",
        fixed_options=_fixed_options(name, file),
        takes_text=name is Field.AFFILIATION,
        examples=shown[column].examples if column is not None else (),
        problem=problem,
    )


def _fixed_options(name: Field, file: Opened) -> tuple[tuple[str, str], ...]:
    if name not in FIXED:
        return ()
    if name is Field.ROLE:
        return tuple((role.value, role.value.capitalize()) for role in file.choices.roles)
    if name is Field.STAGE:
        return file.choices.stages
    return (("yes", "Yes"), ("no", "No")) if name is Field.CONSENT_SHARE else ()


def _examples(file: Opened, place: int) -> tuple[str, ...]:
    """Return the first few different cells of a column that hold anything."""
    found: dict[str, None] = {}
    for row in file.sheet.rows[:500]:
        text = clean_cell(row.cells[place][:400]) if place < len(row.cells) else ""
        if text:
            found.setdefault(text[:60] + ("…" if len(text) > 60 else ""))
        if len(found) == EXAMPLES:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayedRow:
    """A row that became nobody, as somebody may read it: why, and what to do, by fault."""

    number: int
    who: str
    why: str
    faults: tuple[tuple[Fault, str], ...]


_TO_DO = {
    Mend.TYPE: "Write it on the page of these rows.",
    Mend.CHOOSE: "Say what it means on the page of these rows.",
    Mend.EMPTY: "Leave it out, or mend it in your file.",
    Mend.INSTEAD: "Say which of the two rows counts.",
    Mend.NOTHING: "Mend it in your file and load the row again.",
}


def stayed_rows(upload: RosterUpload, *, to_owner: bool) -> tuple[StayedRow, ...]:
    """Return which rows of a file that was taken in became nobody."""
    return tuple(
        StayedRow(
            number=one.number,
            who=one.who,
            why=one.why,
            faults=tuple(
                (fault.shown(to_owner=to_owner), _TO_DO[fault.mend]) for fault in one.faults
            ),
        )
        for one in leftover.from_json(uploads.stayed_of(upload))
    )


def stayed_csv(rows: Sequence[StayedRow]) -> bytes:
    """Return the same list for a spreadsheet; no cell of it is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("Row", "Who", "Column", "Found", "Why", "What to do"))
    for row in rows:
        said = [(one.column, one.found, f"Expected {one.expected}", do) for one, do in row.faults]
        for cells in said or [("", "", row.why, "")]:
            writer.writerow([row.number, *map(safe_cell, (row.who, *cells))])
    return out.getvalue().encode("utf-8-sig")


_FILTERS = {
    "wrong": ("to put right", (Outcome.WRONG,)),
    "place": ("get a place", (Outcome.PLACE,)),
    "wait": ("go to the waitlist", (Outcome.WAIT,)),
    "change": ("change", (Outcome.CHANGE,)),
    "same": ("stay as they are", (Outcome.SAME,)),
    "left_out": ("left out", (Outcome.LEFT_OUT,)),
}
NOTED, TIDIED = "noted", "tidied"


def shown_report(found: Report, show: str, field: str, page: int, *, to_owner: bool) -> ShownReport:
    """Return one page of the report's rows, by kind; empty ``show`` means what matters most."""
    kinds = {
        key: [row for row in found.rows if row.outcome in outcomes]
        for key, (_, outcomes) in _FILTERS.items()
    }
    labels = {key: label for key, (label, _) in _FILTERS.items()}
    kinds[TIDIED] = [row for row in found.rows if row.is_tidied]
    kinds[NOTED] = [row for row in found.rows if any(not fault.is_error for fault in row.faults)]
    labels |= {TIDIED: "tidied for you", NOTED: "with a note"}
    filters = tuple(
        Filter(key=key, label=labels[key], number=len(rows)) for key, rows in kinds.items() if rows
    )
    if show not in kinds:
        show = filters[0].key if filters else "place"
    rows = [row for row in kinds[show] if not field or _has(row, field)]
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    return ShownReport(
        filters=filters,
        show=show,
        rows=tuple(
            _shown(row, to_owner=to_owner)
            for row in rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        ),
        found=len(rows),
        page=page,
        pages=pages,
    )


def _has(row: ReportRow, field: str) -> bool:
    return any(fault.field == field for fault in row.faults)


def _shown(row: ReportRow, *, to_owner: bool) -> ShownRow:
    told = row.changes.told if row.changes else ()
    hidden = frozenset() if to_owner else CONFIDENTIAL
    return ShownRow(
        number=row.number,
        who=row.who,
        outcome=row.outcome,
        faults=tuple(fault.shown(to_owner=to_owner) for fault in row.faults),
        changes=tuple(dict.fromkeys(HIDDEN if one in hidden else LABELS[one] for one in told)),
        why=row.why,
    )
