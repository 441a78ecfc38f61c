"""What an organiser changes about somebody: their answers, their address, their role.

Wishes, whom they would rather not sit with, what they want to take home, and private answers are
theirs alone: nobody else's page reads or writes them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState, Role, SignUpState, WishKind
from app.errors import InvalidInput, StaleVersion, TooLate
from app.models import Event, SignUp
from app.services import invites
from app.services.roster_edit import addresses
from app.services.roster_edit.entry import checked_change
from app.services.signups import EVENT_OVER, answers, places, waitlist
from app.services.signups import mail as signup_mail
from app.services.signups.form import FormChoices, SignUpForm, choices_of
from app.services.signups.record import record
from config import Config

HAS_LEFT = "This person has left the event. Add them anew to give them a place."
NO_ROLE = "Choose one of the roles this event asks for."


def edit(
    session: Session,
    sign_up: SignUp,
    form: SignUpForm,
    *,
    now: datetime,
    actor: str,
    settings: Config,
    key: bytes,
) -> bool:
    """Keep what an organiser changed; return whether anything is another now.

    Role and consents stay. ``form.wishes``, ``form.not_with`` and ``form.goals`` are not read, and
    of the own answers only those that organisers may see. Raises ``InvalidInput`` by field.
    """
    event = _lock(session, sign_up, now)
    choices = choices_of(event)
    wanted = _with_private(sign_up, replace(form, role=sign_up.role), choices)
    kept = checked_change(wanted, choices, was_empty=_empty_fields(sign_up, choices))
    canonical = addresses.check_free(session, sign_up.person, kept.email)
    addresses.keep_wishes_by_name(session, event, sign_up.person, kept.name)
    is_changed = answers.write(sign_up, kept, choices, now=now)
    is_moved = canonical != sign_up.person.email_canonical
    if is_moved:
        addresses.change_address(
            session, event, sign_up, kept.email, canonical, now=now, settings=settings, key=key
        )
        record(session, event, sign_up, "address changed", now, actor=actor)
    elif sign_up.person.email != kept.email:
        sign_up.person.email, is_changed = kept.email, True
    if is_changed:
        record(session, event, sign_up, "answers changed", now, actor=actor)
    if is_changed or is_moved:
        sign_up.changed_at = now
        if sign_up.state is SignUpState.PLACED:
            waitlist.count_roster_change(event)
    session.flush()
    return is_changed or is_moved


def change_role(
    session: Session,
    sign_up: SignUp,
    role: Role,
    *,
    now: datetime,
    actor: str,
    settings: Config,
) -> SignUpState:
    """Have somebody come as something else; return their state after.

    Who has a place keeps it while the new role has one free; else they stand last on its waitlist
    and are told. The place they leave goes to the next in line.
    """
    event = _lock(session, sign_up, now)
    if role not in choices_of(event).roles:
        raise InvalidInput({"role": NO_ROLE})
    if sign_up.role is role:
        return sign_up.state
    was_placed = sign_up.state is SignUpState.PLACED
    if sign_up.state.takes_place and places.free(session, event.id, role) == 0:
        _to_the_waitlist(session, event, sign_up, now=now, settings=settings)
    sign_up.role = role
    sign_up.block_roles[:] = [one for one in sign_up.block_roles if one.role is not role]
    sign_up.changed_at = now
    if was_placed:
        waitlist.count_roster_change(event)
    session.flush()
    record(session, event, sign_up, "role changed", now, actor=actor)
    waitlist.promote(session, event, now)
    session.flush()
    return sign_up.state


def _to_the_waitlist(
    session: Session, event: Event, sign_up: SignUp, *, now: datetime, settings: Config
) -> None:
    sign_up.state = sign_up.wants_state = SignUpState.WAITING
    sign_up.held_until = sign_up.held_until if sign_up.confirmed_at is None else None
    sign_up.offered_until = sign_up.absent_at = None
    sign_up.seq = places.next_seq(event)
    session.flush()
    invites.cancel_for(session, sign_up, now=now, settings=settings)
    if sign_up.confirmed_at is not None:
        signup_mail.queue(session, "waiting", event, sign_up, now=now)


def _lock(session: Session, sign_up: SignUp, now: datetime) -> Event:
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    if sign_up.state.is_over:
        raise StaleVersion(HAS_LEFT)
    if event.ends_at <= now or event.state is EventState.CANCELLED:
        raise TooLate(EVENT_OVER)
    return event


def _with_private(sign_up: SignUp, form: SignUpForm, choices: FormChoices) -> SignUpForm:
    """Return the form with what only the person writes as it stands."""
    given = {one.question_id: one.value for one in sign_up.answers}
    private = {one.id for one in choices.questions if one.is_private}
    open_ones = tuple((id_, text) for id_, text in form.own_answers if id_ not in private)
    kept = tuple((id_, text) for id_, text in given.items() if id_ in private)
    return replace(
        form,
        goals=sign_up.goals,
        wishes=tuple(one.target for one in sign_up.wishes if one.kind is WishKind.WISH),
        not_with=None,
        own_answers=(*open_ones, *kept),
        consents=frozenset(one.kind for one in sign_up.consents if one.withdrawn_at is None),
    )


def _empty_fields(sign_up: SignUp, choices: FormChoices) -> frozenset[str]:
    """Return the fields of the form that nobody has filled in yet, as after an import."""
    given = {one.question_id for one in sign_up.answers if one.value}
    own = {f"own_{one.id}" for one in choices.questions if one.id not in given}
    known = {
        "stage": sign_up.person.stage,
        "question": sign_up.question,
        "topics": sign_up.topics,
    }
    return frozenset(own | {name for name, value in known.items() if not value})
