"""The organisers' yes or no, on events that read sign-ups first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState, SignUpState
from app.errors import MentoringError, NotFound, StaleVersion, TooLate
from app.models import Event, SignUp
from app.services.signups import mail as signup_mail
from app.services.signups import places, waitlist
from app.services.signups.record import record

HAS_LEFT = "This person is no longer asking for a place."


class NotConfirmed(MentoringError):
    """This address is not confirmed yet. Wait until it is, then decide."""

    status = 409


def approve(session: Session, sign_up: SignUp, *, now: datetime, actor: str) -> SignUpState:
    """Say yes: the person gets a place, or stands on the waitlist; return which.

    A yes after a no counts. Saying it twice is the same as once. Raises ``NotConfirmed`` while the
    address is not, ``StaleVersion`` for who has left, ``TooLate`` once the event has begun.
    """
    event = _lock(session, sign_up)
    if sign_up.state not in {SignUpState.ASKED, SignUpState.REFUSED}:
        if sign_up.state.is_over:
            raise StaleVersion(HAS_LEFT)
        return sign_up.state
    if event.starts_at <= now or event.state is EventState.CANCELLED:
        raise TooLate
    if event.confirms_address and sign_up.confirmed_at is None:
        raise NotConfirmed
    waitlist.promote(session, event, now)  # who waits already comes before
    has_room = waitlist.has_room_for(session, event, sign_up, now)
    sign_up.state = SignUpState.PLACED if has_room else SignUpState.WAITING
    sign_up.wants_state = sign_up.state
    sign_up.approved_at = now
    sign_up.changed_at = now
    session.flush()
    signup_mail.queue(session, signup_mail.kind_for(sign_up.state), event, sign_up, now=now)
    record(session, event, sign_up, "approved", now, actor=actor)
    if has_room:
        waitlist.took_place(session, event, sign_up, now)
    return sign_up.state


def refuse(session: Session, sign_up: SignUp, *, now: datetime, actor: str) -> SignUpState:
    """Say no to who asked; return the state after, the same when it was said before.

    Nobody hears of it whose address is not confirmed. Raises ``StaleVersion`` for who has a place,
    waits for one, or has left.
    """
    event = _lock(session, sign_up)
    if sign_up.state is SignUpState.REFUSED:
        return sign_up.state
    if sign_up.state is not SignUpState.ASKED:
        raise StaleVersion
    sign_up.state = SignUpState.REFUSED
    sign_up.held_until = None
    sign_up.changed_at = now
    session.flush()
    if sign_up.confirmed_at is not None or not event.confirms_address:
        signup_mail.queue(session, "refused", event, sign_up, now=now)
    record(session, event, sign_up, "refused", now, actor=actor)
    return sign_up.state


def _lock(session: Session, sign_up: SignUp) -> Event:
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.person.erased_at is not None:
        raise NotFound
    return event
