"""How long a heat bath cools for a goal, at which prices, and what is kept of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import Arrays, Seating
from scheduler.improve.heat_bath import BathPrices, HeatBath
from scheduler.improve.tables import TableRules
from scheduler.problem import Goal, GoalName

_HOT, _COLD = 0.3, 0.04
_HARD, _REPEAT, _FLOOR = 6.0, 2.0, 4.0
_WISH, _HELD, _LATER = 1.0, 3.0, 0.02
_MARGIN = 0.002
_BALANCED_EVERY, _LOOKED_EVERY = 25, 100
_SUMS = (GoalName.WISHES, GoalName.FIT, GoalName.STAGE_MIX)
_COOLED = frozenset(
    {*_SUMS, GoalName.REPEATS, GoalName.WISHES_FLOOR, GoalName.FIT_FLOOR, GoalName.BALANCE}
)
_MOST_KINDS = 40
_WORK, _IDLE = 150_000, 80
"""People times steps; a step costs as much as so many people even where there are few."""
_FEWEST_A_ROUND, _MOST = 60, 600
_TIMED_EVERY = 20
_SHARE_OF_TIME = 0.6
"""Part of the time left that one goal may take."""


Assess = Callable[[Seating], bool]
"""Told a seating; keeps it if it is better, and returns False when asked to stop."""


def unit(arrays: Arrays, goal: GoalName) -> float:
    """Return what a change of one exchange amounts to in a goal."""
    if goal in {GoalName.FIT, GoalName.FIT_FLOOR}:
        values = np.concatenate([arrays.fit[arrays.fit != 0], arrays.table_fit.ravel()])
        values = np.abs(values[values != 0])
        return float(values.mean()) if values.size else 1.0
    if goal == GoalName.WISHES:
        return float(np.abs(arrays.wishes[2]).mean()) if arrays.problem.wishes else 1.0
    if goal == GoalName.STAGE_MIX:
        room = float(min(arrays.seats.max(), arrays.n / max(arrays.n_tables, 1)))
        return room or 1.0  # no table seats anybody: nothing is worth anything
    return 1.0


def prices_of(
    arrays: Arrays, goals: Sequence[Goal], limits: Sequence[float], *, aim: float
) -> BathPrices | None:
    """Return the prices for the goal after those that have limits; None where there are none.

    Parameters
    ----------
    limits : sequence of float
        Losses that the goals before may not exceed.
    aim : float
        What the floor whose turn it is should reach.
    """
    stage = len(limits)
    if goals[stage].goal not in _COOLED:
        return None
    prices: dict[GoalName, float] = {}
    sums: dict[GoalName, float] = {}
    targets: dict[GoalName, float] = {}
    for s, entry in enumerate(goals):
        goal, worth = entry.goal, 1.0 / unit(arrays, entry.goal)
        if goal not in _COOLED:
            continue
        if goal == GoalName.REPEATS:
            prices[goal] = 1.0 if s == stage else _REPEAT
        elif s > stage:
            prices[goal] = _LATER * worth if goal in _SUMS else 0.0
        elif goal in _SUMS and s < stage:
            prices[goal] = worth
            sums[goal] = -limits[s] + _MARGIN * abs(limits[s])
        elif goal == GoalName.WISHES_FLOOR:
            prices[goal], targets[goal] = _FLOOR, 1.0
        elif goal == GoalName.FIT_FLOOR:
            prices[goal] = _FLOOR * worth
            targets[goal] = -limits[s] if s < stage else aim
        else:
            prices[goal] = worth
    return BathPrices(hard=_HARD, goals=prices, limits=sums, targets=targets)


def is_simple(rules: TableRules) -> bool:
    """Return whether people are of few enough kinds for a table of all exchanges in all rounds."""
    return rules.n_kinds <= _MOST_KINDS


def steps_for(arrays: Arrays) -> int:
    """Return how many steps are worth while, whatever the machine."""
    people = max(int(arrays.here.sum(axis=0).max(initial=0)), 1)
    fewest = _FEWEST_A_ROUND * arrays.n_rounds
    return int(max(_WORK // (people + _IDLE), min(fewest, _MOST)))


def cool(
    rules: TableRules,
    start: Seating,
    prices: BathPrices,
    *,
    steps: int,
    rng: np.random.Generator,
    deadline: float,
    keep: Assess,
) -> None:
    """Cool a bath from a seating, and show what comes of it to ``keep``.

    Only where the steps would not end in time does the clock cool the bath faster.
    """
    bath = HeatBath(rules, start, prices)
    pace = Pace(steps, deadline)
    looked = 0
    while not pace.is_done:
        bath.step(rng, _HOT * (_COLD / _HOT) ** pace.part)
        if pace.taken % _BALANCED_EVERY == 0:
            bath.balance_prices()
        pace.step()
        looked += 1
        if looked >= _LOOKED_EVERY or pace.is_done:
            looked = 0
            if not keep(bath.seating.copy()):
                return


@dataclass(eq=False)
class Pace:
    """How far a search is: by its steps, unless they would take too much of the time left."""

    steps: int
    deadline: float
    taken: int = 0
    part: float = 0.0
    hurried: bool = False

    def __post_init__(self) -> None:
        """Start the clock."""
        self.began = time.perf_counter()

    @property
    def is_done(self) -> bool:
        """Whether the search is over."""
        return self.part >= 1.0

    def step(self) -> None:
        """Count a step."""
        self.taken += 1
        self.part = self.taken / self.steps
        if self.taken % _TIMED_EVERY == 0:
            used = time.perf_counter() - self.began
            there_is = _SHARE_OF_TIME * max(self.deadline - self.began, 0.0)
            self.hurried |= used > there_is * self.part
            if self.hurried:
                self.part = max(self.part, used / there_is if there_is else 1.0)
