"""Mail that is over, without what it said: the row stays, so that counts and order stay true."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from app.enums import OutboxState
from app.models import OutboxMessage, Person

BLANK_SUBJECT = "Text removed"
BLANK_TEXT = "The text of this mail was removed to protect personal data.\n"
BLANK_HTML = "<p>The text of this mail was removed to protect personal data.</p>\n"
ON_ITS_WAY = (OutboxState.QUEUED, OutboxState.SENDING)
_TEXTS: dict[str, object] = {
    "subject": BLANK_SUBJECT,
    "text": BLANK_TEXT,
    "html": BLANK_HTML,
    "calendar": None,
    "last_error": "",  # servers repeat addresses in it
}
_READER: dict[str, object] = {"to_name": "", "to_address": ""}
_KEEPS = (
    select(OutboxMessage.forget_after, Person.erased_at)
    .outerjoin(Person, Person.id == OutboxMessage.person_id)
    .where(OutboxMessage.id == bindparam("id"))
)
"""Put together once: each mail that leaves asks."""


def is_over() -> ColumnElement[bool]:
    """Nothing more will be tried with this mail."""
    return OutboxMessage.state.not_in(ON_ITS_WAY)


def blank_texts(session: Session, *which: ColumnElement[bool]) -> int:
    """Remove what mails said, and keep to whom and when they went; return how many that were."""
    return _write(session, _TEXTS, *which)


def blank_all(session: Session, *which: ColumnElement[bool]) -> int:
    """Remove what mails said and to whom they went; return how many that were."""
    return _write(session, _TEXTS | _READER, *which)


def blank_when_over(session: Session, message_id: int) -> None:
    """Remove at once what must not be kept of a mail that is over now."""
    names_erased, erased_at = session.execute(_KEEPS, {"id": message_id}).one()
    if erased_at is not None:
        blank_all(session, OutboxMessage.id == message_id)
    elif names_erased:
        blank_texts(session, OutboxMessage.id == message_id)


def blank_old(session: Session, *, before: datetime) -> int:
    """Remove what mails said that left, or were given up, before an instant."""
    over_at = func.coalesce(OutboxMessage.sent_at, OutboxMessage.created_at)
    has_text = or_(OutboxMessage.text != BLANK_TEXT, OutboxMessage.calendar.is_not(None))
    return blank_texts(session, is_over(), over_at < before, has_text)


def _write(session: Session, values: dict[str, object], *which: ColumnElement[bool]) -> int:
    statement = update(OutboxMessage).where(*which).values(**values).returning(OutboxMessage.id)
    return len(session.scalars(statement).all())
