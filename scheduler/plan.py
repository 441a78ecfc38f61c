"""The planner's answer: seats, goal values, bounds and an honest status."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.problem import GoalName, Seat

TOLERANCE = 1e-6
"""Sums compare within this, relative to max(1, |bound|)."""


class SolveStatus(StrEnum):
    """What is known about a plan."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalValue:
    """One goal's outcome.

    Parameters
    ----------
    goal : GoalName
    value : float
        Recomputed from the final seats.
    best : float
        Value reached when the goal's turn came.
    bound : float
        Proven limit on ``best`` for any plan that is as good in the earlier goals.
    claims_proved : bool or None
        What a plan that was read says about ``proved``; None for a plan made here.
    """

    goal: GoalName
    value: float
    best: float
    bound: float
    claims_proved: bool | None = field(default=None, compare=False)

    @property
    def proved(self) -> bool:
        """Whether no better ``best`` exists."""
        return abs(self.bound - self.best) <= TOLERANCE * max(1.0, abs(self.bound))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All seats of a block, with what is known about them.

    Parameters
    ----------
    problem_digest : str
        ``sha256:`` and 64 hexadecimal digits.
    status : SolveStatus
    seats : tuple of Seat
        Sorted by round order, table id, person id.
    goals : tuple of GoalValue
        In the problem's order.
    seed : int
    seconds : float
        Wall time of planning.
    solver : str
    """

    problem_digest: str
    status: SolveStatus
    seats: tuple[Seat, ...] = ()
    goals: tuple[GoalValue, ...] = ()
    seed: int = 1
    seconds: float = 0.0
    solver: str = ""

    def itinerary(self, person_id: str) -> tuple[Seat, ...]:
        """Return one person's seats in the order of the rounds."""
        return tuple(seat for seat in self.seats if seat.person == person_id)

    def seating(self, round_id: str) -> tuple[Seat, ...]:
        """Return all seats of one round, by table and person."""
        return tuple(seat for seat in self.seats if seat.round == round_id)

    def goal(self, name: GoalName) -> GoalValue | None:
        """Return the outcome of one goal, or None when it was not asked for."""
        return next((value for value in self.goals if value.goal == name), None)
