"""The roads to a plan, in the order in which they are asked, and the whole model behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.answer import Run, better, checked, is_proved
from scheduler.arrays import Arrays
from scheduler.model.name import solver_name
from scheduler.problem import Goal
from scheduler.road import Proof, RoadResult, seconds_left
from scheduler.rotation import is_rotation


def _by_speed(arrays: Arrays, **how: Any) -> RoadResult | None:
    from scheduler import speed  # noqa: PLC0415 -- slow import

    return speed.plan(arrays, **how)


def _by_groups(arrays: Arrays, **how: Any) -> RoadResult | None:
    from scheduler import groups  # noqa: PLC0415 -- slow import

    return groups.plan(arrays, **how)


def _somebody_moves(arrays: Arrays) -> bool:
    return bool(arrays.is_mover.any() and arrays.open[:, np.flatnonzero(~arrays.frozen)].any())


@dataclass(frozen=True, slots=True)
class Road:
    """A way to a plan; its module is loaded when it is taken.

    Attributes
    ----------
    applies : callable
        Whether the road can lead anywhere for a problem.
    plan : callable
        Returns a seating with proven bounds, or None.
    searches_all : bool
        Whether it betters every goal itself; else its plan is polished by search.
    """

    applies: Callable[[Arrays], bool]
    plan: Callable[..., RoadResult | None]
    searches_all: bool


ROADS = (
    Road(is_rotation, _by_speed, searches_all=False),
    Road(_somebody_moves, _by_groups, searches_all=True),
)
"""In the order in which they are asked: speed mentoring, then groups and all the rest."""
WHOLE_SIZE = 12_000
"""Rows and variables up to which the whole model tries to prove what a road left open."""
LAST_SIZE = 150_000
"""The same where no road found a plan: it may take all the time there is."""
_BUILT_A_SECOND = 12_000
"""What a slow machine builds of a model; more could not be solved in time."""
_WORK = 20_000
_LEAST_TICKS, _MOST_TICKS = 3, 200
_POLISH = 150
_ANEW_CELLS = 6_000
"""People times tables up to which windows are small enough to matter."""


def load(*, with_hosts: bool) -> None:
    """Load the road that will likely be taken, before the clock of planning starts.

    With it what numpy loads only when it is first asked for, and the solver's name.
    """
    import numpy.ma  # noqa: PLC0415 -- slow import, of np.unique
    import numpy.random  # noqa: F401, PLC0415 -- slow import

    solver_name()
    if with_hosts:
        from scheduler import speed  # noqa: F401, PLC0415 -- slow import
    else:
        from scheduler import groups  # noqa: F401, PLC0415 -- slow import


def along(run: Run, road: Road) -> RoadResult | None:
    """Take a road; a plan that breaks a rule is no plan."""
    result = road.plan(
        run.arrays,
        goals=run.goals,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
    )
    found = None if result is None else checked(run, result.seating, result.goals)
    if found is None or result is None or road.searches_all or not result.complete:
        return found
    return found if is_proved(found) or run.is_over else polish(run, found)


def polish(run: Run, found: RoadResult, iterations: int = _POLISH) -> RoadResult:
    """Search around a plan for what makes a goal better and none before it worse."""
    from scheduler.improve import improve  # noqa: PLC0415 -- slow import

    exact = tuple(Goal(goal=goal.goal) for goal in run.goals)
    seating = improve(
        run.arrays,
        found.seating,
        goals=exact,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
        max_iterations=iterations,
    )
    return checked(run, seating, found.goals) or found


def better_anew(run: Run, found: RoadResult) -> RoadResult:
    """Lay parts of a plan out anew for the goals that nothing proves yet; small events only."""
    from scheduler.model import anew  # noqa: PLC0415 -- slow import

    if run.arrays.n * run.arrays.n_tables > _ANEW_CELLS:
        return found
    seating = anew.better_anew(
        run.arrays,
        found.seating,
        goals=run.goals,
        known=found.goals,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
    )
    return checked(run, seating, found.goals) or found


def round_by_round(run: Run) -> RoadResult | None:
    """Fill one round after the other by integer program; then see to what is still owed."""
    from scheduler.model.anew import mend  # noqa: PLC0415 -- slow import
    from scheduler.model.fill import fill, most_bound_first  # noqa: PLC0415 -- slow import
    from scheduler.model.rounds import empty  # noqa: PLC0415 -- slow import

    base = empty(run.arrays)
    most = run.arrays.here.sum(axis=0).max(initial=0) * run.arrays.n_tables
    if most > _BUILT_A_SECOND * seconds_left(run.deadline) / run.arrays.n_rounds:
        return None
    seed, deadline = run.params.seed, run.deadline
    rounds, nothing = most_bound_first(run.arrays), np.full_like(base, -1)
    filled = fill(run.arrays, base, rounds=rounds, keep=nothing, deadline=deadline, seed=seed)
    if filled is None:
        return None
    found = checked(run, mend(run.arrays, filled, deadline=deadline, seed=seed), ())
    return found if found is None or run.is_over else polish(run, found)


def prove(run: Run, found: RoadResult | None) -> tuple[Proof, RoadResult | None]:
    """Let the whole model prove, better or replace a plan where it is small enough."""
    from scheduler.model.rounds import size, whole  # noqa: PLC0415 -- slow import

    cells = size(run.arrays, run.goals)
    in_time = _BUILT_A_SECOND * seconds_left(run.deadline)
    if cells > min(in_time, LAST_SIZE if found is None else WHOLE_SIZE):
        return Proof.UNKNOWN, found
    ticks = None if found is None else max(_LEAST_TICKS, min(_MOST_TICKS, _WORK // (cells + 1)))
    exact = whole(
        run.arrays,
        goals=run.goals,
        deadline=run.deadline,
        seed=run.params.seed,
        report=run.report,
        start=None if found is None else found.seating,
        known=() if found is None else found.goals,
        ticks=ticks,
    )
    if exact.result is None:
        return exact.proof, found
    proved = checked(run, exact.result.seating, exact.result.goals)
    return exact.proof, better(run.goals, proved, found)
