"""One person erased, because they ask for it; and again after a backup was restored."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, Method, SignUpState
from app.errors import TooLate
from app.models import Event, Invite, Person, SignUp
from app.services import audit, invites, signups
from app.services.privacy import forgetting, journal_file, mail
from app.services.signups import places, waitlist
from config import Config

log = logging.getLogger(__name__)
WHAT = "person erased"


def erase(
    session: Session,
    person: Person,
    *,
    now: datetime,
    actor: str,
    journal: Path,
    settings: Config,
) -> bool:
    """Forget a person; return False when that was done before.

    A place is given back first, and the mail that takes the calendar entry out is the last to
    leave: its row keeps the address until then. The journal's line is on the disk before the
    transaction ends.
    """
    event = places.lock_event(session, person.event_id)
    session.refresh(person)
    if person.erased_at is not None:
        return False
    sign_up = _sign_up(session, person)
    _give_back(session, sign_up, now=now, actor=actor, settings=settings)
    farewells = mail.farewells_of(session, person)
    line = line_of(person, now)
    forgetting.forget(session, event, (person,), now=now, farewells=farewells)
    _record(session, event, person, sign_up, actor=actor, now=now)
    session.flush()
    journal_file.append(journal, (line,))
    return True


def replay(session: Session, journal: Path, *, now: datetime) -> int:
    """Repeat the erasures of the journal on restored data; return how many people were there.

    Nobody is written to: their last mail left before. Only the person who came at the written time
    is meant, never somebody else who was given the id since.
    """
    found = journal_file.read(journal)
    for fault in found.faults:
        log.warning("%s", fault)
    repeated = 0
    for line in found.lines:
        person = session.get(Person, line.person_id)
        if person is None or person.erased_at is not None or not _is_meant(person, line):
            continue
        event = places.lock_event(session, person.event_id)
        sign_up = _sign_up(session, person)
        _leave_quietly(session, event, sign_up, now)
        forgetting.forget(session, event, (person,), now=line.at)
        _record(session, event, person, sign_up, actor="system", now=now)
        waitlist.promote(session, event, now)
        repeated += 1
    session.flush()
    return repeated


def line_of(person: Person, now: datetime) -> journal_file.Line:
    """Return what the journal keeps of an erasure."""
    return journal_file.Line(
        person_id=person.id,
        event_id=person.event_id,
        person_created_at=person.created_at,
        at=now,
    )


def _is_meant(person: Person, line: journal_file.Line) -> bool:
    return (person.event_id, person.created_at) == (line.event_id, line.person_created_at)


def _sign_up(session: Session, person: Person) -> SignUp:
    return session.scalars(select(SignUp).where(SignUp.person_id == person.id)).one()


def _give_back(
    session: Session, sign_up: SignUp, *, now: datetime, actor: str, settings: Config
) -> None:
    """Withdraw as far as there is something to give back: once the event has begun, nothing is."""
    try:
        signups.withdraw(session, sign_up, now=now, actor=actor)
    except TooLate:
        return
    invites.cancel_for(session, sign_up, now=now, settings=settings)


def _leave_quietly(session: Session, event: Event, sign_up: SignUp, now: datetime) -> None:
    if sign_up.state.is_over or event.starts_at <= now:
        return
    if sign_up.state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    sign_up.state = SignUpState.WITHDRAWN
    sign_up.withdrawn_at = now
    sign_up.held_until = None
    sign_up.offered_until = None
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    if invite is not None and invite.state is InviteState.LIVE:
        invite.state = InviteState.CANCELLED
        invite.method = Method.CANCEL
        invite.sequence += 1
    session.flush()


def _record(
    session: Session,
    event: Event,
    person: Person,
    sign_up: SignUp,
    *,
    actor: str,
    now: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        what=WHAT,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        person_id=person.id,
        sign_up_id=sign_up.id,
    )
