"""What is planned passes the checker, on 2,000 generated problems that use every rule and goal."""

from __future__ import annotations

import random

import pytest

from scheduler.params import SolveParams
from scheduler.plan import SolveStatus
from scheduler.planner import solve
from scheduler.precheck import precheck
from scheduler.problem import Problem
from scheduler.verify import verify
from tests.scheduler.generated import make_random_problem

BATCH = 25
BATCHES = 80
QUICK, WHOLE = SolveParams(time_limit_s=0.4), SolveParams(time_limit_s=1.0)


def make_sized_problem(seed: int) -> Problem:
    rng = random.Random(seed)
    tables = rng.randint(1, 5)
    return make_random_problem(
        seed,
        movers=rng.choice((2, 3, 5, 8, 12)),
        hosts=rng.choice((0, 1, tables, tables + 1)),
        tables=tables,
        rounds=rng.randint(1, 4),
    )


def faults_in(batch: int, params: SolveParams) -> list[str]:
    seeds = range(batch * BATCH, (batch + 1) * BATCH)
    return [fault for seed in seeds for fault in faults_of(seed, params)]


def faults_of(seed: int, params: SolveParams) -> list[str]:
    problem = make_sized_problem(seed)

    plan = solve(problem, params)

    faults = [str(violation) for violation in verify(problem, plan)]
    planned = plan.status in {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE}
    if planned is not bool(plan.goals):
        faults.append(f"{plan.status} with {len(plan.goals)} goals")
    if planned and precheck(problem):
        faults.append("a plan of what counting calls impossible")
    return [f"problem {seed}: {fault}" for fault in faults]


@pytest.mark.parametrize("batch", [0])
def test_plans_of_generated_problems_are_right(batch: int) -> None:
    assert faults_in(batch, QUICK) == []


@pytest.mark.night
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("batch", range(1, BATCHES))
def test_plans_of_all_generated_problems_are_right(batch: int) -> None:
    assert faults_in(batch, WHOLE) == []
