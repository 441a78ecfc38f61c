"""What is wrong in a row: what was found, what was expected, and how to put it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.enums import Role
from app.services.roster_csv import CheckedRows, CsvPerson, RowFinding
from app.services.roster_csv.columns import plain
from app.services.roster_csv.values import Level, clean_cell
from app.services.roster_import.drafts import Draft
from app.services.roster_import.fields import CONFIDENTIAL, HIDDEN, LABELS, Field
from app.services.roster_import.mapping import Source
from app.services.signups.form import FormChoices

MOST_SHOWN = 120
_TIDIED = (Field.EMAIL, Field.ROLE, Field.STAGE)


class Mend(StrEnum):
    """How a fault is put right on the page."""

    TYPE = "type"
    CHOOSE = "choose"
    EMPTY = "empty"  # leave the cell out
    INSTEAD = "instead"  # take this row, leave the earlier one out
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """How the file calls its columns."""

    headings: Sequence[str]
    columns: Mapping[Field, Source]

    def __init__(self, headings: Sequence[str], columns: Mapping[Field, Source]) -> None:
        object.__setattr__(self, "headings", headings)
        object.__setattr__(self, "columns", columns)

    def of(self, name: Field) -> str:
        """Return the heading of a field, or our own word for it."""
        source = self.columns.get(name)
        if source is None or source.column is None or source.column >= len(self.headings):
            return LABELS[name]
        return clean_cell(self.headings[source.column])[:80] or LABELS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding. ``field`` is None for the row as a whole."""

    row: int
    field: Field | None
    column: str
    found: str
    expected: str
    is_error: bool
    mend: Mend = Mend.NOTHING
    options: tuple[tuple[str, str], ...] = ()
    other_row: int = 0

    def shown(self, *, to_owner: bool) -> Fault:
        """Return it as somebody may read it: whom somebody would avoid stands on no page."""
        if self.field not in CONFIDENTIAL or (to_owner and self.field is Field.WISHES):
            return self
        if to_owner:
            return replace(self, found="not shown")
        expected = "something else; it is confidential, so look in your own file"
        return replace(self, column=HIDDEN, found="not shown", expected=expected)


def by_row(
    checked: CheckedRows, drafts: Sequence[Draft], choices: FormChoices, headings: Headings
) -> dict[int, tuple[Fault, ...]]:
    """Return the faults of each row, in the order they were found."""
    first: dict[str, int] = {}
    for person in checked.people:
        if person.key:
            first.setdefault(person.key, person.row)
    keys = {person.row: person.key for person in checked.people}
    found: dict[int, list[Fault]] = {}
    for draft in drafts:
        for name, said, expected in draft.faults:
            fault = _fault(draft.number, name, headings.of(name), said, expected)
            found.setdefault(draft.number, []).append(fault)
        if draft.extra:
            found.setdefault(draft.number, []).append(_too_many(draft, headings))
    for finding in checked.findings:
        twin = first.get(keys[finding.row], finding.row)
        fault = _from_finding(finding, choices, headings, twin)
        if not _is_said(found.get(finding.row, []), fault):
            found.setdefault(finding.row, []).append(fault)
    return {row: tuple(faults) for row, faults in found.items()}


def _is_said(faults: Sequence[Fault], new: Fault) -> bool:
    """Return whether an open formula was named already for the same cell."""
    return any(one.field is new.field and one.found.startswith("=") for one in faults)


def _too_many(draft: Draft, headings: Headings) -> Fault:
    return Fault(
        row=draft.number,
        field=None,
        column="Cells",
        found=f"{draft.extra} cells",
        expected=f"{len(headings.headings)}, as many as there are headings",
        is_error=True,
    )


def _fault(row: int, name: Field, column: str, found: str, expected: str) -> Fault:
    return Fault(
        row=row,
        field=name,
        column=column,
        found=_visible(found),
        expected=expected,
        is_error=True,
        mend=Mend.TYPE,
    )


def _from_finding(
    finding: RowFinding, choices: FormChoices, headings: Headings, twin: int
) -> Fault:
    name = Field(finding.column)
    is_error = finding.level is Level.ERROR
    is_twin = name is Field.EMAIL and twin != finding.row
    expected = finding.expected.removeprefix("expected ")
    return Fault(
        row=finding.row,
        field=name,
        column=headings.of(name),
        found=f"as in row {twin}" if is_twin else _visible(finding.found),
        expected="one row for each address" if is_twin else expected,
        is_error=is_error,
        mend=_mend(name, is_error=is_error, is_twin=is_twin),
        options=_options(name, choices),
        other_row=twin if is_twin else 0,
    )


def _mend(name: Field, *, is_error: bool, is_twin: bool) -> Mend:
    if not is_error:
        return Mend.NOTHING
    if is_twin:
        return Mend.INSTEAD
    if name in CONFIDENTIAL:
        return Mend.EMPTY
    return Mend.CHOOSE if name in {Field.ROLE, Field.STAGE, Field.AVAILABLE} else Mend.TYPE


def _options(name: Field, choices: FormChoices) -> tuple[tuple[str, str], ...]:
    if name is Field.ROLE:
        return tuple((role.value, role.value.capitalize()) for role in choices.roles)
    if name is Field.STAGE:
        return choices.stages
    return (("all", "All rounds"),) if name is Field.AVAILABLE else ()


def other_role(row: int, person: CsvPerson, role: Role) -> Fault:
    """Return the note that somebody comes in another role than the file says."""
    return Fault(
        row=row,
        field=Field.ROLE,
        column=LABELS[Field.ROLE],
        found=person.role.value,
        expected=f"{role.value}, as on the roster; their role stays, change it on their page",
        is_error=False,
    )


def is_tidied(draft: Draft, person: CsvPerson) -> bool:
    """Return whether a cell is kept in another spelling than it was written."""
    address, role, stage = (draft.raw[_place(name)] for name in _TIDIED)
    is_plain = stage in {plain(stage), person.stage_label}
    is_explained = any(draft.text(name) != draft.raw[_place(name)] for name in _TIDIED[1:])
    is_role = role in {person.role.value, ""}
    return address != person.email or not is_role or not is_plain or is_explained


def _place(name: Field) -> int:
    return list(Field).index(name)


def _visible(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in clean_cell(text[:1_000]))
    return shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 3]}..."
