"""Frozen rounds are history: kept as they were, and no other rule is checked in them."""

from __future__ import annotations

from scheduler.problem import Count, Picker, Problem, Seat
from scheduler.verify import verify_seats
from tests.builders_scheduler import (
    broken,
    make_hosted,
    make_people,
    make_person,
    make_problem,
    make_seats,
)


def make_history(*lines: str, **fields: object) -> Problem:
    return make_hosted(previous=make_seats(*lines), frozen_rounds=("r1",), **fields)


def test_frozen_rounds_as_they_were() -> None:
    assert broken(make_history("r1 t2 a b"), "r1 t2 a b", "r2 t1 m") == []


def test_frozen_rounds_changed() -> None:
    found = verify_seats(make_history("r1 t2 a b"), make_seats("r1 t2 a c", "r2 t1 m"))

    assert [(v.rule, v.people, v.detail) for v in found] == [
        ("frozen_rounds", ("b",), "missing from history"),
        ("frozen_rounds", ("c",), "not in history"),
    ]


def test_frozen_rounds_listed_twice() -> None:
    seats = (*make_seats("r1 t2 a b", "r2 t1 m"), Seat("a", "r1", "t2"))

    found = verify_seats(make_history("r1 t2 a b"), seats)

    assert [(v.rule, v.detail) for v in found] == [("frozen_rounds", "listed 2 times")]


def test_frozen_rounds_drop_people_no_longer_there() -> None:
    problem = make_history("r1 t2 a gone")

    assert broken(problem, "r1 t2 a", "r2 t1 m") == []
    assert broken(problem, "r1 t2 a gone", "r2 t1 m") == ["frozen_rounds"]


def test_frozen_rounds_keep_no_other_rule() -> None:
    problem = make_history(
        "r1 t9 a b c",
        keep_apart=(("a", "b"),),
        together=(("a", "m"),),
        composition=(Count(count=Picker(), max=2),),
    )

    assert broken(problem, "r1 t9 a b c", "r2 t1 m a") == []


def test_frozen_rounds_use_up_max_rounds() -> None:
    people = (make_person("a", max_rounds=1), *make_people("b c"))
    history = make_seats("r1 t1 a b")
    problem = make_problem(people=people, previous=history, frozen_rounds=("r1",))

    assert broken(problem, "r1 t1 a b", "r2 t1 a c") == ["max_rounds"]
    assert broken(problem, "r1 t1 a b", "r2 t1 b c") == []


def test_frozen_rounds_alone_may_exceed_max_rounds() -> None:
    people = (make_person("a", max_rounds=0), *make_people("b c"))
    history = make_seats("r1 t1 a b")
    problem = make_problem(people=people, previous=history, frozen_rounds=("r1",))

    assert broken(problem, "r1 t1 a b") == []


def test_frozen_rounds_count_for_never() -> None:
    problem = make_history("r1 t1 a m", past_meetings=(("b", "m"),))

    assert broken(problem, "r1 t1 a m", "r2 t1 a m") == ["repeats"]
    assert broken(problem, "r1 t1 a m", "r2 t1 c m") == []
    assert broken(problem, "r1 t1 a m", "r2 t1 b m") == ["repeats"]


def test_frozen_rounds_may_hold_a_meeting_that_never_should_have_been() -> None:
    problem = make_history("r1 t1 a m", past_meetings=(("a", "m"),))

    assert broken(problem, "r1 t1 a m", "r2 t1 m") == []
