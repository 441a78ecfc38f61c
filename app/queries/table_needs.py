"""Whether the tables have what people need: a quiet one, a step-free one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import BlockKind, SignUpState
from app.models import Block, Round, Table
from app.queries.roster_rows import RosterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A feature that a block has too few tables with; ``tables`` may be none.

    Where hosts stay and nobody meets one twice, a table serves somebody once: ``turns`` is in how
    many of the block's ``rounds`` who needs the feature can sit.
    """

    block_id: int
    block: str
    feature: str
    people: int
    tables: int
    seats: int
    turns: int
    rounds: int

    @property
    def why(self) -> str:
        """Return what it comes to where there are some tables, and what would help."""
        if self.people > self.seats:
            return (
                f"In {self.block} they seat {self.seats} at a time; the others sit out, turn by "
                "turn. One more table like that would help."
            )
        lacking = self.rounds - self.turns
        more = "One more table like that gives" if lacking == 1 else f"{lacking} more of them give"
        return (
            f"In {self.block} hosts stay and nobody meets one twice, so whoever needs it can sit "
            f"in {self.turns} of {self.rounds} rounds. {more} every round."
        )


@dataclass(frozen=True, slots=True)
class _Tables:
    """What the tables of one block have, and how many seats each."""

    id: int
    title: str
    rules: dict[str, Any]
    rounds: int
    tables: list[tuple[set[str], int | None]] = field(default_factory=list)


def shortages(session: Session, event_id: int, rows: Iterable[RosterRow]) -> tuple[Shortage, ...]:
    """Return what is lacking in the first block that lacks it, worst first."""
    needing = [row for row in rows if row.state is SignUpState.PLACED and not row.is_absent]
    wanted = Counter(need for row in needing for need in row.needs)
    if not wanted:
        return ()
    found: dict[str, Shortage] = {}
    for block in _blocks(session, event_id):
        hosts = set(block.rules.get("hosts", ()))
        moving = {need for row in needing if row.role not in hosts for need in row.needs}
        for feature, people in wanted.items():
            one = _shortage(block, feature, people, is_moving=feature in moving)
            if feature not in found and one is not None:
                found[feature] = one
    return tuple(sorted(found.values(), key=lambda one: (one.tables > 0, -one.people)))


def _shortage(block: _Tables, feature: str, people: int, *, is_moving: bool) -> Shortage | None:
    having = [seats for features, seats in block.tables if feature in features]
    room = sum(_seats(own, block.rules) for own in having)
    is_once = is_moving and _meets_hosts_once(block.rules)
    turns = min(len(having), block.rounds) if is_once else block.rounds
    if people <= room and turns == block.rounds:
        return None
    return Shortage(
        block_id=block.id,
        block=block.title,
        feature=feature,
        people=people,
        tables=len(having),
        seats=room,
        turns=turns,
        rounds=block.rounds,
    )


def _meets_hosts_once(rules: dict[str, Any]) -> bool:
    hosts = set(rules.get("hosts", ()))
    return any(
        entry["limit"] == "never" and hosts & set(entry["between"])
        for entry in rules.get("repeats", ())
    )


UNLIMITED = 10_000


def _blocks(session: Session, event_id: int) -> Iterable[_Tables]:
    rounds = (
        select(func.count(Round.id))
        .where(Round.block_id == Block.id, Round.closed_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Block.id, Block.title, Block.rules, rounds, Table.features, Table.seats)
        .join(Table, Table.block_id == Block.id)
        .where(
            Block.event_id == event_id,
            Block.kind.in_([kind for kind in BlockKind if kind.is_planned]),
            Block.closed_at.is_(None),
            Table.closed_at.is_(None),
        )
        .order_by(Block.position, Table.number)
    )
    found: dict[int, _Tables] = {}
    for block_id, title, rules, count, features, seats in rows:
        block = found.setdefault(block_id, _Tables(block_id, title, rules, count))
        block.tables.append(({name.replace("_", " ") for name in features}, seats))
    return found.values()


def _seats(own: int | None, rules: dict[str, Any]) -> int:
    """Return how many sit at a table: its own number, else what the block's rules allow."""
    if own is not None:
        return own
    most = [entry.get("max") for entry in rules.get("composition", [])]
    if not most or None in most:
        return UNLIMITED
    return sum(most)
