"""A plan made elsewhere: seats exactly as somebody wrote them, scored, and checked by the checker.

Nothing is put right on the way. With a broken rule it stays a report: its status is not that of a
plan, so nothing can publish it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.errors import MentoringError
from app.models import Block, Event, PlanRun
from app.services import audit
from app.services.past_meetings import past_meetings
from app.services.planning.handmade import claims
from app.services.planning.problem import prepare
from app.services.planning.view import SeatView
from app.services.roster import Roster, close_roster
from scheduler import jsonio
from scheduler.errors import InvalidProblem
from scheduler.findings import Violation
from scheduler.plan import Plan, SolveStatus
from scheduler.problem import GoalName, Problem, Seat
from scheduler.verify import verify_seats

SOLVER = "made elsewhere"


class NotAPlan(MentoringError):
    """This is no plan document."""

    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The run that keeps it, and what the checker has against it."""

    run: PlanRun
    violations: tuple[Violation, ...]


def bring(
    session: Session,
    event: Event,
    block: Block,
    seats: tuple[SeatView, ...],
    *,
    pins: tuple[SeatView, ...],
    now: datetime,
    actor: str,
) -> Brought:
    """Keep seats that somebody wrote as a run of the roster as it is now.

    Hosts have the tables that the seats give them. Raises ``NothingToPlan`` for an empty roster.
    """
    problem = _problem(session, event, block, seats, pins, now)
    given = _in_order(problem, seats)
    found = verify_seats(problem, given)
    plan = _plan(problem, given, is_sound=not found)
    run = _run(event, block, problem, plan, now)
    session.add(run)
    session.flush()
    audit.record(
        session, actor=actor, what="plan brought", now=now, event_id=event.id, plan_run=run.id
    )
    return Brought(run=run, violations=found)


def _run(event: Event, block: Block, problem: Problem, plan: Plan, now: datetime) -> PlanRun:
    return PlanRun(
        event_id=event.id,
        block_id=block.id,
        origin=PlanOrigin.IMPORTED,
        state=PlanRunState.DONE,
        problem=jsonio.write_problem(problem),
        problem_digest=plan.problem_digest,
        roster_version=event.roster_version,
        seed=plan.seed,
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


def broken_rules(run: PlanRun) -> tuple[Problem, Plan]:
    """Return problem and plan of a run, as the checker is to look at its seats."""
    plan = jsonio.read_plan(run.plan or "")
    return jsonio.read_problem(run.problem), dataclasses.replace(plan, status=SolveStatus.FEASIBLE)


def seats_of_document(text: str) -> tuple[SeatView, ...]:
    """Return the seats of a ``roundabout-plan/1`` document; ``NotAPlan`` where it is none."""
    try:
        plan = jsonio.read_plan(text)
    except InvalidProblem as error:
        raise NotAPlan(str(error)) from error
    return tuple(
        SeatView(person_id=seat.person, round_id=seat.round, table_id=seat.table)
        for seat in plan.seats
    )


def _problem(  # noqa: PLR0917 -- the beginning of ``bring``, nobody else calls it
    session: Session,
    event: Event,
    block: Block,
    seats: tuple[SeatView, ...],
    pins: tuple[SeatView, ...],
    now: datetime,
) -> Problem:
    roster = close_roster(session, event, block, now=now)
    prepared = prepare(
        roster,
        block.rules,
        _for_hosts(roster, seats),
        past=past_meetings(session, event, block),
        pins=pins,
    )
    goals = tuple(goal for goal in prepared.problem.goals if goal.goal is not GoalName.CHANGES)
    return prepared.problem.replace(previous=None, goals=goals)


def _for_hosts(roster: Roster, seats: tuple[SeatView, ...]) -> tuple[SeatView, ...]:
    """Return the seats that can say where somebody stays: of who and what there is, one a round."""
    people = {one.id for one in roster.people}
    rounds = {one.id for one in roster.rounds}
    tables = {one.id for one in roster.tables}
    found: dict[tuple[str, str], SeatView] = {}
    for seat in seats:
        if seat.person_id in people and seat.round_id in rounds and seat.table_id in tables:
            found.setdefault((seat.person_id, seat.round_id), seat)
    return tuple(found.values())


def _in_order(problem: Problem, seats: tuple[SeatView, ...]) -> tuple[Seat, ...]:
    """Return the seats as the format wants them; a seat that was written twice stays twice."""
    at = {one.id: place for place, one in enumerate(problem.rounds)}
    given = [Seat(seat.person_id, seat.round_id, seat.table_id) for seat in seats]
    return tuple(sorted(given, key=lambda seat: (at.get(seat.round, len(at)), *seat[1:], seat[0])))


def _plan(problem: Problem, seats: tuple[Seat, ...], *, is_sound: bool) -> Plan:
    return Plan(
        problem_digest=jsonio.digest(problem),
        status=SolveStatus.FEASIBLE if is_sound else SolveStatus.UNKNOWN,
        seats=seats,
        goals=claims(problem, seats) if is_sound else (),
        solver=SOLVER,
    )
