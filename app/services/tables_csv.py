"""The real tables of a room from a CSV file: ``id,features,seats``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.services.roster import RosterTable
from app.services.roster_csv.columns import plain
from app.services.roster_csv.text import UnreadableFile, read_rows
from app.services.roster_csv.values import NEEDS, Level, RowFinding, clean_cell

MAX_TABLES = 1_000
_COLUMNS = {"id": "id", "table": "id", "name": "id", "features": "features", "seats": "seats"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesFile:
    tables: tuple[RosterTable, ...]
    findings: tuple[RowFinding, ...]


def read_tables(content: bytes) -> TablesFile:
    """Read the tables; an unreadable file raises ``UnreadableFile``, faults in rows are findings.

    Every finding is an error: a table that is not what somebody meant must not be planned with.
    """
    cells = read_rows(content, lambda line: sum(1 for cell in line if plain(cell) in _COLUMNS))
    places: dict[str, int] = {}
    for place, heading in enumerate(cells.headings):
        if plain(heading) in _COLUMNS:
            places.setdefault(_COLUMNS[plain(heading)], place)
    if "id" not in places:
        found = ", ".join(heading[:40] for heading in cells.headings[:20])
        msg = f'headings: found "{found}", expected id, features, seats'
        raise UnreadableFile(msg)
    findings: list[RowFinding] = []
    tables: dict[str, RosterTable] = {}
    for row, texts in enumerate(cells.rows, start=1):
        if not any(text.strip() for text in texts):
            continue
        values = {
            field: clean_cell(texts[place]) if place < len(texts) else ""
            for field, place in places.items()
        }
        found_here, table = _read_table(row, values, tables, len(tables) + 1)
        findings.extend(found_here)
        tables.setdefault(table.label, table)
    if not tables or len(tables) > MAX_TABLES:
        msg = f"found {len(tables)} tables, expected 1 to {MAX_TABLES}"
        raise UnreadableFile(msg)
    return TablesFile(tables=tuple(tables.values()), findings=tuple(findings))


def _read_table(
    row: int, values: dict[str, str], tables: dict[str, RosterTable], number: int
) -> tuple[list[RowFinding], RosterTable]:
    findings = []
    label = values["id"]
    if not label or label in tables:
        findings.append(_error(row, "id", label, "expected an id of its own"))
    seats = values.get("seats", "")
    if seats and not (seats.isdecimal() and 1 <= int(seats[:6]) <= MAX_TABLES):
        findings.append(_error(row, "seats", seats, f"expected a number from 1 to {MAX_TABLES}"))
        seats = ""
    features = set()
    for part in re.split(r"[;,|]", values.get("features", "")):
        if plain(part) in NEEDS:
            features.add(NEEDS[plain(part)])
        elif plain(part):
            known = "expected step_free, quiet or hearing_loop"
            findings.append(_error(row, "features", clean_cell(part), known))
    return findings, RosterTable(
        id=f"t{number:03}",
        number=number,
        label=label,
        features=frozenset(features),
        seats=int(seats) if seats else None,
    )


def _error(row: int, column: str, found: str, expected: str) -> RowFinding:
    return RowFinding(level=Level.ERROR, row=row, column=column, found=found, expected=expected)
