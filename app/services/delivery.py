"""What is due leaves: claimed, sent to one recipient, marked; late rather than never."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, Method, OutboxState
from app.ical.organizer import fill_organizer
from app.mail.message import CalendarPart, MailMessage
from app.mail.transport import (
    Broken,
    NotAuthorised,
    Rejected,
    Transport,
    TransportError,
    Unreachable,
)
from app.models import Event, Organisation, OutboxMessage, Person
from app.services import mail_confidences, mail_links, outbox, reminders
from config import Config

LEASE_S = 180.0
"""Longer than the slowest send: see the transport's ``PATIENCE_S``."""
BATCH = 50
CLAIM = 10
"""Messages claimed together; a worker that dies holds up no more than these until the lease ends."""
FRESH_S = 5.0
"""How old a claim may be when its message leaves: until then nobody looks again whether it is true
still, and the lease has to last."""
MOST_BROKEN = 3
"""Lines that may break in one go; then the server is the fault, not a message."""
ASK_AGAIN_S = 300.0
"""How long to wait before the server is asked once more whether it takes our password."""
TOO_LATE = "it could not be sent in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A claimed row with the mail it became; without one, what is wrong with it."""

    row: OutboxMessage
    mail: MailMessage | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one run of deliveries works with."""

    factory: SessionFactory
    transport: Transport
    clock: Callable[[], datetime]
    settings: Config
    key: bytes
    owner: str


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

    Nothing is sent while a transaction is open: rows are claimed and committed, then each is sent
    and marked. A worker that dies in between is followed by another when the lease ends, with the
    same Message-ID.
    """
    desk = Desk(
        factory=session_factory,
        transport=transport,
        clock=clock,
        settings=settings,
        key=key,
        owner=owner,
    )
    try:
        return _work(desk, limit)
    finally:
        transport.close()


def _work(desk: Desk, limit: int) -> int:
    left = tried = broken = 0
    while tried < limit:
        claimed_at = desk.clock()
        ready = _claim(desk, claimed_at, min(CLAIM, limit - tried))
        if not ready:
            break
        for at, one in enumerate(ready):
            if (desk.clock() - claimed_at).total_seconds() > FRESH_S:
                _give_back(desk, ready[at:])
                break
            tried += 1
            error = _send(desk, one)
            left += error is None
            broken += isinstance(error, Broken)
            if _concerns_all(error) or broken >= MOST_BROKEN:
                _give_back(desk, ready[at + 1 :])
                return left
    return left


def _concerns_all(error: TransportError | None) -> bool:
    """Return whether the next message would fare the same just now."""
    return isinstance(error, NotAuthorised | Unreachable) and not isinstance(error, Broken)


def _claim(desk: Desk, now: datetime, limit: int) -> list[Ready]:
    """Claim the next messages that are still true; what became untrue is dropped on the way."""
    while True:
        with unit_of_work(desk.factory) as session:
            claimed = outbox.claim_due(
                session, owner=desk.owner, now=now, limit=limit, lease_s=LEASE_S
            )
        if not claimed:
            return []
        with unit_of_work(desk.factory) as session:
            ready = [one for row in claimed if (one := _prepare(desk, session, row, now))]
        if ready:
            return ready


def _prepare(desk: Desk, session: Session, row: OutboxMessage, now: datetime) -> Ready | None:
    """Return a claimed row as the mail it becomes, None when it must not or cannot leave."""
    if reason := _why_untrue(session, row, key=desk.key):
        outbox.mark_dropped(session, row.id, owner=desk.owner, reason=reason)
        return None
    if row.attempts > 1 and now > row.give_up_at:
        error = row.last_error or TOO_LATE
        outbox.mark_failed(session, row, owner=desk.owner, now=now, error=error, permanent=True)
        return None
    try:
        mail = compose(session, row, now=now, settings=desk.settings, key=desk.key)
    except (MentoringError, ValueError, LookupError) as error:
        return Ready(row=row, mail=None, fault=f"cannot be written as a mail: {error}")
    return Ready(row=row, mail=mail)


def _give_back(desk: Desk, ready: Sequence[Ready]) -> None:
    if ready:
        with unit_of_work(desk.factory) as session:
            outbox.release(session, [one.row.id for one in ready], owner=desk.owner)


def _send(desk: Desk, ready: Ready) -> TransportError | None:
    """Hand one message over and note what became of it; return what went wrong."""
    try:
        if ready.mail is None:
            raise Rejected(ready.fault)
        remark = desk.transport.deliver(ready.mail)
    except TransportError as error:
        with unit_of_work(desk.factory) as session:
            _note_failure(desk, session, ready.row, error)
        return error
    with unit_of_work(desk.factory) as session:
        now = desk.clock()
        outbox.mark_sent(session, ready.row.id, owner=desk.owner, now=now, remark=remark)
        if pauses.is_paused(session, pauses.LOGIN):
            pauses.lift(session, pauses.LOGIN, now=now, actor="system")
    return None


def _note_failure(desk: Desk, session: Session, row: OutboxMessage, error: TransportError) -> None:
    now, is_ours = desk.clock(), isinstance(error, NotAuthorised)
    outbox.mark_failed(
        session,
        row,
        owner=desk.owner,
        now=now,
        error=error.message,
        permanent=isinstance(error, Rejected),
        counts=not is_ours,
    )
    if not is_ours:
        return
    outbox.postpone(session, until=now + timedelta(seconds=ASK_AGAIN_S))
    if not pauses.is_paused(session, pauses.LOGIN):
        why = f"the mail server does not take our name and password: {error.message}"
        pauses.set(session, pauses.LOGIN, why=why, now=now)


def _why_untrue(session: Session, row: OutboxMessage, *, key: bytes) -> str:
    """Return why this message must not leave any more; empty when it may."""
    if row.person_id is not None:
        person = session.get(Person, row.person_id)
        is_erased = person is None or person.erased_at is not None
        if is_erased and not row.forget_after:
            return "the person was erased"
    if mail_links.is_spent(session, row, key=key):
        return "its link was used or taken back"
    return _what_replaces(session, row)


def _what_replaces(session: Session, row: OutboxMessage) -> str:
    """Return what says it better: a later message that waits, or one that is out already."""
    if row.uid is None or row.sequence is None:
        return ""
    is_out = OutboxMessage.state.in_((OutboxState.SENDING, OutboxState.SENT))
    replaces = and_(is_out, OutboxMessage.sequence >= row.sequence)
    if row.method is Method.REQUEST:
        waits = OutboxMessage.state == OutboxState.QUEUED
        replaces |= and_(waits, OutboxMessage.sequence > row.sequence)
    later = session.scalar(
        select(OutboxMessage.id)
        .where(OutboxMessage.uid == row.uid, OutboxMessage.id > row.id, replaces)
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
