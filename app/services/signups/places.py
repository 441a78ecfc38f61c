"""The limited thing: places. Everything that takes or frees one holds the event's lock."""

from __future__ import annotations

from math import floor
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import NotFound
from app.models import Capacity, Event, SignUp

ROUNDING = 1e-9
"""So that 0.1 x 30 mentors is 3 places."""
TAKING = tuple(state for state in SignUpState if state.takes_place)


class Limits(Protocol):
    """How many a role may be: a capacity, or what was read of one."""

    @property
    def role(self) -> Role: ...
    @property
    def places(self) -> int | None: ...
    @property
    def per_mentor(self) -> float | None: ...


def lock_event(session: Session, event_id: int) -> Event:
    """Return the event, locked until the transaction ends.

    PostgreSQL locks the row, and lets others write rows that only name the event; SQLite has
    locked the whole file already, because writing units of work begin with ``BEGIN IMMEDIATE``.
    """
    statement = (
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    event = session.scalar(statement)
    if event is None:
        raise NotFound
    return event


def capacity_of(session: Session, event_id: int, role: Role) -> Capacity | None:
    """Return how many a role may be; None when the event does not ask for that role.

    It is read anew: what was loaded before the lock may have been changed by who held it.
    """
    return session.scalar(
        select(Capacity)
        .where(Capacity.event_id == event_id, Capacity.role == role)
        .execution_options(populate_existing=True)
    )


def taken(session: Session, event_id: int, role: Role) -> int:
    """Return how many places of a role are held, placed or offered."""
    return (
        session.scalar(
            select(func.count()).where(
                SignUp.event_id == event_id, SignUp.role == role, SignUp.state.in_(TAKING)
            )
        )
        or 0
    )


def free(session: Session, event_id: int, role: Role) -> int | None:
    """Return how many places of a role are free, None when there is no limit."""
    capacity = capacity_of(session, event_id, role)
    if capacity is None:
        return 0
    if capacity.places is None and capacity.per_mentor is None:
        return None
    most = most_places(capacity, placed_mentors(session, capacity))
    return None if most is None else max(0, most - taken(session, event_id, role))


def placed_mentors(session: Session, capacity: Capacity) -> int:
    """Return how many mentors have a place, counted only where places follow them."""
    if capacity.per_mentor is None:
        return 0
    return (
        session.scalar(
            select(func.count()).where(
                SignUp.event_id == capacity.event_id,
                SignUp.role == Role.MENTOR,
                SignUp.state == SignUpState.PLACED,
            )
        )
        or 0
    )


def most_places(capacity: Limits, mentors: int) -> int | None:
    """Return how many places a role has at most: those set, and no more than the mentors allow.

    A mentor who withdraws takes nobody's place away: what was given stays given, and nothing is
    free until the number fits again.
    """
    if capacity.role is Role.MENTOR:
        return capacity.places
    return limit(capacity.places, capacity.per_mentor, mentors)


def limit(places: int | None, per_mentor: float | None, mentors: int) -> int | None:
    """Return the smaller of a number of places and what so many mentors allow; None: no limit."""
    if per_mentor is None:
        return places
    allowed = floor(per_mentor * mentors + ROUNDING)
    return allowed if places is None else min(places, allowed)


def next_seq(event: Event) -> int:
    """Return the next number in the order of sign-ups; the lock makes it unique."""
    seq = event.next_seq
    event.next_seq = seq + 1
    return seq
