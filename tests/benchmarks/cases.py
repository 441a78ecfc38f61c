"""P1 to P9 and P11: what is solved, and which figures of it must be reached."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any

from scheduler.problem import GoalName, Problem
from tests.benchmarks import shapes, shapes_groups
from tests.benchmarks.impossible_rows import p10
from tests.benchmarks.measure import ROOT, Bench, Run
from tests.benchmarks.report import Figure, Row, optimal, row
from tests.benchmarks.shapes import everybody_s_best

CELLS = ROOT / "tests" / "scheduler" / "golfer_cells.csv"
AS_PROCESSES = ((8, 4), (10, 5), (10, 8), (10, 10))
"""Tight cells that are also run from start to exit; by night all are."""
START_S = 1.0
"""Left of a time limit for starting, reading and writing."""


def zero(run: Run, goal: GoalName = GoalName.REPEATS) -> Figure:
    return Figure(name=goal.value, value=run.value(goal), most=0)


def ratio(name: str, value: float, of: float, *, least: float | None = None) -> Figure:
    return Figure(name=name, value=round(value / of, 5) if of else 1.0, least=least)


def size(bench: Bench) -> dict[str, Any]:
    return shapes.SMALL if bench.tenth else {}


def limit(bench: Bench, seconds: float) -> float:
    """Return the time limit that leaves time to start, read and write."""
    if bench.tenth:
        return max(1.5, seconds / 20) * bench.slower
    return max(seconds - 2 * START_S, seconds * 0.7)


def golfer_cells(bench: Bench) -> list[tuple[int, int, int]]:
    """Return groups, size and rounds of every cell, or of every ninth."""
    with CELLS.open(encoding="utf-8", newline="") as file:
        cells = [
            (int(line["groups"]), int(line["size"]), int(line["designs_rounds"]))
            for line in csv.DictReader(file)
        ]
    return cells[::9] if bench.tenth else cells


def p1(bench: Bench) -> Iterator[Row]:
    """Every cell planned here, the tight ones also from start to exit."""
    here = Bench()
    cells = golfer_cells(bench)
    here.solve(shapes_groups.golfers(2, 2, 3))  # what is loaded once is not planning
    runs = [here.solve(shapes_groups.golfers(*cell)) for cell in cells]
    fine = [
        run.plan.status == "optimal" and not run.value(GoalName.REPEATS) and not run.violations
        for run in runs
    ]
    slowest = max(runs, key=lambda run: run.plan.seconds)
    yield row(
        "P1",
        "81 cells",
        slowest,
        Figure(name="cells", value=sum(fine), least=len(cells)),
        Figure(name="slowest plan s", value=round(slowest.plan.seconds, 3), most=0.1),
    )
    for cell in cells:
        if cell[:2] in AS_PROCESSES or bench.night:
            run = bench.solve(shapes_groups.golfers(*cell))
            yield row("P1", "-".join(map(str, cell)), run, zero(run), optimal(run), seconds=3)


def p2(bench: Bench) -> Iterator[Row]:
    run = bench.solve(shapes_groups.golfers(10 if bench.tenth else 100, 6, 8))
    planning = Figure(name="plan s", value=round(run.plan.seconds, 3), most=0.1)
    yield row("P2", "100 x 6 x 8", run, zero(run), optimal(run), planning, seconds=2)


def p3(bench: Bench) -> Iterator[Row]:
    run = bench.solve(shapes.p3(**size(bench)))
    sums = everybody_s_best(shapes.p3(**size(bench)))
    planning = Figure(name="plan s", value=round(run.plan.seconds, 3), most=1)
    share = ratio("fit/everybody's best", run.value(GoalName.FIT), sums)
    yield row("P3", "conference", run, optimal(run), planning, share, seconds=3)


def p4(bench: Bench) -> Iterator[Row]:
    run = bench.solve(shapes.p4(**size(bench)), limit=limit(bench, 3))
    fit = ratio("fit/bound", run.value(GoalName.FIT), run.bound(GoalName.FIT), least=0.999)
    yield row("P4", "absences", run, fit, seconds=3)


def p5(bench: Bench) -> Iterator[Row]:
    yield from _no_repeats("P5", bench, shapes.p5(**size(bench)), {15: 0.975, 45: 0.985})


def _no_repeats(case: str, bench: Bench, problem: Problem, aims: dict[int, float]) -> Iterator[Row]:
    """Compare with the optimum of the same problem where repeats do not matter."""
    goals = tuple(goal for goal in problem.goals if goal.goal != GoalName.REPEATS)
    free = problem.replace(goals=goals, repeats=shapes.MENTEES_FREE)
    ignoring = bench.solve(free).bound(GoalName.FIT)
    for seconds, least in aims.items():
        run = bench.solve(problem, limit=limit(bench, seconds))
        fit = ratio("fit/ignoring repeats", run.value(GoalName.FIT), ignoring, least=least)
        yield row(case, f"{seconds} s", run, zero(run), fit, seconds=seconds)


def p6(bench: Bench) -> Iterator[Row]:
    popular = {"popular": 1} if bench.tenth else {}
    problem = shapes.p6(**popular, **size(bench))
    run = bench.solve(problem)
    goals = tuple(goal for goal in problem.goals if goal.goal != GoalName.FIT_FLOOR)
    blind = bench.solve(problem.replace(goals=goals))
    floor, bound = run.value(GoalName.FIT_FLOOR), run.bound(GoalName.FIT_FLOOR)
    fit = ratio("fit/P3 goals", run.value(GoalName.FIT), blind.value(GoalName.FIT), least=0.98)
    told = Figure(name="floor", value=floor)
    yield row("P6", "fairness", run, ratio("floor/bound", floor, bound, least=0.9), told, fit)


def p7(bench: Bench) -> Iterator[Row]:
    for people, apart, seconds in ((300, 1500, 5), (600, 3000, 10)):
        n, pairs = (60, apart // 20) if bench.tenth else (people, apart)
        problem = shapes_groups.stage_mixed(n, apart=pairs, rounds=4 if bench.tenth else 6)
        run = bench.solve(problem, limit=limit(bench, seconds))
        mix = ratio("mix/bound", run.value(GoalName.STAGE_MIX), run.bound(GoalName.STAGE_MIX))
        yield row("P7", f"{people} people", run, zero(run), mix, seconds=seconds)


def p8(bench: Bench) -> Iterator[Row]:
    small: dict[str, Any] = shapes.SMALL_CONGRESS if bench.tenth else {}
    for free in (True, False):
        problem = shapes.p8(mentees_free=free, **small)
        run = bench.solve(problem, limit=limit(bench, 5))
        seats = Figure(name="seats", value=len(run.plan.seats), least=1)
        yield row("P8", f"as {'P3' if free else 'P5'} 5 s", run, seats, seconds=5)
    run = bench.solve(shapes.p8(**small), limit=limit(bench, 20))
    fit = ratio("fit/bound", run.value(GoalName.FIT), run.bound(GoalName.FIT), least=0.99)
    yield row("P8", "as P3", run, fit, seconds=20)
    yield from _no_repeats("P8", bench, shapes.p8(mentees_free=False, **small), {60: 0.94})


def p9(bench: Bench) -> Iterator[Row]:
    conference = shapes.p3(**size(bench))
    before = bench.solve(conference)
    run = bench.solve(shapes.p9(conference, before.plan.seats), limit=10, command="repair")
    past = {item.id for item in conference.rounds[:2]}
    old, new = ({s for s in plan.seats if s.round in past} for plan in (before.plan, run.plan))
    changes, bound = run.value(GoalName.CHANGES), run.bound(GoalName.CHANGES)
    over = changes / bound if bound else float(changes > 0) + 1
    yield row(
        "P9",
        "repair",
        run,
        Figure(name="history changed", value=len(old ^ new), most=0),
        Figure(name="changes", value=changes),
        Figure(name="changes/bound", value=round(over, 3), most=1.5),
        seconds=2,
    )


def p11(bench: Bench) -> Iterator[Row]:
    """Peak memory of P8's runs, measured there when they ran already."""
    small = shapes.SMALL_CONGRESS if bench.tenth else {}
    for free, seconds in ((True, 20), (False, 60)):
        run = bench.solve(shapes.p8(mentees_free=free, **small), limit=limit(bench, seconds))
        peak = Figure(name="MB", value=round(run.took.peak_mb or 0), most=1024)
        yield row("P11", f"P8 as {'P3' if free else 'P5'}", run, peak)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "P1": p1,
    "P2": p2,
    "P3": p3,
    "P4": p4,
    "P5": p5,
    "P6": p6,
    "P7": p7,
    "P8": p8,
    "P9": p9,
    "P10": p10,
    "P11": p11,
}
