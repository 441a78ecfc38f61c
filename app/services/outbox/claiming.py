"""Which messages may leave now, and who holds them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.enums import OutboxState
from app.models import OutboxMessage
from app.services import pauses
from app.services.blanking import ON_ITS_WAY


def claim_due(
    session: Session, *, owner: str, now: datetime, limit: int, lease_s: float
) -> list[OutboxMessage]:
    """Take the messages that are due, each only when nothing earlier waits under its order key.

    A claim that was not answered within its lease (its worker died) is due again. Commit before
    sending; the lease must be longer than the slowest send. While the outbox is paused there is
    nothing to take.
    """
    if pauses.is_paused(session, pauses.OUTBOX):
        return []
    due = _take(session, _is_left_over(now), limit)
    if len(due) < limit:
        due += _take(session, _is_waiting(now), limit - len(due))
    for message in due:
        message.state = OutboxState.SENDING
        message.owner = owner
        message.attempts += 1
        message.lease_until = now + timedelta(seconds=lease_s)
    session.flush()
    return due


def count_due(session: Session, *, now: datetime) -> int:
    """Return how many messages could be claimed at this moment."""
    if pauses.is_paused(session, pauses.OUTBOX):
        return 0
    found = session.scalar(
        select(func.count()).select_from(OutboxMessage).where(_is_due(now), _is_first())
    )
    return found or 0


def overdue_since(session: Session, *, now: datetime) -> datetime | None:
    """Return since when the oldest message that may leave has been waiting, None when none is."""
    if pauses.is_paused(session, pauses.OUTBOX):
        return None
    return session.scalar(
        select(func.min(OutboxMessage.next_attempt_at)).where(_is_due(now), _is_first())
    )


def _take(session: Session, which: ColumnElement[bool], limit: int) -> list[OutboxMessage]:
    """Return the first messages of one state: one index gives them in order, without the rest."""
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(which, _is_first())
            .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OutboxMessage)
        )
    )


def _is_first() -> ColumnElement[bool]:
    """Nothing earlier under the same order key is still on its way."""
    earlier = aliased(OutboxMessage)
    return ~exists().where(
        earlier.order_key == OutboxMessage.order_key,
        earlier.id < OutboxMessage.id,
        earlier.state.in_(ON_ITS_WAY),
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(_is_waiting(now), _is_left_over(now))


def _is_waiting(now: datetime) -> ColumnElement[bool]:
    return and_(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.next_attempt_at <= now)


def _is_left_over(now: datetime) -> ColumnElement[bool]:
    """Whoever took it died."""
    return and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.lease_until < now)


def release(session: Session, message_ids: Collection[int], *, owner: str) -> None:
    """Give back what was claimed and not tried, as if it had never been taken."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id.in_(message_ids),
            OutboxMessage.owner == owner,
            OutboxMessage.state == OutboxState.SENDING,
        )
        .values(
            state=OutboxState.QUEUED,
            owner=None,
            lease_until=None,
            attempts=OutboxMessage.attempts - 1,
        )
    )
