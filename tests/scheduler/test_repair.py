from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from scheduler.arrays import Arrays
from scheduler.model.fill import fill, most_bound_first, still_valid
from scheduler.model.rounds import empty
from scheduler.params import SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.planner import solve
from scheduler.problem import (
    Count,
    Goal,
    GoalName,
    Limit,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Table,
)
from scheduler.repair import repair
from scheduler.verify import verify
from tests.scheduler.generated import make_random_problem

PARAMS = SolveParams(time_limit_s=20)


def make_speed(*, mentors: int = 5, mentees: int = 12, rounds: int = 3, seats: int = 3) -> Problem:
    rng = random.Random(2)
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [Person(id=f"p{i:02}", role=Role.MENTEE) for i in range(mentees)]
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=seats + 1) for i in range(mentors)),
        people=(*hosts, *movers),
        repeats=(RepeatLimit(between=(Role.MENTEE, Role.MENTEE), limit=Limit.FREE),),
        composition=(Count(count=Picker(role="mentor"), min=1, max=1),),
        fit=tuple((p.id, m.id, float(rng.randint(0, 3))) for p in movers for m in hosts),
    )


@cache
def planned(problem: Problem) -> Plan:
    quick = (Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.FIT))
    return solve(problem.replace(goals=quick), PARAMS)


def on_the_day(problem: Problem, *, gone: tuple[str, ...], after: int) -> Problem:
    """The plan's problem after some rounds, without the people who left."""
    seats = planned(problem).seats
    history = tuple(item.id for item in problem.rounds[:after])

    def now(person: Person) -> Person:
        own: dict[str, Any] = {name: getattr(person, name) for name in person.__slots__}
        return Person(**own | ({"rounds": frozenset(history)} if person.id in gone else {}))

    people = tuple(now(person) for person in problem.people)
    walk_in = Person(id="walk-in", role=Role.MENTEE)
    return problem.replace(people=(*people, walk_in), previous=seats, frozen_rounds=history)


def test_repair_changes_only_what_it_must_and_leaves_history_alone() -> None:
    problem = on_the_day(make_speed(), gone=("m1", "p03"), after=1)

    plan = repair(problem, PARAMS)

    assert verify(problem, plan) == ()
    changes = plan.goal(GoalName.CHANGES)
    assert changes is not None
    assert changes.proved
    history = {seat for seat in problem.previous or () if seat.round == "r0"}
    assert {seat for seat in plan.seats if seat.round == "r0"} == history


def test_repair_seats_a_walk_in() -> None:
    problem = on_the_day(make_speed(), gone=("p03",), after=1)

    plan = repair(problem, PARAMS)

    assert len(plan.itinerary("walk-in")) == 2


def test_repair_of_a_plan_that_still_holds_changes_nothing() -> None:
    problem = make_speed()
    again = problem.replace(previous=planned(problem).seats)

    plan = repair(again, PARAMS)

    assert plan.seats == again.previous


def test_repair_gives_the_same_seats_twice() -> None:
    problem = on_the_day(make_speed(), gone=("m0",), after=2)

    assert repair(problem, PARAMS).seats == repair(problem, PARAMS).seats


def test_repair_with_goals_of_its_own_order_reports_them_in_that_order() -> None:
    problem = on_the_day(make_speed(), gone=("m0",), after=2)
    ordered = problem.replace(goals=tuple(reversed(problem.goals_in_order)))

    plan = repair(ordered, PARAMS)

    assert verify(ordered, plan) == ()
    assert [goal.goal for goal in plan.goals] == [goal.goal for goal in ordered.goals]


def test_repair_proves_infeasible() -> None:
    problem = on_the_day(make_speed(), gone=("m0",), after=2)
    bound = problem.replace(must_meet=(("m0", "walk-in"),))

    assert repair(bound, PARAMS).status is SolveStatus.INFEASIBLE


@pytest.mark.parametrize("seed", [s for s in range(30) if make_random_problem(s).previous])
def test_repair_of_small_problems_agrees_with_solve(seed: int) -> None:
    problem = make_random_problem(seed)

    plan = repair(problem, PARAMS)

    assert verify(problem, plan) == ()
    is_infeasible = SolveStatus.INFEASIBLE in {plan.status, solve(problem, PARAMS).status}
    assert is_infeasible == (plan.seats == ())


def test_still_valid_drops_seats_at_tables_without_their_mentor() -> None:
    arrays = Arrays(on_the_day(make_speed(), gone=("m1",), after=1))

    kept = still_valid(arrays, empty(arrays))

    lost = arrays.previous == arrays.table_index["t1"]
    assert lost.any()
    assert (kept[lost] == -1).all()
    mover_seats = (arrays.previous >= 0) & arrays.is_mover[:, None]
    assert (kept[mover_seats & ~lost] == arrays.previous[mover_seats & ~lost]).all()


def test_fill_says_so_when_a_round_cannot_be_filled() -> None:
    problem = make_speed(mentors=1, mentees=3, rounds=1, seats=2)
    pinned = problem.replace(
        keep_apart=(("m0", "p00"),), pins=tuple(s for s in solve(problem, PARAMS).seats[1:2])
    )
    arrays = Arrays(pinned.replace(keep_apart=(("m0", pinned.pins[0].person),)))
    nothing = empty(arrays)

    filled = fill(
        arrays,
        nothing,
        rounds=most_bound_first(arrays),
        keep=nothing * 0 - 1,
        deadline=float("inf"),
        seed=1,
    )

    assert filled is None
