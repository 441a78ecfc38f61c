from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import Goal, GoalName, Problem
from scheduler.verify import Checker, verify
from tests.builders_scheduler import make_plan, make_problem, make_seats

SEATS = make_seats("r1 t1 a b", "r1 t2 c d", "r2 t1 a c", "r2 t2 b d")
GOALS = (Goal(goal=GoalName.ATTENDANCE, slack=0.25), Goal(goal=GoalName.REPEATS))


def make_simple() -> tuple[Problem, Plan]:
    """Four peers meet two others each: attendance 8, no repeats."""
    problem = make_problem(goals=GOALS)
    return problem, make_plan(problem, SEATS, status=SolveStatus.OPTIMAL)


def found(problem: Problem, plan: Plan) -> list[str]:
    return [violation.rule for violation in verify(problem, plan)]


def with_goal(plan: Plan, index: int, **changes: float) -> Plan:
    goals = list(plan.goals)
    goals[index] = replace(goals[index], **changes)
    return replace(plan, goals=tuple(goals))


def test_a_true_plan_has_no_violation() -> None:
    assert verify(*make_simple()) == ()


def test_a_true_plan_with_default_goals_has_no_violation() -> None:
    problem = make_problem(previous=SEATS)

    assert verify(problem, make_plan(problem, SEATS)) == ()


def test_digest_of_another_problem() -> None:
    problem, plan = make_simple()

    assert found(problem.replace(name="other"), plan) == ["digest"]


def test_broken_rules_are_reported_beside_claims() -> None:
    problem, plan = make_simple()

    assert found(problem, replace(plan, seats=SEATS[1:])) == [
        "company",
        "claimed_value",
    ]


def test_seats_out_of_order() -> None:
    problem, plan = make_simple()

    assert found(problem, replace(plan, seats=SEATS[::-1])) == ["order"]


@pytest.mark.parametrize("value", [7.0, 8.001, float("nan"), float("inf")])
def test_claimed_value_is_not_the_seats_value(value: float) -> None:
    problem, plan = make_simple()

    assert found(problem, with_goal(plan, 0, value=value)) == ["claimed_value"]


def test_claimed_value_within_the_tolerance() -> None:
    problem, plan = make_simple()

    assert found(problem, with_goal(plan, 0, value=8.000007)) == []


def test_claimed_value_gives_up_more_than_its_slack() -> None:
    problem, plan = make_simple()

    assert found(problem, with_goal(plan, 0, best=10.6, bound=10.6)) == []
    assert found(problem, with_goal(plan, 0, best=10.7, bound=10.7)) == ["claimed_value"]


def test_goals_are_not_the_problems() -> None:
    problem, plan = make_simple()

    assert found(problem, replace(plan, goals=plan.goals[::-1])) == ["claimed_value"]
    assert found(problem, replace(plan, goals=())) == ["claimed_value"]


def test_bound_beaten_by_best_or_value() -> None:
    problem, plan = make_simple()
    feasible = replace(plan, status=SolveStatus.FEASIBLE)

    assert found(problem, with_goal(feasible, 0, bound=7.9)) == ["bound"]
    assert found(problem, with_goal(feasible, 0, best=7.0, bound=7.0)) == ["bound"]
    assert found(problem, with_goal(feasible, 1, bound=0.5)) == ["bound"]


def test_bound_on_the_right_side_but_not_reached() -> None:
    problem, plan = make_simple()
    feasible = replace(plan, status=SolveStatus.FEASIBLE)

    assert found(problem, with_goal(feasible, 0, bound=9.0)) == []
    assert found(problem, with_goal(feasible, 1, bound=-1.0)) == []


def test_status_optimal_without_proof() -> None:
    problem, plan = make_simple()

    assert found(problem, with_goal(plan, 0, bound=9.0)) == ["status"]


def test_proved_flag_that_is_wrong() -> None:
    problem, plan = make_simple()
    feasible = replace(plan, status=SolveStatus.FEASIBLE)

    assert found(problem, with_goal(plan, 0, claims_proved=True)) == []
    assert found(problem, with_goal(plan, 0, claims_proved=False)) == ["bound"]
    assert found(problem, with_goal(feasible, 0, bound=9.0, claims_proved=True)) == ["bound"]


@pytest.mark.parametrize("status", [SolveStatus.INFEASIBLE, SolveStatus.UNKNOWN])
def test_a_plan_without_seats_claims_nothing(status: SolveStatus) -> None:
    problem, plan = make_simple()

    assert found(problem, replace(plan, status=status, seats=(), goals=())) == []
    assert found(problem, replace(plan, status=status)) == ["status"]


def test_a_goal_over_nobody_is_zero_and_proved() -> None:
    problem = make_problem(goals=(Goal(goal=GoalName.HOSTS_FLOOR),))
    claim = GoalValue(goal=GoalName.HOSTS_FLOOR, value=0, best=0, bound=0)

    plan = make_plan(problem, SEATS, status=SolveStatus.OPTIMAL, goals=(claim,))

    assert verify(problem, plan) == ()


def test_a_checker_looks_again_where_seats_differ() -> None:
    problem, plan = make_simple()
    checker = Checker(problem)
    others = SEATS[1:]

    seats = [checker.verify_seats(some) for some in (SEATS, others, SEATS)]
    plans = [checker.verify(one) for one in (plan, replace(plan, seats=others), plan)]

    assert [len(some) for some in seats] == [0, 1, 0]
    assert plans == [(), verify(problem, replace(plan, seats=others)), ()]


def test_a_checker_tells_false_claims_of_seats_it_knows() -> None:
    problem, plan = make_simple()
    checker = Checker(problem)
    checker.verify_seats(plan.seats)

    violations = checker.verify(with_goal(plan, 0, value=7.0))

    assert violations == verify(problem, with_goal(plan, 0, value=7.0))
    assert [violation.rule for violation in violations] == ["claimed_value"]
