"""The local outbox: every mail of an organisation, as its reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.enums import OutboxState
from app.errors import NotFound
from app.mail.message import MailMessage, header_text
from app.models import Event, OutboxMessage
from app.services import delivery
from config import Config

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """One mail in the list."""

    id: int
    event_name: str
    to_name: str
    to_address: str
    subject: str
    kind: str
    method: str
    state: OutboxState
    at: datetime
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailList:
    rows: tuple[MailRow, ...]
    counts: dict[OutboxState, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """One mail: its headers, its two texts with working links, its calendar part."""

    row: MailRow
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    calendar: str
    uid: str
    sequence: int
    attempts: int
    next_attempt_at: datetime
    previous_id: int | None
    next_id: int | None


def read_list(
    session: Session,
    organisation_id: int,
    *,
    page: int = 1,
    state: OutboxState | None = None,
    search: str = "",
    is_owner: bool = False,
) -> MailList:
    """Return a page of the list, the newest mail first."""
    mine = _mine(organisation_id, is_owner=is_owner)
    counts = dict.fromkeys(OutboxState, 0)
    tally = mine.with_only_columns(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    for found, number in session.execute(tally):
        counts[found] = number
    if state is not None:
        mine = mine.where(OutboxMessage.state == state)
    if search:
        words = f"%{search}%"
        mine = mine.where(
            OutboxMessage.to_name.ilike(words)
            | OutboxMessage.to_address.ilike(words)
            | OutboxMessage.subject.ilike(words)
        )
    total = session.scalar(mine.with_only_columns(func.count())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = session.execute(
        mine.order_by(OutboxMessage.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    )
    return MailList(
        rows=tuple(_row(message, event) for message, event in rows),
        counts=counts,
        page=page,
        pages=pages,
    )


def count_waiting(session: Session, organisation_id: int, *, before: datetime | None = None) -> int:
    """Return how many mails of an organisation, written before an instant, have not left yet."""
    undone = (OutboxState.QUEUED, OutboxState.SENDING)
    waiting = _mine(organisation_id, is_owner=True).where(OutboxMessage.state.in_(undone))
    if before is not None:
        waiting = waiting.where(OutboxMessage.created_at < before)
    return session.scalar(waiting.with_only_columns(func.count())) or 0


def read_message(
    session: Session,
    organisation_id: int,
    message_id: int,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
    is_owner: bool = False,
) -> MailView:
    """Return one mail; nothing is changed, so a link that no mail has carried yet stays unmade."""
    mine = _mine(organisation_id, is_owner=is_owner)
    found = session.execute(mine.where(OutboxMessage.id == message_id)).first()
    if found is None:
        raise NotFound
    message, event = found
    mail = delivery.compose(
        session, message, now=message.sent_at or now, settings=settings, key=key, is_preview=True
    )
    zone = _zone(event)
    ids = mine.with_only_columns(func.max(OutboxMessage.id), func.min(OutboxMessage.id))
    return MailView(
        row=_row(message, event),
        headers=_headers(mail, zone),
        text=mail.text,
        html=mail.html,
        calendar="" if mail.calendar is None else mail.calendar.content.decode("utf-8"),
        uid=message.uid or "",
        sequence=message.sequence or 0,
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at.astimezone(zone),
        previous_id=session.execute(ids.where(OutboxMessage.id < message_id)).one()[0],
        next_id=session.execute(ids.where(OutboxMessage.id > message_id)).one()[1],
    )


def _headers(mail: MailMessage, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    headers = (
        ("From", f"{header_text(mail.from_name)} <{mail.from_address}>"),
        ("To", f"{header_text(mail.to_name)} <{mail.to_address}>"),
        ("Subject", header_text(mail.subject)),
        ("Date", f"{mail.date.astimezone(zone):%a, %d %b %Y %H:%M %z}"),
        ("Reply-To", mail.reply_to),
        ("Message-ID", mail.message_id),
    )
    return tuple((name, value) for name, value in headers if value)


def _mine(organisation_id: int, *, is_owner: bool) -> Select[OutboxMessage, Event | None]:
    """Select an organisation's mails.

    Those to the team hold links that make an owner or set a password: owners alone read them, or
    any organiser could become one of them.
    """
    is_mine = Event.organisation_id == organisation_id
    if is_owner:
        to_team = OutboxMessage.event_id.is_(None)
        is_mine |= to_team & (OutboxMessage.organisation_id == organisation_id)
    return (
        select(OutboxMessage, Event)
        .outerjoin(Event, Event.id == OutboxMessage.event_id)
        .where(is_mine)
    )


def _zone(event: Event | None) -> ZoneInfo:
    """Return on whose clock a mail's times are told; mail to the team has no place."""
    return ZoneInfo("UTC" if event is None else event.zone)


def _row(message: OutboxMessage, event: Event | None) -> MailRow:
    zone = _zone(event)
    return MailRow(
        id=message.id,
        event_name="" if event is None else event.name,
        to_name=message.to_name,
        to_address=message.to_address,
        subject=message.subject,
        kind=message.kind,
        method="" if message.method is None else message.method.value,
        state=message.state,
        at=(message.sent_at or message.created_at).astimezone(zone),
        remark=message.last_error,
    )
