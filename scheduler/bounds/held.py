"""What no plan can beat that is as good in the earlier goals: every counting argument at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scheduler.arrays import Arrays
from scheduler.bounds import goal_bound
from scheduler.bounds.groups import group_limits_of
from scheduler.bounds.repeats import repeats_bound_attended
from scheduler.bounds.tables import balance_attended, stage_mix_attended
from scheduler.capacity import Capacity, capacity_of
from scheduler.problem import MINIMISED, GoalName

_EPS = 1e-6
Held = Mapping[GoalName, float]
"""Goals with the least (minimised: the most) that every plan meant here reaches."""


class Limits:
    """Proven limits on the goals of a problem, tighter the more the earlier goals hold."""

    def __init__(self, arrays: Arrays, capacity: Capacity | None = None) -> None:
        self.arrays = arrays
        self.capacity = capacity or capacity_of(arrays)
        self.groups = group_limits_of(arrays)

    def of(self, goal: GoalName, held: Held) -> float:
        """Return a goal's limit over all plans that reach what is held."""
        bounds = [goal_bound(self.arrays, goal, self.capacity), *self._counted(goal, held)]
        return max(bounds) if goal in MINIMISED else min(bounds)

    def _counted(self, goal: GoalName, held: Held) -> list[float]:
        seats, groups = self.seats(held), self.groups
        if goal is GoalName.REPEATS:
            return [repeats_bound_attended(self.arrays, seats)]
        if goal is GoalName.BALANCE:
            floor = held.get(GoalName.HOSTS_FLOOR, 0.0)
            everywhere = [balance_attended(self.capacity, seats, floor)]
            return [*everywhere, groups.balance(seats)] if groups.applies else everywhere
        if goal is GoalName.STAGE_MIX:
            everywhere = [stage_mix_attended(self.capacity, seats)]
            return [*everywhere, groups.stage_mix(seats)] if groups.applies else everywhere
        if groups.applies and goal is GoalName.ATTENDANCE:
            return [groups.attendance]
        if groups.applies and goal is GoalName.ATTENDANCE_FLOOR:
            return [groups.attendance_floor]
        return []

    def seats(self, held: Held) -> float:
        """Return how many movers' seats all plans have that reach what is held."""
        arrays = self.arrays
        counted = arrays.is_mover & (arrays.possible > 0)
        least = np.minimum(arrays.min_rounds, arrays.n_rounds)[counted]
        floor = held.get(GoalName.ATTENDANCE_FLOOR, 0.0)
        each = np.ceil(floor - _EPS) - arrays.n_rounds + arrays.possible[counted]
        by_person = float(np.maximum(least, each).sum())
        return max(by_person, held.get(GoalName.ATTENDANCE, 0.0))
