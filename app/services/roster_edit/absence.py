"""Somebody with a place of whom the organiser knows that they do not come.

Their place stays theirs: nobody moves up, no mail goes out. The next plan leaves them out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import StaleVersion, TooLate
from app.models import SignUp
from app.services.signups import EVENT_OVER, places, waitlist
from app.services.signups.record import record

HAS_NO_PLACE = "This person has no place just now, so there are no seats to take out of the plan."


def mark_absent(session: Session, sign_up: SignUp, *, now: datetime, actor: str) -> bool:
    """Leave somebody out of every plan from now on; return False when they were already.

    Raises ``StaleVersion`` for who has no place, ``TooLate`` once the event is over.
    """
    return _set(session, sign_up, is_absent=True, now=now, actor=actor)


def mark_present(session: Session, sign_up: SignUp, *, now: datetime, actor: str) -> bool:
    """Take somebody back into the plans to come; return False when they were in them."""
    return _set(session, sign_up, is_absent=False, now=now, actor=actor)


def _set(session: Session, sign_up: SignUp, *, is_absent: bool, now: datetime, actor: str) -> bool:
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state is not SignUpState.PLACED:
        raise StaleVersion(HAS_NO_PLACE)
    if event.ends_at <= now:
        raise TooLate(EVENT_OVER)
    if (sign_up.absent_at is not None) is is_absent:
        return False
    sign_up.absent_at = now if is_absent else None
    sign_up.changed_at = now
    waitlist.count_roster_change(event)
    what = "marked absent" if is_absent else "marked present"
    record(session, event, sign_up, what, now, actor=actor)
    session.flush()
    return True
