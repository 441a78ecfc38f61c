"""When each part of the agenda is: one after the other, from the moment the event begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.enums import BlockKind
from app.models import Block, Event
from app.services import events

FEW_MINUTES = 8
"""Rounds shorter than this are called too short by those who sat in them.

Attendees of published events found 4 minutes too short; reported formats run 8 to 20.
"""


def length_of(block: Block) -> timedelta:
    """Return how long a part takes: its rounds with the time to move after each."""
    if not block.kind.is_planned:
        return timedelta(minutes=block.minutes)
    step = timedelta(minutes=block.minutes + block.changeover_minutes)
    return step * max(1, len(block.rounds))


def lay_out(event: Event, blocks: Sequence[Block], *, now: datetime) -> bool:
    """Give every part and round its time; return whether one is another than before."""
    at, has_moved = event.starts_at, False
    for block in blocks:
        ends_at = at + length_of(block)
        has_moved |= (block.starts_at, block.ends_at) != (at, ends_at)
        block.starts_at, block.ends_at = at, ends_at
        has_moved |= _lay_out_rounds(block)
        at = ends_at
    has_moved |= event.ends_at != at
    event.ends_at = at
    if has_moved:
        events.note_agenda_change(event, now)
    return has_moved


def _lay_out_rounds(block: Block) -> bool:
    step = timedelta(minutes=block.minutes + block.changeover_minutes)
    has_moved = False
    for turn, round_ in enumerate(block.rounds):
        wanted = (block.starts_at + turn * step, block.minutes)
        has_moved |= (round_.starts_at, round_.minutes) != wanted
        round_.starts_at, round_.minutes = wanted
    return has_moved


def is_short(kind: BlockKind, minutes: int) -> bool:
    """Return whether people would hardly have begun to talk."""
    return kind.is_planned and minutes < FEW_MINUTES
