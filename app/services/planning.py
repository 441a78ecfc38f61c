"""Planning a block: the only door to ``scheduler``, with its ``planning_*`` siblings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import PlanRunState
from app.errors import NotFound
from app.models import Block, Event, PlanRun
from app.services import audit, places, planning_runs
from app.services.planning_feasibility import Feasibility, feasibility
from app.services.planning_problem import LeftOut, Prepared, Rules, RulesDoNotFit, prepare
from app.services.planning_process import Answer, ChildFailed, PlannerProcess
from app.services.planning_runs import Beat, requeue_stale
from app.services.planning_view import (
    FindingView,
    GoalView,
    PlanView,
    SeatView,
    view_finding,
    view_plan,
)
from app.services.roster import Roster, close_roster
from scheduler import jsonio, verify
from scheduler.errors import InvalidProblem
from scheduler.problem import Problem

__all__ = [
    "Decoded",
    "Feasibility",
    "FindingView",
    "GoalView",
    "LeftOut",
    "PlanView",
    "Prepared",
    "RowSeat",
    "RulesDoNotFit",
    "SeatView",
    "build_problem",
    "decode",
    "execute",
    "feasibility",
    "latest_plan",
    "request_stop",
    "requeue_stale",
    "start_run",
    "verify_run",
]

POLL_S = 0.5
GRACE_S = 20.0
"""How much longer than its limit the planner may take before it is killed."""
LEFT_OUT = "left_out"
"""Rule under which a finding names somebody no plan can seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeat:
    """A seat, as ids of rows."""

    sign_up_id: int
    round_id: int
    table_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a run found, with ids of rows; ``left_out`` maps sign-ups to reasons for owners."""

    run_id: int
    state: PlanRunState
    plan: PlanView | None
    seats: tuple[RowSeat, ...]
    findings: tuple[FindingView, ...]
    left_out: dict[int, str]


def build_problem(roster: Roster, rules: Rules) -> Problem:
    """Return the problem of a block."""
    return prepare(roster, rules).problem


def start_run(
    session: Session,
    event: Event,
    block: Block,
    *,
    time_limit_s: float = 60.0,
    seed: int = 1,
    now: datetime,
    actor: str,
) -> PlanRun:
    """Queue a plan of the roster as it is now; a plan already on its way is returned instead.

    Raises ``NothingToPlan`` when nobody can be seated.
    """
    event = places.lock_event(session, event.id)
    waiting = session.scalar(
        select(PlanRun)
        .where(PlanRun.block_id == block.id)
        .where(PlanRun.state.in_((PlanRunState.QUEUED, PlanRunState.RUNNING)))
        .where(PlanRun.roster_version == event.roster_version)
        .order_by(PlanRun.id)
    )
    if waiting is not None:
        return waiting
    prepared = prepare(close_roster(session, event, block, now=now), block.rules)
    run = PlanRun(
        event_id=event.id,
        block_id=block.id,
        state=PlanRunState.QUEUED,
        problem=jsonio.write_problem(prepared.problem),
        problem_digest=jsonio.digest(prepared.problem),
        roster_version=event.roster_version,
        seed=seed,
        time_limit_s=time_limit_s,
        findings=[
            {"rule": LEFT_OUT, "message": one.reason, "people": [one.person_id]}
            for one in prepared.left_out
        ],
        progress=[],
        created_at=now,
    )
    session.add(run)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="plan asked for",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        plan_run=run.id,
        seed=seed,
    )
    return run


def request_stop(session: Session, run: PlanRun, *, now: datetime, actor: str) -> None:
    """Ask a run to end and keep the best plan so far; one not yet begun ends at once."""
    if run.state.is_over:
        return
    run.stop_requested = True
    if run.state is PlanRunState.QUEUED:
        run.state = PlanRunState.STOPPED
        run.finished_at = now
    audit.record(
        session, actor=actor, what="plan stopped", now=now, event_id=run.event_id, plan_run=run.id
    )


def execute(
    session_factory: SessionFactory,
    run_id: int,
    *,
    owner: str,
    clock: Callable[[], datetime],
    start: Callable[..., PlannerProcess] = PlannerProcess,
    poll_s: float = POLL_S,
    grace_s: float = GRACE_S,
) -> None:
    """Plan a queued run in a child process; nothing happens when somebody else has it."""
    with unit_of_work(session_factory) as session:
        claim = planning_runs.claim(session, run_id, owner=owner, now=clock())
    if claim is None:
        return
    deadline = time.monotonic() + claim.time_limit_s * 1.1 + grace_s
    reason = ""
    answer: Answer | None = None
    with start(claim.problem, time_limit_s=claim.time_limit_s, seed=claim.seed) as child:
        try:
            answer = _follow(session_factory, run_id, owner, clock, child, poll_s, deadline)
        except ChildFailed as error:
            reason = str(error)
    if answer is not None:
        _keep(session_factory, run_id, owner, clock, claim.problem, answer)
        return
    reason = reason or "the planner did not end in time, and was ended"
    with unit_of_work(session_factory) as session:
        planning_runs.fail(session, run_id, owner=owner, now=clock(), reason=reason)


def _follow(  # noqa: PLR0917 -- the loop's own state, nobody else calls it
    session_factory: SessionFactory,
    run_id: int,
    owner: str,
    clock: Callable[[], datetime],
    child: PlannerProcess,
    poll_s: float,
    deadline: float,
) -> Answer | None:
    """Write down progress until the answer comes; None when time is up or the run was lost."""
    told = False
    while time.monotonic() < deadline:
        steps, answer = child.listen(poll_s)
        if answer is not None:
            return answer
        with unit_of_work(session_factory) as session:
            heard = planning_runs.beat(session, run_id, owner=owner, now=clock(), steps=steps)
        if heard is Beat.LOST:
            return None
        if heard is Beat.STOP and not told:
            child.stop()
            told = True
            deadline = min(deadline, time.monotonic() + GRACE_S)
    return None


def _keep(  # noqa: PLR0917 -- the end of ``execute``, nobody else calls it
    session_factory: SessionFactory,
    run_id: int,
    owner: str,
    clock: Callable[[], datetime],
    problem_text: str,
    answer: Answer,
) -> None:
    plan = jsonio.read_plan(answer.plan)
    broken = _violations(problem_text, answer.plan) if view_plan(plan).has_seats else ()
    with unit_of_work(session_factory) as session:
        if broken:
            reason = f"the checker refused the plan: {broken[0]}"
            planning_runs.fail(session, run_id, owner=owner, now=clock(), reason=reason)
            return
        planning_runs.end(
            session,
            run_id,
            owner=owner,
            now=clock(),
            plan=answer.plan,
            status=plan.status.value,
            findings=answer.findings,
        )


def verify_run(run: PlanRun) -> tuple[str, ...]:
    """Return what the checker, which shares no code with the planner, has against a run's plan.

    A run without seats, or whose problem is not the one it was asked for, is refused as well.
    """
    if run.plan is None or run.status not in {"optimal", "feasible"}:
        return ("status - there is no plan in this run",)
    if jsonio.digest(jsonio.read_problem(run.problem)) != run.problem_digest:
        return ("digest - the problem was changed after the plan was asked for",)
    return _violations(run.problem, run.plan)


def _violations(problem_text: str, plan_text: str) -> tuple[str, ...]:
    try:
        problem, plan = jsonio.read_problem(problem_text), jsonio.read_plan(plan_text)
    except InvalidProblem as error:
        return (f"format - {error}",)
    return tuple(str(violation) for violation in verify.verify(problem, plan))


def latest_plan(session: Session, block_id: int) -> PlanRun | None:
    """Return the newest run of a block that ended with seats, None when there is none."""
    return session.scalar(
        select(PlanRun)
        .where(PlanRun.block_id == block_id)
        .where(PlanRun.state.in_((PlanRunState.DONE, PlanRunState.STOPPED)))
        .where(PlanRun.status.in_(("optimal", "feasible")))
        .order_by(PlanRun.id.desc())
        .limit(1)
    )


def decode(run: PlanRun) -> Decoded:
    """Return what a run found, as rows of the event and words for its pages."""
    findings = tuple(view_finding(entry) for entry in run.findings)
    plan = None if run.plan is None else view_plan(jsonio.read_plan(run.plan), findings)
    return Decoded(
        run_id=run.id,
        state=run.state,
        plan=plan,
        seats=tuple(
            RowSeat(
                sign_up_id=row_id(seat.person_id),
                round_id=row_id(seat.round_id),
                table_id=row_id(seat.table_id),
            )
            for seat in (plan.seats if plan is not None else ())
        ),
        findings=tuple(finding for finding in findings if finding.rule != LEFT_OUT),
        left_out={
            row_id(person): finding.message
            for finding in findings
            if finding.rule == LEFT_OUT
            for person in finding.people
        },
    )


def row_id(problem_id: str) -> int:
    """Return the row behind an id of a problem: ``p17`` is sign-up 17."""
    return int(problem_id[1:])


def feasibility_of(session: Session, event: Event, block: Block, now: datetime) -> Feasibility:
    """Return what the roster of this moment can reach; ``NothingToPlan`` when it is empty."""
    return feasibility(close_roster(session, event, block, now=now), block.rules)


def get_run(session: Session, event: Event, run_id: int) -> PlanRun:
    """Return a run of this event."""
    run = session.get(PlanRun, run_id)
    if run is None or run.event_id != event.id:
        raise NotFound
    return run
