"""What goals are worth against each other while one of them has its turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.arrays import Arrays
from scheduler.improve.costs import Prices
from scheduler.problem import Goal, GoalName

_STEP_OF_PRICES = 30.0
"""A goal's unit is worth so many of the next goal's; exact comparison decides in the end."""
_FORESIGHT = 0.4


def matters(arrays: Arrays, goal: GoalName) -> bool:
    """Return whether anything in the problem could move this goal."""
    asked = {
        GoalName.HOSTS_FLOOR: not arrays.is_mover.all(),
        GoalName.WISHES_FLOOR: bool(arrays.problem.wishes),
        GoalName.WISHES: bool(arrays.problem.wishes),
        GoalName.FIT_FLOOR: bool(arrays.problem.fit),
        GoalName.FIT: bool(arrays.problem.fit or arrays.problem.table_fit),
        GoalName.STAGE_MIX: bool((arrays.stage >= 0).any()),
        GoalName.CHANGES: bool((arrays.previous >= 0).any()),
    }
    return asked.get(goal, True)


def stage_prices(
    arrays: Arrays, goals: Sequence[Goal], stage: int, slack_prices: Sequence[float]
) -> Prices:
    """Return what units are worth in a goal's turn; prices of slack are found by trying."""
    units = {
        GoalName.WISHES: float(arrays.wishes[2].max(initial=1.0)),
        GoalName.FIT: float(max(np.abs(arrays.fit).max(), np.abs(arrays.table_fit).max())),
        GoalName.FIT_FLOOR: float(np.abs(arrays.fit).max()),
        # The size of a table: one person more or less changes what all others count.
        GoalName.STAGE_MIX: float(min(arrays.seats.max(), arrays.n / max(arrays.n_tables, 1))),
    }
    active = [s for s in range(stage + 1) if matters(arrays, goals[s].goal)]
    prices: dict[GoalName, float] = {}
    worth = 1.0
    for s in reversed(active):
        goal = goals[s]
        # At its full price a goal's slack would stay unused; so its price is found by trying.
        price = min(slack_prices[s], worth) if goal.slack and s < stage else worth
        prices[goal.goal] = price / (units.get(goal.goal) or 1.0)
        worth = worth * _STEP_OF_PRICES
    if GoalName.REPEATS in {goal.goal for goal in goals[stage + 1 :]}:
        # A start without repeats is soon spoilt and slowly mended: later, it still counts.
        prices[GoalName.REPEATS] = _FORESIGHT / max(units[GoalName.STAGE_MIX], 1.0)
    return Prices(hard=worth * _STEP_OF_PRICES, goals=prices)
