"""A roster from a CSV file, with everything that is wrong in it told at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.enums import Role
from app.errors import InvalidInput
from app.services.addresses import canonical_name
from app.services.presets import PresetStage
from app.services.roster_csv import cells
from app.services.roster_csv.cells import CsvPerson, Expected
from app.services.roster_csv.columns import find_columns, known_headings
from app.services.roster_csv.text import UnreadableFile, read_rows
from app.services.roster_csv.values import Level, RowFinding

MAX_PEOPLE = 5_000

__all__ = [
    "CheckedRows",
    "CsvPerson",
    "Known",
    "Level",
    "RosterFile",
    "RowFinding",
    "UnreadableFile",
    "check_rows",
    "read_people",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """The people of a file that can be planned, and everything found in all of its rows."""

    people: tuple[CsvPerson, ...]
    findings: tuple[RowFinding, ...]
    ignored_columns: tuple[str, ...]

    @property
    def errors(self) -> tuple[RowFinding, ...]:
        """Findings that keep a row out."""
        return tuple(one for one in self.findings if one.level is Level.ERROR)

    @property
    def bad_rows(self) -> tuple[int, ...]:
        """Rows with at least one error."""
        return tuple(sorted({one.row for one in self.errors}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom a file may name besides its own people: compared addresses, and those by name."""

    addresses: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRows:
    """A person for each row as far as it could be read, and everything found, by row."""

    people: tuple[CsvPerson, ...]
    findings: tuple[RowFinding, ...]


def read_people(
    content: bytes, *, rounds: int, roles: Sequence[Role], stages: Sequence[PresetStage]
) -> RosterFile:
    """Read a roster; an unreadable file raises ``UnreadableFile``, faults in rows are findings."""
    table = read_rows(content, known_headings)
    columns = find_columns(table.headings)
    expected = Expected(rounds=rounds, roles=tuple(roles), stages=tuple(stages), columns=columns)
    rows = [
        (row, texts)
        for row, texts in enumerate(table.rows, start=1)
        if any(text.strip() for text in texts)
    ]
    _check_size(len(rows))
    checked = check_rows(rows, expected)
    bad = {one.row for one in checked.findings if one.level is Level.ERROR}
    return RosterFile(
        people=tuple(person for person in checked.people if person.row not in bad),
        findings=checked.findings,
        ignored_columns=columns.ignored,
    )


def check_rows(
    rows: Sequence[tuple[int, Sequence[str]]], expected: Expected, known: Known | None = None
) -> CheckedRows:
    """Read numbered rows against each other, and against who is ``known`` already."""
    findings: list[RowFinding] = []
    people: list[CsvPerson] = []
    for row, texts in rows:
        person, found = cells.read_row(row, texts, expected)
        findings.extend(found)
        people.append(person)
    findings.extend(_find_doubles(people))
    people, unresolved = _resolve(people, known or Known())
    findings.extend(unresolved)
    findings.sort(key=lambda one: one.row)
    return CheckedRows(people=tuple(people), findings=tuple(findings))


def _check_size(rows: int) -> None:
    if rows > MAX_PEOPLE:
        msg = f"found {rows} people, expected at most {MAX_PEOPLE}"
        raise UnreadableFile(msg)
    if not rows:
        msg = "the file has headings but no rows; expected a row for each person"
        raise UnreadableFile(msg)


def _find_doubles(people: Sequence[CsvPerson]) -> list[RowFinding]:
    first: dict[str, int] = {}
    findings = []
    for person in people:
        if not person.key:
            continue
        if person.key in first:
            expected = f"expected an address of its own (row {first[person.key]} has it)"
            findings.append(_error(person.row, "email", person.email, expected))
        first.setdefault(person.key, person.row)
    return findings


def _resolve(people: Sequence[CsvPerson], known: Known) -> tuple[list[CsvPerson], list[RowFinding]]:
    """Turn what people wrote about others into those others' addresses."""
    addresses = {person.key for person in people if person.key} | known.addresses
    names = {name: set(keys) for name, keys in known.names.items()}
    for person in people:
        if person.key and person.name:
            names.setdefault(canonical_name(person.name), set()).add(person.key)
    findings: list[RowFinding] = []
    resolved = []
    for person in people:
        wishes: list[str] = []
        not_with: list[str] = []
        unresolved: list[str] = []
        unresolved_not_with: list[str] = []
        for column, texts, into, unknown in (
            ("wishes", person.wishes, wishes, unresolved),
            ("not_with", person.not_with, not_with, unresolved_not_with),
        ):
            for text in texts:
                key = _target(text, addresses, names)
                if key is None:
                    unknown.append(text)
                    expected = "expected somebody on this list; kept as unresolved"
                    findings.append(_warning(person.row, column, text, expected))
                elif key == person.key:
                    expected = "expected somebody else than the person of this row"
                    findings.append(_error(person.row, column, text, expected))
                elif key not in into:
                    into.append(key)
        resolved.append(
            replace(
                person,
                wishes=tuple(wishes),
                not_with=tuple(not_with),
                unresolved=tuple(unresolved),
                unresolved_not_with=tuple(unresolved_not_with),
            )
        )
    return resolved, findings


def _target(text: str, addresses: set[str], names: dict[str, set[str]]) -> str | None:
    folded = unicodedata.normalize("NFC", text).strip().casefold()
    if folded in addresses:
        return folded
    try:
        key = cells.address_key(text)
    except InvalidInput:
        found = names.get(canonical_name(text), set())
        return next(iter(found)) if len(found) == 1 else None
    return key if key in addresses else None


def _error(row: int, column: str, found: str, expected: str) -> RowFinding:
    return RowFinding(level=Level.ERROR, row=row, column=column, found=found, expected=expected)


def _warning(row: int, column: str, found: str, expected: str) -> RowFinding:
    return RowFinding(level=Level.WARNING, row=row, column=column, found=found, expected=expected)
