from __future__ import annotations

from functools import cache

import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.bounds.held import Limits
from scheduler.problem import MINIMISED, GoalName, Person, Problem, Role, Round, Table
from scheduler.score import goal_value
from tests.scheduler.generated import all_plans, make_random_problem

HELD = (
    GoalName.ATTENDANCE_FLOOR,
    GoalName.ATTENDANCE,
    GoalName.HOSTS_FLOOR,
)


@cache
def plans_of(seed: int) -> list[Seating]:
    return all_plans(make_random_problem(seed))


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_as_good_in_earlier_goals_beats_a_limit(seed: int) -> None:
    arrays = Arrays(make_random_problem(seed))
    limits = Limits(arrays)
    plans = plans_of(seed)
    held: dict[GoalName, float] = {}

    for goal in (*HELD, GoalName.BALANCE, GoalName.STAGE_MIX, GoalName.REPEATS):
        sign = -1 if goal in MINIMISED else 1
        values = [goal_value(arrays, seating, goal) for seating in plans]
        limit = sign * limits.of(goal, held)
        assert [value for value in values if sign * value > limit + 1e-9] == []
        if goal in HELD and values:
            held[goal] = max(values)
            plans = [s for s, value in zip(plans, values, strict=True) if value == held[goal]]


def make_mentoring(*, mentors: int, mentees: int, seats: int = 9, stages: bool = False) -> Problem:
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [
        Person(id=f"p{i}", role=Role.MENTEE, stage=f"s{i % 2}" if stages else None)
        for i in range(mentees)
    ]
    return Problem(
        rounds=(Round(id="r1"), Round(id="r2")),
        tables=tuple(Table(id=f"t{i}", seats=seats) for i in range(mentors)),
        people=(*hosts, *movers),
    )


@pytest.mark.parametrize(
    ("mentors", "mentees", "seats", "hosts_floor", "least"),
    [
        (3, 7, 9, 0.0, 0.0),  # all at one table
        (3, 7, 6, 0.0, 2.0),  # 7 in two or three tables
        (3, 6, 5, 0.0, 0.0),
        (3, 7, 9, 2.0, 2.0),  # every host is met in both rounds
        (3, 8, 4, 0.0, 2.0),
    ],
)
def test_balance_follows_from_sizes(
    mentors: int, mentees: int, seats: int, hosts_floor: float, least: float
) -> None:
    limits = Limits(Arrays(make_mentoring(mentors=mentors, mentees=mentees, seats=seats)))
    held = {GoalName.ATTENDANCE: 2.0 * mentees, GoalName.HOSTS_FLOOR: hosts_floor}

    assert limits.of(GoalName.BALANCE, held) == least


def test_balance_gives_up_a_round_for_each_seat_left_empty() -> None:
    limits = Limits(Arrays(make_mentoring(mentors=3, mentees=7, seats=6)))

    assert limits.of(GoalName.BALANCE, {GoalName.ATTENDANCE: 13.0}) == 1


def test_stage_mix_counts_hosts_and_stages() -> None:
    limits = Limits(Arrays(make_mentoring(mentors=2, mentees=4, seats=3, stages=True)))

    # Two tables of a mentor and two mentees of different stages: 2 for the mentor, 1 for each.
    assert limits.of(GoalName.STAGE_MIX, {GoalName.ATTENDANCE: 8.0}) == 16
