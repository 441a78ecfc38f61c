"""Pins: seats that every plan of a block keeps, until an organiser takes the pin out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Block, Event, Pin, SignUp
from app.services import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedSeat:
    """A seat to keep, as ids of rows."""

    sign_up_id: int
    round_id: int
    table_id: int


def of_block(session: Session, block_id: int) -> tuple[Pin, ...]:
    """Return the pins of a block, oldest first."""
    return tuple(session.scalars(select(Pin).where(Pin.block_id == block_id).order_by(Pin.id)))


def pin(
    session: Session,
    event: Event,
    block: Block,
    seats: Sequence[PinnedSeat],
    *,
    now: datetime,
    actor: str,
) -> int:
    """Pin these seats and return how many were not pinned yet.

    Somebody who was pinned elsewhere in the round is pinned here from now on. Raises ``NotFound``
    for a person, round or table that is not of this event and block.
    """
    _check(session, event, block, seats)
    known = {(one.sign_up_id, one.round_id): one for one in of_block(session, block.id)}
    changed = 0
    for seat in seats:
        found = known.get((seat.sign_up_id, seat.round_id))
        if found is not None and found.table_id == seat.table_id:
            continue
        if found is not None:
            session.delete(found)
            session.flush()
        session.add(
            Pin(
                block_id=block.id,
                sign_up_id=seat.sign_up_id,
                round_id=seat.round_id,
                table_id=seat.table_id,
                created_at=now,
            )
        )
        changed += 1
    session.flush()
    if changed:
        _record(session, event, "seats pinned", changed, now=now, actor=actor)
    return changed


def unpin(
    session: Session,
    event: Event,
    block: Block,
    *,
    now: datetime,
    actor: str,
    round_id: int | None = None,
    sign_up_ids: Collection[int] | None = None,
) -> int:
    """Take pins out, all of the block or those of a round or of some people; return how many."""
    statement = select(Pin).where(Pin.block_id == block.id)
    if round_id is not None:
        statement = statement.where(Pin.round_id == round_id)
    if sign_up_ids is not None:
        statement = statement.where(Pin.sign_up_id.in_(sign_up_ids))
    found = session.scalars(statement).all()
    for one in found:
        session.delete(one)
    session.flush()
    if found:
        _record(session, event, "seats unpinned", len(found), now=now, actor=actor)
    return len(found)


def _check(session: Session, event: Event, block: Block, seats: Sequence[PinnedSeat]) -> None:
    rounds = {one.id for one in block.rounds}
    tables = {one.id for one in block.tables}
    wanted = {seat.sign_up_id for seat in seats}
    known = session.scalars(
        select(SignUp.id).where(SignUp.event_id == event.id, SignUp.id.in_(wanted))
    ).all()
    if (
        wanted - set(known)
        or any(seat.round_id not in rounds for seat in seats)
        or any(seat.table_id not in tables for seat in seats)
    ):
        raise NotFound


def _record(
    session: Session, event: Event, what: str, number: int, *, now: datetime, actor: str
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        seats=number,
    )
