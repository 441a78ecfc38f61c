"""A plan at once, without a database: for the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.services.planning.child import solve
from app.services.planning.problem import LeftOut, Rules, prepare
from app.services.planning.view import PlanView, goal_label, view_plan
from app.services.roster import Roster
from scheduler import jsonio
from scheduler.params import Progress, SolveParams

Watch = Callable[[float, str, float | None, float | None], None]
"""Told seconds, goal in words, value so far and bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The two documents of the planner's contract, and what they say."""

    plan: PlanView
    problem_json: str
    plan_json: str
    hosts: dict[str, str]
    left_out: tuple[LeftOut, ...]


def plan_now(
    roster: Roster, rules: Rules, *, time_limit_s: float, seed: int, watch: Watch
) -> Planned:
    """Plan a roster in this process; the planner has its own answer checked before it returns."""
    prepared = prepare(roster, rules)

    def report(progress: Progress) -> None:
        watch(progress.seconds, goal_label(progress.goal), progress.value, progress.bound)

    params = SolveParams(time_limit_s=time_limit_s, seed=seed)
    plan, findings = solve(prepared.problem, params, report)
    return Planned(
        plan=view_plan(plan, findings),
        problem_json=jsonio.write_problem(prepared.problem),
        plan_json=jsonio.write_plan(plan),
        hosts=dict(prepared.hosts),
        left_out=prepared.left_out,
    )
