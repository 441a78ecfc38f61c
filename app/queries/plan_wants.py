"""Questions that a plan leaves open: whether a goal could have all there is to have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models import PlanRun
from app.queries import plan_asked
from app.services import planning

Want = tuple[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with what it would ask the planner."""

    goal: str
    text: str


def questions(problem: Mapping[str, Any], plan: planning.PlanView) -> tuple[Question, ...]:
    """Return what is worth asking: a goal that has not all, unless no plan could have it."""
    found = []
    for goal in ("wishes_floor", "attendance_floor", "repeats"):
        wanted = _most(problem, goal)
        value = plan.goal(goal)
        if wanted is None or value is None or _has(goal, value.value, wanted[1]):
            continue
        found.append(Question(goal=goal, text=plan_asked.question(*wanted)))
    return tuple(found)


def wanted(run: PlanRun, goal: str) -> Want | None:
    """Return the value that a question asks for, None when there is no such question."""
    return _most(json.loads(run.problem), goal)


def _most(problem: Mapping[str, Any], goal: str) -> Want | None:
    if goal == "wishes_floor":
        wishing = {entry[0] for entry in problem.get("wishes", [])}
        return (goal, float(len(wishing))) if wishing else None
    if goal == "attendance_floor":
        return goal, float(len(problem["rounds"]))
    return (goal, 0.0) if goal == "repeats" else None


def _has(goal: str, value: float, wanted: float) -> bool:
    return value <= wanted if goal == "repeats" else value >= wanted
