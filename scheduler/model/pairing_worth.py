"""Which goals depend on who meets whom alone, and what each meeting is worth to them."""

from __future__ import annotations

import numpy as np

from scheduler.arrays import Floats
from scheduler.problem import GoalName
from scheduler.rotation import Rotation

LINEAR = frozenset({GoalName.ATTENDANCE, GoalName.WISHES, GoalName.FIT, GoalName.STAGE_MIX})
FLOORS = frozenset(
    {
        GoalName.ATTENDANCE_FLOOR,
        GoalName.HOSTS_FLOOR,
        GoalName.WISHES_FLOOR,
        GoalName.FIT_FLOOR,
    }
)
Kept = tuple[GoalName, float]


def is_expressible(rotation: Rotation, goal: GoalName) -> bool:
    """Return whether a goal depends on who meets whom alone."""
    if goal == GoalName.STAGE_MIX:
        return not rotation.several
    return goal in LINEAR or goal in FLOORS


def worth(rotation: Rotation, goal: GoalName) -> Floats:
    """Return what one round of a mover at a station adds to a linear goal; shape (m, S)."""
    if goal == GoalName.WISHES:
        return rotation.wish
    if goal == GoalName.FIT:
        return rotation.fit
    if goal == GoalName.STAGE_MIX:
        return rotation.stage_mix
    return np.ones(rotation.fit.shape)


def given(rotation: Rotation, goal: GoalName) -> float:
    """Return what a linear goal has in every plan: hosts like their tables, too."""
    return rotation.host_fit if goal == GoalName.FIT else 0.0
