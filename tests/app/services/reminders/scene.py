"""An event with one placed person and the reminders it sends, and what came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ReminderKind
from app.models import Event, OutboxMessage, Reminder, SignUp
from app.services import reminders
from tests.builders import STARTS_AT, make_event, make_sign_up

DAY_BEFORE = STARTS_AT - timedelta(days=1)
DAY = ReminderKind.DAY_BEFORE


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.kind, row.to_address) for row in rows]


def rows_of(session: Session, event: Event) -> dict[ReminderKind, Reminder]:
    found = session.scalars(select(Reminder).where(Reminder.event_id == event.id))
    return {row.kind: row for row in found}


def make_planned(
    session: Session, now: datetime, *kinds: ReminderKind, **facts: Any
) -> tuple[Event, SignUp]:
    """Return an event with one placed person and these reminders."""
    event = make_event(session, **facts)
    person = make_sign_up(session, event, name="Wei Chen", email="wei@example.org")
    reminders.choose(session, event, kinds, now=now, actor="test")
    return event, person
