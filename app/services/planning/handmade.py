"""Seats that no planner chose, as a plan of the roster as it is now: scored, and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.models import Block, Event, PlanRun
from app.services.past_meetings import past_meetings
from app.services.planning.problem import Prepared, prepare
from app.services.planning.view import SeatView
from app.services.roster import close_roster
from scheduler import jsonio
from scheduler.arrays import Arrays
from scheduler.bounds import goal_bound
from scheduler.capacity import Capacity
from scheduler.edits import Scene
from scheduler.findings import Violation
from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import GoalName, Problem, Seat
from scheduler.verify import verify

SOLVER = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handmade:
    """A run that is not in the database yet; with ``violations`` it must not get there as a plan.

    ``unknown`` are seats of people, rounds or tables that are not there any more.
    """

    run: PlanRun
    problem: Problem
    plan: Plan
    violations: tuple[Violation, ...]
    unknown: tuple[SeatView, ...]


def from_seats(
    session: Session,
    event: Event,
    block: Block,
    seats: Sequence[SeatView],
    *,
    origin: PlanOrigin,
    now: datetime,
) -> Handmade:
    """Return a plan with these seats, for the people, rounds and tables there are now.

    Hosts keep the tables that the seats give them, and sit there in every round they can come.
    """
    prepared = _prepared(session, event, block, seats, now)
    problem = prepared.problem
    kept, unknown = _kept(problem, seats)
    plan = Plan(
        problem_digest=jsonio.digest(problem),
        status=SolveStatus.FEASIBLE,
        seats=kept,
        goals=claims(problem, kept),
        seed=1,
        seconds=0.0,
        solver=SOLVER,
    )
    return Handmade(
        run=_run(event, block, problem, plan, origin, now),
        problem=problem,
        plan=plan,
        violations=verify(problem, plan),
        unknown=unknown,
    )


def _run(  # noqa: PLR0917 -- what the row is made of
    event: Event, block: Block, problem: Problem, plan: Plan, origin: PlanOrigin, now: datetime
) -> PlanRun:
    return PlanRun(
        event_id=event.id,
        block_id=block.id,
        origin=origin,
        state=PlanRunState.DONE,
        problem=jsonio.write_problem(problem),
        problem_digest=plan.problem_digest,
        roster_version=event.roster_version,
        seed=1,
        time_limit_s=0.0,
        plan=jsonio.write_plan(plan),
        status=plan.status.value,
        findings=[],
        progress=[],
        edit={},
        options={},
        created_at=now,
        started_at=now,
        finished_at=now,
    )


def _prepared(
    session: Session, event: Event, block: Block, seats: Sequence[SeatView], now: datetime
) -> Prepared:
    """Return the block's problem, with hosts where the seats have them, and near to nothing."""
    prepared = prepare(
        close_roster(session, event, block, now=now),
        block.rules,
        seats,
        past=past_meetings(session, event, block),
    )
    goals = tuple(goal for goal in prepared.problem.goals if goal.goal is not GoalName.CHANGES)
    problem = prepared.problem.replace(previous=(), goals=goals)
    return Prepared(problem=problem, hosts=prepared.hosts, left_out=prepared.left_out)


def _kept(
    problem: Problem, seats: Sequence[SeatView]
) -> tuple[tuple[Seat, ...], tuple[SeatView, ...]]:
    people = {person.id: person for person in problem.people}
    rounds = {one.id: at for at, one in enumerate(problem.rounds)}
    tables = {table.id for table in problem.tables}
    found: set[Seat] = set()
    unknown = []
    for seat in seats:
        is_there = seat.round_id in rounds and seat.table_id in tables
        if seat.person_id not in people or not is_there:
            unknown.append(seat)
        elif people[seat.person_id].table is None:
            found.add(Seat(seat.person_id, seat.round_id, seat.table_id))
    found |= set(_hosts(problem))
    order = sorted(found, key=lambda seat: (rounds[seat.round], seat.table, seat.person))
    return tuple(order), tuple(unknown)


def _hosts(problem: Problem) -> list[Seat]:
    open_at = {table.id: table.rounds for table in problem.tables}
    everywhere = tuple(one.id for one in problem.rounds)

    def within(rounds: Sequence[str] | frozenset[str] | None, round_id: str) -> bool:
        return rounds is None or round_id in rounds

    return [
        Seat(person.id, round_id, person.table)
        for person in problem.people
        if person.table is not None
        for round_id in everywhere
        if within(person.rounds, round_id) and within(open_at[person.table], round_id)
    ]


def claims(problem: Problem, seats: tuple[Seat, ...]) -> tuple[GoalValue, ...]:
    """Return what the seats reach, beside what counting alone says about every plan."""
    values = Scene(problem, seats).values
    arrays = Arrays(problem)
    capacity = Capacity(arrays)
    return tuple(
        GoalValue(
            goal=entry.goal,
            value=values[entry.goal],
            best=values[entry.goal],
            bound=goal_bound(arrays, entry.goal, capacity),
        )
        for entry in problem.goals_in_order
    )
