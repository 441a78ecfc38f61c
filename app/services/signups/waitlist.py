"""Freed places go to whoever is next in line; nothing stays held or offered for ever.

Every function here runs under the event's lock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.enums import Admission, EventState, Role, SignUpState
from app.models import Capacity, Event, SignUp
from app.services import audit, limits
from app.services.signups import mail as signup_mail
from app.services.signups import places
from app.services.signups.admission import next_in_line


class Keep(Enum):
    """Stands for leaving something as it is, where None means something."""

    KEEP = "keep"


KEEP = Keep.KEEP
HELD_FOR = timedelta(hours=48)
OFFERED_FOR = timedelta(hours=24)
UNCONFIRMED = (SignUpState.HELD, SignUpState.WAITING, SignUpState.ASKED)
"""The states in which somebody can be who has not confirmed their address yet."""


def promote(session: Session, event: Event, now: datetime) -> tuple[SignUp, ...]:
    """Give every free place of the locked event to whoever is next in line for it.

    Mentors come first: each one placed may free places of those who follow them.
    """
    if event.state is EventState.CANCELLED or event.starts_at <= now:
        return ()
    promoted: list[SignUp] = []
    for capacity in sorted(event.capacities, key=lambda one: one.role is not Role.MENTOR):
        open_places = places.free(session, event.id, capacity.role)
        for sign_up in next_in_line(session, event, capacity, open_places):
            _give(session, event, sign_up, now)
            promoted.append(sign_up)
        session.flush()
    return tuple(promoted)


def has_room_for(session: Session, event: Event, sign_up: SignUp, now: datetime) -> bool:
    """Return whether somebody who waits can have a place at once, nobody else being before them."""
    if event.state is EventState.CANCELLED or event.starts_at <= now:
        return False
    return places.free(session, event.id, sign_up.role) != 0


def took_place(session: Session, event: Event, sign_up: SignUp, now: datetime) -> None:
    """Count somebody who is placed now; a mentor may bring free places for those who wait."""
    count_roster_change(event)
    if sign_up.role is Role.MENTOR:
        promote_followers(session, event, now)


def promote_followers(session: Session, event: Event, now: datetime) -> None:
    """Give places that follow the mentors to who waits, after one more mentor was placed."""
    follow = any(capacity.per_mentor is not None for capacity in event.capacities)
    if follow:
        session.flush()
        promote(session, event, now)


def set_capacity(
    session: Session,
    event: Event,
    role: Role,
    places_: int | None,
    *,
    now: datetime,
    actor: str,
    per_mentor: float | Keep | None = KEEP,
    admission: Admission | Keep = KEEP,
) -> tuple[SignUp, ...]:
    """Change how many of a role the locked event takes; nobody loses a place they have.

    ``per_mentor`` and ``admission`` stay as they are unless given.
    """
    capacity = places.capacity_of(session, event.id, role)
    if capacity is None:
        capacity = Capacity(role=role, admission=Admission.FIRST_COME)
        event.capacities.append(capacity)
    capacity.places = places_
    if not isinstance(per_mentor, Keep):
        capacity.per_mentor = per_mentor
    if not isinstance(admission, Keep):
        capacity.admission = admission
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="capacity changed",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        role=role,
        places=places_,
        per_mentor=capacity.per_mentor,
        admission=capacity.admission,
    )
    return promote(session, event, now)


def release_expired(session: Session, now: datetime) -> int:
    """Free what was held or offered too long, and pass it on; return how many were released.

    While an event is off nobody can take a place, so nobody is too late either.
    """
    limits.forget_old(session, now)
    late = (
        select(SignUp.event_id)
        .join(Event, Event.id == SignUp.event_id)
        .where(_is_late(now), Event.state != EventState.CANCELLED)
        .distinct()
        .order_by(SignUp.event_id)
    )
    released = 0
    for event_id in session.scalars(late).all():
        event = places.lock_event(session, event_id)
        if event.state is EventState.CANCELLED:
            continue
        for sign_up in session.scalars(
            select(SignUp).where(SignUp.event_id == event_id, _is_late(now)).order_by(SignUp.seq)
        ).all():
            _release(session, event, sign_up, now)
            released += 1
        session.flush()
        promote(session, event, now)
    return released


def give_time_anew(session: Session, event: Event, now: datetime) -> None:
    """Let what ran out while the locked event was off be confirmed or taken from now on."""
    late = select(SignUp).where(SignUp.event_id == event.id, _is_late(now))
    for sign_up in session.scalars(late):
        if sign_up.state is SignUpState.OFFERED:
            sign_up.offered_until = min(now + OFFERED_FOR, event.starts_at)
        else:
            sign_up.held_until = min(now + HELD_FOR, event.starts_at)
    session.flush()


def count_roster_change(event: Event) -> None:
    """Note that what the planner would be given is another now."""
    event.roster_version += 1


def _give(session: Session, event: Event, sign_up: SignUp, now: datetime) -> None:
    if event.confirms_address:
        sign_up.state = SignUpState.OFFERED
        sign_up.offered_until = min(now + OFFERED_FOR, event.starts_at)
        signup_mail.queue(session, "offered", event, sign_up, now=now, until=sign_up.offered_until)
    else:
        sign_up.state = SignUpState.PLACED
        count_roster_change(event)
        signup_mail.queue(session, "welcome", event, sign_up, now=now)
    audit.record(
        session,
        actor="system",
        what=f"place {sign_up.state}",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
    )


def _is_late(now: datetime) -> ColumnElement[bool]:
    held = SignUp.state.in_(UNCONFIRMED) & (SignUp.held_until <= now)
    offered = (SignUp.state == SignUpState.OFFERED) & (SignUp.offered_until <= now)
    return or_(held, offered)


def _release(session: Session, event: Event, sign_up: SignUp, now: datetime) -> None:
    was = sign_up.state
    sign_up.state = SignUpState.RELEASED
    sign_up.held_until = None
    sign_up.offered_until = None
    sign_up.changed_at = now
    if was is SignUpState.OFFERED:
        signup_mail.queue(session, "offer_ended", event, sign_up, now=now)
    audit.record(
        session,
        actor="system",
        what="place released",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
        was=was,
    )
