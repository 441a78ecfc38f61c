"""What organisers wrote to participants, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import OutboxState
from app.errors import NotFound
from app.models import Event, Message, Organiser, OutboxMessage
from app.services import mail_links, messages
from app.services.messages import Draft, Group, wording

GROUPS: Mapping[Group, str] = {
    Group.PLACED: "Everybody with a place",
    Group.SEATED: "Everybody with a seat in the published plan",
    Group.UNSEATED: "Who has a place and no seat yet",
    Group.UNANSWERED: "Who has an invite and has not answered it",
    Group.DECLINED: "Who declined the invite",
    Group.WAITING: "The waitlist",
    Group.ASKED: "Who waits for your yes",
    Group.CHOSEN: "People I name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message that went out; ``sent_at`` is in the event's zone."""

    id: int
    subject: str
    text: str
    whom: str
    by: str
    sent_at: datetime
    people: int
    undelivered: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A message before it goes: how it reads for one of its readers."""

    people: int
    names: tuple[str, ...]
    without_table: int
    subject: str
    text: str  # with the beginning of each link, as no link is made for a look
    reads_for: str


def list_messages(session: Session, event: Event) -> tuple[MessageRow, ...]:
    """Return the messages of an event, the newest first."""
    rows = session.execute(
        select(Message, Organiser.name)
        .outerjoin(Organiser, Organiser.id == Message.sent_by)
        .where(Message.event_id == event.id)
        .order_by(Message.id.desc())
    )
    counts = _counts(session, event.id)
    return tuple(_row(message, by or "", event, counts) for message, by in rows)


def get_message(session: Session, event: Event, message_id: int) -> MessageRow:
    """Return one message of this event."""
    for row in list_messages(session, event):
        if row.id == message_id:
            return row
    raise NotFound


def look(session: Session, event: Event, draft: Draft, *, base_url: str) -> DraftPage | None:
    """Return how a checked draft reads, None when it is for nobody; raises ``InvalidInput``."""
    readers = messages.readers(session, event, draft.audience)
    if not readers:
        return None
    first = readers[0]
    mail = messages.example(session, event, draft, first)
    tells_table = wording.names_table(draft.text) or wording.names_table(draft.subject)
    return DraftPage(
        people=len(readers),
        names=tuple(reader.name for reader in readers),
        without_table=sum(reader.itinerary is None for reader in readers) if tells_table else 0,
        subject=mail.subject,
        text=mail_links.fill(mail.text, mail_links.stand_ins(base_url)),
        reads_for=first.name,
    )


def _counts(session: Session, event_id: int) -> dict[tuple[str, OutboxState], int]:
    prefix = func.substr(OutboxMessage.order_key, 1, len("message:"))
    rows = session.execute(
        select(OutboxMessage.order_key, OutboxMessage.state).where(
            OutboxMessage.event_id == event_id, prefix == "message:"
        )
    )
    found: dict[tuple[str, OutboxState], int] = {}
    for key, state in rows:
        at = (key.split(":")[1], state)
        found[at] = found.get(at, 0) + 1
    return found


def _row(
    message: Message, by: str, event: Event, counts: dict[tuple[str, OutboxState], int]
) -> MessageRow:
    def number(*states: OutboxState) -> int:
        return sum(counts.get((str(message.id), state), 0) for state in states)

    return MessageRow(
        id=message.id,
        subject=message.subject,
        text=message.text,
        whom=_whom(message),
        by=by,
        sent_at=message.sent_at.astimezone(ZoneInfo(event.zone)),
        people=message.told_people,
        undelivered=number(OutboxState.FAILED, OutboxState.BOUNCED),
        waiting=number(OutboxState.QUEUED, OutboxState.SENDING),
    )


def _whom(message: Message) -> str:
    group = Group(message.audience.get("group", Group.PLACED))
    roles = [f"{role}s" for role in message.audience.get("roles", [])]
    return GROUPS[group] + (f", {' and '.join(roles)} only" if roles else "")
