"""Somebody whom an organiser adds by hand: a place while there is one, else the waitlist."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, SignUpState
from app.errors import InvalidInput, SignUpClosed, TooLate
from app.models import Event, Person, SignUp
from app.services.roster_edit.entry import RosterEntry, checked_entry
from app.services.signups import EVENT_OVER, answers, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import Checked, choices_of
from app.services.signups.record import record

KNOWN = "{} signed up with this address already. Open their page from the roster to change it."


def add(session: Session, event: Event, entry: RosterEntry, *, now: datetime, actor: str) -> SignUp:
    """Give somebody a place, or the next number on the waitlist when all are taken.

    It works whether sign-up is open or not, until the event ends. Their address counts as
    confirmed, because the organiser vouches for it. Who was there before and left comes in anew.
    Raises ``InvalidInput`` by field, also for an address that is on the roster.
    """
    choices = choices_of(event)
    checked = checked_entry(entry, choices)
    event = places.lock_event(session, event.id)
    if event.state is EventState.CANCELLED:
        raise SignUpClosed
    if event.ends_at <= now:
        raise TooLate(EVENT_OVER)
    person = _person(session, event, checked, now)
    sign_up = person.sign_up
    answers.write(sign_up, checked.answers, choices, now=now)
    _place(session, event, sign_up, now)
    session.add(person)
    session.flush()
    if entry.sends_link:
        signup_mail.queue(session, signup_mail.kind_for(sign_up.state), event, sign_up, now=now)
    record(session, event, sign_up, "added by an organiser", now, actor=actor)
    if sign_up.state is SignUpState.PLACED:
        waitlist.took_place(session, event, sign_up, now)
    session.flush()
    return sign_up


def _person(session: Session, event: Event, checked: Checked, now: datetime) -> Person:
    known = session.scalar(
        select(Person).where(
            Person.event_id == event.id, Person.email_canonical == checked.canonical
        )
    )
    if known is None:
        return answers.new_person(event, checked.answers, checked.canonical, now=now)
    if not known.sign_up.state.is_over:
        raise InvalidInput({"email": KNOWN.format(known.name)})
    answers.begin_anew(session, known.sign_up, now=now)
    return known


def _place(session: Session, event: Event, sign_up: SignUp, now: datetime) -> None:
    is_full = places.free(session, event.id, sign_up.role) == 0
    sign_up.seq = places.next_seq(event)
    sign_up.state = SignUpState.WAITING if is_full else SignUpState.PLACED
    sign_up.wants_state = sign_up.state
    sign_up.held_until = sign_up.offered_until = None
    sign_up.confirmed_at = sign_up.approved_at = now
    sign_up.changed_at = now
