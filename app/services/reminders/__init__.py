"""Reminders as rows: planned from the event's own facts, sent once, late rather than never."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Person
from app.services.reminders.audience import count, unplanned
from app.services.reminders.due import DEFAULT_ON, due_at
from app.services.reminders.mail import sample
from app.services.reminders.planning import choose, plan
from app.services.reminders.sending import send_due, why_untrue

__all__ = [
    "DEFAULT_ON",
    "choose",
    "count",
    "due_at",
    "plan",
    "sample",
    "send_due",
    "stop",
    "take_again",
    "unplanned",
    "why_untrue",
]


def stop(session: Session, person_id: int, *, now: datetime) -> None:
    """Send somebody no more reminders of their event; asked twice, the first time counts."""
    person = session.get_one(Person, person_id)
    person.reminders_off_at = person.reminders_off_at or now
    session.flush()


def take_again(session: Session, person_id: int) -> None:
    """Let somebody have reminders again."""
    session.get_one(Person, person_id).reminders_off_at = None
    session.flush()
