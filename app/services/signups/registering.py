"""Asking for a place.

Whoever asks with an address that is known already gets the same answer as anybody else; only the
mailbox learns the difference.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import SignUpClosed, TooManyTries
from app.models import SignUp
from app.prepared import all_at_once
from app.services import limits
from app.services.signups import answers, arrival, link_again, opening, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import Checked, FormChoices, SignUpForm, check, choices_of
from app.services.signups.record import record, record_new
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
    """Check the answers and ask for a place; see `ask`."""
    choices = choices_of(opening.published_event(session, event_id))
    checked = check(form, choices)
    id_ = ask(session, event_id, checked, choices=choices, now=now, key=key, client=client)
    return session.get_one(SignUp, id_)


def ask(
    session: Session,
    event_id: int,
    checked: Checked,
    *,
    choices: FormChoices,
    now: datetime,
    key: bytes,
    client: str = "",
) -> int:
    """Ask for a place: held or waiting until the address is confirmed, or at once.

    A second sign-up of an address changes nothing; its mailbox gets the personal link again.
    Returns the sign-up's id.
    """
    tries = limits.key_of(BY_CLIENT, event_id, client)
    since = now - BY_CLIENT.window
    event, facts = arrival.enter(session, event_id, checked, tries=tries, since=since)
    if not opening.is_open(event, now):
        raise SignUpClosed
    if facts.tries >= BY_CLIENT.tries:
        raise TooManyTries
    if facts.person_id is not None:
        _count_try(session, client, tries, now)
        return _ask_again(session, event_id, checked, choices=choices, now=now, key=key).id
    with all_at_once(session):
        _count_try(session, client, tries, now)
        id_, state = _let_in(session, event, facts, checked, choices=choices, now=now)
    if state is SignUpState.PLACED and checked.answers.role is Role.MENTOR:
        waitlist.promote_followers(session, places.lock_event(session, event_id), now)
    return id_


def _count_try(session: Session, client: str, tries: str, now: datetime) -> None:
    if client:  # what the command line takes in comes from nobody's browser
        arrival.count_try(session, tries, now)


def _let_in(
    session: Session,
    event: Any,
    facts: Any,
    checked: Checked,
    *,
    choices: FormChoices,
    now: datetime,
) -> tuple[int, SignUpState]:
    """Write somebody who was not here before, with all that belongs to it."""
    wanted = _wanted(asks_approval=event.asks_approval, is_full=arrival.is_full(facts))
    standing = _standing(event, wanted, now)
    ids = arrival.write(session, event, facts, checked, choices=choices, now=now, **standing)
    _tell(session, event, checked, wanted, ids, now=now)
    record_new(session, event, ids, standing["state"], now)
    if standing["state"] is SignUpState.PLACED:
        arrival.count_change(session, event.id)
    return ids[1], standing["state"]


def _tell(
    session: Session,
    event: Any,
    checked: Checked,
    wanted: SignUpState,
    ids: tuple[int, int],
    *,
    now: datetime,
) -> None:
    kind, mail = signup_mail.first(event, wanted, confirms_address=event.confirms_address)
    signup_mail.queue_first(
        session,
        event,
        mail,
        kind=kind,
        event_id=event.id,
        person_id=ids[0],
        address=checked.answers.email,
        now=now,
    )


def _wanted(*, asks_approval: bool, is_full: bool) -> SignUpState:
    """Return what a sign-up will be once its address is confirmed."""
    if asks_approval:
        return SignUpState.ASKED
    return SignUpState.WAITING if is_full else SignUpState.PLACED


def _standing(event: Any, wanted: SignUpState, now: datetime) -> dict[str, Any]:
    """Return the columns that say what a new sign-up gets."""
    is_held = event.confirms_address and wanted is SignUpState.PLACED
    held_until = min(now + waitlist.HELD_FOR, event.starts_at)
    return {
        "wants_state": wanted,
        "state": SignUpState.HELD if is_held else wanted,
        "held_until": held_until if event.confirms_address else None,
    }


def _ask_again(
    session: Session,
    event_id: int,
    checked: Checked,
    *,
    choices: FormChoices,
    now: datetime,
    key: bytes,
) -> SignUp:
    """Take who was here before: send them their link, or let them in anew after they left."""
    event = places.lock_event(session, event_id)
    person = link_again.find_person(session, event_id, checked.canonical)
    assert person is not None  # noqa: S101 -- found under the same lock
    sign_up = person.sign_up
    is_first = sign_up.created_at <= now - DOUBLE_CLICK.window and limits.is_allowed(
        session, DOUBLE_CLICK, event_id, checked.canonical, now=now
    )
    if sign_up.state not in MAY_ASK_AGAIN:
        event.next_seq -= 1  # nobody new stands in the line
        if is_first:
            link_again.send(session, event, sign_up, now=now)
        return sign_up
    answers.forget(session, person, now=now, key=key)
    answers.write(sign_up, checked.answers, choices, now=now)
    is_full = places.free(session, event_id, checked.answers.role) == 0
    wanted = _wanted(asks_approval=event.asks_approval, is_full=is_full)
    for name, value in _standing(event, wanted, now).items():
        setattr(sign_up, name, value)
    sign_up.seq = event.next_seq - 1
    sign_up.changed_at = now
    session.flush()
    kind, mail = signup_mail.first(event, wanted, confirms_address=event.confirms_address)
    signup_mail.queue(session, kind, event, sign_up, now=now, mail=mail)
    record(session, event, sign_up, "signed up", now)
    if sign_up.state is SignUpState.PLACED:
        waitlist.took_place(session, event, sign_up, now)
    return sign_up
