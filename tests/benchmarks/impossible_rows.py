"""P10: whether what ``explain`` says is so, tried by planning again."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.errors import InvalidProblem
from scheduler.explain import Judge, Verdict
from scheduler.params import SolveParams
from scheduler.plan import TOLERANCE, SolveStatus
from scheduler.planner import solve
from scheduler.problem import MINIMISED, Goal, GoalName, Problem
from scheduler.verify import verify_seats
from scheduler.verify.goals import VALUES
from scheduler.verify.view import View
from tests.benchmarks.impossible import Case, impossible
from tests.benchmarks.impossible_wants import unreachable
from tests.benchmarks.measure import Bench, Took, Wanted
from tests.benchmarks.relaxed import document, pieces, relaxed
from tests.benchmarks.report import Figure, Row

MOST_SECONDS = 10.0
TRY_S = 5.0
ANY = (Goal(goal=GoalName.ATTENDANCE_FLOOR),)
PLANNED = {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE}
MOST_DROPPED = 6
"""Elements of a large set that are dropped one by one; drawn by chance."""


@dataclass(slots=True, kw_only=True)
class Checked:
    """What held of one explanation."""

    name: str
    took: Took
    is_impossible: bool = False
    names_causes: bool = False
    is_irreducible: bool = False
    way_works: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        held = self.is_impossible and self.names_causes and self.is_irreducible and self.way_works
        return held and self.took.seconds <= MOST_SECONDS


def is_as_good(goal: GoalName, value: float, wanted: float) -> bool:
    room = TOLERANCE * max(1.0, abs(wanted))
    return value <= wanted + room if goal in MINIMISED else value >= wanted - room


def found(problem: Problem, wanted: Wanted, stricter: Sequence[Problem] = ()) -> bool:
    """Return whether planning again finds a plan that reaches the values.

    A plan of a stricter problem will do, as long as the checker finds it to be one.
    """
    goals = tuple(Goal(goal=goal) for goal, _ in wanted) or ANY
    for asked in (problem, *stricter):
        plan = solve(asked.replace(goals=goals), SolveParams(time_limit_s=TRY_S))
        if plan.status in PLANNED and not verify_seats(problem, plan.seats):
            view = View(problem, plan.seats)
            if all(is_as_good(goal, VALUES[goal](view), least) for goal, least in wanted):
                return True
    return False


def proved_impossible(problem: Problem, wanted: Wanted) -> bool:
    judge = Judge(wanted, float("inf"), 1)
    return judge.judge(problem) is Verdict.IMPOSSIBLE


def named(problem: Problem, findings: Sequence[dict[str, Any]]) -> list[str]:
    """Return the orders that give up the pieces which the findings speak of."""
    said = [suggestion for finding in findings for suggestion in finding["suggestions"]]
    known = pieces(document(problem))
    orders = [f"{words[0].lower()}{words[1:-1]}" for words in said]
    return [order for order in dict.fromkeys(orders) if order in known]


def is_irreducible(case: Case, core: Sequence[str]) -> bool:
    """Return whether the set alone clashes, and no more without any one of it."""
    others = [order for order in pieces(document(case.problem)) if order not in core]
    if not proved_impossible(relaxed(case.problem, others), case.wanted):
        return False
    strict = [order for order in others if not order.endswith(" meet twice")]
    some = random.Random(1).sample(list(core), min(MOST_DROPPED, len(core)))
    return all(
        found(
            relaxed(case.problem, [*others, order]),
            case.wanted,
            [relaxed(case.problem, [*strict, order])] if strict != others else (),
        )
        for order in some
    )


def way_works(case: Case, way: dict[str, Any]) -> bool:
    """Return whether a change, told in words, leads to a plan."""
    if way["wanted"]:
        return found(case.problem, tuple((GoalName(g), value) for g, value in way["wanted"]))
    try:
        changed = relaxed(case.problem, way["change"].split("; "), way["effect"])
    except (InvalidProblem, KeyError):
        return False
    return found(changed, case.wanted)


def check(bench: Bench, case: Case) -> Checked:
    """Ask for an explanation and try everything it says."""
    explanation, took = bench.explain(case.problem, case.wanted)
    findings = explanation["findings"]
    core = named(case.problem, findings)
    goals = {goal for goal, _ in case.wanted}
    rules = {finding["rule"] for finding in findings} - goals
    people = {name for finding in findings for name in finding["people"]}
    checked = Checked(
        name=case.name,
        took=took,
        is_impossible=explanation["verdict"] == Verdict.IMPOSSIBLE,
        names_causes=bool(findings) and rules <= case.rules and case.people <= people,
        is_irreducible=is_irreducible(case, core),
        way_works=any(way_works(case, way) for way in explanation["ways_out"]),
        said=[f"{finding['rule']}: {finding['message']}" for finding in findings]
        + [f"way out: {way['change']}" for way in explanation["ways_out"]],
    )
    if not checked.is_good and bench.folder is not None:
        print(f"P10 does not hold: {checked}", file=sys.stderr)  # noqa: T201
    return checked


def p10(bench: Bench) -> Iterator[Row]:
    for part, cases in (("infeasible", impossible()), ("wanted", unreachable())):
        some = cases[::10] if bench.tenth else cases
        checked = [check(bench, case) for case in some]
        slowest = max(checked, key=lambda one: one.took.seconds)
        counts = {
            "proved": sum(one.is_impossible for one in checked),
            "causes named": sum(one.names_causes for one in checked),
            "irreducible": sum(one.is_irreducible for one in checked),
            "a way out works": sum(one.way_works for one in checked),
        }
        figures = [Figure(name=name, value=n, least=len(some)) for name, n in counts.items()]
        worst = Figure(name="slowest s", value=round(slowest.took.seconds, 2), most=MOST_SECONDS)
        yield Row(case="P10", part=part, figures=(*figures, worst), took=slowest.took)
