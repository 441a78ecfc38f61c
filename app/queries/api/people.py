"""Who signed up and who takes part, as programs read it: what any organiser may see, no more.

Wishes, whom somebody would rather not sit with, and private answers are in none of these rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, PartStat, Role, SignUpState
from app.errors import NotFound
from app.models import Event, Invite, Person, SignUp
from app.queries import roster_answers
from app.queries.api.paging import PageAsked, PageOf, take
from app.queries.roster_answers import ShownAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpRow:
    """Somebody who signed up; ``absent_rounds`` are ids of rounds they cannot be there for."""

    id: int
    name: str
    email: str
    role: Role
    state: SignUpState
    stage: str | None
    affiliation: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    absent_rounds: tuple[int, ...]
    is_confirmed: bool
    is_absent: bool
    reply: PartStat | None
    signed_up_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """Somebody with a place; ``answers`` are those to questions that are not private."""

    sign_up_id: int
    name: str
    email: str
    role: Role
    stage: str | None
    affiliation: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    absent_rounds: tuple[int, ...]
    is_absent: bool
    reply: PartStat | None
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """A page of the roster, with the number that rises when who takes part changes."""

    roster_version: int
    items: tuple[RosterRow, ...]
    next_cursor: str | None


def sign_ups(
    session: Session, event_id: int, asked: PageAsked, state: SignUpState | None = None
) -> PageOf[SignUpRow]:
    """Return a page of an event's sign-ups in the order they came."""
    statement = _statement(event_id)
    if state is not None:
        statement = statement.where(SignUp.state == state)
    return take(session, statement, SignUp.id, asked, lambda row: (row[0].id, _sign_up(row)))


def sign_up(session: Session, event_id: int, sign_up_id: int) -> SignUpRow:
    """Return one sign-up of the event."""
    row = session.execute(_statement(event_id).where(SignUp.id == sign_up_id)).one_or_none()
    if row is None:
        raise NotFound
    return _sign_up(row)


def roster(session: Session, event: Event, asked: PageAsked) -> RosterPage:
    """Return a page of who has a place."""
    statement = _statement(event.id).where(SignUp.state == SignUpState.PLACED)
    found = take(session, statement, SignUp.id, asked, lambda row: (row[0].id, _roster(row)))
    return RosterPage(
        roster_version=event.roster_version,
        items=_with_answers(session, found.items),
        next_cursor=found.next_cursor,
    )


def _statement(event_id: int) -> Any:
    return (
        select(SignUp, Person, Event.zone, Invite.partstat)
        .join(Person, Person.id == SignUp.person_id)
        .join(Event, Event.id == SignUp.event_id)
        .outerjoin(Invite, (Invite.sign_up_id == SignUp.id) & (Invite.state == InviteState.LIVE))
        .where(SignUp.event_id == event_id)
    )


def _sign_up(row: Any) -> SignUpRow:
    found, somebody, zone, reply = row
    place = ZoneInfo(zone)
    return SignUpRow(
        id=found.id,
        name=somebody.shown_name,
        email=somebody.email,
        role=found.role,
        state=found.state,
        stage=somebody.stage,
        affiliation=somebody.affiliation,
        topics=tuple(found.topics),
        needs=tuple(found.needs),
        absent_rounds=tuple(found.absent_rounds),
        is_confirmed=found.held_until is None,
        is_absent=found.absent_at is not None,
        reply=reply,
        signed_up_at=found.created_at.astimezone(place),
        changed_at=found.changed_at.astimezone(place),
    )


def _roster(row: Any) -> RosterRow:
    found = _sign_up(row)
    return RosterRow(
        sign_up_id=found.id,
        name=found.name,
        email=found.email,
        role=found.role,
        stage=found.stage,
        affiliation=found.affiliation,
        topics=found.topics,
        needs=found.needs,
        absent_rounds=found.absent_rounds,
        is_absent=found.is_absent,
        reply=found.reply,
        answers=(),
    )


def _with_answers(session: Session, rows: Sequence[RosterRow]) -> tuple[RosterRow, ...]:
    said = roster_answers.answers(session, [row.sign_up_id for row in rows])
    return tuple(replace(row, answers=said.get(row.sign_up_id, ())) for row in rows)
