"""P10: whether what ``explain`` says is so, tried by planning again."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.atoms import Atom, atoms, lifted
from scheduler.errors import InvalidProblem
from scheduler.explain import Judge, Verdict
from scheduler.explain.relaxations import finer
from scheduler.params import SolveParams
from scheduler.plan import TOLERANCE, SolveStatus
from scheduler.planner import solve
from scheduler.problem import MINIMISED, Goal, GoalName, Problem
from scheduler.relax import more_room
from tests.benchmarks.impossible import Case, impossible
from tests.benchmarks.impossible_wants import unreachable
from tests.benchmarks.measure import Bench, Took, Wanted
from tests.benchmarks.report import Figure, Row

MOST_SECONDS = 10.0
TRY_S = 5.0
ANY = (Goal(goal=GoalName.ATTENDANCE_FLOOR),)
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


def found(problem: Problem, wanted: Wanted) -> bool:
    """Return whether planning again finds a plan that reaches the values."""
    goals = tuple(Goal(goal=goal) for goal, _ in wanted) or ANY
    plan = solve(problem.replace(goals=goals), SolveParams(time_limit_s=TRY_S))
    reached = not wanted or all(
        is_as_good(value.goal, value.value, least)
        for value, (_, least) in zip(plan.goals, wanted, strict=True)
    )
    return plan.status in {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE} and reached


def proved_impossible(problem: Problem, wanted: Wanted) -> bool:
    judge = Judge(wanted, float("inf"), 1)
    return judge.judge(problem) is Verdict.IMPOSSIBLE


def named(problem: Problem, findings: Sequence[dict[str, object]]) -> list[Atom]:
    """Return the pieces of rules that the findings speak of."""
    said = {finding["message"] for finding in findings}
    return [atom for atom in atoms(problem) if f"{atom.what}." in said]


def is_irreducible(case: Case, core: Sequence[Atom]) -> bool:
    """Return whether the set alone clashes, and no more without any one of it."""
    parts = {(atom.rule, atom.what) for atom in core}
    others = [atom for atom in atoms(case.problem) if (atom.rule, atom.what) not in parts]
    if not proved_impossible(lifted(case.problem, others), case.wanted):
        return False
    some = random.Random(1).sample(list(core), min(MOST_DROPPED, len(core)))
    return all(found(lifted(case.problem, [*others, atom]), case.wanted) for atom in some)


def way_works(case: Case, way: dict[str, Any]) -> bool:
    """Return whether a change, told in words, leads to a plan."""
    if way["wanted"]:
        return found(case.problem, tuple((GoalName(g), value) for g, value in way["wanted"]))
    pieces = (*atoms(case.problem), *more_room(case.problem), *finer(case.problem))
    known = {atom.way_out: atom for atom in pieces}
    try:
        changed = lifted(case.problem, [known[part] for part in way["change"].split("; ")])
        return found(changed, case.wanted)
    except (InvalidProblem, KeyError):
        return False


def check(bench: Bench, case: Case) -> Checked:
    """Ask for an explanation and try everything it says."""
    document, took = bench.explain(case.problem, case.wanted)
    findings = document["findings"]
    core = named(case.problem, findings)
    goals = {goal for goal, _ in case.wanted}
    rules = {finding["rule"] for finding in findings} - goals
    people = {name for finding in findings for name in finding["people"]}
    checked = Checked(
        name=case.name,
        took=took,
        is_impossible=document["verdict"] == Verdict.IMPOSSIBLE,
        names_causes=bool(findings) and rules <= case.rules and case.people <= people,
        is_irreducible=is_irreducible(case, core),
        way_works=any(way_works(case, way) for way in document["ways_out"]),
        said=[f"{finding['rule']}: {finding['message']}" for finding in findings]
        + [f"way out: {way['change']}" for way in document["ways_out"]],
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
