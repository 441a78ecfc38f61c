"""Mail rows: written with the fact they tell, claimed one at a time, marked when they left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.db import Base
from app.enums import Method, OutboxState
from app.mail.message import RenderedMail
from app.models import OutboxMessage
from app.prepared import Prepared
from app.services import blanking, pauses

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321 4.5.4.1
_MINUTES_TO_NEXT = (1, 5, 15, 30, 60, 120, 240)
_NEW = Prepared(
    insert(Base.metadata.tables["outbox_message"]),
    (
        "event_id",
        "person_id",
        "organisation_id",
        "kind",
        "to_name",
        "to_address",
        "reply_to",
        "is_reminder",
        "subject",
        "text",
        "html",
        "calendar",
        "method",
        "uid",
        "sequence",
        "message_id",
        "order_key",
        "idempotency_key",
        "state",
        "attempts",
        "next_attempt_at",
        "give_up_at",
        "created_at",
    ),
)
_UNDONE = (OutboxState.QUEUED, OutboxState.SENDING)


class Draft(TypedDict):
    """What a message is made of; times are instants, texts may hold link placeholders."""

    kind: str
    event_id: int | None
    person_id: int | None
    organisation_id: NotRequired[int | None]
    to_name: str
    to_address: str
    mail: RenderedMail
    order_key: str
    idempotency_key: str
    now: datetime
    reply_to: NotRequired[str]
    is_reminder: NotRequired[bool]
    calendar: NotRequired[bytes | None]
    method: NotRequired[Method | None]
    uid: NotRequired[str | None]
    sequence: NotRequired[int | None]
    give_up_at: NotRequired[datetime]
    message_domain: NotRequired[str]


def enqueue(session: Session, **draft: Unpack[Draft]) -> OutboxMessage:
    """Queue one message to one person; a key that is there already gives the row it made."""
    key = draft["idempotency_key"]
    known = session.scalar(select(OutboxMessage).where(OutboxMessage.idempotency_key == key))
    if known is not None:
        return known
    message = OutboxMessage(**_columns(draft))
    session.add(message)
    session.flush()
    return message


def enqueue_first(session: Session, **draft: Unpack[Draft]) -> None:
    """Queue a message whose key cannot be there yet, in one statement."""
    _NEW.run(session, _columns(draft))


def _columns(draft: Draft) -> dict[str, Any]:
    mail, now, calendar = draft["mail"], draft["now"], draft.get("calendar")
    latest = now + GIVE_UP_AFTER
    return {
        "event_id": draft["event_id"],
        "person_id": draft["person_id"],
        "organisation_id": draft.get("organisation_id"),
        "kind": draft["kind"],
        "to_name": draft["to_name"],
        "to_address": draft["to_address"],
        "reply_to": draft.get("reply_to", ""),
        "is_reminder": draft.get("is_reminder", False),
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "calendar": None if calendar is None else calendar.decode("utf-8"),
        "method": draft.get("method"),
        "uid": draft.get("uid"),
        "sequence": draft.get("sequence"),
        "message_id": f"<{uuid4().hex}@{draft.get('message_domain', 'roundabout.local')}>",
        "order_key": draft["order_key"],
        "idempotency_key": draft["idempotency_key"],
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "next_attempt_at": now,
        "give_up_at": min(latest, draft.get("give_up_at", latest)),
        "created_at": now,
    }


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
    due = list(
        session.scalars(
            select(OutboxMessage)
            .where(_is_due(now), _is_first())
            .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OutboxMessage)
        )
    )
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


def _is_first() -> ColumnElement[bool]:
    """Nothing earlier under the same order key is still on its way."""
    earlier = aliased(OutboxMessage)
    return ~exists().where(
        earlier.order_key == OutboxMessage.order_key,
        earlier.id < OutboxMessage.id,
        earlier.state.in_(_UNDONE),
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.next_attempt_at <= now),
        and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.lease_until < now),
    )


def mark_sent(
    session: Session, message_id: int, *, owner: str, now: datetime, remark: str = ""
) -> bool:
    """Note that it left; false when the claim was lost to another worker."""
    return _finish(
        session, message_id, owner, state=OutboxState.SENT, sent_at=now, last_error=remark
    )


def mark_dropped(session: Session, message_id: int, *, owner: str, reason: str) -> bool:
    """Note that it became untrue before it left."""
    return _finish(session, message_id, owner, state=OutboxState.DROPPED, last_error=reason)


def drop_unsent(session: Session, *, person_id: int, kind: str, reason: str) -> None:
    """Withdraw mails of a kind that nobody tried to send yet: another one says it better."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.kind == kind,
            OutboxMessage.state == OutboxState.QUEUED,
            OutboxMessage.attempts == 0,
        )
        .values(state=OutboxState.DROPPED, last_error=reason)
    )


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
        attempts=attempts,
        next_attempt_at=next_at,
        last_error=error,
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
