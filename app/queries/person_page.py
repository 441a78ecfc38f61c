"""What stands around somebody on the roster: their seats, who may be the same, what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.models import Event, Person, Schedule, ScheduledSeat, SignUp
from app.queries import duplicates
from app.queries.duplicates import Why
from app.queries.public_event import round_times_of
from app.services.roster_edit import told_apart
from app.services.signups.form import FormChoices, choices_of

OVER = tuple(state for state in SignUpState if state.is_over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Somebody who may be the same person."""

    sign_up_id: int
    name: str
    email: str
    affiliation: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePair:
    """Two sign-ups to compare."""

    one: Alike
    other: Alike
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """What the event asks somebody whom an organiser adds."""

    choices: FormChoices
    round_times: tuple[tuple[int, str], ...]
    retention_days: int


def asked_of(event: Event) -> AskedOf:
    """Return what the sign-up form of an event asks, open or not."""
    return AskedOf(
        choices=choices_of(event),
        round_times=round_times_of(event),
        retention_days=event.retention_days,
    )


def seats_of(session: Session, event_id: int, sign_up_id: int) -> int:
    """Return in how many rounds of the published version somebody has a seat."""
    newest = select(func.max(Schedule.id)).where(Schedule.event_id == event_id).scalar_subquery()
    return (
        session.scalar(
            select(func.count()).where(
                ScheduledSeat.schedule_id == newest, ScheduledSeat.sign_up_id == sign_up_id
            )
        )
        or 0
    )


def pairs(session: Session, event_id: int) -> tuple[AlikePair, ...]:
    """Return who of an event may have signed up twice, surest first."""
    people = _people(session, event_id)
    found = duplicates.find(people.values(), told_apart(session, event_id))
    return tuple(
        AlikePair(
            one=_alike(people[pair.one], pair.why),
            other=_alike(people[pair.other], pair.why),
            why=pair.why,
        )
        for pair in found
    )


def alike(session: Session, event_id: int, sign_up_id: int) -> tuple[Alike, ...]:
    """Return who may be the same person as one of the event."""
    return tuple(
        other
        for pair in pairs(session, event_id)
        for one, other in ((pair.one, pair.other), (pair.other, pair.one))
        if one.sign_up_id == sign_up_id
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Somebody:
    sign_up_id: int
    name: str
    email: str
    affiliation: str


def _people(session: Session, event_id: int) -> dict[int, _Somebody]:
    rows = session.execute(
        select(SignUp.id, Person.name, Person.email, Person.affiliation)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event_id, SignUp.state.not_in(OVER))
        .order_by(SignUp.id)
    )
    return {
        id_: _Somebody(sign_up_id=id_, name=name, email=email, affiliation=affiliation)
        for id_, name, email, affiliation in rows
    }


def _alike(person: _Somebody, why: Why) -> Alike:
    return Alike(
        sign_up_id=person.sign_up_id,
        name=person.name,
        email=person.email,
        affiliation=person.affiliation,
        why=why,
    )
