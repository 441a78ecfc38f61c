"""Who has met before: in an earlier block of the event, or at an earlier event of its series.

What counts is what was published; where nothing was, the newest plan. People are the same when
their addresses are; somebody who was erased, or made anonymous, is nobody any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.enums import BlockKind, EventState, PlanRunState, SignUpState
from app.models import (
    Block,
    Event,
    Person,
    PlanRun,
    Round,
    Schedule,
    ScheduledRound,
    ScheduledSeat,
    SignUp,
)

Pair = tuple[int, int]
_Seats = Mapping[tuple[int, int], list[int]]  # (round, table) -> sign-ups


def past_meetings(session: Session, event: Event, block: Block) -> tuple[Pair, ...]:
    """Return the pairs of sign-ups of this event who shared a table before this block begins.

    Takes no statement for a first block of an event without a series.
    """
    pairs = _met(session, [one.id for one in event.blocks if _is_before(one, block)])
    if event.series_id is not None:
        pairs |= _met_in_series(session, event)
    return tuple(sorted(pairs))


def _is_before(one: Block, block: Block) -> bool:
    return one.kind.is_planned and one.position < block.position


def _met(session: Session, block_ids: Sequence[int]) -> set[Pair]:
    if not block_ids:
        return set()
    published = _published(session, block_ids)
    missing = [id_ for id_ in block_ids if id_ not in published]
    groups = [*published.values(), *_planned(session, missing).values()]
    return {pair for seats in groups for pair in _pairs(seats.values())}


def _pairs(tables: Iterable[list[int]]) -> set[Pair]:
    return {pair for table in tables for pair in combinations(sorted(set(table)), 2)}


def _published(session: Session, block_ids: Sequence[int]) -> dict[int, _Seats]:
    """Return the seats of each block in its event's newest version, of blocks that have some."""
    newer = aliased(Schedule)
    newest = (
        select(func.max(newer.version))
        .where(newer.event_id == Schedule.event_id)
        .correlate(Schedule)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            PlanRun.block_id,
            ScheduledSeat.round_id,
            ScheduledSeat.table_id,
            ScheduledSeat.sign_up_id,
        )
        .join(Schedule, Schedule.id == ScheduledSeat.schedule_id)
        .join(
            ScheduledRound,
            (ScheduledRound.schedule_id == Schedule.id)
            & (ScheduledRound.round_id == ScheduledSeat.round_id),
        )
        .join(PlanRun, PlanRun.id == ScheduledRound.plan_run_id)
        .join(SignUp, SignUp.id == ScheduledSeat.sign_up_id)
        .join(Round, Round.id == ScheduledSeat.round_id)
        .where(
            PlanRun.block_id.in_(block_ids),
            Schedule.version == newest,
            Round.closed_at.is_(None),
            SignUp.state == SignUpState.PLACED,  # who left since was not there
            SignUp.absent_at.is_(None),
        )
    )
    found: dict[int, dict[tuple[int, int], list[int]]] = {}
    for block_id, round_id, table_id, sign_up_id in rows:
        found.setdefault(block_id, {}).setdefault((round_id, table_id), []).append(sign_up_id)
    return dict(found)


def _planned(session: Session, block_ids: Sequence[int]) -> dict[int, _Seats]:
    """Return the seats of the newest plan of each block."""
    if not block_ids:
        return {}
    newest = (
        select(func.max(PlanRun.id))
        .where(
            PlanRun.block_id.in_(block_ids),
            PlanRun.state.in_((PlanRunState.DONE, PlanRunState.STOPPED)),
            PlanRun.status.in_(("optimal", "feasible")),
            PlanRun.plan.is_not(None),
        )
        .group_by(PlanRun.block_id)
    )
    rows = session.execute(select(PlanRun.block_id, PlanRun.plan).where(PlanRun.id.in_(newest)))
    return {block_id: _read(plan or "") for block_id, plan in rows}


def _read(plan: str) -> _Seats:
    """Return the seats of a stored plan; its ids are a letter and the row's id."""
    found: dict[tuple[int, int], list[int]] = {}
    for person, round_, table in json.loads(plan)["seats"]:
        found.setdefault((int(round_[1:]), int(table[1:])), []).append(int(person[1:]))
    return found


def _met_in_series(session: Session, event: Event) -> set[Pair]:
    """Return the pairs of this event's people who met at an earlier event of its series."""
    blocks = session.scalars(
        select(Block.id)
        .join(Event, Event.id == Block.event_id)
        .where(
            Event.series_id == event.series_id,
            Event.id != event.id,
            Event.starts_at < event.starts_at,
            Event.state != EventState.CANCELLED,
            Block.kind.in_([kind for kind in BlockKind if kind.is_planned]),
            Block.closed_at.is_(None),
        )
    ).all()
    met = _met(session, blocks)
    if not met:
        return set()
    now = _same_people(session, event)
    pairs = set()
    for one, other in met:
        here, there = now.get(one), now.get(other)
        if here is not None and there is not None and here != there:
            pairs.add((min(here, there), max(here, there)))
    return pairs


def _same_people(session: Session, event: Event) -> dict[int, int]:
    """Return, for sign-ups of other events of the series, the same person's sign-up here."""
    before, person = aliased(SignUp), aliased(Person)
    rows = session.execute(
        select(before.id, SignUp.id)
        .join(person, person.id == before.person_id)
        .join(Event, Event.id == before.event_id)
        .join(Person, Person.email_canonical == person.email_canonical)
        .join(SignUp, SignUp.person_id == Person.id)
        .where(
            SignUp.event_id == event.id,
            Event.series_id == event.series_id,
            Event.id != event.id,
            Person.email_canonical != "",
            Person.erased_at.is_(None),
            person.erased_at.is_(None),
        )
    )
    return {earlier: here for earlier, here in rows}  # noqa: C416 -- rows are no pairs to mypy
