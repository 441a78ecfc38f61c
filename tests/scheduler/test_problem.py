from __future__ import annotations

import math
from typing import Any

import pytest

from scheduler.errors import InvalidProblem
from scheduler.problem import (
    DEFAULT_GOALS,
    Count,
    Distinct,
    Goal,
    GoalName,
    Limit,
    NotAlone,
    Picker,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from tests.builders_scheduler import make_people, make_person, make_problem, make_tables

HOSTS = make_people("m n", role=Role.MENTOR, table="t1")
X = frozenset({"x"})
PEERS = (Role.PEER, Role.PEER)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"rounds": 0}, "rounds"),
        ({"tables": 0}, "tables"),
        ({"people": ()}, "people"),
        ({"rounds": 101}, "rounds"),
        ({"tables": 1001}, "tables"),
        ({"people": make_people(" ".join(map(str, range(5001))))}, "people"),
        ({"tables": (Table(id="t"), Table(id="t"))}, "tables[1].id"),
        ({"tables": (Table(id=""),)}, "tables[0].id"),
        ({"people": "a b a"}, "people[2].id"),
        ({"tables": make_tables(1, rounds=X)}, "tables[0].rounds"),
        ({"tables": make_tables(1, seats=-1)}, "tables[0].seats"),
        ({"tables": make_tables(1, seats=10**30)}, "tables[0].seats"),
        ({"people": make_people("a", rounds=X)}, "people[0].rounds"),
        ({"people": make_people("a b", table="x")}, "people[0].table"),
        ({"people": make_people("a", role="boss")}, "people[0].role"),
        ({"people": make_people("a", max_rounds=-1)}, "people[0].max_rounds"),
        ({"people": make_people("a", min_rounds=-1)}, "people[0].min_rounds"),
        ({"people": make_people("a", min_rounds=2, max_rounds=1)}, "people[0].min_rounds"),
        ({"composition": (Count(count=Picker(), tables=X),)}, "composition[0].tables"),
        ({"composition": (Count(count=Picker(), min=2, max=1),)}, "composition[0].min"),
        ({"composition": (Count(count=Picker(), max=-1),)}, "composition[0].max"),
        ({"composition": (Count(count=Picker(role="x")),)}, "composition[0].count.role"),
        ({"composition": (Count(count=Picker(trait="x")),)}, "composition[0].count"),
        ({"composition": (NotAlone(not_alone=Picker(value="x")),)}, "composition[0].not_alone"),
        ({"composition": (Distinct(distinct="role"),)}, "composition[0].distinct"),
        ({"keep_apart": (("a", "x"),)}, "keep_apart[0]"),
        ({"keep_apart": (("a", "a"),)}, "keep_apart[0]"),
        ({"keep_apart": (("a", "b"), ("b", "a"))}, "keep_apart[1]"),
        ({"people": HOSTS, "keep_apart": (("n", "m"),)}, "keep_apart[0]"),
        ({"keep_apart_same": ("stage",)}, "keep_apart_same[0]"),
        ({"together": (("a", "b"), ("a", "b"))}, "together[1]"),
        ({"must_meet": (("x", "b"),)}, "must_meet[0]"),
        ({"past_meetings": (("b", "b"),)}, "past_meetings[0]"),
        ({"fit": (("a", "b", 1.0), ("b", "a", 2.0))}, "fit[1]"),
        ({"fit": (("a", "b", math.nan),)}, "fit[0]"),
        ({"fit": (("a", "b", -1000.5),)}, "fit[0]"),
        ({"table_fit": (("a", "x", 1.0),)}, "table_fit[0]"),
        ({"table_fit": (("a", "t1", 1.0), ("a", "t1", 1.0))}, "table_fit[1]"),
        ({"table_fit": (("a", "t1", math.inf),)}, "table_fit[0]"),
        ({"wishes": (("a", "a", 1.0),)}, "wishes[0]"),
        ({"wishes": (("a", "b", 1.0), ("a", "b", 2.0))}, "wishes[1]"),
        ({"wishes": (("a", "b", math.inf),)}, "wishes[0]"),
        ({"pins": (Seat("x", "r1", "t1"),)}, "pins[0]"),
        ({"pins": (Seat("a", "x", "t1"),)}, "pins[0]"),
        ({"pins": (Seat("a", "r1", "x"),)}, "pins[0]"),
        ({"pins": (Seat("a", "r1", "t1"), Seat("a", "r1", "t2"))}, "pins[1]"),
        ({"previous": (Seat("a", "r1", "t1"), Seat("a", "r1", "t2"))}, "previous[1]"),
        ({"frozen_rounds": ("r1",)}, "previous"),
        ({"frozen_rounds": ("x",), "previous": ()}, "frozen_rounds[0]"),
        ({"frozen_rounds": ("r1", "r1"), "previous": ()}, "frozen_rounds[1]"),
        ({"repeats": (RepeatLimit(between=PEERS, limit=Limit.FREE),) * 2}, "repeats[1].between"),
        ({"goals": (Goal(goal=GoalName.FIT),) * 2}, "goals[1]"),
        ({"goals": (Goal(goal=GoalName.FIT, slack=-0.1),)}, "goals[0].slack"),
        ({"goals": (Goal(goal=GoalName.FIT, slack=math.inf),)}, "goals[0].slack"),
    ],
)
def test_a_fault_is_refused_with_its_place(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidProblem) as caught:
        make_problem(**fields)

    assert caught.value.place == place
    assert str(caught.value) == f"{place}: expected {caught.value.expected}"


def test_a_round_lasts_a_positive_time() -> None:
    problem = make_problem()

    with pytest.raises(InvalidProblem, match=r"rounds\[0\].minutes"):
        problem.replace(rounds=(Round(id="r1", minutes=0),))


def test_the_nearest_allowed_values_are_kept() -> None:
    never_there = make_person("a", rounds=frozenset(), max_rounds=0, min_rounds=0)
    problem = make_problem(
        people=(never_there, *HOSTS, *make_people("b", table="t2")),
        tables=make_tables(2, rounds=frozenset(), seats=0),
        keep_apart=(("m", "b"),),
        fit=(("a", "b", 1000.0), ("a", "m", -1000.0)),
        wishes=(("a", "b", 1.0), ("b", "a", 1.0)),
        previous=(Seat("gone", "r9", "t9"),),
    )

    assert len(problem.people) == 4


def test_default_goals_begin_with_changes_after_a_previous_plan() -> None:
    first = [goal.goal for goal in make_problem(previous=()).goals_in_order][:2]

    assert first == [GoalName.CHANGES, GoalName.ATTENDANCE_FLOOR]
    assert make_problem().goals_in_order == DEFAULT_GOALS


def test_slack_is_relative_below_one_and_an_amount_from_one_on() -> None:
    relative = Goal(goal=GoalName.FIT, slack=0.02)
    amount = Goal(goal=GoalName.REPEATS, slack=2)

    assert relative.limit(50.0) == 49.0
    assert relative.limit(-0.5) == -0.52
    assert amount.limit(3.0) == 5.0
