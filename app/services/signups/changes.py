"""What a person changes by themselves: their answers, when they are there, and leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import InvalidInput, SignUpClosed, TooLate
from app.models import SignUp
from app.services.signups import answers, opening, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import SignUpForm, check, choices_of
from app.services.signups.record import record

LEFT = "You have no place here any more. To come after all, sign up again on the event's page."
EVENT_OVER = "This event is over, so there is nothing left to change."
NO_ROUND = "Leave in at least one round. To miss them all, withdraw instead."
NOT_A_ROUND = "Choose from the rounds of this event."


def edit(session: Session, sign_up: SignUp, form: SignUpForm, *, now: datetime) -> bool:
    """Change a person's answers; return whether anything is another now.

    Address and role stay. Raises ``SignUpClosed`` once sign-up has closed, ``TooLate`` for who has
    left.
    """
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state.is_over:
        raise TooLate(LEFT)
    if not opening.can_change(event, now):
        raise SignUpClosed
    choices = choices_of(event)
    checked = check(replace(form, role=sign_up.role, email=sign_up.person.email), choices)
    is_changed = answers.write(sign_up, checked.answers, choices, now=now)
    if is_changed:
        sign_up.changed_at = now
        if sign_up.state is SignUpState.PLACED:
            waitlist.count_roster_change(event)
        record(session, event, sign_up, "answers changed", now)
    session.flush()
    return is_changed


def change_presence(
    session: Session, sign_up: SignUp, rounds: tuple[int, ...], *, now: datetime
) -> bool:
    """Note which rounds a person can be there for; return whether that is another than before.

    It works until the event ends, also when sign-up and answers are closed. Rounds that are over
    stay as they were, whatever ``rounds`` says of them.
    """
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state.is_over:
        raise TooLate(LEFT)
    if event.ends_at <= now:
        raise TooLate(EVENT_OVER)
    all_rounds = opening.planned_rounds(event)
    if not set(rounds) <= {round_.id for round_ in all_rounds}:
        raise InvalidInput({"rounds": NOT_A_ROUND})
    missed = set(sign_up.absent_rounds)
    absent = [
        round_.id
        for round_ in all_rounds
        if (round_.id in missed if opening.is_past(round_, now) else round_.id not in rounds)
    ]
    if len(absent) == len(all_rounds):
        raise InvalidInput({"rounds": NO_ROUND})
    absent += sorted(missed - {round_.id for round_ in all_rounds})  # of rounds that are closed
    if set(absent) == missed:
        return False
    sign_up.absent_rounds = absent
    sign_up.changed_at = now
    if sign_up.state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    record(session, event, sign_up, "presence changed", now)
    session.flush()
    return True


def withdraw(session: Session, sign_up: SignUp, *, now: datetime, actor: str = "") -> SignUpState:
    """Give the place back, or leave the waitlist; the next in line moves up.

    Returns the state before. Doing it twice is the same as once. Raises ``TooLate`` after the
    event has begun.
    """
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    was = sign_up.state
    if was.is_over:
        return was
    if event.starts_at <= now:
        raise TooLate
    sign_up.state = SignUpState.WITHDRAWN
    sign_up.withdrawn_at = now
    sign_up.changed_at = now
    sign_up.held_until = None
    sign_up.offered_until = None
    if was is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    session.flush()
    signup_mail.queue(session, "withdrawn", event, sign_up, now=now)
    record(session, event, sign_up, "withdrawn", now, actor=actor)
    waitlist.promote(session, event, now)
    return was
