from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from scheduler.problem import Count, Limit, Person, Picker, Problem, RepeatLimit, Role, Seat
from tests.benchmarks.impossible import NEVER, case, changed, names, peers, speed
from tests.benchmarks.impossible_rows import is_irreducible, way_works
from tests.benchmarks.relaxed import additions, document, pieces, relaxed

HOSPITAL: dict[str, Any] = {"affiliations": frozenset({"h"})}
LED = Count(count=Picker(role=Role.MENTOR), min=2, max=3)


def person(problem: Problem, name: str) -> Person:
    return next(one for one in problem.people if one.id == name)


def seats(problem: Problem) -> dict[str, int | None]:
    return {table.id: table.seats for table in problem.tables}


def colleagues() -> Problem:
    hospital = changed(speed(mentors=2, mentees=2), "p00", "p01", "m00", **HOSPITAL)
    return hospital.replace(keep_apart_same=("affiliation",))


@pytest.mark.parametrize(
    ("order", "fields"),
    [
        ("ask no fewest rounds for p00", {"min_rounds": None}),
        ("let p00 sit in more rounds", {"max_rounds": None}),
        ("give a table that suits p00 (quiet)", {"needs": frozenset()}),
        ("ask p00 to come to more rounds", {"rounds": None}),
    ],
)
def test_a_person_is_asked_less(order: str, fields: dict[str, Any]) -> None:
    bound: dict[str, Any] = {
        "min_rounds": 1,
        "max_rounds": 1,
        "needs": frozenset({"quiet"}),
        "rounds": frozenset({"r1"}),
    }
    problem = changed(peers(), "p00", **bound)

    asked = relaxed(problem, [order])

    assert person(asked, "p00") == dataclasses.replace(person(problem, "p00"), **fields)
    assert person(asked, "p01") == person(problem, "p01")


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ("let p00 and p01 share a table", "keep_apart"),
        ("give up that p02 and p03 must meet", "must_meet"),
        ("let p04 and p05 sit apart", "together"),
        ("let p06 and p07 meet again", "past_meetings"),
        ("remove the pin of p00 to t01 in r1", "pins"),
    ],
)
def test_an_entry_is_given_up_and_no_other(order: str, field: str) -> None:
    problem = peers(
        keep_apart=(("p00", "p01"),),
        must_meet=(("p03", "p02"),),
        together=(("p04", "p05"),),
        past_meetings=(("p06", "p07"),),
        pins=(Seat("p00", "r1", "t01"),),
    )

    assert relaxed(problem, [order]) == problem.replace(**{field: ()})


def test_seats_are_as_many_as_a_plan_took() -> None:
    problem = speed(mentors=2)

    unlimited = relaxed(problem, ["add seats to t01"])
    counted = relaxed(problem, ["add seats to t01"], "a plan with fit 9; t01 then takes 7")

    assert (seats(unlimited), seats(counted)) == ({"t00": 4, "t01": None}, {"t00": 4, "t01": 7})


def test_entries_of_composition_are_lifted_or_milder() -> None:
    problem = peers(composition=(LED,))
    orders = [
        "lift composition entry 0 (a table has 2 to 3 of mentor)",
        "say in composition entry 0 that a table has 1 to 3 of mentor",
        "say in composition entry 0 that a table has 2 to 4 of mentor",
    ]

    found = [relaxed(problem, [order]).composition for order in orders]

    expected = ({"min": 0, "max": None}, {"min": 1}, {"max": 4})
    assert found == [(dataclasses.replace(LED, **limits),) for limits in expected]


def test_colleagues_may_meet_all_or_one_pair() -> None:
    every = relaxed(colleagues(), ["allow people of h to share a table"])
    one = relaxed(colleagues(), ["let m00 and p00 of h share a table"])

    assert (every.keep_apart, every.keep_apart_same) == ((), ())
    assert (one.keep_apart, one.keep_apart_same) == ((("m00", "p01"),), ())


def test_roles_may_meet_twice() -> None:
    allowed = relaxed(speed(repeats=NEVER), ["let mentee and mentor meet twice"])

    limit = RepeatLimit(between=(Role.MENTEE, Role.MENTOR), limit=Limit.AVOID)
    assert set(allowed.repeats) == {*NEVER[1:], limit}


def test_more_room() -> None:
    problem = changed(peers(tables=2), "p00", needs=frozenset({"quiet"}), rounds=frozenset({"r3"}))

    table = relaxed(problem, ["add one table"]).tables[-1]
    chairs = relaxed(problem, ["add a seat to every table"])
    longer = relaxed(problem, ["plan 4 rounds instead of 3"])

    assert (table.seats, table.features) == (4, frozenset({"quiet"}))
    assert seats(chairs) == {"t00": 5, "t01": 5}
    assert len(longer.rounds) == 4
    assert person(longer, "p00").rounds == frozenset({"r3", longer.rounds[-1].id})


def test_a_round_less_leaves_nothing_of_the_round() -> None:
    problem = changed(peers(pins=(Seat("p00", "r3", "t00"),)), *names(2), min_rounds=3)

    shorter = relaxed(problem, ["plan 2 rounds instead of 3"])

    assert [item.id for item in shorter.rounds] == ["r1", "r2"]
    assert shorter.pins == ()
    assert person(shorter, "p01").min_rounds == 2


def test_an_order_that_is_not_understood_is_refused() -> None:
    with pytest.raises(KeyError):
        relaxed(peers(), ["do as you like"])


def test_a_problem_has_no_piece_twice() -> None:
    problem = document(colleagues())

    assert not set(pieces(problem)) & set(additions(problem))


def test_checks_refuse_a_set_and_a_way_out_that_do_not_hold() -> None:
    pairs: dict[str, Any] = {
        "together": (("p00", "p01"),),
        "keep_apart": (("p00", "p01"), ("p02", "p03")),
    }
    friends = peers(people=4, tables=2, rounds=1, **pairs)
    clash = case("", changed(friends, "p00", min_rounds=1), "together keep_apart min_rounds")
    core = ["let p00 and p01 sit apart", "let p00 and p01 share a table"]
    least = "ask no fewest rounds for p00"
    ways = [{"change": words, "effect": "", "wanted": []} for words in (least, "wait", core[1])]

    sets = [is_irreducible(clash, some) for some in ([*core, least], core)]
    too_much = is_irreducible(clash, [*core, least, "let p02 and p03 share a table"])

    assert (sets, too_much) == ([True, False], False)
    assert [way_works(clash, way) for way in ways] == [True, False, True]
