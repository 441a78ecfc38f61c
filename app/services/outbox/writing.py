"""Mail rows are written in the transaction of the fact they tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.db import Base
from app.enums import Method, OutboxState
from app.mail.message import RenderedMail
from app.models import OutboxMessage
from app.prepared import Prepared

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321 4.5.4.1
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
