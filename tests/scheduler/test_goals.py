from __future__ import annotations

import time
from functools import cache

import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.model.rounds import aim, build, whole
from scheduler.model.solver import run
from scheduler.model.window import Free, all_free
from scheduler.plan import TOLERANCE
from scheduler.problem import Goal, GoalName
from scheduler.road import Proof
from scheduler.score import goal_value
from tests.scheduler.generated import all_plans, best_of, make_random_problem

SEEDS = (1, 2, 18)


@cache
def plans_of(seed: int) -> list[Seating]:
    return all_plans(make_random_problem(seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("goal", list(GoalName))
def test_goal_alone_reaches_the_best_of_all_plans(goal: GoalName, seed: int) -> None:
    plans = plans_of(seed)
    problem = make_random_problem(seed).replace(goals=(Goal(goal=goal),))

    exact = whole(Arrays(problem), goals=problem.goals, deadline=time.perf_counter() + 60, seed=1)

    assert exact.proof is Proof.FEASIBLE
    assert [value.best for value in exact.result.goals] == pytest.approx(
        best_of(problem, plans), abs=TOLERANCE
    )
    assert exact.result.goals[0].proved


@pytest.mark.parametrize("goal", list(GoalName))
def test_goal_of_a_window_without_anything_free_is_the_score(goal: GoalName) -> None:
    problem = make_random_problem(1)
    arrays = Arrays(problem)
    free = all_free(arrays)
    nothing = Free(people=free.people & False, tables=free.tables & False)
    seating = plans_of(1)[-1]

    window = build(arrays, seating, nothing, rules=())
    aim(window, goal)

    assert run(window.model, time_limit_s=10).objective == pytest.approx(
        goal_value(arrays, seating, goal)
    )
