from __future__ import annotations

import random
import time
from functools import cache

import pytest

from scheduler.answer import Run, better, checked, settle
from scheduler.arrays import Arrays, Seating
from scheduler.params import Progress, SolveParams
from scheduler.plan import TOLERANCE, GoalValue, SolveStatus
from scheduler.planner import solve
from scheduler.problem import Goal, GoalName, Person, Problem, Role, Round, Seat, Table
from scheduler.verify import verify
from tests.scheduler.generated import all_plans, best_of, make_random_problem

PARAMS = SolveParams(time_limit_s=30)


@cache
def plans_of(seed: int) -> list[Seating]:
    return all_plans(make_random_problem(seed))


@pytest.mark.parametrize("seed", range(30))
def test_solve_claims_optimal_and_infeasible_exactly_when_they_are_so(seed: int) -> None:
    problem = make_random_problem(seed)
    plans = plans_of(seed)

    plan = solve(problem, PARAMS)

    assert verify(problem, plan) == ()
    assert plan.status == (SolveStatus.OPTIMAL if plans else SolveStatus.INFEASIBLE)
    if plans:
        best = best_of(problem, plans)
        assert [goal.best for goal in plan.goals] == pytest.approx(best, abs=TOLERANCE)


def make_speed(*, mentors: int = 5, mentees: int = 12, rounds: int = 3, seats: int = 4) -> Problem:
    rng = random.Random(1)
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [Person(id=f"p{i:02}", role=Role.MENTEE) for i in range(mentees)]
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=seats) for i in range(mentors)),
        people=(*hosts, *movers),
        fit=tuple((p.id, m.id, float(rng.randint(0, 3))) for p in movers for m in hosts),
        goals=(Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.FIT)),
    )


def shuffled(problem: Problem) -> Problem:
    rng = random.Random(5)

    def mixed(values: tuple) -> tuple:
        return tuple(rng.sample(values, len(values)))

    return problem.replace(
        people=mixed(problem.people), tables=mixed(problem.tables), fit=mixed(problem.fit)
    )


def test_solve_gives_the_same_seats_twice() -> None:
    problem = make_speed()

    assert solve(problem, PARAMS).seats == solve(problem, PARAMS).seats


def test_solve_of_shuffled_lists_is_as_good() -> None:
    problem = make_speed()
    plans = [solve(each, PARAMS) for each in (problem, shuffled(problem))]

    assert [plan.status for plan in plans] == [SolveStatus.OPTIMAL] * 2
    assert [goal.value for goal in plans[0].goals] == pytest.approx(
        [goal.value for goal in plans[1].goals]
    )


def test_solve_reports_and_stops_when_asked_with_a_verified_plan() -> None:
    problem = make_speed(mentors=8, mentees=30, rounds=4)
    told: list[Progress] = []

    def stop(progress: Progress) -> bool:
        told.append(progress)
        return False

    plan = solve(problem, PARAMS, on_progress=stop)

    assert told
    assert verify(problem, plan) == ()


def test_solve_from_a_start_is_not_worse() -> None:
    problem = make_speed()
    start = solve(problem, PARAMS)

    plan = solve(problem, PARAMS, start=start.seats)

    assert [goal.value for goal in plan.goals] == [goal.value for goal in start.goals]


def test_solve_keeps_a_short_time_limit() -> None:
    """At best of five: a machine busy with other things is late now and then."""
    problem = make_speed(mentors=20, mentees=100, rounds=6, seats=5)
    took: list[float] = []

    while not took or (min(took) >= 2.5 and len(took) < 5):
        began = time.perf_counter()
        plan = solve(problem, SolveParams(time_limit_s=0.5))
        took.append(time.perf_counter() - began)
        assert verify(problem, plan) == ()

    assert min(took) < 2.5


def make_run() -> tuple[Run, Seating]:
    problem = make_speed(mentors=2, mentees=4, rounds=2)
    run = Run(problem, PARAMS)
    return run, Arrays(problem).seating_from(solve(problem, PARAMS).seats)


def claim(goal: GoalName, best: float, bound: float) -> GoalValue:
    return GoalValue(goal=goal, value=best, best=best, bound=bound)


def test_settle_drops_bounds_that_rest_on_a_value_not_reached() -> None:
    run, seating = make_run()
    value = settle(run, seating, ()).goals[1].value
    claims = (claim(GoalName.ATTENDANCE, 99, 99), claim(GoalName.FIT, value, value))

    found = settle(run, seating, claims)

    assert found.goals[0].best == 8
    assert found.goals[1].bound == settle(run, seating, ()).goals[1].bound


def test_checked_refuses_a_seating_that_breaks_a_rule() -> None:
    run, seating = make_run()
    seating[run.arrays.is_mover] = 0

    assert checked(run, seating, ()) is None


def test_better_takes_the_first_goal_that_differs_and_shares_bounds() -> None:
    run, seating = make_run()
    good = settle(run, seating, ())
    fewer = seating.copy()
    fewer[run.arrays.is_mover, 0] = -1
    claims = (claim(GoalName.ATTENDANCE, 4, 8),)
    bad = settle(run, fewer, claims)

    found = better(run.goals, bad, good)

    assert found is not None
    assert (found.seating == seating).all()
    assert found.goals[0].bound == 8


def test_precheck_proves_infeasible_without_solving() -> None:
    problem = make_speed().replace(pins=(Seat("p00", "r0", "t0"), Seat("p01", "r0", "t0")))
    apart = problem.replace(keep_apart=(("p00", "p01"),))

    assert solve(problem, PARAMS).status is SolveStatus.OPTIMAL
    assert solve(apart, PARAMS).status is SolveStatus.INFEASIBLE


def test_settle_forgets_what_later_goals_reached_before_an_earlier_one_was_bettered() -> None:
    problem = make_speed(mentors=2, mentees=4, rounds=2)
    goals = (Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.FIT, slack=100.0))
    run = Run(problem.replace(goals=goals), PARAMS)
    seating = Arrays(problem).seating_from(solve(problem, PARAMS).seats)
    claims = [claim(GoalName.ATTENDANCE, 7.0, 8.0), claim(GoalName.FIT, 90.0, 95.0)]

    settled = settle(run, seating, claims)

    assert settled.goals[0].best == 8
    assert settled.goals[1].best == settled.goals[1].value < 90
