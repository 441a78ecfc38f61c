"""Who sits where in a plan: seats joined with the people, tables and rounds behind their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Role
from app.models import Block, Event, Person, PlanRun, Round, SignUp, Table
from app.services import planning
from app.services.planning.documents import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person of the plan."""

    id: str
    name: str
    short: str
    role: Role
    affiliation: str
    table: int | None  # a host's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """The plan by round and table, with everybody known."""

    people: Mapping[str, Somebody]
    movers: tuple[Somebody, ...]
    rounds: tuple[Round, ...]
    tables: tuple[Table, ...]  # at which anybody sits
    block_tables: tuple[Table, ...]
    at: Mapping[tuple[int, int], tuple[Somebody, ...]]  # (round id, table id)
    away: Mapping[str, frozenset[int]]  # rounds that somebody cannot attend

    def is_away(self, somebody: Somebody, round_id: int) -> bool:
        return round_id in self.away[somebody.id]

    def movers_at(self, round_id: int, table_id: int) -> tuple[Somebody, ...]:
        return tuple(one for one in self.at.get((round_id, table_id), ()) if one.table is None)

    def hosts_at(self, number: int) -> tuple[Somebody, ...]:
        return tuple(one for one in self.people.values() if one.table == number)


def names_of(session: Session, event_id: int, ids: Iterable[str]) -> dict[str, str]:
    """Return the names behind ids of a problem: people, tables and rounds."""
    wanted = set(ids)
    people = people_of(session, [one for one in wanted if one.startswith("p")], {})
    names = {one.id: one.name for one in people.values()}
    for table in session.scalars(
        select(Table).join(Block, Block.id == Table.block_id).where(Block.event_id == event_id)
    ):
        names[f"t{table.id}"] = table.label or f"table {table.number}"
    for one in session.scalars(
        select(Round).join(Block, Block.id == Round.block_id).where(Block.event_id == event_id)
    ):
        names[f"r{one.id}"] = f"round {one.number}"
    return {key: name for key, name in names.items() if key in wanted}


def read(
    session: Session, event: Event, run: PlanRun, seats: Sequence[planning.RowSeat]
) -> Seating:
    block, document = planning.block_of(event, run), read_document(run.problem)
    tables = {table.id: table for table in block.all_tables}
    entries = document["people"]
    own_table = {
        entry["id"]: tables[planning.row_id(entry["table"])].number
        for entry in entries
        if "table" in entry
    }
    people = people_of(session, [entry["id"] for entry in entries], own_table)
    at: dict[tuple[int, int], list[Somebody]] = {}
    for seat in seats:
        at.setdefault((seat.round_id, seat.table_id), []).append(people[f"p{seat.sign_up_id}"])
    used = {table_id for _round, table_id in at}
    planned = {planning.row_id(one["id"]) for one in document["rounds"]}
    held = tuple(one for one in block.all_rounds if one.closed_at is None or one.id in planned)
    rounds = frozenset(one.id for one in held)
    return Seating(
        away={
            entry["id"]: rounds - {planning.row_id(one) for one in entry["rounds"]}
            if "rounds" in entry
            else frozenset()
            for entry in entries
        },
        people=people,
        movers=tuple(one for one in people.values() if one.table is None),
        rounds=held,
        tables=tuple(table for table in block.all_tables if table.id in used),
        block_tables=tuple(
            table for table in block.all_tables if table.closed_at is None or table.id in used
        ),
        at={key: tuple(sorted(found, key=lambda one: one.name)) for key, found in at.items()},
    )


def people_of(
    session: Session, ids: Sequence[str], own_table: Mapping[str, int]
) -> dict[str, Somebody]:
    found = session.execute(
        select(SignUp.id, SignUp.role, Person.name, Person.affiliation)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.id.in_([planning.row_id(one) for one in ids]))
        .order_by(Person.name, SignUp.id)
    ).all()
    shorts = short_names([row.name for row in found])
    return {
        f"p{row.id}": Somebody(
            id=f"p{row.id}",
            name=row.name,
            short=short,
            role=row.role,
            affiliation=row.affiliation,
            table=own_table.get(f"p{row.id}"),
        )
        for row, short in zip(found, shorts, strict=True)
    }


def short_names(names: Sequence[str]) -> list[str]:
    """Return names short enough for a chip: the last word as its initial, unless two are alike."""
    short = [_short(name) for name in names]
    seen = Counter(short)
    return [name if seen[one] > 1 else one for name, one in zip(names, short, strict=True)]


def _short(name: str) -> str:
    words = name.split()
    is_ideographic = any(ord(sign) >= 0x2E80 for sign in name)
    if len(words) < 2 or is_ideographic:
        return name
    return " ".join(words[:-1]) + f" {words[-1][0]}."


def visits(seating: Seating) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {one.id: [] for one in seating.movers}
    for one in seating.rounds:
        for table in seating.tables:
            for somebody in seating.movers_at(one.id, table.id):
                found[somebody.id].append((one.number, table.number))
    return found


def meetings(seating: Seating) -> Counter[frozenset[str]]:
    """Count how often each pair shares a table; two hosts of one table are no pair."""
    found: Counter[frozenset[str]] = Counter()
    for group in seating.at.values():
        for one, other in combinations(group, 2):
            if one.table is None or other.table is None:
                found[frozenset({one.id, other.id})] += 1
    return found
