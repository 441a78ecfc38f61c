from __future__ import annotations

import itertools
from collections.abc import Callable

import pulp
import pytest

from scheduler.model.name import solver_name
from scheduler.model.solver import Outcome, Solution, run, run_cbc

Solve = Callable[..., Solution]


def make_knapsack(
    *, limit: int = 10, weights: tuple[int, ...] = (6, 5, 5), sense: int = pulp.LpMaximize
) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    model = pulp.LpProblem("knapsack", sense)
    take = [model.add_variable(f"take_{i}", cat=pulp.LpBinary) for i in range(len(weights))]
    model += pulp.lpSum(w * x for w, x in zip(weights, take, strict=True))
    model += (pulp.lpSum(w * x for w, x in zip(weights, take, strict=True)) <= limit, "limit")
    return model, take


def make_hard() -> pulp.LpProblem:
    """Fewest points that hit every line of AG(4, 3): too much for a blink."""
    model = pulp.LpProblem("steiner", pulp.LpMinimize)
    points = range(81)
    use = [model.add_variable(f"use_{p}", cat=pulp.LpBinary) for p in points]
    model += pulp.lpSum(use)
    digits = [(p // 27, p // 9 % 3, p // 3 % 3, p % 3) for p in points]
    for a, b in itertools.combinations(points, 2):
        third = tuple((-x - y) % 3 for x, y in zip(digits[a], digits[b], strict=True))
        c = digits.index(third)
        if c > b:
            model += (use[a] + use[b] + use[c] >= 1, f"line_{a}_{b}")
    return model


@pytest.mark.parametrize("solve", [run, run_cbc])
def test_run_finds_and_proves_the_optimum(solve: Solve) -> None:
    model, take = make_knapsack()

    solution = solve(model, time_limit_s=10, seed=1)

    assert solution.outcome == Outcome.OPTIMAL
    assert (solution.objective, solution.bound) == (10, 10)
    assert [round(x.varValue) for x in take] == [0, 1, 1]


@pytest.mark.parametrize("solve", [run, run_cbc])
def test_run_says_infeasible_when_nothing_fits(solve: Solve) -> None:
    model, take = make_knapsack()
    model += (pulp.lpSum(take) >= 3, "all")

    solution = solve(model, time_limit_s=10, seed=1)

    assert (solution.outcome, solution.objective) == (Outcome.INFEASIBLE, None)


def test_run_keeps_the_sense_of_a_minimisation() -> None:
    model, take = make_knapsack(sense=pulp.LpMinimize)
    model += (pulp.lpSum(take) >= 1, "one")

    solution = run(model, time_limit_s=10, seed=1)

    assert (solution.outcome, solution.objective) == (Outcome.OPTIMAL, 5)


def test_run_after_a_time_out_is_never_optimal() -> None:
    for limit in (0.2, 0.5, 1.0, 2.0):  # a busy machine finds nothing at all in a blink
        solution = run(make_hard(), time_limit_s=limit, seed=1)
        if solution.objective is not None:
            break

    assert solution.outcome == Outcome.FEASIBLE
    assert solution.bound is not None
    assert solution.bound < solution.objective


def test_run_stops_at_a_node_limit_with_the_same_solution_each_time() -> None:
    first, second = (run(make_hard(), time_limit_s=60, seed=1, nodes=1) for _ in range(2))

    assert first == second
    assert first.outcome == Outcome.FEASIBLE


def test_run_can_be_interrupted() -> None:
    calls = []

    def stop(value: float | None, bound: float | None) -> bool:
        calls.append((value, bound))
        return False

    solution = run(make_hard(), time_limit_s=60, seed=1, on_bound=stop)

    assert calls
    assert solution.outcome in {Outcome.FEASIBLE, Outcome.UNKNOWN}


def test_run_with_other_threads_in_between_still_solves() -> None:
    outcomes = [
        run(make_knapsack()[0], time_limit_s=10, seed=1, threads=threads).outcome
        for threads in (1, 2, 1)
    ]

    assert outcomes == [Outcome.OPTIMAL] * 3


def test_run_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    run(make_knapsack()[0], time_limit_s=10, seed=1)
    run_cbc(make_knapsack()[0], time_limit_s=10, seed=1)

    assert capfd.readouterr() == ("", "")


def test_duals_of_a_linear_program_are_written_back() -> None:
    model = pulp.LpProblem("lp", pulp.LpMaximize)
    x = model.add_variable("x", 0, 10)
    model += 3 * x
    row = x <= 4
    model += (row, "row")

    solution = run(model, time_limit_s=10, seed=1)

    assert (solution.objective, solution.bound) == (12, 12)
    assert abs(row.pi) == 3


def test_solver_name_has_a_version() -> None:
    assert solver_name().startswith("HiGHS 1.")
