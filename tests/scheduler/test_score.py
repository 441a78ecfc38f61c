from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.arrays import Arrays
from scheduler.problem import Goal, GoalName, Problem, Role
from scheduler.score import goal_value, goal_values
from scheduler.verify.goals import VALUES
from scheduler.verify.view import View
from tests.builders_scheduler import make_people, make_person, make_problem, make_seats
from tests.strategies import problems, seatings

ALL_GOALS = tuple(Goal(goal=name) for name in GoalName)


@settings(max_examples=200)
@given(data=st.data())
def test_score_and_checker_agree_on_every_goal(data: st.DataObject) -> None:
    problem: Problem = data.draw(problems())
    arrays = Arrays(problem)
    seating = data.draw(seatings(arrays))

    found = goal_values(arrays, seating, ALL_GOALS)

    view = View(problem, arrays.seats_from(seating))
    assert found == pytest.approx(tuple(VALUES[name](view) for name in GoalName), abs=1e-9)


def values_of(problem: Problem, *lines: str) -> dict[str, float]:
    arrays = Arrays(problem)
    seating = arrays.seating_from(make_seats(*lines))
    return {name.value: goal_value(arrays, seating, name) for name in GoalName}


def test_nobody_seated_scores_nothing() -> None:
    values = values_of(make_problem())

    assert set(values.values()) == {0.0}


def test_attendance_makes_up_for_rounds_somebody_cannot_sit() -> None:
    late = make_person("d", rounds=frozenset({"r2"}))
    problem = make_problem(people=(*make_people("a b c"), late))

    values = values_of(problem, "r1 t1 a b c", "r2 t1 a b c d")

    assert values["attendance"] == 7
    assert values["attendance_floor"] == 2


def test_hosts_count_rounds_in_use_and_not_their_own_seats() -> None:
    host = make_person("m", role=Role.MENTOR, table="t1")
    problem = make_problem(people=(host, *make_people("a b", role=Role.MENTEE)))

    values = values_of(problem, "r1 t1 m", "r2 t1 m a")

    assert values["attendance"] == 1
    assert values["hosts_floor"] == 1
    assert values["balance"] == 0


def test_hosts_of_one_table_are_no_pair() -> None:
    hosts = make_people("m n", role=Role.MENTOR, table="t1")
    problem = make_problem(
        people=(*hosts, *make_people("a")), fit=(("m", "n", 5.0),), wishes=(("m", "n", 2.0),)
    )

    values = values_of(problem, "r1 t1 a m n", "r2 t1 a m n")

    assert (values["fit"], values["wishes"], values["wishes_floor"]) == (0, 0, 0)


def test_fit_counts_a_meeting_once_and_a_table_every_round() -> None:
    problem = make_problem(fit=(("a", "b", 0.5),), table_fit=(("a", "t1", 0.25),))

    values = values_of(problem, "r1 t1 a b", "r2 t1 a b")

    assert values["fit"] == 1.0
    assert values["fit_floor"] == 0.5


def test_fit_floor_scales_up_for_those_with_fewer_rounds() -> None:
    people = (*make_people("b c d"), make_person("a", max_rounds=1))
    problem = make_problem(people=people, fit=(("a", "b", 0.5), ("b", "c", 1.0)))

    values = values_of(problem, "r1 t1 a b", "r2 t1 b c")

    assert values["fit_floor"] == 1.0


def test_repeats_count_second_meetings_and_past_ones() -> None:
    problem = make_problem(rounds=3, past_meetings=(("c", "d"),))

    values = values_of(problem, "r1 t1 a b", "r2 t1 a b", "r3 t1 a b", "r1 t2 c d")

    assert values["repeats"] == 3


def test_stage_mix_counts_other_stages_for_every_seat() -> None:
    people = (
        make_person("a", stage="student"),
        make_person("b", stage="student"),
        make_person("c", stage="senior"),
        make_person("d"),
    )

    values = values_of(make_problem(people=people), "r1 t1 a b c d")

    assert values["stage_mix"] == 1 + 1 + 1 + 2


def test_balance_sums_the_gaps_of_all_rounds() -> None:
    problem = make_problem(people="a b c d e")

    values = values_of(problem, "r1 t1 a b c", "r1 t2 d e", "r2 t1 a b c d e")

    assert values["balance"] == 1


def test_changes_leaves_out_what_cannot_be_kept() -> None:
    people = (*make_people("a b c"), make_person("d", rounds=frozenset({"r2"})))
    previous = make_seats("r1 t1 a b", "r1 t2 c d gone", "r2 t9 a", "r9 t1 a")
    problem = make_problem(people=people, previous=previous)

    values = values_of(problem, "r1 t2 a c", "r2 t1 b d")

    assert values["changes"] == 2
