"""A seating as the search compares it: what is broken, and what each goal has lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.arrays import Seating
from scheduler.improve.costs import Meetings, all_meetings, broken_rules
from scheduler.improve.tables import TableRules
from scheduler.problem import MINIMISED, Goal
from scheduler.score import goal_values


@dataclass(frozen=True, eq=False)
class State:
    """A seating, its meetings, how much is broken, and the losses of the goals so far."""

    seating: Seating
    meetings: Meetings
    broken: float
    losses: tuple[float, ...]


def assessed(
    rules: TableRules, goals: Sequence[Goal], seating: Seating, meetings: Meetings | None = None
) -> State:
    """Return a seating with everything that decides about it."""
    arrays = rules.arrays
    if meetings is None:
        meetings = all_meetings(seating)
    values = goal_values(arrays, seating, goals)
    losses = tuple(
        value if goal.goal in MINIMISED else -value
        for goal, value in zip(goals, values, strict=True)
    )
    broken = broken_rules(arrays, rules, seating, meetings)
    return State(seating=seating, meetings=meetings, broken=broken, losses=losses)
