"""Whether the tables have what people need: a quiet one, a step-free one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import BlockKind, SignUpState
from app.models import Block, Table
from app.queries.roster_rows import RosterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A feature that a block has too few tables with; ``tables`` may be none."""

    block_id: int
    block: str
    feature: str
    people: int
    tables: int
    seats: int


def shortages(session: Session, event_id: int, rows: Iterable[RosterRow]) -> tuple[Shortage, ...]:
    """Return what is lacking in the first block that lacks it, worst first."""
    wanted = Counter(
        need
        for row in rows
        if row.state is SignUpState.PLACED and not row.is_absent
        for need in row.needs
    )
    if not wanted:
        return ()
    found: dict[str, Shortage] = {}
    for block_id, title, rules, tables in _blocks(session, event_id):
        for feature, people in wanted.items():
            having = [seats for features, seats in tables if feature in features]
            room = sum(_seats(own, rules) for own in having)
            if people > room and feature not in found:
                found[feature] = Shortage(
                    block_id=block_id,
                    block=title,
                    feature=feature,
                    people=people,
                    tables=len(having),
                    seats=room,
                )
    return tuple(sorted(found.values(), key=lambda one: (one.tables > 0, -one.people)))


_Tables = list[tuple[set[str], int | None]]
UNLIMITED = 10_000


def _blocks(session: Session, event_id: int) -> Iterable[tuple[int, str, dict[str, Any], _Tables]]:
    rows = session.execute(
        select(Block.id, Block.title, Block.rules, Table.features, Table.seats)
        .join(Table, Table.block_id == Block.id)
        .where(
            Block.event_id == event_id,
            Block.kind.in_([kind for kind in BlockKind if kind.is_planned]),
        )
        .order_by(Block.position, Table.number)
    )
    found: dict[int, tuple[int, str, dict[str, Any], _Tables]] = {}
    for block_id, title, rules, features, seats in rows:
        block = found.setdefault(block_id, (block_id, title, rules, []))
        block[3].append(({name.replace("_", " ") for name in features}, seats))
    return found.values()


def _seats(own: int | None, rules: dict[str, Any]) -> int:
    """Return how many sit at a table: its own number, else what the block's rules allow."""
    if own is not None:
        return own
    most = [entry.get("max") for entry in rules.get("composition", [])]
    if not most or None in most:
        return UNLIMITED
    return sum(most)
