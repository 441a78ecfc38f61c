"""What people, or a better mail, decide about messages that are not on their way out just now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.enums import OutboxState
from app.errors import MentoringError
from app.models import Event, OutboxMessage
from app.services import blanking
from app.services.outbox.writing import GIVE_UP_AFTER

CAME_TO_NOTHING = (OutboxState.FAILED, OutboxState.BOUNCED)
BLANKED = "its text was removed to protect personal data"
ASIDE = "set aside by an organiser"


class NothingToSend(MentoringError):
    """None of these mails can be sent again: they were replaced, or their texts are gone."""

    status = 409


class EventIsOver(MentoringError):
    """The event is over, so its mails are not sent again."""

    status = 409


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


def queue_again(
    session: Session, event: Event, message_ids: Collection[int], *, now: datetime
) -> int:
    """Try mails of an event again that failed or came back; return how many that are.

    Message-ID, SEQUENCE and bytes stay, so a copy that did arrive is known for one. What a later
    mail about the same entry replaced stays where it is: it would put an old time back.
    """
    if now >= event.ends_at:
        raise EventIsOver
    latest = now + GIVE_UP_AFTER
    later = aliased(OutboxMessage)
    is_replaced = exists().where(
        later.order_key == OutboxMessage.order_key,
        later.uid == OutboxMessage.uid,
        later.id > OutboxMessage.id,
        later.state.not_in((*CAME_TO_NOTHING, OutboxState.DROPPED)),
    )
    found = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.event_id == event.id,
            OutboxMessage.id.in_(message_ids),
            OutboxMessage.state.in_(CAME_TO_NOTHING),
            OutboxMessage.text != blanking.BLANK_TEXT,
            ~is_replaced,
        )
        .with_for_update()
    ).all()
    for message in found:
        message.state = OutboxState.QUEUED
        message.attempts = 0
        message.next_attempt_at = now
        message.give_up_at = min(latest, event.starts_at) if event.starts_at > now else latest
        message.sent_at = message.failed_at = None
    session.flush()
    if not found:
        raise NothingToSend
    return len(found)


def set_aside(session: Session, event: Event, message_ids: Collection[int]) -> int:
    """Ask for nothing more about mails that failed or came back; return how many that were."""
    result = session.scalars(
        update(OutboxMessage)
        .where(
            OutboxMessage.event_id == event.id,
            OutboxMessage.id.in_(message_ids),
            OutboxMessage.state.in_(CAME_TO_NOTHING),
        )
        .values(state=OutboxState.DROPPED, last_error=ASIDE)
        .returning(OutboxMessage.id)
    )
    return len(result.all())


def drop_written_before(
    session: Session, organisation_id: int, since: datetime, *, reason: str
) -> int:
    """Withdraw what an organisation's mail waits with from before an instant; return how many."""
    events = select(Event.id).where(Event.organisation_id == organisation_id)
    result = session.scalars(
        update(OutboxMessage)
        .where(
            or_(
                OutboxMessage.event_id.in_(events),
                and_(
                    OutboxMessage.event_id.is_(None),
                    OutboxMessage.organisation_id == organisation_id,
                ),
            ),
            OutboxMessage.state.in_(blanking.ON_ITS_WAY),
            OutboxMessage.created_at < since,
        )
        .values(state=OutboxState.DROPPED, owner=None, lease_until=None, last_error=reason)
        .returning(OutboxMessage.id)
    )
    ids = result.all()
    for message_id in ids:
        blanking.blank_when_over(session, message_id)
    return len(ids)
