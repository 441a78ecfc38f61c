"""A place offered from the waitlist: taken, or passed on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState, SignUpState
from app.errors import TooLate
from app.models import Event, SignUp
from app.services.signups import mail as signup_mail
from app.services.signups import opening, places, waitlist
from app.services.signups.record import record


def accept_offer(session: Session, sign_up: SignUp, *, now: datetime) -> None:
    """Take an offered place; raises ``TooLate`` when the offer went on to the next."""
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state is SignUpState.PLACED:
        return
    if event.state is EventState.CANCELLED:
        raise TooLate(opening.IS_OFF)
    if event.starts_at <= now:  # it may have been moved to before the offer's end
        raise TooLate
    is_offered = sign_up.state is SignUpState.OFFERED
    if not is_offered or sign_up.offered_until is None or sign_up.offered_until <= now:
        msg = "This offer has gone on to the next on the waitlist."
        raise TooLate(msg)
    sign_up.state = SignUpState.PLACED
    sign_up.offered_until = None
    sign_up.changed_at = now
    session.flush()
    signup_mail.queue(session, "welcome", event, sign_up, now=now)
    record(session, event, sign_up, "offer accepted", now)
    waitlist.took_place(session, event, sign_up, now)


def promote_from_waitlist(session: Session, event: Event, now: datetime) -> tuple[SignUp, ...]:
    """Give every free place to whoever waits first for it."""
    return waitlist.promote(session, places.lock_event(session, event.id), now)
