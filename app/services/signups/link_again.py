"""A person's link, sent to their mailbox again; the page that asks never says what it found."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

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
    may_send = limits.is_allowed(session, TO_ADDRESS, event.id, canonical, now=now)
    person = find_person(session, event.id, canonical)
    if person is not None and may_send:
        _queue(session, event, person.sign_up, now=now)


def find_person(session: Session, event_id: int, canonical: str) -> Person | None:
    """Return who signed up with an address, in any spelling."""
    return session.scalar(
        select(Person)
        .where(Person.event_id == event_id, Person.email_canonical == canonical)
        .options(joinedload(Person.sign_up))
        .execution_options(populate_existing=True)
    )


def send(session: Session, event: Event, sign_up: SignUp, *, now: datetime) -> None:
    """Queue the link that the person needs now; a handful an hour, then silently none."""
    canonical = sign_up.person.email_canonical
    if limits.is_allowed(session, TO_ADDRESS, event.id, canonical, now=now):
        _queue(session, event, sign_up, now=now)


def _queue(session: Session, event: Event, sign_up: SignUp, *, now: datetime) -> None:
    is_known = sign_up.confirmed_at is not None or not event.confirms_address
    if sign_up.state.is_over and not is_known:
        return  # released before it was confirmed: there is no page to send
    make = signup_mail.again if is_known else signup_mail.confirming
    signup_mail.queue_first(
        session,
        event,
        make(event, sign_up.state),
        kind="link_again" if is_known else "confirm_address",
        event_id=event.id,
        person_id=sign_up.person_id,
        address=sign_up.person.email,
        now=now,
    )
