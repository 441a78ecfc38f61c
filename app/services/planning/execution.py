"""One plan run from queue to answer, in the worker: the planner itself is a child process."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from app.db import SessionFactory, unit_of_work
from app.models import PlanRun
from app.services.planning import redaction
from app.services.planning import runs as planning_runs
from app.services.planning.process import Answer, ChildFailed, PlannerProcess
from app.services.planning.runs import Beat
from app.services.planning.view import view_plan
from app.services.remembered import Remembered
from scheduler import jsonio, verify
from scheduler.errors import InvalidProblem

POLL_S = 0.5
GRACE_S = 120.0
"""How much longer than its limit the planner may take before it is killed."""


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
    order = {"time_limit_s": claim.time_limit_s, "seed": claim.seed, "want": claim.want}
    with start(claim.problem, **order) as child:
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
    return _CHECKED.of(_checked, run.status, run.problem_digest, run.problem, run.plan)


_CHECKED: Remembered[tuple[str, ...]] = Remembered(most=32)
"""What was checked last, by all its bytes: to look at a plan again it need not be checked again."""


def _checked(
    status: str | None, problem_digest: str, problem: str, plan: str | None
) -> tuple[str, ...]:
    if plan is None or status not in {"optimal", "feasible"}:
        return ("status - there is no plan in this run",)
    if redaction.is_redacted(problem):
        return ("redacted - somebody in this plan was erased since; plan again",)
    return _violations(problem, plan, problem_digest)


def _violations(
    problem_text: str, plan_text: str, problem_digest: str | None = None
) -> tuple[str, ...]:
    try:
        problem, plan = jsonio.read_problem(problem_text), jsonio.read_plan(plan_text)
    except InvalidProblem as error:
        return (f"format - {error}",)
    if problem_digest is not None and jsonio.digest(problem) != problem_digest:
        return ("digest - the problem was changed after the plan was asked for",)
    return tuple(str(violation) for violation in verify.verify(problem, plan))
