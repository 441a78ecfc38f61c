"""A re-plan of the rounds still to come, with few changes and quickly."""

from __future__ import annotations

import numpy as np

from scheduler.answer import Run, better, checked, conclude, is_proved
from scheduler.arrays import Seating
from scheduler.improve import improve
from scheduler.model.fill import fill, most_bound_first, still_valid
from scheduler.model.rounds import Proof, empty
from scheduler.params import OnProgress, SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.precheck import precheck
from scheduler.problem import Goal, GoalName, Problem
from scheduler.road import RoadResult, earlier
from scheduler.roads import ROADS, along, prove

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
    if precheck(problem):
        return run.answer(SolveStatus.INFEASIBLE)
    found = _patched(run)
    if found is not None:
        found = better(_changes_first(run), _polished(run, found), found)
    for road in ROADS:
        if not run.is_over and found is None and road.applies(run.arrays):
            found = along(run, road)
    if not run.is_over and not is_proved(found):
        proof, found = prove(run, found)
        if proof is Proof.INFEASIBLE:
            return run.answer(SolveStatus.INFEASIBLE)
    return conclude(run, found)


def _changes_first(run: Run) -> tuple[Goal, ...]:
    others = tuple(goal for goal in run.goals if goal.goal is not GoalName.CHANGES)
    return (Goal(goal=GoalName.CHANGES), *others)


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


def _polished(run: Run, found: RoadResult) -> RoadResult | None:
    """Search around a plan, changes before everything else."""
    better_seats: Seating = improve(
        run.arrays,
        found.seating,
        goals=_changes_first(run),
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
        max_iterations=_IMPROVE_ITERATIONS,
    )
    return checked(run, better_seats, ())
