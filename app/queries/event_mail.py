"""What became of each mail of an event, with the mail server's own words; never what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import OutboxState
from app.models import OutboxMessage, SignUp

PAGE = 50
CAME_TO_NOTHING = (OutboxState.FAILED, OutboxState.BOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMailRow:
    """One mail; ``words`` is why it is where it is."""

    id: int
    sign_up_id: int | None
    to_name: str
    to_address: str
    subject: str
    state: OutboxState
    at: datetime  # in the event's zone: when it left or failed, else when it was written
    words: str
    attempts: int
    next_attempt_at: datetime | None

    @property
    def came_to_nothing(self) -> bool:
        """Whether it waits for an organiser's decision."""
        return self.state in CAME_TO_NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMail:
    rows: tuple[EventMailRow, ...]
    counts: dict[OutboxState, int]
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many mails the event has written."""
        return sum(self.counts.values())

    @property
    def undelivered(self) -> int:
        """How many failed or came back."""
        return sum(self.counts[state] for state in CAME_TO_NOTHING)


def read(
    session: Session,
    event_id: int,
    *,
    zone: str,
    page: int = 1,
    state: OutboxState | None = None,
    search: str = "",
) -> EventMail:
    """Return a page of an event's mails: first what came to nothing, then the newest."""
    mine = select(OutboxMessage).where(OutboxMessage.event_id == event_id)
    counts = dict.fromkeys(OutboxState, 0)
    tally = mine.with_only_columns(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    for found, number in session.execute(tally):
        counts[found] = number
    if state is not None:
        mine = mine.where(OutboxMessage.state == state)
    if search:
        words = f"%{search}%"
        mine = mine.where(
            OutboxMessage.to_name.ilike(words) | OutboxMessage.to_address.ilike(words)
        )
    total = session.scalar(mine.with_only_columns(func.count())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = session.scalars(
        mine.order_by(OutboxMessage.state.in_(CAME_TO_NOTHING).desc(), OutboxMessage.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    sign_ups = _sign_ups(session, event_id, rows)
    return EventMail(
        rows=tuple(_row(row, ZoneInfo(zone), sign_ups) for row in rows),
        counts=counts,
        page=page,
        pages=pages,
    )


def count_undelivered(session: Session, event_id: int) -> int:
    """Return how many mails of an event failed or came back."""
    found = session.scalar(
        select(func.count())
        .select_from(OutboxMessage)
        .where(OutboxMessage.event_id == event_id, OutboxMessage.state.in_(CAME_TO_NOTHING))
    )
    return found or 0


def _row(row: OutboxMessage, zone: ZoneInfo, sign_ups: dict[int, int]) -> EventMailRow:
    waits = row.state is OutboxState.QUEUED and row.attempts > 0
    return EventMailRow(
        id=row.id,
        sign_up_id=None if row.person_id is None else sign_ups.get(row.person_id),
        to_name=row.to_name,
        to_address=row.to_address,
        subject=row.subject,
        state=row.state,
        at=(row.failed_at or row.sent_at or row.created_at).astimezone(zone),
        words=row.last_error,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at.astimezone(zone) if waits else None,
    )


def _sign_ups(session: Session, event_id: int, rows: Sequence[OutboxMessage]) -> dict[int, int]:
    """Return the sign-up of each reader, for the link to their page."""
    people = {row.person_id for row in rows if row.person_id is not None}
    found = session.execute(
        select(SignUp.person_id, SignUp.id).where(
            SignUp.event_id == event_id, SignUp.person_id.in_(people)
        )
    )
    return {person_id: sign_up_id for person_id, sign_up_id in found}  # noqa: C416 -- rows
