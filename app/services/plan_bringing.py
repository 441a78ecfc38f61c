"""Plans from elsewhere, read: the planner's own document, or a list of person, round and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import InvalidInput
from app.models import Block, Event, Person, SignUp
from app.services.addresses import canonical_name, canonical_target
from app.services.planning.brought import NotAPlan, seats_of_document
from app.services.planning.view import SeatView
from app.services.roster_csv.columns import plain
from app.services.roster_csv.text import UnreadableFile, read_rows
from app.services.roster_csv.values import clean_cell

MOST_BYTES = 900_000
"""Less than any request may have; the seats of 2,000 people in twelve rounds take 700 kB."""
MOST_FAULTS = 20
_COLUMNS = {
    "person": "person",
    "name": "person",
    "address": "person",
    "email": "person",
    "e-mail": "person",
    "round": "round",
    "table": "table",
}
EXPECTED = "a plan.json of Roundabout, or a CSV file with the columns person, round and table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What names in a file may mean."""

    people: Mapping[str, str]
    doubtful: frozenset[str]  # names that two people have
    rounds: Mapping[str, str]
    tables: Mapping[str, str]
    faults: list[str] = field(default_factory=list)


def read_seats(
    session: Session, event: Event, block: Block, content: bytes
) -> tuple[SeatView, ...]:
    """Return the seats of a file; ``InvalidInput`` names every row that means nobody or nothing."""
    if not content.strip():
        raise InvalidInput({"file": f"Choose a file: {EXPECTED}"})
    if len(content) > MOST_BYTES:
        raise InvalidInput({"file": "The file is larger than 900 kB. Send the seats alone"})
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _of_document(content)
    return _of_rows(content, _known(session, event, block))


def _of_document(content: bytes) -> tuple[SeatView, ...]:
    try:
        return seats_of_document(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, NotAPlan) as error:
        message = f"This is no plan that can be read: {error}. Expected {EXPECTED}"
        raise InvalidInput({"file": message}) from error


def _of_rows(content: bytes, known: Known) -> tuple[SeatView, ...]:
    try:
        cells = read_rows(content, lambda line: sum(plain(cell) in _COLUMNS for cell in line))
    except UnreadableFile as error:
        raise InvalidInput({"file": f"{error.message}. Expected {EXPECTED}"}) from error
    places = {
        _COLUMNS[plain(heading)]: place
        for place, heading in reversed(list(enumerate(cells.headings)))
        if plain(heading) in _COLUMNS
    }
    if set(places) != {"person", "round", "table"}:
        headings = ", ".join(heading[:40] for heading in cells.headings[:12])
        message = f"Name the columns person, round and table; found {headings or 'no headings'}"
        raise InvalidInput({"file": message})
    seats = [
        _seat(number, row, places, known)
        for number, row in enumerate(cells.rows, start=2)
        if any(cell.strip() for cell in row)
    ]
    if known.faults:
        raise InvalidInput(_listed(known.faults))
    if not seats:
        raise InvalidInput({"file": "No row stands under the headings. Expected one for each seat"})
    return tuple(seat for seat in seats if seat is not None)


def _listed(faults: Sequence[str]) -> dict[str, str]:
    told = list(faults[:MOST_FAULTS])
    if len(faults) > MOST_FAULTS:
        told.append(f"and {len(faults) - MOST_FAULTS} rows more")
    return {f"file-{at}" if at else "file": text for at, text in enumerate(told)}


def _seat(
    number: int, row: Sequence[str], places: Mapping[str, int], known: Known
) -> SeatView | None:
    cells = {
        name: clean_cell(row[place]) if place < len(row) else "" for name, place in places.items()
    }
    person = _person(number, cells["person"], known)
    round_id = _one(number, cells["round"], known.rounds, "round", known.faults)
    table_id = _one(number, cells["table"], known.tables, "table", known.faults)
    if not (person and round_id and table_id):
        return None
    return SeatView(person_id=person, round_id=round_id, table_id=table_id)


def _person(number: int, text: str, known: Known) -> str:
    for key in (canonical_target(text), canonical_name(text), text):
        if key in known.doubtful:
            known.faults.append(f"Row {number}: two people are called {text}. Write the address.")
            return ""
        if key and key in known.people:
            return known.people[key]
    said = f"nobody with a place is called {text}" if text else "the person is missing"
    known.faults.append(f"Row {number}: {said}.")
    return ""


def _one(number: int, text: str, known: Mapping[str, str], what: str, faults: list[str]) -> str:
    found = known.get(_bare(text, what))
    if found is None:
        said = f"there is no {what} {text}" if text else f"the {what} is missing"
        faults.append(f"Row {number}: {said}.")
    return found or ""


def _bare(text: str, what: str) -> str:
    """Return ``3`` for "Round 3" and "3.0"; a label as it is compared."""
    key = canonical_name(text).removeprefix(f"{what} ").strip()
    return key.removesuffix(".0")


def _known(session: Session, event: Event, block: Block) -> Known:
    people: dict[str, str] = {}
    doubtful: set[str] = set()
    for row in session.execute(
        select(SignUp.id, Person.name, Person.email_canonical)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event.id, SignUp.state == SignUpState.PLACED)
        .order_by(SignUp.id)
    ):
        people[f"p{row.id}"] = people[row.email_canonical] = f"p{row.id}"
        name = canonical_name(row.name)
        if name in people:
            doubtful.add(name)
        people.setdefault(name, f"p{row.id}")
    tables = {f"t{one.id}": f"t{one.id}" for one in block.tables}
    tables |= {_bare(one.label, "table"): f"t{one.id}" for one in block.tables if one.label}
    tables |= {str(one.number): f"t{one.id}" for one in block.tables}
    rounds = {f"r{one.id}": f"r{one.id}" for one in block.rounds}
    rounds |= {str(one.number): f"r{one.id}" for one in block.rounds}
    return Known(people=people, doubtful=frozenset(doubtful), rounds=rounds, tables=tables)
