"""Plans changed by hand: what each change would do, and the changed plan as documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.services.planning.problem import pins_within
from app.services.planning.view import SeatView
from scheduler import jsonio
from scheduler.arrays import Arrays
from scheduler.bounds import goal_bound
from scheduler.capacity import Capacity
from scheduler.edits import Edit, GoalStep, Outcome, Scene, applied, edits_of, weigh
from scheduler.findings import Violation
from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import (
    MINIMISED,
    Composition,
    Count,
    Distinct,
    Goal,
    GoalName,
    NotAlone,
    Picker,
    Problem,
    Seat,
)
from scheduler.verify import verify

__all__ = [
    "Composition",
    "Count",
    "Distinct",
    "Edit",
    "Edited",
    "GoalName",
    "GoalStep",
    "NotAlone",
    "Outcome",
    "Picker",
    "Plan",
    "Problem",
    "Scene",
    "Violation",
    "edited",
    "edits_of",
    "pins_kept",
    "read_scene",
    "verify",
    "weigh",
]

_KEPT_SCENES = 4
"""Scenes of plans in hand, of about a megabyte each: one person's hand makes many requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A changed plan, as documents; ``violations`` is what the checker has against it."""

    problem: str
    problem_digest: str
    plan: str
    status: str
    violations: tuple[Violation, ...]


def read_scene(problem: str, plan: str, pins: Sequence[SeatView]) -> Scene:
    """Return a plan laid out for edits; of the pins, those hold that it keeps."""
    return _scene(problem, plan, tuple(pins))


@lru_cache(maxsize=_KEPT_SCENES)
def _scene(problem: str, plan: str, pins: tuple[SeatView, ...]) -> Scene:
    scene = Scene(jsonio.read_problem(problem), jsonio.read_plan(plan).seats)
    scene.pins = {
        (pin.person_id, pin.round_id): pin.table_id for pin in pins_kept(scene.table_of, pins)
    }
    return scene


def pins_kept(
    table_of: dict[str, dict[str, str]], pins: Sequence[SeatView]
) -> tuple[SeatView, ...]:
    """Return the pins that a plan keeps; ``table_of`` says by person and round who sits where."""
    return tuple(
        pin for pin in pins if table_of.get(pin.person_id, {}).get(pin.round_id) == pin.table_id
    )


def edited(
    problem_text: str, plan_text: str, scene: Scene, edit: Edit, pins: Sequence[SeatView]
) -> Edited:
    """Return a plan after an edit, checked as a whole; the problem takes the pins as they stand.

    Pins that the plan did not keep before are none of its rules: the next plan follows them.
    """
    before = jsonio.read_plan(plan_text)
    document = json.loads(problem_text)
    old_pins = document.pop("pins", [])
    new_pins = pins_within(pins_kept(scene.table_of, pins), document)
    if new_pins:
        document["pins"] = new_pins
    if new_pins != old_pins:
        problem_text = json.dumps(document, ensure_ascii=False)
        problem = jsonio.read_problem(problem_text)
    else:
        problem = scene.problem
    seats = applied(scene, edit)
    is_looser = any(pin not in new_pins for pin in old_pins)
    plan = Plan(
        problem_digest=jsonio.digest(problem),
        status=SolveStatus.FEASIBLE,
        seats=seats,
        goals=_claims(problem, before, seats, has_bounds=not is_looser),
        seed=before.seed,
        seconds=before.seconds,
        solver=before.solver,
    )
    return Edited(
        problem=problem_text,
        problem_digest=plan.problem_digest,
        plan=jsonio.write_plan(plan),
        status=plan.status.value,
        violations=verify(problem, plan),
    )


def _claims(
    problem: Problem, before: Plan, seats: tuple[Seat, ...], *, has_bounds: bool
) -> tuple[GoalValue, ...]:
    """Return what an edited plan may claim of its goals.

    A bound holds for plans whose earlier goals are as good as the plan's they were proved for. Once
    an edit gives up one of those, only what counting says about every plan is left.
    """
    values = Scene(problem, seats).values
    arrays = Arrays(problem)
    capacity = Capacity(arrays)
    known = {value.goal: value for value in before.goals}
    claims = []
    for entry in problem.goals_in_order:
        value, old = values[entry.goal], known.get(entry.goal)
        best = value if old is None else _best(entry, value, old.best)
        if old is not None and has_bounds:
            bound = old.bound
        else:
            bound = goal_bound(arrays, entry.goal, capacity)
        claims.append(GoalValue(goal=entry.goal, value=value, best=best, bound=bound))
        has_bounds = has_bounds and old is not None and not _is_worse(entry, best, old.best)
    return tuple(claims)


def _best(entry: Goal, value: float, best: float) -> float:
    """Return the best that a value still stands for: the old one while within its slack."""
    if _is_worse(entry, best, value) or _is_worse(entry, value, entry.limit(best)):
        return value
    return best


def _is_worse(entry: Goal, value: float, other: float) -> bool:
    loss = value - other if entry.goal in MINIMISED else other - value
    return loss > Scene.tolerance(other)
