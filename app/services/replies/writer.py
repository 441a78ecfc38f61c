"""Who wrote a message: known by a secret that only they were sent, never by what it says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import LinkPurpose
from app.errors import LinkExpired, NotFound
from app.models import OutboxMessage, Person
from app.services import access, addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody at an event."""

    event_id: int
    person_id: int


def tokens_in(recipients: Collection[str], mail_from: str) -> tuple[str, ...]:
    """Return the tokens of the reply addresses among these, each once."""
    found = (addresses.token_of(recipient, mail_from) for recipient in recipients)
    return tuple(dict.fromkeys(token for token in found if token is not None))


def by_token(session: Session, token: str, *, key: bytes, now: datetime) -> Writer | None:
    """Return whose reply address holds a token; None when it is nobody's any more."""
    try:
        link = access.resolve(session, token, LinkPurpose.REPLY, key=key, now=now)
    except (NotFound, LinkExpired):
        return None
    person = session.get_one(Person, link.person_id)
    return Writer(event_id=person.event_id, person_id=person.id)


def mail_answered(session: Session, message_ids: Collection[str]) -> OutboxMessage | None:
    """Return the mail of ours that the first known of these Message-IDs names."""
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.message_id.in_(message_ids)))
    by_id = {row.message_id: row for row in rows}
    return next((by_id[one] for one in message_ids if one in by_id), None)


def by_mail(session: Session, row: OutboxMessage | None) -> Writer | None:
    """Return to whom a mail went: its Message-ID is random, so only they can refer to it."""
    if row is None or row.person_id is None:
        return None
    person = session.get_one(Person, row.person_id)
    if person.erased_at is not None:
        return None
    return Writer(event_id=person.event_id, person_id=person.id)
