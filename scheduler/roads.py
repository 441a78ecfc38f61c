"""The roads to a plan, in the order in which they are asked, and the whole model behind them."""

from __future__ import annotations

from types import ModuleType

from scheduler import groups, speed
from scheduler.answer import Run, better, checked
from scheduler.model.rounds import Proof, size, whole
from scheduler.road import RoadResult

ROADS: tuple[ModuleType, ...] = (speed, groups)
"""Each has ``applies(arrays)`` and ``plan(arrays, ...)``."""
WHOLE_SIZE = 12_000
"""Rows and variables up to which the whole model tries to prove what a road left open."""
LAST_SIZE = 150_000
"""The same where no road found a plan: it may take all the time there is."""
_WORK = 600_000
_LEAST_NODES, _MOST_NODES = 20, 2_000


def along(run: Run, road: ModuleType) -> RoadResult | None:
    """Take a road; a plan that breaks a rule is no plan."""
    result: RoadResult | None = road.plan(
        run.arrays,
        goals=run.goals,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
    )
    return None if result is None else checked(run, result.seating, result.goals)


def prove(run: Run, found: RoadResult | None) -> tuple[Proof, RoadResult | None]:
    """Let the whole model prove, better or replace a plan where it is small enough."""
    cells = size(run.arrays, run.goals)
    if cells > (LAST_SIZE if found is None else WHOLE_SIZE):
        return Proof.UNKNOWN, found
    nodes = None if found is None else max(_LEAST_NODES, min(_MOST_NODES, _WORK // (cells + 1)))
    exact = whole(
        run.arrays,
        goals=run.goals,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
        start=None if found is None else found.seating,
        nodes=nodes,
    )
    if exact.result is None:
        return exact.proof, found
    proved = checked(run, exact.result.seating, exact.result.goals)
    return exact.proof, better(run.goals, proved, found)
