"""Asking for a place.

Whoever asks with an address that is known already gets the same answer as anybody else; only the
mailbox learns the difference.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import SignUpClosed
from app.mail.message import RenderedMail
from app.models import Event, Person, SignUp
from app.services import addresses, limits
from app.services.signups import answers, link_again, opening, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import FormChoices, SignUpForm, check, choices_of
from app.services.signups.record import record
from config import Config

BY_CLIENT = limits.Limit(name="sign-up", tries=2_000, window=timedelta(hours=1))
MAY_ASK_AGAIN = (SignUpState.WITHDRAWN, SignUpState.RELEASED)
"""Who left by themselves may ask anew; who was refused has their answer."""
DOUBLE_CLICK = limits.Limit(name="double-click", tries=1, window=timedelta(seconds=20))


def register(
    session: Session,
    event_id: int,
    form: SignUpForm,
    *,
    now: datetime,
    key: bytes,
    settings: Config,  # noqa: ARG001 -- agreed signature: every verb that queues mail takes it
    client: str = "",
) -> SignUp:
    """Ask for a place: held or waiting until the address is confirmed, or at once.

    A second sign-up of an address changes nothing; its mailbox gets the personal link again.
    """
    event = opening.published_event(session, event_id)
    choices = choices_of(event)
    form = check(form, choices)
    canonical = addresses.canonical_address(form.email)
    if client:
        limits.check(session, BY_CLIENT, event_id, client, now=now)
    mails = _first_mails(event)  # before the lock
    event = places.lock_event(session, event_id)
    if not opening.is_open(event, now):
        raise SignUpClosed
    person = link_again.find_person(session, event_id, canonical)
    is_first = limits.is_allowed(session, DOUBLE_CLICK, event_id, canonical, now=now)
    if person is not None and person.sign_up.state not in MAY_ASK_AGAIN:
        if is_first:
            link_again.send(session, event, person.sign_up, now=now)
        return person.sign_up
    sign_up = _place(
        session, event, form, choices=choices, person=person, canonical=canonical, now=now, key=key
    )
    kind = "confirm_address" if event.confirms_address else signup_mail.kind_for(sign_up.state)
    signup_mail.queue(session, kind, event, sign_up, now=now, mail=mails[sign_up.wants_state])
    record(session, event, sign_up, "signed up", now)
    if sign_up.state is SignUpState.PLACED:
        waitlist.took_place(session, event, sign_up, now)
    return sign_up


def _place(
    session: Session,
    event: Event,
    form: SignUpForm,
    *,
    choices: FormChoices,
    person: Person | None,
    canonical: str,
    now: datetime,
    key: bytes,
) -> SignUp:
    """Write the sign-up in the state that the free places allow."""
    wanted = _wanted(session, event, form)
    if person is None:
        person = answers.new_person(event, form, canonical, now=now)
    else:
        answers.forget(session, person, now=now, key=key)
    sign_up = person.sign_up
    answers.write(sign_up, form, choices, now=now)
    is_held = event.confirms_address and wanted is SignUpState.PLACED
    sign_up.seq = places.next_seq(event)
    sign_up.wants_state = wanted
    sign_up.state = SignUpState.HELD if is_held else wanted
    held_until = min(now + waitlist.HELD_FOR, event.starts_at)
    sign_up.held_until = held_until if event.confirms_address else None
    sign_up.changed_at = now
    session.add(person)
    session.flush()
    return sign_up


def _wanted(session: Session, event: Event, form: SignUpForm) -> SignUpState:
    """Return what the sign-up will be once its address is confirmed."""
    if event.asks_approval:
        return SignUpState.ASKED
    is_full = places.free(session, event.id, form.role) == 0
    return SignUpState.WAITING if is_full else SignUpState.PLACED


def _first_mails(event: Event) -> dict[SignUpState, RenderedMail]:
    """Return the mails of which the new sign-up will get one, by what it will be."""
    if event.asks_approval:
        states: tuple[SignUpState, ...] = (SignUpState.ASKED,)
    else:
        states = (SignUpState.PLACED, SignUpState.WAITING)
    if event.confirms_address:
        return {state: signup_mail.confirming(event, state) for state in states}
    return {state: signup_mail.rendered(signup_mail.kind_for(state), event) for state in states}
