"""The two documents ``roundabout-problem/1`` and ``roundabout-plan/1``, and a problem's digest."""

from __future__ import annotations

import gc
import hashlib
import json
from typing import Any

from scheduler.errors import InvalidProblem
from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import GoalName, Problem, Seat
from scheduler.problem_document import problem_from, problem_to
from scheduler.strictjson import (
    boolean,
    canonical,
    integer,
    items,
    number,
    parse,
    plain,
    record,
    string,
    texts,
    word,
    wrong,
)

PROBLEM_FORMAT = "roundabout-problem/1"
PLAN_FORMAT = "roundabout-plan/1"


def read_problem(text: str) -> Problem:
    """Read a problem document.

    Raises
    ------
    InvalidProblem
        When it is no such document, or its parts do not fit together.
    """
    was_collecting = gc.isenabled()
    gc.disable()  # half a million small lists hold no cycles, and looking takes a third of the time
    try:
        document = parse(text)
        _format(document, PROBLEM_FORMAT)
        return problem_from(document, canonical(document))
    finally:
        if was_collecting:
            gc.enable()


def write_problem(problem: Problem) -> str:
    """Return the document, one list entry a line; keys that begin with ``x_`` are still there."""
    return _pretty(problem_document(problem))


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return the document as read, or a new one without what is default."""
    if problem.source is not None:
        document: dict[str, Any] = json.loads(problem.source)
        return document
    return {"format": PROBLEM_FORMAT, **problem_to(problem)}


def digest(problem: Problem) -> str:
    """Return ``sha256:`` and the digest of the canonical document."""
    text = problem.source
    if text is None:
        text = canonical(problem_document(problem))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_plan(text: str) -> Plan:
    """Read a plan document; whether it is true, ``verify`` says.

    Raises
    ------
    InvalidProblem
        When it is no such document.
    """
    document = parse(text)
    _format(document, PLAN_FORMAT)
    required = ("format", "problem_digest", "status", "seats", "goals")
    record(document, "", required, ("seed", "seconds", "solver"))
    return Plan(
        problem_digest=string(document["problem_digest"], "problem_digest"),
        status=word(SolveStatus, document["status"], "status"),
        seats=tuple(Seat(*row) for row in texts(document["seats"], "seats", 3)),
        goals=tuple(
            _goal(value, f"goals[{index}]")
            for index, value in enumerate(items(document["goals"], "goals"))
        ),
        seed=integer(document.get("seed", 1), "seed"),
        seconds=number(document.get("seconds", 0.0), "seconds"),
        solver=string(document.get("solver", ""), "solver"),
    )


def _goal(value: object, place: str) -> GoalValue:
    fields = record(value, place, ("goal", "value", "best", "bound", "proved"))
    return GoalValue(
        goal=word(GoalName, fields["goal"], f"{place}.goal"),
        value=number(fields["value"], f"{place}.value"),
        best=number(fields["best"], f"{place}.best"),
        bound=number(fields["bound"], f"{place}.bound"),
        claims_proved=boolean(fields["proved"], f"{place}.proved"),
    )


def write_plan(plan: Plan) -> str:
    """Return the document, one seat a line.

    Raises
    ------
    ValueError
        When a goal's number is not finite: the document has no word for that.
    """
    return _pretty(
        {
            "format": PLAN_FORMAT,
            "problem_digest": plan.problem_digest,
            "status": plan.status.value,
            "seats": [list(seat) for seat in plan.seats],
            "goals": [
                {
                    "goal": value.goal.value,
                    "value": plain(value.value),
                    "best": plain(value.best),
                    "bound": plain(value.bound),
                    "proved": value.proved,
                }
                for value in plan.goals
            ],
            "seed": plan.seed,
            "seconds": round(plan.seconds, 3),
            "solver": plan.solver,
        }
    )


def _format(document: dict[str, Any], expected: str) -> None:
    if "format" not in document:
        raise InvalidProblem(place="format", expected=f'"{expected}", found nothing')
    if document["format"] != expected:
        wrong("format", f'"{expected}"', document["format"])


def _pretty(document: dict[str, Any]) -> str:
    """Return JSON with one entry of each list, and each plain value, on a line of its own."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            rows = ",\n    ".join(_compact(row) for row in value)
            parts.append(f"{_compact(key)}: [\n    {rows}]")
        else:
            parts.append(f"{_compact(key)}: {_compact(value)}")
    return "{\n  " + ",\n  ".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
