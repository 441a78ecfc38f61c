"""Confirming an address by the link that its mailbox got; opening the link changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState, LinkPurpose, SignUpState
from app.errors import LinkExpired, TooLate
from app.models import Event, SignUp
from app.services import access
from app.services.signups import mail as signup_mail
from app.services.signups import opening, places, waitlist
from app.services.signups.record import record

USED_ALREADY = "This address is confirmed already. Your personal link came with the mail after it."
BEGUN = "This event has begun, so the place asked for with this address can no longer be taken."


def find_confirmable(session: Session, token: str, *, key: bytes, now: datetime) -> SignUp:
    """Return the sign-up that a confirming link would confirm; changes nothing.

    Raises ``LinkExpired`` when the link is used or the place was not held so long, ``TooLate``
    once the event has begun, and while it is off.
    """
    link = access.resolve(session, token, LinkPurpose.CONFIRM, key=key, now=now)
    if link.used_at is not None:
        raise LinkExpired(USED_ALREADY)
    sign_up = opening.of_person(session, link.person_id)
    event = session.get_one(Event, sign_up.event_id)
    if event.state is EventState.CANCELLED:
        raise TooLate(opening.IS_OFF)
    if event.starts_at <= now:  # it may have been moved forward
        raise TooLate(BEGUN)
    if sign_up.state.is_over or (sign_up.held_until is not None and sign_up.held_until <= now):
        raise LinkExpired
    return sign_up


def confirm(session: Session, token: str, *, now: datetime, key: bytes) -> SignUp:
    """Confirm an address: the held place is taken, or the person waits: for one, or for a yes."""
    event_id = find_confirmable(session, token, key=key, now=now).event_id
    session.expire_all()  # what is read from here on is read under the lock
    event = places.lock_event(session, event_id)
    sign_up = find_confirmable(session, token, key=key, now=now)
    link = access.resolve(session, token, LinkPurpose.CONFIRM, key=key, now=now)
    access.consume(session, link, now)
    waitlist.promote(session, event, now)  # who confirmed before comes before
    sign_up.confirmed_at = now
    sign_up.held_until = None
    sign_up.changed_at = now
    sign_up.state = _state_after(session, event, sign_up, now)
    session.flush()
    signup_mail.queue(session, signup_mail.kind_for(sign_up.state), event, sign_up, now=now)
    record(session, event, sign_up, "address confirmed", now)
    if sign_up.state is SignUpState.PLACED:
        waitlist.took_place(session, event, sign_up, now)
    return sign_up


def _state_after(session: Session, event: Event, sign_up: SignUp, now: datetime) -> SignUpState:
    """Return what a sign-up is once its address is confirmed; a place held or had is kept.

    Who came before the event asked for confirmed addresses has a place and confirms late.
    """
    if sign_up.state is SignUpState.ASKED and event.asks_approval:
        return SignUpState.ASKED
    has_place = sign_up.state in {SignUpState.HELD, SignUpState.PLACED}
    if has_place or waitlist.has_room_for(session, event, sign_up, now):
        return SignUpState.PLACED
    return SignUpState.WAITING
