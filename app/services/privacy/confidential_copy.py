"""What a person told in confidence, sent to their own mailbox when they ask for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import TooLate
from app.models import Event, SignUp
from app.services import audit, limits
from app.services.mail_confidences import KIND
from app.services.signups import mail as signup_mail

TO_PERSON = limits.Limit(name="confidential-copy", tries=3, window=timedelta(hours=1))
NOT_CONFIRMED = "This address was never confirmed, so nothing confidential is sent to it."


def send_confidential(session: Session, sign_up: SignUp, *, now: datetime) -> None:
    """Queue the mail that holds it, to an address that was confirmed; else ``TooLate``.

    A few times an hour, then ``TooManyTries``.
    """
    if sign_up.confirmed_at is None:
        raise TooLate(NOT_CONFIRMED)
    limits.check(session, TO_PERSON, sign_up.person_id, now=now)
    event = session.get_one(Event, sign_up.event_id)
    signup_mail.queue(session, KIND, event, sign_up, now=now)
    audit.record(
        session,
        actor=f"person {sign_up.person_id}",
        what="confidential copy asked for",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
    )
