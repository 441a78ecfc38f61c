"""What the search may stop at: proven limits on goals, given what the goals before them hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.arrays import Arrays
from scheduler.bounds import goal_bound
from scheduler.bounds.groups import group_limits_of
from scheduler.bounds.repeats import repeats_bound_attended
from scheduler.bounds.visits import VISITED, VisitLimits
from scheduler.capacity import capacity_of
from scheduler.problem import MINIMISED, Goal, GoalName

_EPS = 1e-6


class LeastLosses:
    """Proven limits on the goals of a problem as losses: minus the value of maximised goals."""

    def __init__(self, arrays: Arrays, goals: Sequence[Goal]) -> None:
        self.arrays = arrays
        self.goals = tuple(goals)
        self.capacity = capacity_of(arrays)
        self.groups = group_limits_of(arrays)
        self.known: dict[GoalName, float] = {}
        self.visits = VisitLimits(arrays, self.capacity)

    def least(self, stage: int, limits: Sequence[float]) -> float:
        """Return a proven least loss of a goal.

        ``limits`` are the losses that the goals before it may not exceed.
        """
        goal = self.goals[stage].goal
        if goal == GoalName.REPEATS:
            return repeats_bound_attended(self.arrays, self._seats_held(stage, limits))
        limit = self._anyway(goal)
        if goal in VISITED and self.visits.applies:
            limit = min(limit, self.visits.bound(goal, self._held(stage, limits)))
        if goal == GoalName.BALANCE and self.groups.applies:
            return max(limit, self.groups.balance(self._seats_held(stage, limits)))
        if goal in MINIMISED:
            return limit
        if self.groups.applies:
            if goal == GoalName.ATTENDANCE_FLOOR:
                limit = min(limit, self.groups.attendance_floor)
            if goal == GoalName.ATTENDANCE:
                limit = min(limit, self.groups.attendance)
            if goal == GoalName.STAGE_MIX:
                limit = min(limit, self.groups.stage_mix(self._seats_held(stage, limits)))
        return -limit

    def _anyway(self, goal: GoalName) -> float:
        """Return what holds for every plan, computed once."""
        if goal not in self.known:
            self.known[goal] = goal_bound(self.arrays, goal, self.capacity)
        return self.known[goal]

    def _held(self, stage: int, limits: Sequence[float]) -> list[tuple[GoalName, float]]:
        """Return the goals before this one with the values that they keep."""
        return [
            (entry.goal, limit if entry.goal in MINIMISED else -limit)
            for entry, limit in zip(self.goals[:stage], limits, strict=False)
        ]

    def _seats_held(self, stage: int, limits: Sequence[float]) -> float:
        """Return how many movers' seats the goals before this one guarantee."""
        arrays = self.arrays
        counted = arrays.is_mover & (arrays.possible > 0)
        seats = float(np.minimum(arrays.min_rounds, arrays.n_rounds)[counted].sum())
        for s in range(min(stage, len(limits))):
            least = -limits[s]
            if self.goals[s].goal == GoalName.ATTENDANCE:
                seats = max(seats, least)
            if self.goals[s].goal == GoalName.ATTENDANCE_FLOOR:
                each = np.ceil(least - _EPS) - arrays.n_rounds + arrays.possible[counted]
                seats = max(seats, float(np.maximum(each, 0).sum()))
        return seats
