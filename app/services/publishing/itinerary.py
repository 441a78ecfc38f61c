"""One person's path through the rounds of a snapshot, with names: the source of every message."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import BlockKind, ConsentKind, Role, SignUpState
from app.ical.conference import video_link
from app.models import Block, Consent, Event, Person, SignUp, Table
from app.models.people import shown_name
from app.services.publishing.snapshot import RoundFact, Snapshot

CLOSED = " (closed)"
_FAMILY_FIRST = ("CJK ", "IDEOGRAPHIC ", "HANGUL ", "HIRAGANA ", "KATAKANA")
_TITLES = frozenset({"dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "mx", "sir", "dame"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody with a sign-up, as others may come to see them."""

    sign_up_id: int
    person_id: int
    name: str
    address: str
    role: Role
    state: SignUpState
    shows_name: bool
    is_erased: bool
    is_absent: bool = False
    absent_rounds: frozenset[int] = frozenset()
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def first_name(self) -> str:
        """What calendar entries show when both agreed."""
        return first_name(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One round of one person; no table means a round to reflect.

    ``companions`` is everybody else at the table, ``meets`` whom a line names: in a speed round
    those one comes to see, else all of them.
    """

    round_id: int
    ordinal: int
    starts_at: datetime
    minutes: int
    table_id: int | None
    table: str | None
    number: int | None
    companions: tuple[Attendee, ...] = ()
    meets: tuple[Attendee, ...] = ()
    is_visit: bool = False  # a host is come to see
    link: str = ""  # of a table that is a video meeting
    is_closed: bool = False  # the table is not used any more, as its name says


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    attendee: Attendee
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopChange:
    """One round of one person that is not what it was; None where it is not in their plan."""

    round_id: int
    ordinal: int
    before: Stop | None
    after: Stop | None

    @property
    def is_own(self) -> bool:
        """Whether the person's own way changes, not only who else comes to their table."""
        if self.before is None or self.after is None:
            return True
        spots = [(one.table_id, one.starts_at, one.minutes) for one in (self.before, self.after)]
        return spots[0] != spots[1] or self.before.is_visit or self.after.is_visit


@dataclass(frozen=True, slots=True, kw_only=True)
class _TableFact:
    number: int
    label: str
    link: str
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """The same for everybody: tables, who receives visitors in a speed block, who sits where."""

    tables: dict[int, _TableFact]
    receiving: dict[int, frozenset[Role]]
    at_table: dict[tuple[int, int], list[Attendee]]


def first_name(name: str) -> str:
    """Return the part of a name that people call out; a title before it is left out.

    Written in Han, Hangul or Kana, the family name comes first, and no single word is the one to
    call somebody by: such a name stays whole. In other scripts nobody can tell, so it is the first.
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    if words and all(map(_is_family_first, "".join(words))):
        return " ".join(words)
    return words[0] if words else ""


def _is_family_first(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(_FAMILY_FIRST)


def attendees(
    session: Session, event_id: int, *, among: Collection[int] | None = None
) -> dict[int, Attendee]:
    """Return who ever signed up for an event, by sign-up id, in two statements; all or some."""
    of = [SignUp.event_id == event_id]
    if among is not None:
        of.append(SignUp.id.in_(among))
    showing = set(
        session.scalars(
            select(Consent.sign_up_id)
            .join(SignUp, SignUp.id == Consent.sign_up_id)
            .where(Consent.kind == ConsentKind.NAME, Consent.withdrawn_at.is_(None), *of)
        )
    )
    rows = session.execute(_SIGNED_UP.where(*of))
    return {row.id: _attendee(row, shows_name=row.id in showing) for row in rows}


_SIGNED_UP = (
    select(
        SignUp.id,
        SignUp.person_id,
        SignUp.role,
        SignUp.state,
        SignUp.absent_at,
        SignUp.absent_rounds,
        SignUp.created_at,
        SignUp.withdrawn_at,
        Person.name,
        Person.email,
        Person.erased_at,
    )
    .join(Person, Person.id == SignUp.person_id)
    .order_by(SignUp.id)
)
"""As plain columns: thousands of people are read in a few hundredths of a second."""


def itineraries(
    event: Event, snapshot: Snapshot, people: dict[int, Attendee]
) -> dict[int, Itinerary]:
    """Return the path of everybody who has a seat; withdrawn people are nobody's company."""
    at_table: dict[tuple[int, int], list[Attendee]] = defaultdict(list)
    for seat in snapshot.seats:
        person = people.get(seat.sign_up_id)
        if person is not None and person.state is SignUpState.PLACED:
            at_table[seat.round_id, seat.table_id].append(person)
    room = _Room(
        tables=_tables(event.all_blocks),
        receiving=_receiving(event.all_blocks),
        at_table=at_table,
    )
    return {
        sign_up_id: Itinerary(
            attendee=people[sign_up_id], stops=_stops(people[sign_up_id], own, snapshot, room)
        )
        for sign_up_id, own in snapshot.tables_of().items()
        if sign_up_id in people
    }


def changed_stops(
    before: Itinerary | None, after: Itinerary | None, *, with_time: bool = True
) -> tuple[StopChange, ...]:
    """Return the rounds in which a person sits elsewhere, by another link, or meets others.

    If asked, also those that are earlier or later. A table that was closed was open before.
    """
    old = {stop.round_id: _while_open(stop) for stop in (before.stops if before else ())}
    new = {stop.round_id: stop for stop in (after.stops if after else ())}
    changes = [
        StopChange(
            round_id=round_id,
            ordinal=(new.get(round_id) or old[round_id]).ordinal,
            before=old.get(round_id),
            after=new.get(round_id),
        )
        for round_id in {*old, *new}
        if _mark(old.get(round_id), with_time=with_time)
        != _mark(new.get(round_id), with_time=with_time)
    ]
    return tuple(sorted(changes, key=lambda change: (change.ordinal, change.round_id)))


def _while_open(stop: Stop) -> Stop:
    if not stop.is_closed or stop.table is None:
        return stop
    return replace(stop, is_closed=False, table=stop.table.removesuffix(CLOSED))


def _mark(stop: Stop | None, *, with_time: bool) -> tuple[object, ...] | None:
    if stop is None:
        return None
    met = frozenset(other.sign_up_id for other in stop.meets)
    time = (stop.starts_at, stop.minutes) if with_time else None
    return (stop.table_id, stop.is_closed, stop.link, met, time)


def _stops(
    person: Attendee, own: dict[int, int], snapshot: Snapshot, room: _Room
) -> tuple[Stop, ...]:
    blocks = {fact.block_id for fact in snapshot.rounds if fact.round_id in own}
    stops = []
    for fact in snapshot.rounds:
        table_id = own.get(fact.round_id)
        if table_id is not None:
            stops.append(_seated(person, fact, table_id, room))
        elif fact.block_id in blocks and fact.round_id not in person.absent_rounds:
            stops.append(_stop(fact, None, None))
    return tuple(stops)


def _seated(person: Attendee, fact: RoundFact, table_id: int, room: _Room) -> Stop:
    others = tuple(
        other
        for other in room.at_table[fact.round_id, table_id]
        if other.sign_up_id != person.sign_up_id
    )
    receiving = room.receiving.get(fact.block_id, frozenset())
    comes_to_see = bool(receiving) and person.role not in receiving
    meets = tuple(other for other in others if not comes_to_see or other.role in receiving)
    table = room.tables.get(table_id)
    return _stop(fact, table_id, table, others=others, meets=meets, is_visit=comes_to_see)


def _stop(
    fact: RoundFact,
    table_id: int | None,
    table: _TableFact | None,
    *,
    others: tuple[Attendee, ...] = (),
    meets: tuple[Attendee, ...] = (),
    is_visit: bool = False,
) -> Stop:
    return Stop(
        round_id=fact.round_id,
        ordinal=fact.ordinal,
        starts_at=fact.starts_at,
        minutes=fact.minutes,
        table_id=table_id,
        table=None if table is None else table.label,
        number=None if table is None else table.number,
        link="" if table is None else table.link,
        is_closed=table is not None and table.is_closed,
        companions=others,
        meets=meets,
        is_visit=is_visit,
    )


def _tables(blocks: Iterable[Block]) -> dict[int, _TableFact]:
    return {
        table.id: _TableFact(
            number=table.number,
            label=label_of(table),
            link="" if table.closed_at is not None else video_link(table.video_link),
            is_closed=table.closed_at is not None,
        )
        for block in blocks
        for table in block.all_tables
    }


def label_of(table: Table) -> str:
    """Return what stands on the table's sign; a bare number gets the word before it.

    Nobody may be led to a table that was closed: until they sit elsewhere, its name says so.
    """
    label = table.label.strip() or str(table.number)
    name = f"Table {label}" if label.isdecimal() else label
    return name if table.closed_at is None else f"{name}{CLOSED}"


def _receiving(blocks: Iterable[Block]) -> dict[int, frozenset[Role]]:
    return {
        block.id: frozenset(Role(role) for role in block.rules.get("hosts", ()))
        for block in blocks
        if block.kind is BlockKind.SPEED
    }


def _attendee(row: Any, *, shows_name: bool) -> Attendee:
    return Attendee(
        sign_up_id=row.id,
        person_id=row.person_id,
        name=shown_name(row.name, row.erased_at),
        address=row.email,
        role=row.role,
        state=row.state,
        shows_name=shows_name,
        is_erased=row.erased_at is not None,
        is_absent=row.absent_at is not None,
        absent_rounds=frozenset(row.absent_rounds),
        joined_at=row.created_at,
        left_at=None if row.state is SignUpState.PLACED else row.withdrawn_at,
    )
