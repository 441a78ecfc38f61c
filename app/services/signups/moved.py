"""A new time, told to everybody who signed up and has no calendar entry that says it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.enums import EventState, InviteState, SignUpState
from app.models import Event, Invite, Person, SignUp
from app.services.signups import mail as signup_mail
from app.services.signups import places

TAKING_PART = tuple(state for state in SignUpState if not state.is_over)


def without_entry(event_id: int) -> Select[SignUp]:
    """Select who takes part or waits, of an event that is to be, and holds no calendar entry."""
    return (
        select(SignUp)
        .join(Event, Event.id == SignUp.event_id)
        .join(Person, Person.id == SignUp.person_id)
        .outerjoin(Invite, Invite.sign_up_id == SignUp.id)
        .where(
            SignUp.event_id == event_id,
            SignUp.state.in_(TAKING_PART),
            Person.erased_at.is_(None),
            Event.state != EventState.CANCELLED,
            or_(Invite.id.is_(None), Invite.state != InviteState.LIVE),
        )
        .order_by(SignUp.seq)
    )


def tell_moved(session: Session, event: Event, before: str, *, now: datetime) -> int:
    """Queue the new time of a moved event; return to how many.

    ``before`` is when it was, in words. Whoever holds a calendar entry hears it by that, so their
    update (see ``invites.sync``) is queued before this.
    """
    event = places.lock_event(session, event.id)
    people = session.scalars(without_entry(event.id)).all()
    for sign_up in people:
        mail = signup_mail.moved(event, sign_up, before)
        signup_mail.queue(session, "moved", event, sign_up, now=now, mail=mail)
    return len(people)
