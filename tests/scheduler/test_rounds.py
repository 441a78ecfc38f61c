from __future__ import annotations

import time

import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.model.rounds import Exact, build, feasible, history, size, whole
from scheduler.model.symmetry import in_order
from scheduler.model.window import all_free
from scheduler.plan import TOLERANCE
from scheduler.road import Proof
from scheduler.verify import verify_seats
from tests.scheduler.generated import all_plans, best_of, make_random_problem


def whole_of(arrays: Arrays, *, start: Seating | None = None) -> Exact:
    goals = arrays.problem.goals_in_order
    return whole(arrays, goals=goals, deadline=time.perf_counter() + 60, seed=1, start=start)


@pytest.mark.parametrize("seed", range(16))
def test_whole_agrees_with_trying_every_plan(seed: int) -> None:
    problem = make_random_problem(seed)
    arrays = Arrays(problem)
    plans = all_plans(problem)

    exact = whole_of(arrays)

    assert exact.proof == (Proof.FEASIBLE if plans else Proof.INFEASIBLE)
    if plans:
        best = best_of(problem, plans)
        assert verify_seats(problem, arrays.seats_from(exact.result.seating)) == ()
        assert [goal.best for goal in exact.result.goals] == pytest.approx(best, abs=TOLERANCE)
        assert [goal.bound for goal in exact.result.goals] == pytest.approx(best, abs=TOLERANCE)


@pytest.mark.parametrize("seed", range(100, 106))
def test_whole_begins_from_any_valid_plan(seed: int) -> None:
    problem = make_random_problem(seed, movers=4, hosts=0)
    arrays = Arrays(problem)
    plans = all_plans(problem)
    if not plans:
        assert feasible(arrays, deadline=time.perf_counter() + 20, seed=1)[0] is Proof.INFEASIBLE
        return

    exact = whole_of(arrays, start=plans[-1])

    best = best_of(problem, plans)
    assert [goal.best for goal in exact.result.goals] == pytest.approx(best, abs=TOLERANCE)


def test_in_order_keeps_a_plan_valid() -> None:
    problem = make_random_problem(3, movers=4, hosts=0)
    arrays = Arrays(problem)
    window = build(arrays, history(arrays), all_free(arrays))

    found = [in_order(window, plan) for plan in all_plans(problem)]

    assert [verify_seats(problem, arrays.seats_from(plan)) for plan in found] == [()] * len(found)


def test_size_grows_with_people_and_rounds() -> None:
    small, large = (
        Arrays(make_random_problem(1, movers=movers, rounds=rounds))
        for movers, rounds in ((3, 2), (30, 6))
    )

    assert size(small, small.problem.goals_in_order) > 0
    assert 10 * size(small, small.problem.goals_in_order) < size(
        large, large.problem.goals_in_order
    )
