"""The whole recipe: count, take the road that fits, prove what can be proved, verify, answer."""

from __future__ import annotations

from scheduler.answer import Run, better, checked, conclude, is_proved
from scheduler.params import OnProgress, SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.precheck import counted_out
from scheduler.problem import Problem, Seat
from scheduler.road import Proof, RoadResult
from scheduler.roads import ROADS, along, better_anew, prove, round_by_round


def solve(
    problem: Problem,
    params: SolveParams = SolveParams(),  # noqa: B008 -- a frozen value
    start: tuple[Seat, ...] | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Plan all rounds of a block.

    Parameters
    ----------
    problem : Problem
    params : SolveParams
    start : tuple of Seat or None
        A plan to begin from; it is never made worse.
    on_progress : callable or None
        Told at each step; returning False stops and keeps the best plan so far.

    Returns
    -------
    Plan
        Verified. Its status is ``optimal`` or ``infeasible`` only with a proof.
    """
    run = Run(problem, params, on_progress)
    if counted_out(run.limits.capacity):
        return run.answer(SolveStatus.INFEASIBLE)
    found = _from_start(run, start)
    for road in ROADS:
        if not run.is_over and (found is None or start) and road.applies(run.arrays):
            found = better(run.goals, found, along(run, road))
    if found is None and not run.is_over:
        found = round_by_round(run)
    if found is not None and not run.is_over and not is_proved(found):
        found = better(run.goals, better_anew(run, found), found)
    if not run.is_over and not is_proved(found):
        proof, found = prove(run, found)
        if proof is Proof.INFEASIBLE:
            return run.answer(SolveStatus.INFEASIBLE)
    return conclude(run, found)


def _from_start(run: Run, start: tuple[Seat, ...] | None) -> RoadResult | None:
    if start is None:
        return None
    return checked(run, run.arrays.seating_from(start), ())
