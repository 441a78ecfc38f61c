"""Why there is no plan, or none that reaches a wanted value, and the cheapest ways out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from scheduler.arrays import Arrays
from scheduler.atoms import Atom, atoms
from scheduler.bounds.held import Limits
from scheduler.explain.core import Core, irreducible
from scheduler.explain.judge import Judge
from scheduler.explain.relaxations import WayOut, ways_out
from scheduler.explain.verdict import Verdict, Wanted, beyond, reaches
from scheduler.findings import Finding
from scheduler.problem import Problem
from scheduler.road import earlier

__all__ = [
    "Core",
    "Explanation",
    "Judge",
    "Verdict",
    "WayOut",
    "explain",
    "irreducible",
    "reaches",
]
_CORE_SHARE = 0.75
"""Of the time: for finding the contradiction; the rest is for the ways out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why not, and what to do.

    Parameters
    ----------
    verdict : Verdict
    findings : tuple of Finding
        When ``verdict`` is ``impossible``: what cannot hold together.
    ways_out : tuple of WayOut
        The easiest to give first.
    is_irreducible : bool
        Whether a plan was found without each one of the findings, so that none of them can be
        left out. Where time was too short for that, some may be there for nothing.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    is_irreducible: bool = False

    def lines(self) -> tuple[str, ...]:
        """Return the explanation for a reader, a line each."""
        heads = {
            Verdict.POSSIBLE: "A plan exists.",
            Verdict.IMPOSSIBLE: "No plan can keep all of these:"
            if self.is_irreducible
            else "No plan can keep all of these (some may not matter; time was short):",
            Verdict.NOT_FOUND: "No plan was found in time, and nothing is proved.",
        }
        findings = [f"  {finding.rule}: {finding.message}" for finding in self.findings]
        ways = [f"  {way.change}: {way.effect}" for way in self.ways_out]
        return (heads[self.verdict], *findings, *(["Ways out, tried:", *ways] if ways else []))

    def document(self) -> dict[str, Any]:
        """Return the explanation as plain values for JSON."""
        return {
            "verdict": self.verdict.value,
            "irreducible": self.is_irreducible,
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
            "ways_out": [
                {
                    "change": way.change,
                    "effect": way.effect,
                    "wanted": [[goal.value, value] for goal, value in way.wanted],
                }
                for way in self.ways_out
            ],
        }


def explain(
    problem: Problem,
    wanted: tuple[Wanted, ...] = (),
    time_limit_s: float = 8.5,
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
    end = time.perf_counter() + time_limit_s
    judge = Judge(wanted, earlier(end, _CORE_SHARE * time_limit_s), seed)
    verdict = judge.judge(problem)
    if verdict is not Verdict.IMPOSSIBLE:
        return Explanation(verdict=verdict)
    judge = _fewer_wants(problem, judge)
    core = irreducible(problem, atoms(problem), judge)
    counted = judge.counted(problem) if not core.pieces and not judge.wanted else ()
    ways = ways_out(problem, core.pieces, Judge(wanted, end, seed))
    return Explanation(
        verdict=verdict,
        findings=(*map(_finding, core.pieces), *counted, *_wishes(problem, judge)),
        ways_out=ways,
        is_irreducible=core.is_irreducible,
    )


def _fewer_wants(problem: Problem, judge: Judge) -> Judge:
    """Leave out the wanted values without which the others are still out of reach."""
    for want in judge.wanted:
        rest = Judge(tuple(w for w in judge.wanted if w != want), judge.deadline, judge.seed)
        if judge.wanted and rest.judge(problem) is Verdict.IMPOSSIBLE:
            judge = rest
    return judge


def _wishes(problem: Problem, judge: Judge) -> tuple[Finding, ...]:
    limits, held = Limits(Arrays(problem)), dict(judge.wanted)
    return tuple(beyond(goal, value, limits.of(goal, held)) for goal, value in judge.wanted)


def _finding(atom: Atom) -> Finding:
    return Finding(
        rule=atom.rule,
        message=f"{atom.what}.",
        people=atom.people,
        tables=atom.tables,
        rounds=atom.rounds,
        suggestions=(f"{atom.way_out[0].upper()}{atom.way_out[1:]}.",),
    )
