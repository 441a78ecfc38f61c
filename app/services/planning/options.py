"""What was asked of one plan besides its block's rules; kept on the run, never in the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.models import Block, Event, PlanRun
from app.services.planning.relaxing import relaxed
from app.services.planning.view import WayView
from scheduler.problem import DEFAULT_GOALS, Goal, GoalName, Problem

Rules = Mapping[str, Any]
CHANGES = GoalName.CHANGES.value
_SLACK = {goal.goal.value: goal.slack for goal in DEFAULT_GOALS if goal.slack}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """One way of asking.

    ``goals`` are names in order; none means those of the block. ``relax`` are orders as the planner
    gives them for a way out, each lifted from this plan only. ``want`` is a value that a goal shall
    reach: the plan answers whether it can.
    """

    goals: tuple[str, ...] = ()
    near_published: bool = True
    relax: tuple[str, ...] = ()
    want: tuple[str, float] | None = None

    def document(self) -> dict[str, Any]:
        """Return what differs from asking for nothing in particular, as JSON can hold it."""
        found: dict[str, Any] = {}
        if self.goals:
            found["goals"] = list(self.goals)
        if not self.near_published:
            found["anew"] = True
        if self.relax:
            found["relax"] = list(self.relax)
        if self.want is not None:
            found["want"] = list(self.want)
        return found

    def rules(self, rules: Rules) -> Rules:
        """Return a block's rules with the goals asked for."""
        if not self.goals:
            return rules
        own = {_name(goal): goal for goal in rules.get("goals") or ()}
        return {**rules, "goals": [own.get(name) or _entry(name) for name in self.goals]}

    def applied(self, problem: Problem) -> Problem:
        """Return the problem without what is given up for this plan, the wanted goal first."""
        found = relaxed(problem, self.relax) if self.relax else problem
        if self.want is None:
            return found
        name = GoalName(self.want[0])
        others = [goal for goal in found.goals_in_order if goal.goal is not name]
        return found.replace(goals=(Goal(goal=name), *others))


def read_options(document: Mapping[str, Any]) -> PlanOptions:
    """Return the options that a run was asked with."""
    want = document.get("want")
    return PlanOptions(
        goals=tuple(str(name) for name in document.get("goals", ())),
        near_published=not document.get("anew"),
        relax=tuple(str(order) for order in document.get("relax", ())),
        want=(str(want[0]), float(want[1])) if want else None,
    )


def after_way(run: PlanRun, way: WayView) -> PlanOptions:
    """Return how to ask for a run's plan again, after a way out that it found."""
    before = read_options(run.options)
    if way.settle and before.want is not None:
        return replace(before, want=way.settle[0])
    return replace(before, relax=(*before.relax, *way.orders))


def asking_for(run: PlanRun, wanted: tuple[str, float]) -> PlanOptions:
    """Return how to ask whether a run's plan could have a value."""
    return replace(read_options(run.options), want=wanted)


def block_of(event: Event, run: PlanRun) -> Block:
    """Return the block that a run plans."""
    return next(block for block in event.all_blocks if block.id == run.block_id)


def goals_of(rules: Rules) -> tuple[str, ...]:
    """Return the names of the goals that a block's rules ask for, in order."""
    goals: Sequence[Any] = rules.get("goals") or [goal.goal.value for goal in DEFAULT_GOALS]
    return tuple(name for name in map(_name, goals) if name != CHANGES)


def _name(goal: Any) -> str:
    return goal if isinstance(goal, str) else str(goal["goal"])


def _entry(name: str) -> Any:
    return {"goal": name, "slack": _SLACK[name]} if name in _SLACK else name
