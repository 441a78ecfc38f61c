"""What a plan says, in the application's own words and values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import Goal, Problem

_GOALS = {
    "attendance_floor": "rounds of whoever has fewest",
    "attendance": "seats in all",
    "hosts_floor": "rounds of the least busy host",
    "wishes_floor": "people with a wish granted",
    "wishes": "wishes granted",
    "fit_floor": "match of whoever is served worst",
    "fit": "match in all",
    "repeats": "meetings for a second time",
    "stage_mix": "career stages met",
    "balance": "uneven tables",
    "changes": "seats changed",
}
_NEAR = 0.1
"""Beyond this a percentage says less than "best found"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """The fact (person, round, table), as ids of the problem."""

    person_id: str
    round_id: str
    table_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal's outcome; ``bound`` is None when nothing is proved about it."""

    name: str
    label: str
    value: float
    best: float
    bound: float | None
    proved: bool

    @property
    def gap(self) -> float:
        """How far the best possible may be away, relative to it."""
        if self.proved:
            return 0.0
        if self.bound is None:
            return math.inf
        return abs(self.bound - self.best) / max(1.0, abs(self.bound))

    @property
    def words(self) -> str:
        """How good it is, honestly."""
        if self.proved:
            return "proved best"
        if self.gap <= _NEAR:
            return f"within {_percent(self.gap)} of the best possible"
        return "best found"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """A change that was tried and leads to a plan.

    ``orders`` are the planner's; ``values`` is what its plan reached, by goal. ``settle`` is what a
    wanted goal would have to be content with instead. A general way names no person and no table.
    """

    orders: tuple[str, ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    settle: tuple[tuple[str, float], ...] = ()
    is_general: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """Why there is no plan, or something to know about one; ids of the problem.

    A confidential one may come from who asked not to sit with whom: pages say "the rules" instead.
    Where that is not known, it is.
    """

    rule: str
    message: str
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    ways: tuple[WayView, ...] = ()
    is_confidential: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with its seats, goals and an honest status in words."""

    status: str
    words: str
    seats: tuple[SeatView, ...]
    goals: tuple[GoalView, ...]
    findings: tuple[FindingView, ...]
    seed: int
    seconds: float
    solver: str

    @property
    def has_seats(self) -> bool:
        """Whether this is a plan that can be published."""
        return self.status in {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE}

    def goal(self, name: str) -> GoalView | None:
        """Return the outcome of one goal, None when it was not asked for."""
        return next((goal for goal in self.goals if goal.name == name), None)


def view_plan(plan: Plan, findings: tuple[FindingView, ...] = ()) -> PlanView:
    """Return a plan as the application shows it."""
    goals = tuple(_view_goal(goal) for goal in plan.goals)
    return PlanView(
        status=plan.status.value,
        words=_words(plan, goals),
        seats=tuple(
            SeatView(person_id=seat.person, round_id=seat.round, table_id=seat.table)
            for seat in plan.seats
        ),
        goals=goals,
        findings=findings,
        seed=plan.seed,
        seconds=plan.seconds,
        solver=plan.solver,
    )


def goal_label(name: str) -> str:
    """Return what a goal counts."""
    return _GOALS.get(name, name.replace("_", " "))


def wanted_goals(problem: Problem) -> tuple[Goal, ...]:
    """Return the goals that the planner takes in turn."""
    return problem.goals_in_order


def view_finding(entry: Mapping[str, object]) -> FindingView:
    """Return a finding kept as JSON; confidential unless it says that it is not."""

    def texts(key: str) -> tuple[str, ...]:
        value = entry.get(key, ())
        return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()

    return FindingView(
        rule=str(entry.get("rule", "")),
        message=str(entry.get("message", "")),
        people=texts("people"),
        tables=texts("tables"),
        rounds=texts("rounds"),
        suggestions=texts("suggestions"),
        ways=_view_ways(entry.get("ways")),
        is_confidential=entry.get("is_confidential") is not False,
    )


def _view_ways(entries: Any) -> tuple[WayView, ...]:
    return tuple(
        WayView(
            orders=tuple(str(order) for order in entry["orders"]),
            values=tuple((str(goal), float(value)) for goal, value in entry["values"]),
            settle=tuple((str(goal), float(value)) for goal, value in entry["settle"]),
            is_general=entry["is_general"] is True,
        )
        for entry in entries or ()
    )


def _view_goal(goal: GoalValue) -> GoalView:
    return GoalView(
        name=goal.goal.value,
        label=goal_label(goal.goal.value),
        value=goal.value,
        best=goal.best,
        bound=goal.bound if math.isfinite(goal.bound) else None,
        proved=goal.proved,
    )


def _words(plan: Plan, goals: tuple[GoalView, ...]) -> str:
    if plan.status is SolveStatus.INFEASIBLE:
        return "no plan can keep the rules of this event"
    if plan.status is SolveStatus.UNKNOWN:
        return "no plan was found in time; whether there is one is not known"
    if plan.status is SolveStatus.OPTIMAL:
        return "proved best"
    worst = max((goal.gap for goal in goals), default=0.0)
    if worst <= _NEAR:
        return f"within {_percent(worst)} of the best possible"
    return f"best found in {max(1, round(plan.seconds))} seconds"


def _percent(gap: float) -> str:
    percent = math.ceil(gap * 1000) / 10
    return f"{percent:g} %"
