"""What is known about a problem and the values wanted, and what a value is worth beside another."""

from __future__ import annotations

from enum import StrEnum

from scheduler.findings import Finding
from scheduler.plan import TOLERANCE
from scheduler.problem import MINIMISED, GoalName

Wanted = tuple[GoalName, float]


class Verdict(StrEnum):
    """What is known about a problem and the values wanted."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not_found"


def loses(goal: GoalName, value: float, wanted: float) -> bool:
    """Return whether a value is worse than wanted."""
    gap = wanted - value if goal not in MINIMISED else value - wanted
    return gap > TOLERANCE * max(1.0, abs(wanted))


def reaches(goal: GoalName, value: float, wanted: float) -> bool:
    """Return whether a value is as good as wanted."""
    return not loses(goal, value, wanted)


def beyond(goal: GoalName, value: float, bound: float | None = None) -> Finding:
    """Return the finding that a goal shall reach a value, with what is known to be the best."""
    message = f"{goal} shall be {value:g}"
    if bound is not None and loses(goal, bound, value):
        word = "at least" if goal in MINIMISED else "at most"
        message += f"; every plan has {word} {bound:g}"
    return Finding(rule=goal.value, message=f"{message}.")
