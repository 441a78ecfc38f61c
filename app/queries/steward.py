"""What stewards read on the day: names, roles, first tables; nothing private."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.models import (
    Block,
    Event,
    Organiser,
    Person,
    Round,
    Schedule,
    ScheduledRound,
    ScheduledSeat,
    SignUp,
    StewardLink,
    Table,
)
from app.queries import roster_rounds, times
from app.services.publishing import is_still_theirs

PAGE_SIZE = 100
_Found = Row[int, Role, list[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorEvent:
    """The event a steward helps at."""

    name: str
    day: str
    hours: str
    venue: str
    until: str
    has_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRow:
    """One person with a place; ``table`` is where to go first, None before a plan is published."""

    name: str
    role: Role
    table: int | None
    table_label: str
    at: str
    rounds: str  # empty when they are here for all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorList:
    """A page of the list, by name."""

    event: DoorEvent
    rows: tuple[DoorRow, ...]
    found: int
    everybody: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One of an event's links, for organisers; the address itself is kept nowhere."""

    id: int
    label: str
    by: str
    until: str
    is_live: bool
    was_revoked: bool
    ends_too_early: bool


def event_of(session: Session, event_id: int, expires_at: datetime) -> DoorEvent:
    """Return the event, with until when the link is good."""
    return _door_event(session, session.get_one(Event, event_id), expires_at)


def _door_event(session: Session, event: Event, expires_at: datetime) -> DoorEvent:
    begin, end = times.clock(event.starts_at, event.zone), times.clock(event.ends_at, event.zone)
    published = select(Schedule.id).where(Schedule.event_id == event.id).limit(1)
    return DoorEvent(
        name=event.name,
        day=times.day(event.starts_at, event.zone),
        hours=f"{begin} to {end}",
        venue=event.venue,
        until=times.day_and_clock(expires_at, event.zone),
        has_plan=session.scalar(published) is not None,
    )


def door_list(
    session: Session, event_id: int, expires_at: datetime, *, text: str = "", page: int = 1
) -> DoorList:
    """Return who has a place, by name; ``text`` is looked for without accents or case."""
    event, people = session.get_one(Event, event_id), _people(session, event_id)
    words = _plain(text).split()
    chosen = sorted(
        (one for one in people if all(word in _plain(one.name) for word in words)),
        key=lambda one: (_plain(one.name), one.id),
    )
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return DoorList(
        event=_door_event(session, event, expires_at),
        rows=_rows(session, event, shown),
        found=len(chosen),
        everybody=len(people),
        page=page,
        pages=pages,
    )


def links(session: Session, event_id: int, *, now: datetime) -> tuple[LinkRow, ...]:
    """Return an event's links: those that are good first, the newest on top."""
    event = session.get_one(Event, event_id)
    found = session.execute(
        select(StewardLink, Organiser.name)
        .outerjoin(Organiser, Organiser.id == StewardLink.created_by)
        .where(StewardLink.event_id == event_id)
        .order_by(StewardLink.id.desc())
    )
    rows = [
        LinkRow(
            id=link.id,
            label=link.label,
            by=name or "",
            until=times.day_and_clock(link.expires_at, event.zone),
            is_live=link.revoked_at is None and link.expires_at > now,
            was_revoked=link.revoked_at is not None,
            ends_too_early=link.expires_at < event.ends_at,
        )
        for link, name in found
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_live))


def _people(session: Session, event_id: int) -> Sequence[_Found]:
    return session.execute(
        select(SignUp.id, SignUp.role, SignUp.absent_rounds, Person.name)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event_id, SignUp.state == SignUpState.PLACED)
    ).all()


def _rows(session: Session, event: Event, people: Sequence[_Found]) -> tuple[DoorRow, ...]:
    first = _first_seats(session, event.id, [one.id for one in people])
    numbers = roster_rounds.round_numbers(session, event.id)
    rows = []
    for one in people:
        table, label, at = first.get(one.id, (None, "", None))
        rounds = roster_rounds.rounds_in_words(numbers, frozenset(one.absent_rounds))
        rows.append(
            DoorRow(
                name=one.name,
                role=one.role,
                table=table,
                table_label=label,
                at="" if at is None else times.clock(at, event.zone),
                rounds="" if rounds == "all" else rounds,
            )
        )
    return tuple(rows)


def _first_seats(
    session: Session, event_id: int, sign_up_ids: list[int]
) -> dict[int, tuple[int, str, datetime]]:
    """Return number, label and time of each one's first table in what is published now."""
    latest = (
        select(Schedule.id)
        .where(Schedule.event_id == event_id)
        .order_by(Schedule.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    seats = session.execute(
        select(ScheduledSeat.sign_up_id, Table.number, Table.label, ScheduledRound.starts_at)
        .join(Table, Table.id == ScheduledSeat.table_id)
        .join(
            ScheduledRound,
            (ScheduledRound.schedule_id == ScheduledSeat.schedule_id)
            & (ScheduledRound.round_id == ScheduledSeat.round_id),
        )
        .join(Round, Round.id == ScheduledSeat.round_id)
        .join(Block, Block.id == Round.block_id)
        .where(
            ScheduledSeat.schedule_id == latest,
            ScheduledSeat.sign_up_id.in_(sign_up_ids),
            Table.closed_at.is_(None),
            Round.closed_at.is_(None),
            Block.closed_at.is_(None),
            is_still_theirs(latest),
        )
        .order_by(ScheduledRound.starts_at.desc())
    )
    return {sign_up: (number, label, at) for sign_up, number, label, at in seats}


_NOT_TAKEN_APART = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"}
)
"""Letters that Unicode does not write as a letter and a mark."""


def _plain(text: str) -> str:
    """Return text as somebody in a hurry types it."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_NOT_TAKEN_APART)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
