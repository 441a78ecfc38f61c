"""What became of a claimed message, written by whoever still holds it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.db import Base
from app.enums import OutboxState
from app.models import OutboxMessage
from app.prepared import Prepared
from app.services import blanking

_MINUTES_TO_NEXT = (1, 5, 15, 30, 60, 120, 240)
_TABLE = Base.metadata.tables["outbox_message"]
_LEFT = Prepared(
    update(_TABLE)
    .where(
        _TABLE.c.id == bindparam("message_id_"),
        _TABLE.c.owner == bindparam("owner_"),
        _TABLE.c.state == bindparam("held_", type_=_TABLE.c.state.type),
    )
    .values(
        owner=None,
        lease_until=None,
        state=bindparam("state_", type_=_TABLE.c.state.type),
        sent_at=bindparam("sent_at_", type_=_TABLE.c.sent_at.type),
        last_error=bindparam("remark_"),
    )
    .returning(_TABLE.c.id)
)
"""The one mark that every message gets, and that a publish of thousands waits for."""


def mark_sent(
    session: Session, message_id: int, *, owner: str, now: datetime, remark: str = ""
) -> bool:
    """Note that it left; false when the claim was lost to another worker."""
    found = _LEFT.run(
        session,
        {
            "message_id_": message_id,
            "owner_": owner,
            "held_": OutboxState.SENDING,
            "state_": OutboxState.SENT,
            "sent_at_": now,
            "remark_": remark,
        },
    )
    if not found:
        return False
    blanking.blank_when_over(session, message_id)
    return True


def mark_dropped(session: Session, message_id: int, *, owner: str, reason: str) -> bool:
    """Note that it became untrue before it left."""
    return _finish(session, message_id, owner, state=OutboxState.DROPPED, last_error=reason)


def mark_failed(
    session: Session,
    message: OutboxMessage,
    *,
    owner: str,
    now: datetime,
    error: str,
    permanent: bool = False,
    counts: bool = True,
) -> bool:
    """Note why it did not leave; it is tried again by the ladder until ``give_up_at``.

    ``counts`` is false when the fault is ours (a wrong password), so that no try is used up.
    """
    attempts = message.attempts if counts else message.attempts - 1
    next_at = now + back_off(max(attempts, 1))
    is_over = permanent or next_at > message.give_up_at
    return _finish(
        session,
        message.id,
        owner,
        state=OutboxState.FAILED if is_over else OutboxState.QUEUED,
        failed_at=now if is_over else None,
        attempts=attempts,
        next_attempt_at=next_at,
        last_error=error,
    )


def mark_bounced(session: Session, message_id: int, *, now: datetime, words: str) -> bool:
    """Note that it left and came back; false when it is not among those that left."""
    result = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.state == OutboxState.SENT)
        .values(state=OutboxState.BOUNCED, failed_at=now, last_error=words)
        .returning(OutboxMessage.id)
    )
    if result.first() is None:
        return False
    blanking.blank_when_over(session, message_id)
    return True


def postpone(session: Session, *, until: datetime) -> None:
    """Let nothing be tried before an instant: what is wrong concerns every message alike."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state.in_(blanking.ON_ITS_WAY), OutboxMessage.next_attempt_at < until)
        .values(next_attempt_at=until)
    )


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after that many tries."""
    return timedelta(minutes=_MINUTES_TO_NEXT[min(attempts, len(_MINUTES_TO_NEXT)) - 1])


def _finish(session: Session, message_id: int, owner: str, **values: object) -> bool:
    """Change a row that this owner still holds (fencing)."""
    result = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.owner == owner,
            OutboxMessage.state == OutboxState.SENDING,
        )
        .values(owner=None, lease_until=None, **values)
        .returning(OutboxMessage.id)
    )
    if result.first() is None:
        return False
    if values["state"] is not OutboxState.QUEUED:
        blanking.blank_when_over(session, message_id)
    return True
