"""The knobs of a solve, and what it reports while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveParams:
    """How long and from which seed to plan.

    Parameters
    ----------
    time_limit_s : float
        Wall seconds from the call on; kept within 2 s or 10 %.
    seed : int
        Same problem, parameters and seed give the same seats unless time ran out.
    """

    time_limit_s: float = 60.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Check the ranges."""
        if not 0 < self.time_limit_s <= 86_400:
            msg = "Expected time_limit_s in (0, 86400]."
            raise ValueError(msg)
        if not 0 <= self.seed < 2**31:
            msg = "Expected seed in [0, 2**31)."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What stands at a moment of a solve.

    Parameters
    ----------
    seconds : float
        Since the solve began.
    goal : str
        The goal whose turn it is.
    value, bound : float or None
        Best so far and proven limit, where known.
    """

    seconds: float
    goal: str
    value: float | None
    bound: float | None


OnProgress = Callable[[Progress], bool | None]
"""Called at each step; returning False asks to stop and keep the best plan so far."""
