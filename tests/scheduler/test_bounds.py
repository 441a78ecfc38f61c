from __future__ import annotations

from functools import cache

import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.bounds import goal_bound
from scheduler.problem import (
    MINIMISED,
    GoalName,
    Limit,
    Person,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from scheduler.score import goal_value
from tests.scheduler.generated import all_plans, make_random_problem


@cache
def plans_of(seed: int) -> list[Seating]:
    return all_plans(make_random_problem(seed))


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_beats_the_bound_of_any_goal(seed: int) -> None:
    arrays = Arrays(make_random_problem(seed))

    for goal in GoalName:
        sign = -1 if goal in MINIMISED else 1
        limit = sign * goal_bound(arrays, goal)
        assert [
            value
            for seating in plans_of(seed)
            if (value := sign * goal_value(arrays, seating, goal)) > limit + 1e-9
        ] == []


def make_mentoring(
    *, mentors: int = 2, mentees: int = 6, rounds: int = 3, seats: int = 3, **changes: object
) -> Problem:
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [Person(id=f"p{i}", role=Role.MENTEE) for i in range(mentees)]
    problem = Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=seats) for i in range(mentors)),
        people=(*hosts, *movers),
    )
    return problem.replace(**changes)


def test_attendance_is_limited_by_seats() -> None:
    arrays = Arrays(make_mentoring(mentors=2, mentees=6, rounds=2, seats=3))

    assert goal_bound(arrays, GoalName.ATTENDANCE) == 8
    assert goal_bound(arrays, GoalName.ATTENDANCE_FLOOR) == 1


def test_attendance_is_limited_by_mentors_met_once() -> None:
    arrays = Arrays(make_mentoring(mentors=2, mentees=4, rounds=3, seats=9))

    assert goal_bound(arrays, GoalName.ATTENDANCE) == 8
    assert goal_bound(arrays, GoalName.ATTENDANCE_FLOOR) == 2


def test_attendance_is_not_limited_when_mentors_may_be_met_again() -> None:
    free = (RepeatLimit(between=(Role.MENTOR, Role.MENTEE), limit=Limit.FREE),)
    arrays = Arrays(make_mentoring(mentors=2, mentees=4, rounds=3, seats=9, repeats=free))

    assert goal_bound(arrays, GoalName.ATTENDANCE) == 12


def test_attendance_follows_who_may_sit_where() -> None:
    apart = tuple(("m0", f"p{i}") for i in range(6))
    arrays = Arrays(make_mentoring(mentors=2, mentees=6, rounds=1, seats=4, keep_apart=apart))

    assert goal_bound(arrays, GoalName.ATTENDANCE) == 3


def test_hosts_floor_is_limited_by_movers() -> None:
    arrays = Arrays(make_mentoring(mentors=4, mentees=2, rounds=2))

    assert goal_bound(arrays, GoalName.HOSTS_FLOOR) == 1


def test_fit_counts_the_best_partners_only() -> None:
    fit = tuple((f"m{i}", "p0", 1.0 + i) for i in range(3))
    arrays = Arrays(make_mentoring(mentors=3, mentees=2, rounds=2, fit=fit))

    assert goal_bound(arrays, GoalName.FIT) == 5
    assert goal_bound(arrays, GoalName.FIT_FLOOR) == 5


def test_wish_for_somebody_kept_apart_is_lost() -> None:
    arrays = Arrays(
        make_mentoring(wishes=(("p0", "m0", 1.0), ("p1", "m0", 3.0)), keep_apart=(("p1", "m0"),))
    )

    assert goal_bound(arrays, GoalName.WISHES_FLOOR) == 1
    assert goal_bound(arrays, GoalName.WISHES) == 1


def test_changes_counts_seats_that_cannot_be_kept() -> None:
    previous = tuple(Seat(f"p{i}", "r0", "t0") for i in range(4))
    arrays = Arrays(make_mentoring(mentors=2, seats=3, previous=previous))

    assert goal_bound(arrays, GoalName.CHANGES) == 2


def test_bounds_of_goals_over_nobody_are_zero() -> None:
    arrays = Arrays(make_mentoring())
    nobody = (GoalName.WISHES, GoalName.WISHES_FLOOR, GoalName.FIT_FLOOR, GoalName.STAGE_MIX)

    assert [goal_bound(arrays, goal) for goal in nobody] == [0, 0, 0, 0]
