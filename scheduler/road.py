"""What every road to a plan takes and gives: deadline, progress report, seating with its bounds."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.arrays import Arrays, Seating
from scheduler.plan import GoalValue
from scheduler.problem import MINIMISED, GoalName
from scheduler.score import goal_value

Report = Callable[[GoalName, float | None, float | None], bool]
"""Told goal, value and bound at each step; returns False when asked to stop."""


@dataclass(frozen=True, eq=False)
class RoadResult:
    """A seating that a road found, with what the road proved about it.

    Attributes
    ----------
    seating : Seating
        Table index or -1, shape (people, rounds).
    goals : tuple of GoalValue
        In the order of the goals asked for. ``best`` was reached when the goal's turn came,
        ``bound`` is proved (infinite, on the better side, where nothing is).
    complete : bool
        Whether every goal had its turn; False when time ran out or somebody stopped it.
    """

    seating: Seating
    goals: tuple[GoalValue, ...]
    complete: bool


class Proof(StrEnum):
    """What is proved about whether a problem has a plan."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


def unproved(arrays: Arrays, seating: Seating, goal: GoalName) -> GoalValue:
    """Return what a seating reaches in a goal, with nothing proved."""
    value = goal_value(arrays, seating, goal)
    bound = -math.inf if goal in MINIMISED else math.inf
    return GoalValue(goal=goal, value=value, best=value, bound=bound)


def keep_going(_goal: GoalName, _value: float | None, _bound: float | None) -> bool:
    """Report to nobody and never ask to stop."""
    return True


def seconds_left(deadline: float) -> float:
    """Return the seconds until a deadline of ``time.perf_counter()``, at least 0."""
    return max(0.0, deadline - time.perf_counter())


def is_over(deadline: float) -> bool:
    """Return whether a deadline of ``time.perf_counter()`` has passed."""
    return time.perf_counter() >= deadline


def earlier(deadline: float, seconds: float) -> float:
    """Return the earlier of a deadline and so many seconds from now."""
    return min(deadline, time.perf_counter() + seconds) if math.isfinite(seconds) else deadline
