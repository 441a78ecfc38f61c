"""One solve, repair or explain, measured: as a process of its own, or inside this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from scheduler.explain import explain
from scheduler.jsonio import digest, read_plan, write_problem
from scheduler.params import SolveParams
from scheduler.plan import Plan
from scheduler.planner import solve
from scheduler.problem import GoalName, Problem
from scheduler.repair import repair
from scheduler.verify import verify

ROOT = Path(__file__).parents[2]
LAUNCH = Path(__file__).with_name("launch.py")
Wanted = tuple[tuple[GoalName, float], ...]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a run cost; memory and processor seconds are unknown inside this process."""

    seconds: float
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    load: float = 0.0
    exit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A plan, what it took, and what the checker found."""

    plan: Plan
    took: Took
    violations: int

    @property
    def proved(self) -> str:
        return f"{sum(goal.proved for goal in self.plan.goals)}/{len(self.plan.goals)}"

    def value(self, goal: GoalName) -> float:
        found = self.plan.goal(goal)
        return float("nan") if found is None else found.value

    def bound(self, goal: GoalName) -> float:
        found = self.plan.goal(goal)
        return float("nan") if found is None else found.bound


@dataclass(slots=True, kw_only=True)
class Bench:
    """How to run: whole processes in a folder, or inside this process where there is none."""

    folder: Path | None = None
    tenth: bool = False
    night: bool = False
    slower: float = 1.0
    """How many times as long a tenth may take, where a machine is busy with other things."""
    runs: dict[tuple[str, str, float], Run] = field(default_factory=dict)

    def solve(self, problem: Problem, *, limit: float = 60.0, command: str = "solve") -> Run:
        """Plan once; a problem asked for again in the same run is not solved again."""
        key = (digest(problem), command, limit)
        if key not in self.runs:
            inside = self.folder is None
            self.runs[key] = _here(problem, limit, command) if inside else self._run(problem, *key)
        return self.runs[key]

    def _run(self, problem: Problem, _digest: str, command: str, limit: float) -> Run:
        asked, answer = self._file("problem.json"), self._file("plan.json")
        asked.write_text(write_problem(problem), encoding="utf-8")
        answer.unlink(missing_ok=True)
        took, _ = self._launch(command, asked, "-o", answer, "--time-limit", limit)
        plan = read_plan(answer.read_text(encoding="utf-8"))
        return Run(plan=plan, took=took, violations=len(verify(problem, plan)))

    def explain(self, problem: Problem, wanted: Wanted = ()) -> tuple[dict[str, Any], Took]:
        if self.folder is None:
            return _timed(lambda: explain(problem, wanted).document())
        asked = self._file("problem.json")
        asked.write_text(write_problem(problem), encoding="utf-8")
        wants = [part for goal, value in wanted for part in ("--want", f"{goal}={value:g}")]
        took, text = self._launch("explain", asked, *wants, "--json")
        return json.loads(text), took

    def _file(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / name

    def _launch(self, *arguments: object) -> tuple[Took, str]:
        target, load = self._file("took.json"), os.getloadavg()[0]
        command = [sys.executable, "-m", "scheduler", *map(str, arguments)]
        done = subprocess.run(
            [sys.executable, LAUNCH, target, *command],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return Took(**json.loads(target.read_text(encoding="utf-8")), load=load), done.stdout


def _timed(run: Callable[[], Found]) -> tuple[Found, Took]:
    started = time.perf_counter()
    found = run()
    return found, Took(seconds=time.perf_counter() - started, load=os.getloadavg()[0])


def _here(problem: Problem, limit: float, command: str) -> Run:
    run = repair if command == "repair" else solve
    plan, took = _timed(lambda: run(problem, SolveParams(time_limit_s=limit)))
    return Run(plan=plan, took=took, violations=len(verify(problem, plan)))
