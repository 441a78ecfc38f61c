import time
from collections import Counter

import pytest

from scheduler import speed
from scheduler.arrays import Arrays
from scheduler.jsonio import digest
from scheduler.model.rounds import whole
from scheduler.plan import Plan, SolveStatus
from scheduler.problem import (
    Count,
    Distinct,
    Goal,
    GoalName,
    Picker,
    Problem,
    Seat,
)
from scheduler.road import Report, RoadResult, keep_going
from scheduler.verify import verify
from tests.benchmarks import shapes
from tests.benchmarks.shapes import ATTENDANCE, goals, make_speed


def travel(problem: Problem, *, seed: int = 1, report: Report = keep_going) -> RoadResult:
    arrays = Arrays(problem)
    assert speed.applies(arrays)
    found = speed.plan(
        arrays,
        goals=problem.goals_in_order,
        deadline=time.perf_counter() + 60,
        seed=seed,
        report=report,
    )
    assert found is not None
    return found


def violations(problem: Problem, found: RoadResult) -> tuple[object, ...]:
    plan = Plan(
        problem_digest=digest(problem),
        status=SolveStatus.FEASIBLE,
        seats=Arrays(problem).seats_from(found.seating),
        goals=found.goals,
    )
    return verify(problem, plan)


def test_conference_hour_is_proved_best() -> None:
    problem = shapes.all_meet(people=24, rounds=4)

    found = travel(problem)

    assert violations(problem, found) == ()
    assert all(value.proved for value in found.goals)
    seats = Arrays(problem).seats_from(found.seating)
    meetings = Counter((seat.person, seat.table) for seat in seats if seat.person[0] == "p")
    assert set(meetings.values()) == {1}
    assert len(meetings) == 24 * 4


def test_more_rounds_than_mentors_are_proved_best() -> None:
    order = (*ATTENDANCE, GoalName.HOSTS_FLOOR, GoalName.WISHES, GoalName.FIT_FLOOR, GoalName.FIT)
    problem = make_speed(mentors=4, mentees=5, rounds=7, seats=1, order=order)

    found = travel(problem)

    assert violations(problem, found) == ()
    assert all(value.proved for value in found.goals)
    assert [value.best for value in found.goals[:3]] == [4, 20, 5]


def test_conference_hour_with_absences_is_proved_best() -> None:
    order = (*ATTENDANCE, GoalName.HOSTS_FLOOR, GoalName.FIT_FLOOR, GoalName.FIT)
    problem = make_speed(
        mentors=24, mentees=24, rounds=5, seats=1, hospitals=6, absent=(0.2, 0.2), order=order
    )

    found = travel(problem)

    assert violations(problem, found) == ()
    assert all(value.proved for value in found.goals)


@pytest.mark.parametrize("seed", range(3))
def test_several_seats_a_table_are_proved_best(seed: int) -> None:
    problem = make_speed(mentors=8, mentees=30, rounds=4, seats=4, seed=seed, hospitals=6)

    found = travel(problem)

    assert violations(problem, found) == ()
    assert all(value.proved for value in found.goals)


@pytest.mark.parametrize("seed", range(4))
def test_bounds_hold_against_the_whole_model(seed: int) -> None:
    order = (*ATTENDANCE, GoalName.HOSTS_FLOOR, GoalName.FIT_FLOOR, GoalName.FIT)
    problem = make_speed(
        mentors=3,
        mentees=5,
        rounds=3,
        seats=2,
        seed=seed,
        hospitals=3,
        absent=(0.3, 0.2),
        order=order,
    )

    found = travel(problem)

    exact = whole(
        Arrays(problem), goals=problem.goals, deadline=time.perf_counter() + 60, seed=1
    ).result
    assert exact is not None
    for mine, theirs in zip(found.goals, exact.goals, strict=True):
        assert mine.best <= theirs.best + 1e-6 <= mine.bound + 2e-6
        if mine.best < theirs.best - 1e-6:
            break


def test_repeats_that_no_goal_counts_are_not_searched_for() -> None:
    told: list[GoalName] = []

    def listen(goal: GoalName, _value: float | None, _bound: float | None) -> bool:
        told.append(goal)
        return True

    size = {**shapes.SMALL, "seats": 4}
    problem = make_speed(mentees_free=False, **size)
    found = travel(problem, report=listen)

    free = travel(make_speed(mentees_free=True, **size))
    assert (found.seating == free.seating).all()
    assert found.goals == free.goals
    assert GoalName.REPEATS not in told


def test_mentees_kept_apart_are_parted_though_no_goal_counts_repeats() -> None:
    fit = [(f"p000{p}", "m000", 5.0) for p in range(4)]
    problem = make_speed(mentors=2, mentees=4, rounds=1, seats=2, mentees_free=False)
    problem = problem.replace(fit=tuple(fit), keep_apart=(("p0000", "p0001"), ("p0002", "p0003")))

    found = travel(problem)

    assert violations(problem, found) == ()
    assert [value.value for value in found.goals] == [1.0, 4.0, 10.0]


def test_mentees_who_should_not_meet_twice_do_not() -> None:
    problem = make_speed(
        mentors=16,
        mentees=64,
        rounds=4,
        seats=4,
        mentees_free=False,
        order=(*ATTENDANCE, GoalName.REPEATS, GoalName.FIT),
    )

    found = travel(problem)

    assert violations(problem, found) == ()
    repeats, fit = found.goals[2], found.goals[3]
    assert repeats.value == 0
    assert fit.value >= 0.96 * fit.bound


def test_group_stations_seat_all_at_every_station_with_few_repeats() -> None:
    problem = shapes.stations()

    found = travel(problem)

    by_name = {value.goal: value for value in found.goals}
    assert violations(problem, found) == ()
    assert by_name[GoalName.ATTENDANCE].proved
    assert by_name[GoalName.HOSTS_FLOOR].value == 5
    assert by_name[GoalName.REPEATS].value <= 60


def test_mentees_kept_apart_never_share_a_table() -> None:
    plain = make_speed(mentors=6, mentees=18, rounds=3, seats=3)
    apart = tuple((f"p{i:04}", f"p{i + 1:04}") for i in range(0, 16, 2))
    problem = plain.replace(keep_apart=apart)

    found = travel(problem)

    assert violations(problem, found) == ()
    assert found.goals[1].proved


def test_two_kept_apart_at_the_only_table_sit_by_turns() -> None:
    plain = make_speed(mentors=1, mentees=2, rounds=2, seats=2)

    problem = plain.replace(keep_apart=(("p0000", "p0001"),))

    assert violations(problem, travel(problem)) == ()


def test_tables_are_as_full_as_each_other_where_they_can_be() -> None:
    order = goals(*ATTENDANCE, GoalName.BALANCE)
    problem = make_speed(mentors=6, mentees=18, rounds=4, seats=5).replace(goals=order)

    found = travel(problem)

    assert found.goals[2].value == 0
    assert found.goals[2].proved


def test_same_seed_gives_the_same_seats() -> None:
    problem = make_speed(
        mentors=9,
        mentees=27,
        rounds=3,
        seats=3,
        mentees_free=False,
        order=(*ATTENDANCE, GoalName.REPEATS, GoalName.FIT),
    )

    first, second = travel(problem, seed=7), travel(problem, seed=7)

    assert first.seating.tolist() == second.seating.tolist()
    assert first.goals == second.goals


@pytest.mark.parametrize(
    "change",
    [
        {"pins": (Seat("p0000", "r1", "tm000"),)},
        {"together": (("p0000", "p0001"),)},
        {"must_meet": (("p0000", "p0001"),)},
        {"composition": (Distinct(distinct="stage", min=2),)},
        {"composition": (Count(count=Picker(stage="student"), max=1),)},
        {"fit": (("p0000", "p0001", 1.0),)},
    ],
)
def test_road_leaves_other_rules_to_others(change: dict[str, object]) -> None:
    problem = make_speed(mentors=3, mentees=6, rounds=2, seats=2)
    student = problem.people[3].__class__(id="p0000", role=problem.people[3].role, stage="student")
    people = tuple(student if person.id == "p0000" else person for person in problem.people)

    assert speed.applies(Arrays(problem.replace(people=people)))
    assert not speed.applies(Arrays(problem.replace(people=people, **change)))


def test_road_leaves_peers_alone() -> None:
    plain = make_speed(mentors=2, mentees=4, rounds=2, seats=2)

    problem = plain.replace(people=plain.people[2:], fit=())

    assert not speed.applies(Arrays(problem))


def test_slack_that_later_goals_do_not_need_is_not_used() -> None:
    plain = make_speed(mentors=6, mentees=12, rounds=3, seats=2)
    order = (Goal(goal=GoalName.FIT, slack=0.2), Goal(goal=GoalName.STAGE_MIX))

    found = travel(plain.replace(goals=order))

    assert found.goals[0].value == found.goals[0].best


def test_rounds_are_filled_one_by_one_where_programs_would_not_end_in_time() -> None:
    problem = shapes.p5()
    arrays = Arrays(problem)

    found = speed.plan(
        arrays,
        goals=problem.goals_in_order,
        deadline=time.perf_counter() + 0.3,
        seed=1,
        report=keep_going,
    )

    assert found is not None
    assert not found.complete
    assert violations(problem, found) == ()
    assert found.goals[1].value == 1200
