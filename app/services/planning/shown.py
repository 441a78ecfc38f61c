"""A run's problem and plan as documents that may leave the house.

What tells whom somebody would rather not sit with, or wishes for, is not in them. A pair kept apart
has no score, so scores would tell it too. What somebody answered to a question is theirs.
"""

from __future__ import annotations

import json
from typing import Any

from app.models import PlanRun

WITHHELD = ("keep_apart", "wishes", "fit", "table_fit")
_OF_PEOPLE = ("traits",)
_OF_PLANS = ("format", "problem_digest", "status", "seats", "goals", "seed", "seconds", "solver")


def shown_problem(run: PlanRun) -> dict[str, Any]:
    """Return the problem without confidences; ``x_withheld`` names what is not in it."""
    problem: dict[str, Any] = json.loads(run.problem)
    kept = {key: value for key, value in problem.items() if key not in WITHHELD}
    kept["people"] = [
        {key: value for key, value in person.items() if key not in _OF_PEOPLE}
        for person in problem["people"]
    ]
    return kept | {"x_withheld": [*WITHHELD, *_OF_PEOPLE]}


def shown_plan(run: PlanRun) -> dict[str, Any] | None:
    """Return the plan, None before there is one; it holds opaque ids, seats and goals."""
    if run.plan is None:
        return None
    plan: dict[str, Any] = json.loads(run.plan)
    return {key: plan[key] for key in _OF_PLANS if key in plan}
