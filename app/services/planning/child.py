"""The planner in a process of its own: killed when it must be, without hurting the worker.

Started by ``planning_process``. One JSON line in: problem, seconds, seed, bytes of memory, perhaps
a goal and the value it shall reach. Then ``stop`` may follow; when the other end closes, this
process ends. Out: a line for each step of progress, at last one line with the plan.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import sys
import threading
from typing import Any

from app.services.planning import confidential
from app.services.planning.view import FindingView
from scheduler import jsonio, planner
from scheduler.explain import reaches
from scheduler.params import OnProgress, Progress, SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.problem import GoalName, Problem

_ORPHANED = 3


class _Stop:
    """Listens for the word to stop; ends the process when nobody is there any more."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                self.asked.set()
        os._exit(_ORPHANED)


def main() -> None:
    """Plan one problem."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    stand_back()
    _bound_memory(int(order["memory_bytes"]))
    problem = jsonio.read_problem(order["problem"])
    params = SolveParams(time_limit_s=order["time_limit_s"], seed=order["seed"])
    stop = _Stop()

    def report(progress: Progress) -> bool:
        _say({"progress": step(progress)})
        return not stop.asked.is_set()

    want = order.get("want")
    wanted = (str(want[0]), float(want[1])) if want else None
    plan, findings = solve(problem, params, report, wanted=wanted)
    _say(
        {
            "plan": jsonio.write_plan(plan),
            "findings": [dataclasses.asdict(finding) for finding in findings],
        }
    )


def step(progress: Progress) -> dict[str, object]:
    """Return a moment of a solve as JSON can hold it; a limit that is none yet is not known."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in dataclasses.asdict(progress).items()
    }


def solve(
    problem: Problem,
    params: SolveParams,
    report: OnProgress | None = None,
    *,
    wanted: confidential.Want | None = None,
) -> tuple[Plan, tuple[FindingView, ...]]:
    """Return the plan; when there can be none, with what cannot hold together and ways out.

    With a wanted value, the plan puts that goal first; one that does not reach it is no answer.
    """
    plan = planner.solve(problem, params, on_progress=report)
    if plan.status is SolveStatus.INFEASIBLE:
        return plan, confidential.explained(problem)
    if wanted is None or _reached(plan, wanted):
        return plan, ()
    findings = confidential.explained(problem, wanted)
    status = SolveStatus.INFEASIBLE if findings else SolveStatus.UNKNOWN
    return dataclasses.replace(plan, status=status, seats=(), goals=()), findings


def _reached(plan: Plan, wanted: confidential.Want) -> bool:
    value = plan.goal(GoalName(wanted[0]))
    return value is not None and reaches(value.goal, value.value, wanted[1])


def _say(entry: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(entry) + "\n")
    sys.stdout.flush()


def stand_back() -> None:
    """Let whoever answers people go first; a plan takes what is left of the machine."""
    if hasattr(os, "nice"):
        os.nice(10)


def _bound_memory(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:  # pragma: no cover -- Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    main()
