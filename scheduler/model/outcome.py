"""What a solver's run gave: an outcome of our own, whatever the solver calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

OnBound = Callable[[float | None, float | None], bool]
"""Told the best objective and bound now and then; returns False to stop the run."""


class Outcome(StrEnum):
    """What a run proved."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What a run gave; the values themselves stand in the model's variables.

    Attributes
    ----------
    outcome : Outcome
    objective, bound : float or None
        In the model's own sense; None where the solver gave none.
    """

    outcome: Outcome
    objective: float | None = None
    bound: float | None = None

    @property
    def has_values(self) -> bool:
        """Whether the variables hold a solution."""
        return self.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """When a run stops, and what it depends on.

    Attributes
    ----------
    time_limit_s : float
        Wall seconds. The one stop that is not deterministic.
    seed : int
    gap : float
        Relative gap at which to stop; above 0 an ``OPTIMAL`` outcome is optimal within it only.
    threads : int
    nodes : int or None
        At most so many nodes of branch and bound: a deterministic stop (HiGHS and CBC).
    ticks : int or None
        At most so many of the solver's own looks at its interrupt flag: a deterministic stop
        that comes sooner than a node where nodes are dear (HiGHS only).
    """

    time_limit_s: float
    seed: int = 1
    gap: float = 0.0
    threads: int = 1
    nodes: int | None = None
    ticks: int | None = None
