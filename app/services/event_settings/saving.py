"""Saving the settings: tried out under the event's lock, kept when what happens was agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import InvalidInput
from app.models import Event, SignUp
from app.services import addresses, audit, signups
from app.services.event_settings.effects import Effect, Standing, Trial, find_effects, standing
from app.services.event_settings.form import (
    Change,
    Facts,
    SignUpSettings,
    find_changes,
    find_problems,
    fingerprint,
    stored,
)
from app.services.signups import mail as signup_mail
from app.services.signups import places, waitlist

_COLUMNS = (
    "asks_approval",
    "confirms_address",
    "signup_closes_at",
    "changes_until",
    "retention_days",
)


class Saving(StrEnum):
    """How an attempt to save ended."""

    SAVED = "saved"
    SAME = "same"  # there was nothing to change
    ASKS = "asks"  # something happens to people that was not agreed to yet
    STALE = "stale"  # somebody changed the settings since they were read


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of saving; ``mark`` is what to send along to agree to the effects.

    ``changes`` go from what is stored to what was wanted.
    """

    state: Saving
    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()
    mark: str = ""

    @property
    def told(self) -> int:
        """How many mails go out."""
        return sum(effect.told for effect in self.effects)


def save(
    session: Session,
    event_id: int,
    wanted: SignUpSettings,
    *,
    seen: str,
    agreed: str = "",
    now: datetime,
    actor: str,
) -> Outcome:
    """Change the settings, unless that does something to people that ``agreed`` does not name.

    ``seen`` is the fingerprint of the settings that the organiser started from. Raises
    ``InvalidInput`` by field.
    """
    event = places.lock_event(session, event_id)
    session.refresh(event, ["capacities"])  # what was read before the lock may be old
    old = stored(event)
    changes = find_changes(old, wanted)
    if not changes:
        return Outcome(state=Saving.SAME)
    if fingerprint(old) != seen:
        return Outcome(state=Saving.STALE, changes=changes)
    before = standing(session, event.id)
    _check(event, wanted, old, before, now)
    trial = session.begin_nested()
    _apply(session, event, old, wanted, changes, now=now, actor=actor)
    after = standing(session, event.id)
    effects = find_effects(
        Trial(event=event, old=old, new=wanted, before=before, after=after, now=now)
    )
    mark = fingerprint(effects)
    if effects and mark != agreed:
        trial.rollback()
        return Outcome(state=Saving.ASKS, changes=changes, effects=effects, mark=mark)
    trial.commit()
    return Outcome(state=Saving.SAVED, changes=changes, effects=effects)


def _check(
    event: Event, wanted: SignUpSettings, old: SignUpSettings, before: Standing, now: datetime
) -> None:
    people = {role: before.there(role) for role in Role}
    problems = find_problems(wanted, old, Facts(now=now, starts_at=event.starts_at, people=people))
    if problems:
        raise InvalidInput(problems)


def _apply(
    session: Session,
    event: Event,
    old: SignUpSettings,
    wanted: SignUpSettings,
    changes: tuple[Change, ...],
    *,
    now: datetime,
    actor: str,
) -> None:
    """Write the settings; whoever gets a place by them is told in the same transaction."""
    changed = {change.field for change in changes}
    for name in _COLUMNS:
        if name in changed:
            setattr(event, name, getattr(wanted, name))
    if wanted.contact_email != old.contact_email:
        clean = addresses.clean_address(wanted.contact_email) if wanted.contact_email else ""
        event.contact_email = clean
    for row in [row for row in event.capacities if wanted.of(row.role) is None]:
        event.capacities.remove(row)
    session.flush()
    _record(session, event, changes, now=now, actor=actor)
    for mine in wanted.roles:
        if mine != old.of(mine.role):
            waitlist.set_capacity(
                session,
                event,
                mine.role,
                mine.places,
                now=now,
                actor=actor,
                per_mentor=mine.per_mentor,
                admission=mine.admission,
            )
    if old.asks_approval and not wanted.asks_approval:
        _answer_everybody(session, event, now=now, actor=actor)
    waitlist.promote(session, event, now)
    if wanted.confirms_address and not old.confirms_address:
        _ask_to_confirm(session, event, now=now)


def _answer_everybody(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Say yes to all who wait for it, first come first; a new address is still to be confirmed."""
    asked = session.scalars(
        select(SignUp)
        .where(SignUp.event_id == event.id, SignUp.state == SignUpState.ASKED)
        .order_by(SignUp.seq)
    ).all()
    for sign_up in asked:
        if event.confirms_address and sign_up.confirmed_at is None:
            sign_up.state = SignUpState.WAITING  # the click on their link gives what place is left
            sign_up.wants_state = SignUpState.WAITING
        else:
            signups.approve(session, sign_up, now=now, actor=actor)
    session.flush()


def _ask_to_confirm(session: Session, event: Event, *, now: datetime) -> None:
    """Ask those who wait and never had to confirm; nobody could give them a place otherwise."""
    waiting = (SignUpState.WAITING, SignUpState.ASKED)
    for sign_up in session.scalars(
        select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state.in_(waiting),
            SignUp.confirmed_at.is_(None),
            SignUp.held_until.is_(None),
        )
        .order_by(SignUp.seq)
    ).all():
        sign_up.held_until = min(now + waitlist.HELD_FOR, event.starts_at)
        mail = signup_mail.confirming(event, sign_up.state)
        signup_mail.queue(session, "confirm_address", event, sign_up, now=now, mail=mail)
    session.flush()


def _record(
    session: Session, event: Event, changes: tuple[Change, ...], *, now: datetime, actor: str
) -> None:
    detail = {
        change.field: "changed"
        if change.field == "contact_email"
        else [_plain(change.old), _plain(change.new)]
        for change in changes
    }
    audit.record(
        session,
        actor=actor,
        what="sign-up settings changed",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        **detail,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
