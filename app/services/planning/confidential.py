"""Which findings may be read by everybody who plans: those that stand without any "not with".

Whether somebody asked not to sit with somebody else is never looked for in words. The planner is
asked again without any pair kept apart; what it still finds cannot speak of them, because it never
heard of them. Everything else is confidential, and so is every rule that is not known to be open.
Pairs kept apart by their affiliation are treated alike: else silence would give the others away.
"""

from __future__ import annotations

import dataclasses
import time

from app.services.planning.view import FindingView, WayView, view_finding
from scheduler.capacity import Capacity
from scheduler.explain import Explanation, Verdict, WayOut, explain
from scheduler.findings import Finding
from scheduler.precheck import counted_out, precheck
from scheduler.problem import GoalName, Problem

Want = tuple[str, float]
EXPLAIN_S = 8.0
LEAST_S = 2.0
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
_GENERAL_RULES = frozenset({"composition", "rounds", "seats"})
"""Rules that can be given up without naming anybody: who reads of it learns of nobody."""
_NO_REASON = Finding(rule="rules", message="The rules of this event cannot hold together.")


def counted(problem: Problem, capacity: Capacity | None = None) -> tuple[FindingView, ...]:
    """Return what counting finds against a problem before anything is planned.

    Pass the ``capacity`` of the same problem where it is known already.
    """
    found = precheck(problem) if capacity is None else counted_out(capacity)
    if not found:
        return ()
    shown = _without_apart(problem)
    open_ = frozenset(found if shown == problem else precheck(shown))
    return tuple(
        _view(one, is_confidential=one not in open_ or one.rule not in _OPEN_RULES) for one in found
    )


def explained(
    problem: Problem, wanted: Want | None = None, *, time_limit_s: float = EXPLAIN_S
) -> tuple[FindingView, ...]:
    """Return what cannot hold together in a problem without a plan, and the ways out.

    With a wanted value: what no plan can hold together with it; nothing when that is not proved.
    They are one statement: one confidential rule among them makes all of them confidential. Both
    questions share the time; whether the open rules alone are to blame is soon known when they
    are not.
    """
    wants = () if wanted is None else ((GoalName(wanted[0]), wanted[1]),)
    end = time.perf_counter() + time_limit_s
    shown = _without_apart(problem)
    explanation = explain(shown, wants, time_limit_s=time_limit_s)
    goals = {goal.value for goal, _ in wants}
    if explanation.verdict is Verdict.IMPOSSIBLE:
        is_confidential = any(one.rule not in _OPEN_RULES | goals for one in explanation.findings)
    else:
        is_confidential = True
        if shown != problem:
            left = max(end - time.perf_counter(), LEAST_S)
            explanation = explain(problem, wants, time_limit_s=left)
    if wanted is not None and explanation.verdict is not Verdict.IMPOSSIBLE:
        return ()
    return _findings(explanation, is_confidential=is_confidential)


def _without_apart(problem: Problem) -> Problem:
    return problem.replace(keep_apart=(), keep_apart_same=())


def _findings(explanation: Explanation, *, is_confidential: bool) -> tuple[FindingView, ...]:
    """Return the findings; the ways out stand at the last one."""
    *findings, last = explanation.findings or (_NO_REASON,)
    ways = tuple(_way(one) for one in explanation.ways_out)
    return (
        *(_view(one, is_confidential=is_confidential) for one in findings),
        dataclasses.replace(_view(last, is_confidential=is_confidential), ways=ways),
    )


def _way(way: WayOut) -> WayView:
    return WayView(
        orders=tuple(piece.way_out for piece in way.pieces),
        values=tuple((goal.value, value) for goal, value in way.values),
        settle=tuple((goal.value, value) for goal, value in way.wanted),
        is_general=all(
            piece.rule in _GENERAL_RULES and not piece.people and not piece.tables
            for piece in way.pieces
        ),
    )


def _view(finding: Finding, *, is_confidential: bool) -> FindingView:
    return view_finding(dataclasses.asdict(finding) | {"is_confidential": is_confidential})
