"""Which findings may be read by everybody who plans: those that stand without any "not with".

Whether somebody asked not to sit with somebody else is never looked for in words. The planner is
asked again without any pair kept apart; what it still finds cannot speak of them, because it never
heard of them. Everything else is confidential, and so is every rule that is not known to be open.
Pairs kept apart by their affiliation are treated alike: else silence would give the others away.
"""

from __future__ import annotations

import dataclasses

from app.services.planning.view import FindingView, view_finding
from scheduler.explain import Explanation, Verdict, explain
from scheduler.findings import Finding
from scheduler.precheck import precheck
from scheduler.problem import Problem

EXPLAIN_S = 8.0
_OPEN_RULES = frozenset(
    {
        "availability",
        "composition",
        "max_rounds",
        "min_rounds",
        "must_meet",
        "needs",
        "pins",
        "repeats",
        "seats",
        "together",
    }
)
_NO_REASON = Finding(rule="rules", message="The rules of this event cannot hold together.")


def counted(problem: Problem) -> tuple[FindingView, ...]:
    """Return what counting finds against a problem before anything is planned."""
    open_ = frozenset(precheck(_without_apart(problem)))
    return tuple(
        _view(one, is_confidential=one not in open_ or one.rule not in _OPEN_RULES)
        for one in precheck(problem)
    )


def explained(problem: Problem, *, time_limit_s: float = EXPLAIN_S) -> tuple[FindingView, ...]:
    """Return what cannot hold together in a problem without a plan, and the ways out.

    They are one statement: one confidential rule among them makes all of them confidential.
    """
    shown = _without_apart(problem)
    explanation = explain(shown, time_limit_s=time_limit_s)
    if explanation.verdict is Verdict.IMPOSSIBLE:
        is_confidential = any(one.rule not in _OPEN_RULES for one in explanation.findings)
    else:
        is_confidential = True
        if shown != problem:
            explanation = explain(problem, time_limit_s=time_limit_s / 2)
    return tuple(_view(one, is_confidential=is_confidential) for one in _findings(explanation))


def _without_apart(problem: Problem) -> Problem:
    return problem.replace(keep_apart=(), keep_apart_same=())


def _findings(explanation: Explanation) -> tuple[Finding, ...]:
    ways = tuple(f"{way.change}: {way.effect}" for way in explanation.ways_out)
    *findings, last = explanation.findings or (_NO_REASON,)
    return (*findings, dataclasses.replace(last, suggestions=(*last.suggestions, *ways)))


def _view(finding: Finding, *, is_confidential: bool) -> FindingView:
    return view_finding(dataclasses.asdict(finding) | {"is_confidential": is_confidential})
