"""Whatever the planner claims about a small problem, trying every plan there is says the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path

import numpy as np
import pulp
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from scheduler.arrays import Arrays, Seating
from scheduler.model.solver import Outcome, run
from scheduler.params import SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.planner import solve
from scheduler.problem import MINIMISED, Problem
from scheduler.score import goal_values
from scheduler.verify import verify, verify_seats
from tests.strategies import easy_problems, problems

CASES = Path(__file__).parents[1] / "cases"
MOST_PLANS = 700
SMALL = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def places(arrays: Arrays) -> list[list[int]]:
    """Where each person could be in each round, person by person; -1 is nowhere."""
    history = arrays.seating_from(arrays.problem.previous or ())
    choices = []
    for person, round_index in product(range(arrays.n), range(arrays.n_rounds)):
        own = int(arrays.host[person])
        here = arrays.here[person, round_index] & arrays.open[:, round_index]
        tables = [int(table) for table in np.flatnonzero(here & arrays.may_sit[person])]
        if arrays.frozen[round_index]:
            choices.append([int(history[person, round_index])])
        elif own >= 0:
            choices.append([own if here[own] else -1])
        else:
            choices.append([-1, *tables])
    return choices


def every_plan(arrays: Arrays, choices: list[list[int]]) -> Iterator[Seating]:
    for cells in product(*choices):
        seating = np.array(cells, dtype=np.int32).reshape(arrays.n, arrays.n_rounds)
        if not verify_seats(arrays.problem, arrays.seats_from(seating)):
            yield seating


def false_bounds(problem: Problem, plan: Plan, values: list[tuple[float, ...]]) -> list[str]:
    """Goals whose bound some plan beats that is as good in the earlier goals."""
    beaten = []
    for index, (goal, claim) in enumerate(zip(problem.goals_in_order, plan.goals, strict=True)):
        sign = -1.0 if goal.goal in MINIMISED else 1.0
        if max(sign * row[index] for row in values) > sign * claim.bound + 1e-5:
            beaten.append(f"{goal.goal}: {claim.bound}")
        worst = sign * goal.limit(claim.best)
        room = 1e-6 * max(1.0, abs(worst))
        values = [row for row in values if sign * row[index] >= worst - room]
    return beaten


def check(problem: Problem) -> None:
    arrays = Arrays(problem)
    choices = places(arrays)
    assume(prod(map(len, choices)) <= MOST_PLANS)

    plan = solve(problem, SolveParams(time_limit_s=3))

    assert verify(problem, plan) == ()
    goals = problem.goals_in_order
    values = [goal_values(arrays, seating, goals) for seating in every_plan(arrays, choices)]
    if plan.status in {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE}:
        assert false_bounds(problem, plan, values) == []
    elif plan.status is SolveStatus.INFEASIBLE:
        assert values == []


@SMALL
@given(problem=easy_problems())
def test_no_plan_beats_a_bound(problem: Problem) -> None:
    check(problem)


@SMALL
@given(problem=problems(most_people=4))
def test_infeasible_means_that_there_is_no_plan(problem: Problem) -> None:
    check(problem)


def test_a_goal_held_at_its_best_leaves_the_model_feasible() -> None:
    _, model = pulp.LpProblem.fromMPS(str(CASES / "held_goal.mps"))

    solution = run(model, time_limit_s=20, seed=1)

    assert solution.outcome is Outcome.OPTIMAL
    assert solution.objective == pytest.approx(-1)
