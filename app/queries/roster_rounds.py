"""Which rounds somebody attends, in words."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Block, Round


def round_numbers(session: Session, event_id: int) -> dict[int, int]:
    """Return the number of each round within the event, by id."""
    ids = session.scalars(
        select(Round.id)
        .join(Block, Block.id == Round.block_id)
        .where(Block.event_id == event_id, Block.closed_at.is_(None), Round.closed_at.is_(None))
        .order_by(Block.position, Round.number)
    )
    return {round_id: number for number, round_id in enumerate(ids, 1)}


def rounds_in_words(numbers: dict[int, int], absent: frozenset[int]) -> str:
    """Return which rounds somebody attends: "all", "1 to 4", "from 2", "1, 3"."""
    here = [number for round_id, number in numbers.items() if round_id not in absent]
    if len(here) == len(numbers):
        return "all"
    if not here:
        return "none"
    if here == list(range(here[0], here[-1] + 1)) and len(here) > 1:
        if here[-1] == len(numbers):
            return f"from {here[0]}"
        return f"{here[0]} to {here[-1]}"
    return ", ".join(str(number) for number in here)


def presence_in_words(numbers: dict[int, int], absent: frozenset[int]) -> str:
    """Return "comes late", "leaves early" or both; nothing for who is there from end to end."""
    order = sorted(numbers, key=lambda round_id: numbers[round_id])
    if not order or absent >= set(order):
        return ""
    said = ("comes late", order[0] in absent), ("leaves early", order[-1] in absent)
    return " and ".join(text for text, is_so in said if is_so)
