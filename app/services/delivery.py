"""What is due leaves: claimed, sent to one recipient, marked; late rather than never."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, Method, OutboxState
from app.errors import MentoringError
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
from app.services import mail_confidences, mail_links, outbox, pauses, reminders
from config import Config

LEASE_S = 180.0
"""Longer than the slowest send: see ``PATIENCE_S`` of `app.mail.smtp`."""
BATCH = 50
CLAIM = 10
"""Messages claimed together: no more wait for the lease when a worker dies."""
CLAIM_FOR_S = 30.0
"""How long after a claim its last message may still begin, so that the lease covers it."""
MOST_BROKEN = 3
"""Lines that may break in one go; then the server is the fault, not a message."""
ASK_AGAIN_S = 300.0
"""How long to wait before the server is asked once more whether it takes our password."""
TOO_LATE = "it could not be sent in time"


def _replaced(*, is_request: bool) -> Select[int]:
    is_out = OutboxMessage.state.in_((OutboxState.SENDING, OutboxState.SENT))
    replaces = and_(is_out, OutboxMessage.sequence >= bindparam("sequence"))
    if is_request:
        waits = OutboxMessage.state == OutboxState.QUEUED
        replaces |= and_(waits, OutboxMessage.sequence > bindparam("sequence"))
    return (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.order_key == bindparam("key"),  # the index has it, and not the UID
            OutboxMessage.uid == bindparam("uid"),
            OutboxMessage.id > bindparam("id"),
            replaces,
        )
        .limit(1)
    )


_REPLACED = {is_request: _replaced(is_request=is_request) for is_request in (False, True)}
"""Put together once: that takes longer than running it, and each mail of thousands asks."""
_HOUSE = select(Organisation.name).where(Organisation.id == bindparam("id"))
_HOUSE_OF_EVENT = (
    select(Organisation.name)
    .join(Event, Event.organisation_id == Organisation.id)
    .where(Event.id == bindparam("id"))
)


class _NotSent:
    """It became untrue, or too late, before it was tried."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """What one run of deliveries works with."""

    factory: SessionFactory
    transport: Transport
    clock: Callable[[], datetime]
    settings: Config
    key: bytes
    owner: str
    is_refused: bool = False
    """Whether the server did not take our password the last time."""


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
        waiting = _claim(desk, claimed_at, min(CLAIM, limit - tried))
        if not waiting:
            break
        try:
            while waiting and desk.clock() - claimed_at < timedelta(seconds=CLAIM_FOR_S):
                tried += 1
                error = _send(desk, waiting.popleft())
                left += error is None
                broken += isinstance(error, Broken)
                if _concerns_all(error) or broken >= MOST_BROKEN:
                    return left
        finally:
            _give_back(desk, waiting)
    return left


def _concerns_all(error: TransportError | _NotSent | None) -> bool:
    """Return whether the next message would fare the same just now."""
    return isinstance(error, NotAuthorised | Unreachable) and not isinstance(error, Broken)


def _claim(desk: Desk, now: datetime, limit: int) -> deque[OutboxMessage]:
    with unit_of_work(desk.factory) as session:
        desk.is_refused = pauses.is_paused(session, pauses.LOGIN)
        claimed = outbox.claim_due(session, owner=desk.owner, now=now, limit=limit, lease_s=LEASE_S)
    with unit_of_work(desk.factory) as session:
        mail_links.make_ready(session, claimed, now=now, settings=desk.settings, key=desk.key)
    return deque(claimed)


def _give_back(desk: Desk, rows: Collection[OutboxMessage]) -> None:
    if rows:
        with unit_of_work(desk.factory) as session:
            outbox.release(session, [row.id for row in rows], owner=desk.owner)


def _send(desk: Desk, row: OutboxMessage) -> TransportError | _NotSent | None:
    """Hand one message over and note what became of it; return what went wrong."""
    try:
        mail = _prepare(desk, row)
        if isinstance(mail, _NotSent):
            return mail
        remark = desk.transport.deliver(mail)
    except TransportError as error:
        with unit_of_work(desk.factory) as session:
            _note_failure(desk, session, row, error)
        return error
    with unit_of_work(desk.factory) as session:
        now = desk.clock()
        outbox.mark_sent(session, row.id, owner=desk.owner, now=now, remark=remark)
        if desk.is_refused:
            pauses.lift(session, pauses.LOGIN, now=now, actor="system")
    desk.is_refused = False
    return None


def _prepare(desk: Desk, row: OutboxMessage) -> MailMessage | _NotSent:
    """Return the mail that a claimed row becomes, unless it must not leave any more."""
    with unit_of_work(desk.factory) as session:
        now = desk.clock()
        if reason := _why_untrue(session, row, now=now, key=desk.key):
            outbox.mark_dropped(session, row.id, owner=desk.owner, reason=reason)
            return _NotSent()
        if row.attempts > 1 and now > row.give_up_at:
            _note_failure(desk, session, row, Rejected(row.last_error or TOO_LATE))
            return _NotSent()
        try:
            return compose(session, row, now=now, settings=desk.settings, key=desk.key)
        except (MentoringError, ValueError, LookupError) as error:
            msg = f"cannot be written as a mail: {error}"
            raise Rejected(msg) from error


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
    if not desk.is_refused:
        why = f"the mail server does not take our name and password: {error.message}"
        pauses.set(session, pauses.LOGIN, why=why, now=now)


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
    return _what_replaces(session, row)


def _what_replaces(session: Session, row: OutboxMessage) -> str:
    """Return what says it better: a later message that waits, or one that is out already."""
    if row.uid is None or row.sequence is None:
        return ""
    values = {"key": row.order_key, "uid": row.uid, "id": row.id, "sequence": row.sequence}
    later = session.scalar(_REPLACED[row.method is Method.REQUEST], values)
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
    if row.event_id is not None:
        name = session.scalar(_HOUSE_OF_EVENT, {"id": row.event_id})
    else:
        name = session.scalar(_HOUSE, {"id": row.organisation_id})
    return name or "Roundabout"
