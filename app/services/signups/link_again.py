"""A person's link, sent to their mailbox again; the page that asks never says what it found."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, Person, SignUp
from app.services import addresses, limits
from app.services.signups import mail as signup_mail

BY_CLIENT = limits.Limit(name="resend", tries=300, window=timedelta(hours=1))
TO_ADDRESS = limits.Limit(name="link-mail", tries=5, window=timedelta(hours=1))


def resend_link(
    session: Session, event: Event, email: str, *, now: datetime, client: str = ""
) -> None:
    """Send a person's link again if the address has one; ``InvalidInput`` if it is none."""
    canonical = addresses.canonical_address(email)
    if client:
        limits.check(session, BY_CLIENT, event.id, client, now=now)
    person = find_person(session, event.id, canonical)
    if person is not None:
        send(session, event, person.sign_up, now=now)


def find_person(session: Session, event_id: int, canonical: str) -> Person | None:
    """Return who signed up with an address, in any spelling."""
    return session.scalar(
        select(Person)
        .where(Person.event_id == event_id, Person.email_canonical == canonical)
        .execution_options(populate_existing=True)
    )


def send(session: Session, event: Event, sign_up: SignUp, *, now: datetime) -> None:
    """Queue the link that the person needs now; a handful an hour, then silently none."""
    canonical = sign_up.person.email_canonical
    is_known = sign_up.confirmed_at is not None or not event.confirms_address
    if sign_up.state.is_over and not is_known:
        return  # released before it was confirmed: there is no page to send
    if not limits.is_allowed(session, TO_ADDRESS, event.id, canonical, now=now):
        return
    if is_known:
        mail = signup_mail.again(event, sign_up.state)
        signup_mail.queue(session, "link_again", event, sign_up, now=now, mail=mail)
    else:
        mail = signup_mail.confirming(event, sign_up.state)
        signup_mail.queue(session, "confirm_address", event, sign_up, now=now, mail=mail)
