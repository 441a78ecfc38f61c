"""What paper is made from: people, tables and who sits where in a published version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.enums import BlockKind, ConsentKind, Role, SignUpState
from app.models import Block, Event, Schedule, SignUp, Table
from app.services import publishing
from app.services.publishing import Snapshot
from app.services.publishing.snapshot import RoundFact

_HOSTING = frozenset({Role.MENTOR, Role.FACILITATOR})
_LONGEST_SIGN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person as others may read of them; ``question`` only where they agreed to show it."""

    id: int
    name: str
    role: Role
    about: str
    topics: tuple[str, ...]
    question: str
    roles: Mapping[int, Role | None]
    absent_rounds: frozenset[int]
    is_there: bool
    left_at: datetime | None

    def role_in(self, block_id: int) -> Role | None:
        """Return as what they take part in a block."""
        return self.roles.get(block_id, self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A table as its sign says it; ``place`` is a name too long for a sign.

    A closed table has no sign: its place says that it is closed.
    """

    sign: str
    place: str
    number: int
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One round of one person; without a spot it is a round to reflect.

    ``hosts`` receive in this round: those one comes to see, or sits beside.
    """

    ordinal: int
    block_id: int
    starts_at: datetime
    minutes: int
    spot: Spot | None
    hosts: tuple[Somebody, ...]
    guests: tuple[Somebody, ...]
    is_host: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    number: int
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything about an event that may stand on paper."""

    event: Event
    people: Mapping[int, Somebody]
    versions: tuple[Version, ...]

    @property
    def there(self) -> tuple[Somebody, ...]:
        """Who is expected, by name."""
        found = [one for one in self.people.values() if one.is_there]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


Paths = dict[int, tuple[Visit, ...]]


def read(session: Session, event: Event) -> Facts:
    """Return the facts, in a handful of statements whatever the size of the event."""
    rows = session.scalars(
        select(SignUp)
        .where(SignUp.event_id == event.id)
        .options(
            joinedload(SignUp.person),
            selectinload(SignUp.consents),
            selectinload(SignUp.block_roles),
        )
        .order_by(SignUp.id)
    )
    stages = {stage.key: stage.label for stage in event.stages}
    versions = session.execute(
        select(Schedule.version, Schedule.published_at)
        .where(Schedule.event_id == event.id)
        .order_by(Schedule.version)
    )
    return Facts(
        event=event,
        people={row.id: _somebody(row, stages) for row in rows},
        versions=tuple(
            Version(number=number, published_at=published_at) for number, published_at in versions
        ),
    )


def paths_now(session: Session, facts: Facts) -> Paths:
    """Return everybody's way through what is published now."""
    there = frozenset(one.id for one in facts.people.values() if one.is_there)
    current = publishing.as_held(session, publishing.current(session, facts.event.id))
    return _paths(facts, current, there)


def paths_of(session: Session, facts: Facts, version: int) -> Paths:
    """Return everybody's way as it was printed with an earlier version.

    Who left after it was published is still on that paper.
    """
    snapshot = publishing.load(session, facts.event.id, version)
    since = {one.number: one.published_at for one in facts.versions}[version]
    there = frozenset(
        one.id
        for one in facts.people.values()
        if one.is_there or (one.left_at is not None and one.left_at > since)
    )
    return _paths(facts, snapshot, there)


def _paths(facts: Facts, snapshot: Snapshot, there: frozenset[int]) -> Paths:
    blocks = {block.id: block for block in facts.event.all_blocks}
    spots = {
        table.id: (table.id, _spot(table))
        for block in blocks.values()
        for table in block.all_tables
    }
    seated: dict[tuple[int, int], list[Somebody]] = defaultdict(list)
    for seat in snapshot.seats:
        if seat.sign_up_id in there:
            seated[seat.round_id, seat.table_id].append(facts.people[seat.sign_up_id])
    found: Paths = {}
    for sign_up_id, own in snapshot.tables_of().items():
        if sign_up_id not in there:
            continue
        me = facts.people[sign_up_id]
        theirs = {fact.block_id for fact in snapshot.rounds if fact.round_id in own}
        left_out = me.absent_rounds - set(own)
        found[sign_up_id] = tuple(
            _visit(me, fact, blocks[fact.block_id], spots.get(own.get(fact.round_id, 0)), seated)
            for fact in snapshot.rounds
            if fact.block_id in theirs and fact.round_id not in left_out
        )
    return found


def _visit(
    me: Somebody,
    fact: RoundFact,
    block: Block,
    at: tuple[int, Spot] | None,
    seated: Mapping[tuple[int, int], Sequence[Somebody]],
) -> Visit:
    present = () if at is None else seated[fact.round_id, at[0]]
    hosts = {one.id for one in present if _receives(one, block)}
    return Visit(
        ordinal=fact.ordinal,
        block_id=fact.block_id,
        starts_at=fact.starts_at,
        minutes=fact.minutes,
        spot=None if at is None else at[1],
        hosts=tuple(one for one in present if one.id in hosts and one.id != me.id),
        guests=tuple(one for one in present if one.id not in hosts and one.id != me.id),
        is_host=me.id in hosts,
    )


def _receives(one: Somebody, block: Block) -> bool:
    """Whether somebody is come to see in a block."""
    role = one.role_in(block.id)
    if block.kind is BlockKind.SPEED:
        return role in {Role(name) for name in block.rules.get("hosts", ())} or role in _HOSTING
    return role in _HOSTING


def _spot(table: Table) -> Spot:
    if table.closed_at is not None:
        place = publishing.label_of(table)
        return Spot(sign="", place=place, number=table.number, is_closed=True)
    label = table.label.strip()
    if not label:
        return Spot(sign=str(table.number), place="", number=table.number)
    if len(label) <= _LONGEST_SIGN:
        return Spot(sign=label, place="", number=table.number)
    word, _, rest = label.partition(" ")
    if word.casefold() == "table" and 0 < len(rest) <= _LONGEST_SIGN:
        return Spot(sign=rest, place="", number=table.number)
    return Spot(sign="", place=label, number=table.number)


def _somebody(row: SignUp, stages: Mapping[str, str]) -> Somebody:
    person = row.person
    stage = stages.get(person.stage or "", "")
    agreed = any(
        consent.kind is ConsentKind.QUESTION and consent.withdrawn_at is None
        for consent in row.consents
    )
    is_placed = row.state is SignUpState.PLACED
    return Somebody(
        id=row.id,
        name=person.shown_name,
        role=row.role,
        about=", ".join(part for part in (stage, person.affiliation) if part),
        topics=tuple(row.topics),
        question=" ".join(row.question.split()) if agreed else "",
        roles={own.block_id: own.role for own in row.block_roles},
        absent_rounds=frozenset(row.absent_rounds),
        is_there=is_placed and row.absent_at is None,
        left_at=row.absent_at if is_placed else row.withdrawn_at,
    )
