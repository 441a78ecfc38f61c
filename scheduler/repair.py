"""A re-plan of the rounds still to come, with few changes and quickly."""

from __future__ import annotations

import numpy as np

from scheduler.answer import Run, better, checked, conclude, is_proved
from scheduler.model.fill import fill, most_bound_first, still_valid
from scheduler.model.rounds import empty
from scheduler.params import OnProgress, SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.precheck import counted_out
from scheduler.problem import GoalName, Problem
from scheduler.road import Proof, RoadResult, earlier
from scheduler.roads import ROADS, along, polish, prove
from scheduler.score import goal_value

_FILL_SHARE = 0.6
_IMPROVE_ITERATIONS = 120


def repair(
    problem: Problem,
    params: SolveParams = SolveParams(time_limit_s=10.0),  # noqa: B008 -- a frozen value
    on_progress: OnProgress | None = None,
) -> Plan:
    """Plan again from ``previous``: seats that still can be are kept, holes are filled.

    Parameters
    ----------
    problem : Problem
        With ``previous``; its ``frozen_rounds`` are left as they are.
    params : SolveParams
    on_progress : callable or None
        Told at each step; returning False stops and keeps the best plan so far.
    """
    run = Run(problem, params, on_progress)
    if counted_out(run.limits.capacity):
        return run.answer(SolveStatus.INFEASIBLE)
    found = _patched(run)
    if found is not None:
        found = _fewer_changes(run, polish(run, found, _IMPROVE_ITERATIONS), found)
    for road in ROADS:
        if not run.is_over and found is None and road.applies(run.arrays):
            found = along(run, road)
    if not run.is_over and not is_proved(found):
        proof, proved = prove(run, found)
        if proof is Proof.INFEASIBLE:
            return run.answer(SolveStatus.INFEASIBLE)
        if proved is not None:
            found = proved if found is None else _fewer_changes(run, proved, found)
    return conclude(run, found)


def _fewer_changes(run: Run, new: RoadResult, old: RoadResult) -> RoadResult | None:
    """Return the plan with fewer changes; where they change alike, the better one."""
    gap = goal_value(run.arrays, new.seating, GoalName.CHANGES) - goal_value(
        run.arrays, old.seating, GoalName.CHANGES
    )
    return better(run.goals, new, old) if gap == 0 else (old if gap > 0 else new)


def _patched(run: Run) -> RoadResult | None:
    """Keep the seats that still can be, and fill the rounds one by one around them."""
    base = empty(run.arrays)
    kept = still_valid(run.arrays, base)
    filled = fill(
        run.arrays,
        np.where(kept >= 0, kept, base),
        rounds=most_bound_first(run.arrays),
        keep=kept,
        deadline=earlier(run.deadline, _FILL_SHARE * run.params.time_limit_s),
        seed=run.params.seed,
    )
    return None if filled is None else checked(run, filled, ())
