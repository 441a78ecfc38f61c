"""Why there is no plan, or none that reaches a wanted value, and the cheapest ways out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scheduler.arrays import Arrays
from scheduler.atoms import Atom, atoms, lifted, more_room
from scheduler.bounds import goal_bound
from scheduler.errors import InvalidProblem
from scheduler.findings import Finding
from scheduler.model.linear import row, total
from scheduler.model.rounds import amount, build, history, size
from scheduler.model.solver import Outcome, run
from scheduler.model.symmetry import break_symmetry
from scheduler.model.window import all_free
from scheduler.params import SolveParams
from scheduler.plan import TOLERANCE, Plan
from scheduler.planner import solve
from scheduler.precheck import precheck
from scheduler.problem import MINIMISED, Goal, GoalName, Problem
from scheduler.road import seconds_left

Wanted = tuple[GoalName, float]
_MODEL_SIZE = 30_000
_TRY_S = 2.0
_MOST_WAYS = 6


class Verdict(StrEnum):
    """What is known about a problem and the values wanted."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A change after which a plan exists; tried, not guessed.

    Parameters
    ----------
    change : str
        What to do, as an order.
    effect : str
        What a plan of the changed problem reached.
    """

    change: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why not, and what to do.

    Parameters
    ----------
    verdict : Verdict
    findings : tuple of Finding
        Together they cannot hold; when ``verdict`` is ``impossible``, without any one of them
        the contradiction named here is gone.
    ways_out : tuple of WayOut
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    ways_out: tuple[WayOut, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return the explanation for a reader, a line each."""
        heads = {
            Verdict.POSSIBLE: "A plan exists.",
            Verdict.IMPOSSIBLE: "No plan can keep all of these:",
            Verdict.NOT_FOUND: "No plan was found in time, and nothing is proved.",
        }
        findings = [f"  {finding.rule}: {finding.message}" for finding in self.findings]
        ways = [f"  {way.change}: {way.effect}" for way in self.ways_out]
        return (heads[self.verdict], *findings, *(["Ways out, tried:", *ways] if ways else []))

    def document(self) -> dict[str, Any]:
        """Return the explanation as plain values for JSON."""
        return {
            "verdict": self.verdict.value,
            "findings": [
                {
                    "rule": finding.rule,
                    "message": finding.message,
                    "people": list(finding.people),
                    "tables": list(finding.tables),
                    "rounds": list(finding.rounds),
                    "suggestions": list(finding.suggestions),
                }
                for finding in self.findings
            ],
            "ways_out": [{"change": way.change, "effect": way.effect} for way in self.ways_out],
        }


def explain(
    problem: Problem,
    wanted: tuple[Wanted, ...] = (),
    time_limit_s: float = 10.0,
    seed: int = 1,
) -> Explanation:
    """Say why no plan exists, or none that reaches the wanted values.

    Parameters
    ----------
    problem : Problem
    wanted : tuple of (GoalName, float)
        Values that a plan shall reach, all of them at once.
    time_limit_s : float
    seed : int
    """
    judge = Judge(wanted, time.perf_counter() + time_limit_s, seed)
    verdict = judge.judge(problem)
    if verdict is not Verdict.IMPOSSIBLE:
        return Explanation(verdict=verdict)
    pieces = atoms(problem)
    core = irreducible(problem, pieces, judge)
    ways = _ways_out(problem, core, judge)
    found = tuple(_finding(atom) for atom in core)
    counted = judge.counted(problem) if not core else ()
    goals = tuple(_goal_finding(problem, goal, value) for goal, value in wanted)
    return Explanation(verdict=verdict, findings=(*found, *counted, *goals), ways_out=ways)


@dataclass(eq=False)
class Judge:
    """Says whether a problem has a plan that reaches the wanted values."""

    wanted: tuple[Wanted, ...]
    deadline: float
    seed: int
    plans: dict[int, Plan] = field(default_factory=dict)

    def judge(self, problem: Problem) -> Verdict:
        """Return what is known; ``impossible`` is proved, ``possible`` has a plan."""
        if self.counted(problem):
            return Verdict.IMPOSSIBLE
        arrays = Arrays(problem)
        if size(arrays, [Goal(goal=goal) for goal, _ in self.wanted]) <= _MODEL_SIZE:
            return self._by_model(arrays)
        plan = self.attempt(problem)
        return Verdict.POSSIBLE if plan is not None else Verdict.NOT_FOUND

    def counted(self, problem: Problem) -> tuple[Finding, ...]:
        """Return the counting proofs against a problem and the wanted values."""
        found = precheck(problem)
        if found:
            return found
        arrays = Arrays(problem)
        return tuple(
            _goal_finding(problem, goal, value)
            for goal, value in self.wanted
            if not reaches(goal, goal_bound(arrays, goal), value)
        )

    def _by_model(self, arrays: Arrays) -> Verdict:
        window = build(arrays, history(arrays), all_free(arrays))
        break_symmetry(window)
        for goal, value in self.wanted:
            sense = "<=" if goal in MINIMISED else ">="
            room = TOLERANCE if goal in MINIMISED else -TOLERANCE
            window.add(row(f"wanted_{goal}", amount(window, goal), sense, value + room))
        window.model.objective = total([(0, 0)])
        solution = run(window.model, time_limit_s=seconds_left(self.deadline), seed=self.seed)
        if solution.outcome is Outcome.INFEASIBLE:
            return Verdict.IMPOSSIBLE
        return Verdict.POSSIBLE if solution.has_values else Verdict.NOT_FOUND

    def attempt(self, problem: Problem) -> Plan | None:
        """Return a plan that reaches the wanted values, or None where none was found."""
        left = min(_TRY_S, seconds_left(self.deadline))
        if left <= 0:
            return None
        first = tuple(Goal(goal=goal) for goal, _ in self.wanted)
        goals = first or (Goal(goal=GoalName.ATTENDANCE_FLOOR), Goal(goal=GoalName.ATTENDANCE))
        plan = solve(problem.replace(goals=goals), SolveParams(time_limit_s=left, seed=self.seed))
        fine = plan.seats and all(
            reaches(value.goal, value.value, wanted)
            for value, (_, wanted) in zip(plan.goals, self.wanted, strict=False)
        )
        return plan if fine else None


def reaches(goal: GoalName, value: float, wanted: float) -> bool:
    """Return whether a value is as good as wanted."""
    gap = wanted - value if goal not in MINIMISED else value - wanted
    return gap <= TOLERANCE * max(1.0, abs(wanted))


def irreducible(problem: Problem, pieces: Sequence[Atom], judge: Judge) -> tuple[Atom, ...]:
    """Return pieces that cannot hold together, none of which can be left out.

    Whole rules first, then halves of what is left, then single pieces: each is lifted where the
    rest stays impossible. What could not be judged in time is kept.
    """
    by_rule: dict[str, list[Atom]] = {}
    for piece in pieces:
        by_rule.setdefault(piece.rule, []).append(piece)
    kept = list(pieces)
    chunks = list(by_rule.values())
    while chunks:
        chunk = [piece for piece in chunks.pop(0) if piece in kept]
        if not chunk or seconds_left(judge.deadline) == 0:
            continue
        gone = [piece for piece in pieces if piece not in kept or piece in chunk]
        if _judge(judge, problem, gone) is Verdict.IMPOSSIBLE:
            kept = [piece for piece in kept if piece not in chunk]
        elif len(chunk) > 1:
            half = len(chunk) // 2
            chunks = [chunk[:half], chunk[half:], *chunks]
    return tuple(kept)


def _judge(judge: Judge, problem: Problem, gone: Sequence[Atom]) -> Verdict:
    try:
        return judge.judge(lifted(problem, gone))
    except InvalidProblem:
        return Verdict.NOT_FOUND


def _ways_out(problem: Problem, core: tuple[Atom, ...], judge: Judge) -> tuple[WayOut, ...]:
    """Try each piece of the contradiction, and more room; then pieces of what is still wrong."""
    ways: list[WayOut] = []
    for atom in (*core, *more_room(problem)):
        if seconds_left(judge.deadline) == 0 or len(ways) >= _MOST_WAYS:
            break
        effect = _effect(lifted(problem, [atom]), judge)
        if effect:
            ways.append(WayOut(change=atom.way_out, effect=effect))
    return tuple(ways) or _combined(problem, core, judge)


def _combined(problem: Problem, core: tuple[Atom, ...], judge: Judge) -> tuple[WayOut, ...]:
    """Lift one piece of each contradiction in turn until a plan exists."""
    gone: list[Atom] = []
    while core and seconds_left(judge.deadline) > 0:
        gone.append(core[0])
        rest = lifted(problem, gone)
        effect = _effect(rest, judge)
        if effect:
            change = "; ".join(atom.way_out for atom in gone)
            return (WayOut(change=change, effect=effect),)
        if judge.judge(rest) is not Verdict.IMPOSSIBLE:
            return ()
        core = irreducible(rest, atoms(rest), judge)
    return ()


def _effect(problem: Problem, judge: Judge) -> str:
    """Return what a plan of a changed problem reaches, nothing where none was found."""
    if judge.counted(problem):
        return ""
    plan = judge.attempt(problem)
    if plan is None:
        return ""
    values = ", ".join(f"{value.goal} {value.value:g}" for value in plan.goals)
    return f"a plan with {values}"


def _finding(atom: Atom) -> Finding:
    return Finding(
        rule=atom.rule,
        message=f"{atom.what}.",
        people=atom.people,
        tables=atom.tables,
        rounds=atom.rounds,
        suggestions=(f"{atom.way_out[0].upper()}{atom.way_out[1:]}.",),
    )


def _goal_finding(problem: Problem, goal: GoalName, value: float) -> Finding:
    bound = goal_bound(Arrays(problem), goal)
    word = "at least" if goal in MINIMISED else "at most"
    message = f"{goal} shall be {value:g}; no plan beats {bound:g} ({word})."
    return Finding(rule=goal.value, message=message)
