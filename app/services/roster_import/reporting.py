"""Everything a file would do and everything that is wrong in it, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.enums import EventState, Role, SignUpState
from app.models import Event
from app.services.roster_csv import CsvPerson, check_rows
from app.services.roster_csv.cells import Expected
from app.services.roster_files import LeftOut, Sheet
from app.services.roster_import import faults
from app.services.roster_import.allotting import Allotment, allot
from app.services.roster_import.bringing import stages_of
from app.services.roster_import.changes import Changes, changes_of
from app.services.roster_import.drafts import COLUMNS, Draft, make_drafts
from app.services.roster_import.faults import Fault
from app.services.roster_import.fields import FIELDS, Field
from app.services.roster_import.mapping import Decisions, Source
from app.services.roster_import.standing import Room, Standing, standing_of
from app.services.signups.form import FormChoices, choices_of

RETURNS = frozenset({SignUpState.RELEASED})
"""Who never confirmed comes back by the file; who withdrew or was refused does not."""


class Outcome(StrEnum):
    PLACE = "place"
    WAIT = "wait"
    CHANGE = "change"
    SAME = "same"
    WRONG = "wrong"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One row of the file and what becomes of it; ``why`` says why it stays out."""

    number: int
    who: str
    outcome: Outcome
    person: CsvPerson | None = None
    faults: tuple[Fault, ...] = ()
    changes: Changes | None = None
    is_tidied: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What the sum of places is made of."""

    rooms: tuple[Room, ...]
    mentors: int
    newcomers: tuple[tuple[int, Role], ...]
    promotes: bool

    def allot(self, raised: frozenset[Role] = frozenset()) -> Allotment:
        """Return who gets a place, with enough of them for the raised roles."""
        return allot(
            self.rooms, self.mentors, self.newcomers, raised=raised, promotes=self.promotes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    rows: tuple[ReportRow, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    places: Places
    allotment: Allotment
    standing: Standing
    known: int
    """How many of the file's people are on the roster already."""

    def count(self, *outcomes: Outcome) -> int:
        """Return how many rows end in one of these ways."""
        return sum(1 for row in self.rows if row.outcome in outcomes)

    @property
    def new(self) -> int:
        return self.count(Outcome.PLACE, Outcome.WAIT)

    @property
    def tidied(self) -> int:
        return sum(1 for row in self.rows if row.is_tidied)

    @property
    def mark(self) -> str:
        """A short text that is another once anything that was shown is."""
        roles = [
            (one.role.value, one.placed, one.new, one.promoted) for one in self.allotment.roles
        ]
        shown = [
            (row.number, row.outcome.value, row.changes.told if row.changes else ())
            for row in self.rows
        ]
        said = repr((roles, shown))
        return hashlib.sha256(said.encode()).hexdigest()[:20]


def report(
    session: Session,
    event: Event,
    sheet: Sheet,
    columns: Mapping[Field, Source],
    decisions: Decisions,
    *,
    now: datetime,
) -> Report:
    """Return what the file would do to the event's roster as it stands."""
    choices = choices_of(event)
    drafts = make_drafts(sheet, columns, decisions, choices.topics)
    standing = standing_of(session, event)
    wanted, again = _without_twins([draft for draft in drafts if not draft.skipped])
    skipped = [_left_out(draft, draft.skipped) for draft in drafts if draft.skipped]
    skipped += [_left_out(draft, f"the same as row {first}") for draft, first in again]
    expected = Expected(
        rounds=len(choices.rounds), roles=choices.roles, stages=stages_of(event), columns=COLUMNS
    )
    checked = check_rows([(one.number, one.texts) for one in wanted], expected, standing.known)
    found = faults.by_row(checked, wanted, choices, faults.Headings(sheet.headings, columns))
    rows = [
        _row(draft, person, found.get(draft.number, ()), standing, choices)
        for draft, person in zip(wanted, checked.people, strict=True)
    ]
    is_ahead = event.state is not EventState.CANCELLED and event.starts_at > now
    places = _places(rows, standing, promotes=is_ahead)
    allotment = places.allot()
    return Report(
        rows=tuple(sorted((*(_with_place(row, allotment) for row in rows), *skipped), key=_number)),
        left_out=sheet.left_out,
        notes=sheet.notes,
        places=places,
        allotment=allotment,
        standing=standing,
        known=sum(1 for row in rows if row.person and row.person.key in standing.people),
    )


def _places(rows: Sequence[ReportRow], standing: Standing, *, promotes: bool) -> Places:
    return Places(
        rooms=standing.rooms,
        mentors=standing.mentors,
        newcomers=tuple(
            (row.number, row.person.role)
            for row in rows
            if row.outcome is Outcome.PLACE and row.person is not None
        ),
        promotes=promotes,
    )


def with_room(found: Report, raised: frozenset[Role]) -> Report:
    """Return the report once some roles get as many places as it takes."""
    allotment = found.places.allot(raised)
    rows = tuple(_with_place(row, allotment) for row in found.rows)
    return replace(found, rows=rows, allotment=allotment)


def _number(row: ReportRow) -> int:
    return row.number


def _without_twins(drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[Draft, int]]]:
    """Return the drafts, and those that say word for word what an earlier one says."""
    first: dict[tuple[str, ...], int] = {}
    wanted: list[Draft] = []
    again: list[tuple[Draft, int]] = []
    for draft in drafts:
        if draft.text(Field.EMAIL).strip() and draft.texts in first:
            again.append((draft, first[draft.texts]))
        else:
            first[draft.texts] = draft.number
            wanted.append(draft)
    return wanted, again


def _left_out(draft: Draft, why: str) -> ReportRow:
    return ReportRow(number=draft.number, who=draft.who, outcome=Outcome.LEFT_OUT, why=why)


def _row(
    draft: Draft,
    person: CsvPerson,
    found: tuple[Fault, ...],
    standing: Standing,
    choices: FormChoices,
) -> ReportRow:
    row = ReportRow(
        number=draft.number, who=draft.who, outcome=Outcome.WRONG, person=person, faults=found
    )
    if any(fault.is_error for fault in found):
        return row
    before = standing.people.get(person.key)
    if before is None or before.sign_up.state in RETURNS:
        return replace(row, outcome=Outcome.PLACE, is_tidied=faults.is_tidied(draft, person))
    if before.sign_up.state.is_over:
        why = "withdrew before; ask them first, then add them by hand"
        if before.sign_up.state is SignUpState.REFUSED:
            why = "was refused before; say yes on their page if that is another now"
        return replace(row, outcome=Outcome.LEFT_OUT, why=why)
    if person.role is not before.sign_up.role:
        found = (*found, faults.other_role(draft.number, person, before.sign_up.role))
    given = frozenset(name for name in FIELDS if draft.text(name).strip())
    changes = changes_of(before, person, given, choices)
    outcome = Outcome.CHANGE if changes.is_any else Outcome.SAME
    return replace(row, outcome=outcome, faults=found, changes=changes)


def _with_place(row: ReportRow, allotment: Allotment) -> ReportRow:
    if row.outcome not in {Outcome.PLACE, Outcome.WAIT}:
        return row
    has_place = row.number in allotment.placed
    return replace(row, outcome=Outcome.PLACE if has_place else Outcome.WAIT)


def faults_by_kind(rows: Sequence[ReportRow]) -> Counter[Field | None]:
    """Return how many faulty rows each field has, errors only."""
    return Counter(
        field for row in rows for field in {fault.field for fault in row.faults if fault.is_error}
    )
