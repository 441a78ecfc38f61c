"""Saving as an organiser does it: look what happens, then agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.models import Event, OutboxMessage, SignUp
from app.services import event_settings
from app.services.event_settings import Outcome, SignUpSettings
from tests.builders import make_event, make_sign_up

MANY = {Role.MENTOR: 4, Role.MENTEE: 2}


def with_role(settings: SignUpSettings, role: Role, **changes: object) -> SignUpSettings:
    roles = tuple(
        replace(one, **changes) if one.role is role else one  # type: ignore[arg-type]
        for one in settings.roles
    )
    return replace(settings, roles=roles)


def save(
    session: Session,
    event: Event,
    wanted: SignUpSettings,
    now: datetime,
    *,
    agreed: str = "",
    seen: str = "",
) -> Outcome:
    return event_settings.save(
        session,
        event.id,
        wanted,
        seen=seen or event_settings.fingerprint(event_settings.stored(event)),
        agreed=agreed,
        now=now,
        actor="organiser 3",
    )


def agree(session: Session, event: Event, wanted: SignUpSettings, now: datetime) -> Outcome:
    """Read what happens, then say yes to it."""
    return save(session, event, wanted, now, agreed=save(session, event, wanted, now).mark)


def texts(outcome: Outcome) -> list[str]:
    return [effect.text for effect in outcome.effects]


def states(session: Session, event: Event) -> list[SignUpState]:
    return list(
        session.scalars(
            select(SignUp.state).where(SignUp.event_id == event.id).order_by(SignUp.seq)
        )
    )


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def make_full(session: Session, *, waiting: int = 3, confirms: bool = True) -> Event:
    """Return an event with both places for mentees taken, and some who wait."""
    event = make_event(session, capacities=dict(MANY), confirms_address=confirms)
    for _ in range(2):
        make_sign_up(session, event)
    for _ in range(waiting):
        make_sign_up(session, event, state=SignUpState.WAITING)
    return event
