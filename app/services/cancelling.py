"""A whole event called off, or put back on: calendars and mailboxes hear it, everybody once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState
from app.models import Event, SignUp
from app.services import events, invites
from app.services.signups import mail as signup_mail
from app.services.signups import places, waitlist
from app.services.signups.moved import without_entry
from config import Config

OFF = "event_off"
ON = "event_on"


def cancel_event(
    session: Session, event: Event, *, now: datetime, actor: str, settings: Config
) -> int:
    """Call an event off and return how many people are told; a second time tells nobody.

    Who holds a calendar entry hears it by the CANCEL that takes it out, everybody else by mail.
    """
    event = places.lock_event(session, event.id)
    if event.state is EventState.CANCELLED:
        return 0
    others = session.scalars(without_entry(event.id)).all()  # after it nobody holds an entry
    events.cancel(session, event, now=now, actor=actor)
    told = invites.sync(session, event, now=now, settings=settings, actor=actor)
    return told + _tell(session, event, others, OFF, now=now)


def reinstate_event(
    session: Session, event: Event, *, now: datetime, actor: str, settings: Config
) -> int:
    """Put a cancelled event back on and return how many people are told.

    Who had a calendar entry is invited anew under its UID, with a higher SEQUENCE. Whose place was
    held or offered can still take it, as their mail says.
    """
    event = places.lock_event(session, event.id)
    if event.state is not EventState.CANCELLED:
        return 0
    events.reinstate(session, event, now=now, actor=actor)
    waitlist.give_time_anew(session, event, now)
    told = invites.sync(session, event, now=now, settings=settings, actor=actor)
    others = session.scalars(without_entry(event.id)).all()
    return told + _tell(session, event, others, ON, now=now)


def _tell(
    session: Session, event: Event, people: Iterable[SignUp], kind: str, *, now: datetime
) -> int:
    told = 0
    for sign_up in people:
        mail = signup_mail.told(kind, event, sign_up)
        signup_mail.queue(session, kind, event, sign_up, now=now, mail=mail)
        told += 1
    return told
