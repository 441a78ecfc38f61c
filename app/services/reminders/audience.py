"""Whom a reminder concerns at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from app.enums import EventState, ReminderKind, Role, SignUpState
from app.models import Event, Person, SignUp
from app.services import publishing
from app.services.contacts import organisers
from app.services.reminders.due import latest
from app.services.signups import waitlist

ALIVE = (EventState.OPEN, EventState.CLOSED)
UNFINISHED = waitlist.UNCONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplanned:
    """Who has a place and no seat, by role; without a published plan that is everybody."""

    has_plan: bool
    by_role: tuple[tuple[Role, int], ...]

    @property
    def people(self) -> int:
        return sum(number for _, number in self.by_role)


def is_too_late(kind: ReminderKind, event: Event, now: datetime) -> bool:
    """Return whether nobody must be told any more, or there is nothing to tell of."""
    if kind is ReminderKind.SIGN_UP_CLOSES and event.state is not EventState.OPEN:
        return True
    return event.state not in ALIVE or latest(kind, event) <= now


def concerned(kind: ReminderKind, event: Event, now: datetime) -> Select[SignUp]:
    """Select the sign-ups whose people are told: none of those who want no reminders."""
    return (
        select(SignUp)
        .join(Person, Person.id == SignUp.person_id)
        .where(
            SignUp.event_id == event.id,
            Person.erased_at.is_(None),
            Person.reminders_off_at.is_(None),
            _condition(kind, event, now),
        )
        .order_by(SignUp.id)
    )


def count(session: Session, kind: ReminderKind, event: Event, *, now: datetime) -> int:
    """Return how many would be told now."""
    if kind is ReminderKind.UNPLANNED:
        has_reason = unplanned(session, event).people > 0
        return len(organisers(session, event)) if has_reason else 0
    chosen = concerned(kind, event, now).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(chosen)) or 0


def unplanned(session: Session, event: Event) -> Unplanned:
    """Return who has a place and no seat; who is absent or comes to no round needs none."""
    snapshot = publishing.current(session, event.id)
    rounds = {round_.id for block in event.blocks for round_ in block.rounds}
    numbers = dict.fromkeys(Role, 0)
    seated = snapshot.people
    for id_, role, absent_rounds in session.execute(
        select(SignUp.id, SignUp.role, SignUp.absent_rounds).where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.PLACED,
            SignUp.absent_at.is_(None),
        )
    ):
        if id_ not in seated and rounds - set(absent_rounds):
            numbers[role] += 1
    return Unplanned(
        has_plan=bool(snapshot.seats),
        by_role=tuple((role, number) for role, number in numbers.items() if number),
    )


def _condition(kind: ReminderKind, event: Event, now: datetime) -> ColumnElement[bool]:
    if kind is ReminderKind.UNPLANNED:
        return false()
    if kind is not ReminderKind.SIGN_UP_CLOSES:
        return and_(SignUp.state == SignUpState.PLACED, SignUp.absent_at.is_(None))
    offered = and_(SignUp.state == SignUpState.OFFERED, SignUp.offered_until > now)
    if not event.confirms_address:
        return offered
    is_kept = or_(SignUp.held_until.is_(None), SignUp.held_until > now)
    unfinished = and_(SignUp.state.in_(UNFINISHED), SignUp.confirmed_at.is_(None), is_kept)
    return or_(offered, unfinished)
