"""What is due leaves: claimed, sent to one recipient, marked; late rather than never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, Method, OutboxState
from app.ical.organizer import fill_organizer
from app.mail.message import CalendarPart, MailMessage
from app.mail.transport import NotAuthorised, Rejected, Transport, TransportError, Unreachable
from app.models import Event, Organisation, OutboxMessage, Person
from app.services import mail_confidences, mail_links, outbox, reminders
from config import Config

LEASE_S = 180.0
"""Longer than the slowest send: each of the six steps of SMTP may take 20 seconds."""
BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A claimed row with the mail it became."""

    row: OutboxMessage
    mail: MailMessage


def deliver_due(
    session_factory: SessionFactory,
    transport: Transport,
    *,
    clock: Callable[[], datetime],
    settings: Config,
    key: bytes,
    owner: str,
    limit: int = BATCH,
) -> int:
    """Send what is due, one message after another, and return how many left.

    Nothing is sent while a transaction is open: a row is claimed and committed, then sent, then
    marked. A worker that dies in between is followed by another when the lease ends, with the same
    Message-ID.
    """
    left = 0
    try:
        for _ in range(limit):
            ready = _claim(session_factory, clock=clock, settings=settings, key=key, owner=owner)
            if ready is None:
                break
            has_left, may_go_on = _send(session_factory, transport, ready, clock, owner)
            left += has_left
            if not may_go_on:
                break
    finally:
        transport.close()
    return left


def _claim(
    session_factory: SessionFactory,
    *,
    clock: Callable[[], datetime],
    settings: Config,
    key: bytes,
    owner: str,
) -> Ready | None:
    """Claim the next message that is still true; what became untrue is dropped on the way."""
    while True:
        with unit_of_work(session_factory) as session:
            now = clock()
            claimed = outbox.claim_due(session, owner=owner, now=now, limit=1, lease_s=LEASE_S)
            if not claimed:
                return None
            [row] = claimed
            reason = _why_untrue(session, row, now=now, key=key)
            if not reason:
                mail = compose(session, row, now=now, settings=settings, key=key)
                return Ready(row=row, mail=mail)
            outbox.mark_dropped(session, row.id, owner=owner, reason=reason)


def _send(
    session_factory: SessionFactory,
    transport: Transport,
    ready: Ready,
    clock: Callable[[], datetime],
    owner: str,
) -> tuple[bool, bool]:
    """Return whether it left, and whether it makes sense to try the next one now."""
    try:
        remark = transport.deliver(ready.mail)
    except TransportError as error:
        ends_batch = isinstance(error, NotAuthorised | Unreachable)
        with unit_of_work(session_factory) as session:
            outbox.mark_failed(
                session,
                ready.row,
                owner=owner,
                now=clock(),
                error=error.message,
                permanent=isinstance(error, Rejected),
                counts=not isinstance(error, NotAuthorised),
            )
        return False, not ends_batch
    with unit_of_work(session_factory) as session:
        outbox.mark_sent(session, ready.row.id, owner=owner, now=clock(), remark=remark)
    return True, True


def _why_untrue(session: Session, row: OutboxMessage, *, now: datetime, key: bytes) -> str:
    """Return why this message must not leave any more; empty when it may."""
    if row.person_id is not None:
        person = session.get(Person, row.person_id)
        is_erased = person is None or person.erased_at is not None
        if is_erased and not row.forget_after:
            return "the person was erased"
    if row.is_reminder and (why := reminders.why_untrue(session, row, now=now)):
        return why
    if mail_links.is_spent(session, row, key=key):
        return "its link was used or taken back"
    if row.uid is None or row.method is not Method.REQUEST or row.sequence is None:
        return ""
    later = session.scalar(
        select(OutboxMessage.id)
        .where(
            OutboxMessage.uid == row.uid,
            OutboxMessage.id > row.id,
            OutboxMessage.sequence > row.sequence,
            OutboxMessage.state == OutboxState.QUEUED,
        )
        .limit(1)
    )
    return "" if later is None else "a newer time or a cancellation follows"


def compose(
    session: Session,
    row: OutboxMessage,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
    is_preview: bool = False,
) -> MailMessage:
    """Return a row as the mail its reader gets, with personal links derived at this moment.

    A preview makes no link that is not there yet: it only looks.
    """
    links = mail_links.addresses(
        session, row, now=now, settings=settings, key=key, is_preview=is_preview
    )
    text, html = mail_confidences.texts_of(session, row, is_preview=is_preview)
    calendar = None
    if row.calendar is not None and row.method is not None:
        reply_to = mail_links.reply_address(
            session, row, now=now, settings=settings, key=key, is_preview=is_preview
        )
        content = fill_organizer(row.calendar.encode("utf-8"), reply_to)
        calendar = CalendarPart(method=row.method, content=content)
    return MailMessage(
        message_id=row.message_id,
        date=now,
        from_name=_sender_name(session, row),
        from_address=settings.mail_from,
        to_name=row.to_name,
        to_address=row.to_address,
        reply_to=row.reply_to,
        unsubscribe=links.get(LinkPurpose.UNSUBSCRIBE, "") if row.is_reminder else "",
        subject=row.subject,
        text=mail_links.fill(text, links),
        html=mail_links.fill(html, links),
        calendar=calendar,
    )


def _sender_name(session: Session, row: OutboxMessage) -> str:
    organisation_id = row.organisation_id
    if row.event_id is not None:
        organisation_id = session.get_one(Event, row.event_id).organisation_id
    if organisation_id is None:
        return "Roundabout"
    return session.get_one(Organisation, organisation_id).name
