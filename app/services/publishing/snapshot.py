"""A schedule as plain values: a published version and a draft look alike, so they compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from app.errors import NotFound
from app.models import Block, Event, PlanRun, Round, Schedule, ScheduledRound, ScheduledSeat, SignUp
from app.services import planning


class ChangeKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    RETIMED = "retimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """A round with its time; ``ordinal`` counts the rounds of the whole event from 1."""

    round_id: int
    block_id: int
    plan_run_id: int
    ordinal: int
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFact:
    sign_up_id: int
    round_id: int
    table_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Who sits where and when, in one version; version 0 is a draft or nothing at all.

    ``given_up`` are seats whose people left and signed up again after they were planned: they have
    to be planned anew.
    """

    version: int
    rounds: tuple[RoundFact, ...]
    seats: tuple[SeatFact, ...]
    given_up: tuple[SeatFact, ...] = ()

    @property
    def people(self) -> frozenset[int]:
        """Sign-ups that have a seat in some round."""
        return frozenset(seat.sign_up_id for seat in self.seats)

    def tables_of(self) -> dict[int, dict[int, int]]:
        """Return the table of each sign-up in each round it is seated in."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for seat in self.seats:
            found[seat.sign_up_id][seat.round_id] = seat.table_id
        return dict(found)


NOTHING = Snapshot(version=0, rounds=(), seats=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One round of one person: the table before and after, None for no seat."""

    round_id: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """What a new version means for one person."""

    sign_up_id: int
    kind: ChangeKind
    moves: tuple[Move, ...] = ()


def compare(old: Snapshot, new: Snapshot) -> tuple[ScheduleChange, ...]:
    """Return what changes for whom, in the order of sign-ups; who keeps everything is not in it."""
    before, after = old.tables_of(), new.tables_of()
    order = {fact.round_id: fact.ordinal for fact in (*old.rounds, *new.rounds)}
    retimed = _retimed(old, new)
    changes = []
    for sign_up_id in sorted({*before, *after}):
        was, becomes = before.get(sign_up_id, {}), after.get(sign_up_id, {})
        moves = tuple(
            Move(round_id=round_id, before=was.get(round_id), after=becomes.get(round_id))
            for round_id in sorted({*was, *becomes}, key=lambda one: (order[one], one))
            if was.get(round_id) != becomes.get(round_id)
        )
        kind = _kind(was, becomes, moves, retimed)
        if kind is not None:
            changes.append(ScheduleChange(sign_up_id=sign_up_id, kind=kind, moves=moves))
    return tuple(changes)


def _kind(
    was: Mapping[int, int],
    becomes: Mapping[int, int],
    moves: tuple[Move, ...],
    retimed: frozenset[int],
) -> ChangeKind | None:
    if not was:
        return ChangeKind.ADDED
    if not becomes:
        return ChangeKind.REMOVED
    if moves:
        return ChangeKind.MOVED
    return ChangeKind.RETIMED if retimed & set(becomes) else None


def _retimed(old: Snapshot, new: Snapshot) -> frozenset[int]:
    times = {fact.round_id: (fact.starts_at, fact.minutes) for fact in old.rounds}
    return frozenset(
        fact.round_id
        for fact in new.rounds
        if fact.round_id in times and times[fact.round_id] != (fact.starts_at, fact.minutes)
    )


def latest(session: Session, event_id: int) -> Schedule | None:
    """Return the schedule that everybody has now."""
    return session.scalar(
        select(Schedule)
        .where(Schedule.event_id == event_id)
        .order_by(Schedule.version.desc())
        .limit(1)
    )


def load(session: Session, event_id: int, version: int) -> Snapshot:
    """Return a published version; version 0 is nothing."""
    if version == 0:
        return NOTHING
    schedule = session.scalar(
        select(Schedule)
        .where(Schedule.event_id == event_id, Schedule.version == version)
        .options(selectinload(Schedule.rounds))
    )
    if schedule is None:
        raise NotFound
    return of_schedule(session, schedule)


def of_schedule(session: Session, schedule: Schedule, *, tables_of: int | None = None) -> Snapshot:
    """Return the values of a published version; of all seats, or of one sign-up's tables only."""
    blocks = _block_ids(session, [row.round_id for row in schedule.rounds])
    rounds = [
        (row.starts_at, row.round_id, blocks[row.round_id], row.plan_run_id, row.minutes)
        for row in schedule.rounds
    ]
    theirs: dict[bool, list[tuple[int, int, int]]] = {True: [], False: []}
    seats = select(
        ScheduledSeat.sign_up_id,
        ScheduledSeat.round_id,
        ScheduledSeat.table_id,
        is_still_theirs(schedule.id),
    ).where(ScheduledSeat.schedule_id == schedule.id)
    if tables_of is not None:
        seats = seats.where(shares_table_with(tables_of))
    for sign_up_id, round_id, table_id, is_theirs in session.execute(seats):
        theirs[is_theirs].append((sign_up_id, round_id, table_id))
    snapshot = _snapshot(schedule.version, rounds, theirs[True])
    return replace(snapshot, given_up=_seats(theirs[False]))


def shares_table_with(sign_up_id: int) -> ColumnElement[bool]:
    """Return whether a published seat is at a table where a sign-up sits in the same round."""
    own = aliased(ScheduledSeat)
    return (
        select(own.id)
        .where(
            own.sign_up_id == sign_up_id,
            own.schedule_id == ScheduledSeat.schedule_id,
            own.round_id == ScheduledSeat.round_id,
            own.table_id == ScheduledSeat.table_id,
        )
        .correlate(ScheduledSeat)
        .exists()
    )


def is_still_theirs(schedule_id: int | ScalarSelect[int]) -> ColumnElement[bool]:
    """Return whether a published seat of a version was planned since its person (last) signed up.

    When each round was planned is read once, before any seat: the row of a plan of thousands holds
    megabytes, and SQLite goes through all of them to reach the time that stands behind them.
    """
    planned = (
        select(ScheduledRound.round_id, PlanRun.created_at)
        .join(PlanRun, PlanRun.id == ScheduledRound.plan_run_id)
        .where(ScheduledRound.schedule_id == schedule_id)
        .cte("planned")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(planned.c.round_id)
        .join(SignUp, SignUp.created_at <= planned.c.created_at)
        .where(planned.c.round_id == ScheduledSeat.round_id, SignUp.id == ScheduledSeat.sign_up_id)
        .correlate(ScheduledSeat)
        .exists()
    )


def draft(event: Event, runs: Iterable[PlanRun], current: Snapshot) -> Snapshot:
    """Return what publishing these runs would give; other blocks stay as they are published.

    Blocks and rounds that were closed since go.
    """
    chosen = {run.block_id: run for run in runs}
    held = held_rounds(event)
    rounds = [
        (fact.starts_at, fact.round_id, fact.block_id, fact.plan_run_id, fact.minutes)
        for fact in current.rounds
        if fact.block_id not in chosen and fact.round_id in held
    ]
    kept = {round_id for _, round_id, *_ in rounds}
    seats = [
        (seat.sign_up_id, seat.round_id, seat.table_id)
        for seat in current.seats
        if seat.round_id in kept
    ]
    for block in event.blocks:
        run = chosen.get(block.id)
        if run is not None:
            rounds += [
                (row.starts_at, row.id, block.id, run.id, row.minutes) for row in block.rounds
            ]
            seats += [
                (seat.sign_up_id, seat.round_id, seat.table_id)
                for seat in planning.decode(run).seats
            ]
    return _snapshot(0, rounds, seats)


def held_rounds(event: Event) -> dict[int, Round]:
    """Return the rounds of an event that take place, by id."""
    return {row.id: row for block in event.blocks for row in block.rounds}


def with_times_of(event: Event, current: Snapshot) -> Snapshot:
    """Return the same seats at the times the event's rounds have now; closed rounds go."""
    held = held_rounds(event)
    rounds = [
        (
            held[fact.round_id].starts_at,
            fact.round_id,
            fact.block_id,
            fact.plan_run_id,
            held[fact.round_id].minutes,
        )
        for fact in current.rounds
        if fact.round_id in held
    ]
    return _snapshot(0, rounds, _in_rounds(current, held))


def as_held(session: Session, current: Snapshot) -> Snapshot:
    """Return a version as it was published, but for the rounds and blocks closed since.

    They are counted anew without those, as the next version will count them.
    """
    published = {fact.round_id for fact in current.rounds}
    held = published - closed_among(session, published)
    if held == published:
        return current
    rounds = [
        (fact.starts_at, fact.round_id, fact.block_id, fact.plan_run_id, fact.minutes)
        for fact in current.rounds
        if fact.round_id in held
    ]
    left = _snapshot(current.version, rounds, _in_rounds(current, held))
    given_up = tuple(seat for seat in current.given_up if seat.round_id in held)
    return replace(left, given_up=given_up)


def closed_among(session: Session, round_ids: Collection[int]) -> frozenset[int]:
    """Return which of these rounds do not take place: they, or their block, were closed."""
    if not round_ids:
        return frozenset()
    closed = (
        select(Round.id)
        .join(Block, Block.id == Round.block_id)
        .where(
            Round.id.in_(round_ids),
            or_(Round.closed_at.is_not(None), Block.closed_at.is_not(None)),
        )
    )
    return frozenset(session.scalars(closed))


def _in_rounds(snapshot: Snapshot, held: Container[int]) -> list[tuple[int, int, int]]:
    return [
        (seat.sign_up_id, seat.round_id, seat.table_id)
        for seat in snapshot.seats
        if seat.round_id in held
    ]


def _snapshot(
    version: int,
    rounds: Iterable[tuple[datetime, int, int, int, int]],
    seats: Iterable[tuple[int, int, int]],
) -> Snapshot:
    facts = tuple(
        RoundFact(
            round_id=round_id,
            block_id=block_id,
            plan_run_id=run_id,
            ordinal=ordinal,
            starts_at=starts_at,
            minutes=minutes,
        )
        for ordinal, (starts_at, round_id, block_id, run_id, minutes) in enumerate(
            sorted(rounds), start=1
        )
    )
    return Snapshot(
        version=version,
        rounds=facts,
        seats=_seats(seats),
    )


def _seats(seats: Iterable[tuple[int, int, int]]) -> tuple[SeatFact, ...]:
    return tuple(
        SeatFact(sign_up_id=sign_up_id, round_id=round_id, table_id=table_id)
        for sign_up_id, round_id, table_id in sorted(seats)
    )


def _block_ids(session: Session, round_ids: list[int]) -> dict[int, int]:
    rows = session.execute(select(Round.id, Round.block_id).where(Round.id.in_(round_ids)))
    return {round_id: block_id for round_id, block_id in rows}  # noqa: C416 -- rows are no pairs to mypy
