"""When people can sign up, and until when they can change what they said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState
from app.errors import NotFound
from app.models import Event, Round, SignUp

IS_OFF = (
    "This event does not take place, so there is no place to take. Should it be put back on, you "
    "get a mail, and the time to decide begins anew."
)


class Window(Protocol):
    """What says when people can sign up: an event, or what was read of one."""

    @property
    def state(self) -> EventState: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def signup_closes_at(self) -> datetime | None: ...


def is_open(event: Window, now: datetime) -> bool:
    """Return whether people can sign up and change their answers."""
    closes_at = event.signup_closes_at or event.starts_at
    return event.state is EventState.OPEN and now < min(closes_at, event.starts_at)


def changes_end(event: Event) -> datetime:
    """Return until when people can change their answers: when sign-up closes, unless named."""
    until = event.changes_until or event.signup_closes_at or event.starts_at
    return min(until, event.starts_at)


def can_change(event: Event, now: datetime) -> bool:
    """Return whether people can change their answers.

    An event that names an end of its own for that lets them until then, open for sign-up or not.
    """
    if event.changes_until is None:
        return is_open(event, now)
    is_on = event.state in {EventState.OPEN, EventState.CLOSED}
    return is_on and now < changes_end(event)


def published_event(session: Session, event_id: int) -> Event:
    """Return an event that people may know of; a draft is not found."""
    event = session.get(Event, event_id)
    if event is None or event.state is EventState.DRAFT:
        raise NotFound
    return event


def of_person(session: Session, person_id: int) -> SignUp:
    """Return a person's sign-up."""
    sign_up = session.scalar(select(SignUp).where(SignUp.person_id == person_id))
    if sign_up is None:
        raise NotFound
    return sign_up


def planned_rounds(event: Event) -> tuple[Round, ...]:
    """Return the rounds that people are seated in, in order."""
    return tuple(
        round_ for block in event.blocks if block.kind.is_planned for round_ in block.rounds
    )


def is_past(round_: Round, now: datetime) -> bool:
    """Return whether a round is over."""
    return round_.starts_at + timedelta(minutes=round_.minutes) <= now
