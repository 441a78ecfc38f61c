"""Sign-ups: asked for, confirmed, changed, withdrawn. Never a place too many, never one left empty.

Whoever asks with an address that is known already gets the same answer as anybody else; only the
mailbox learns the difference.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, LinkPurpose, SignUpState
from app.errors import LinkExpired, NotFound, SignUpClosed, TooLate
from app.mail.message import RenderedMail
from app.models import Event, Person, SignUp
from app.services import (
    access,
    addresses,
    audit,
    limits,
)
from app.services.signups import answers, link_again, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import FormChoices, SignUpForm, check, choices_of
from app.services.signups.link_again import resend_link
from app.services.signups.mail import when_line
from app.services.signups.moved import tell_moved
from app.services.signups.waitlist import release_expired
from config import Config

__all__ = [
    "accept_offer",
    "confirm",
    "edit",
    "find_confirmable",
    "is_open",
    "of_person",
    "promote_from_waitlist",
    "register",
    "release_expired",
    "resend_link",
    "tell_moved",
    "when_line",
    "withdraw",
]

BY_CLIENT = limits.Limit(name="sign-up", tries=2_000, window=timedelta(hours=1))
DOUBLE_CLICK = limits.Limit(name="double-click", tries=1, window=timedelta(seconds=20))
USED_ALREADY = "This address is confirmed already. Your personal link came with the mail after it."
LEFT = "You have no place here any more. To come after all, sign up again on the event's page."
BEGUN = "This event has begun, so the place asked for with this address can no longer be taken."


def is_open(event: Event, now: datetime) -> bool:
    """Return whether people can sign up and change their answers."""
    closes_at = event.signup_closes_at or event.starts_at
    return event.state is EventState.OPEN and now < min(closes_at, event.starts_at)


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
    event = _event(session, event_id)
    choices = choices_of(event)
    form = check(form, choices)
    canonical = addresses.canonical_address(form.email)
    if client:
        limits.check(session, BY_CLIENT, event_id, client, now=now)
    mails = _first_mails(event)  # before the lock
    event = places.lock_event(session, event_id)
    if not is_open(event, now):
        raise SignUpClosed
    person = link_again.find_person(session, event_id, canonical)
    is_first = limits.is_allowed(session, DOUBLE_CLICK, event_id, canonical, now=now)
    if person is not None and not person.sign_up.state.is_over:
        if is_first:
            link_again.send(session, event, person.sign_up, now=now)
        return person.sign_up
    sign_up = _place(
        session, event, form, choices=choices, person=person, canonical=canonical, now=now, key=key
    )
    kind = "confirm_address" if event.confirms_address else _placed_mail(sign_up)
    signup_mail.queue(session, kind, event, sign_up, now=now, mail=mails[sign_up.wants_state])
    _record(session, event, sign_up, "signed up", now)
    return sign_up


def find_confirmable(session: Session, token: str, *, key: bytes, now: datetime) -> SignUp:
    """Return the sign-up that a confirming link would confirm; changes nothing.

    Raises ``LinkExpired`` when the link is used or the place was not held so long, ``TooLate``
    once the event has begun.
    """
    link = access.resolve(session, token, LinkPurpose.CONFIRM, key=key, now=now)
    if link.used_at is not None:
        raise LinkExpired(USED_ALREADY)
    sign_up = of_person(session, link.person_id)
    if session.get_one(Event, sign_up.event_id).starts_at <= now:  # it may have been moved forward
        raise TooLate(BEGUN)
    if sign_up.state.is_over or (sign_up.held_until is not None and sign_up.held_until <= now):
        raise LinkExpired
    return sign_up


def confirm(session: Session, token: str, *, now: datetime, key: bytes) -> SignUp:
    """Confirm an address: the held place is taken, or the person waits for one."""
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
    if sign_up.state is SignUpState.HELD or waitlist.has_room_for(session, event, sign_up, now):
        sign_up.state = SignUpState.PLACED
        waitlist.count_roster_change(event)
    session.flush()
    signup_mail.queue(session, _placed_mail(sign_up), event, sign_up, now=now)
    _record(session, event, sign_up, "address confirmed", now)
    return sign_up


def edit(session: Session, sign_up: SignUp, form: SignUpForm, *, now: datetime) -> bool:
    """Change a person's answers; return whether anything is another now.

    Address and role stay. Raises ``SignUpClosed`` once sign-up has closed, ``TooLate`` for who has
    left.
    """
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state.is_over:
        raise TooLate(LEFT)
    if not is_open(event, now):
        raise SignUpClosed
    choices = choices_of(event)
    form = check(replace(form, role=sign_up.role, email=sign_up.person.email), choices)
    is_changed = answers.write(sign_up, form, choices, now=now)
    if is_changed:
        sign_up.changed_at = now
        if sign_up.state is SignUpState.PLACED:
            waitlist.count_roster_change(event)
        _record(session, event, sign_up, "answers changed", now)
    session.flush()
    return is_changed


def withdraw(session: Session, sign_up: SignUp, *, now: datetime, actor: str = "") -> SignUpState:
    """Give the place back, or leave the waitlist; the first who waits moves up.

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
    _record(session, event, sign_up, "withdrawn", now, actor=actor)
    waitlist.promote(session, event, now)
    return was


def accept_offer(session: Session, sign_up: SignUp, *, now: datetime) -> None:
    """Take an offered place; raises ``TooLate`` when the offer went on to the next."""
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state is SignUpState.PLACED:
        return
    if event.starts_at <= now:  # it may have been moved to before the offer's end
        raise TooLate
    is_offered = sign_up.state is SignUpState.OFFERED
    if not is_offered or sign_up.offered_until is None or sign_up.offered_until <= now:
        msg = "This offer has gone on to the next on the waitlist."
        raise TooLate(msg)
    sign_up.state = SignUpState.PLACED
    sign_up.offered_until = None
    sign_up.changed_at = now
    waitlist.count_roster_change(event)
    session.flush()
    signup_mail.queue(session, "welcome", event, sign_up, now=now)
    _record(session, event, sign_up, "offer accepted", now)


def promote_from_waitlist(session: Session, event: Event, now: datetime) -> tuple[SignUp, ...]:
    """Give every free place to whoever waits first for it."""
    return waitlist.promote(session, places.lock_event(session, event.id), now)


def _event(session: Session, event_id: int) -> Event:
    event = session.get(Event, event_id)
    if event is None or event.state is EventState.DRAFT:
        raise NotFound
    return event


def of_person(session: Session, person_id: int) -> SignUp:
    """Return a person's sign-up."""
    sign_up = session.scalar(select(SignUp).where(SignUp.person_id == person_id))
    if sign_up is None:
        raise NotFound
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
    open_places = places.free(session, event.id, form.role)
    wanted = SignUpState.WAITING if open_places == 0 else SignUpState.PLACED
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
    if sign_up.state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    session.add(person)
    session.flush()
    return sign_up


def _first_mails(event: Event) -> dict[SignUpState, RenderedMail]:
    """Return the mails of which the new sign-up will get one, by what it will be."""
    if event.confirms_address:
        return {
            state: signup_mail.confirming(event, is_waiting=state is SignUpState.WAITING)
            for state in (SignUpState.PLACED, SignUpState.WAITING)
        }
    return {
        SignUpState.PLACED: signup_mail.rendered("welcome", event),
        SignUpState.WAITING: signup_mail.rendered("waiting", event),
    }


def _placed_mail(sign_up: SignUp) -> str:
    return "waiting" if sign_up.state is SignUpState.WAITING else "welcome"


def _record(
    session: Session, event: Event, sign_up: SignUp, what: str, now: datetime, *, actor: str = ""
) -> None:
    audit.record(
        session,
        actor=actor or f"person {sign_up.person_id}",
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
        state=sign_up.state,
    )
