from __future__ import annotations

from typing import Any

import pytest

from app.services.plan_edits import THE_RULES, Names, costs, gains, reasons
from app.services.planning.edits import Edit, Scene, weigh
from scheduler.problem import Count, Goal, GoalName, Person, Picker, Problem, Role
from tests.builders_scheduler import make_people, make_problem, make_seats, make_tables

NAMES = Names(
    people={"a": "Ana", "b": "Ben", "c": "Cleo", "d": "Dan", "m": "Mia"},
    tables={"t1": "table 1", "t2": "table 2"},
    rounds={"r1": "round 1", "r2": "round 2"},
)
SEATS = make_seats("r1 t1 a b", "r1 t2 c d", "r2 t1 a c", "r2 t2 b d")
MOVE = Edit(round="r1", moves=(("a", "t2"),))
SWAP = Edit(round="r1", moves=(("a", "t2"), ("c", "t1")))


def why(problem: Problem, edit: Edit, *, is_owner: bool) -> tuple[str, ...]:
    scene = Scene(problem, SEATS)
    return reasons(weigh(scene, edit).broken, scene, NAMES, is_owner=is_owner)


APART: dict[str, Any] = {"keep_apart": (("a", "d"),)}
SAME: dict[str, Any] = {
    "people": (
        Person(id="a", role=Role.MENTOR, affiliations=frozenset({"x"})),
        *make_people("b c", role=Role.MENTEE),
        Person(id="d", role=Role.MENTEE, affiliations=frozenset({"x"})),
    ),
    "keep_apart_same": ("affiliation",),
}
MIXED: dict[str, Any] = {"composition": (Count(count=Picker(), min=3),)}
BOUND: dict[str, Any] = {"together": (("a", "b"),)}
NEEDS: dict[str, Any] = {
    "people": (Person(id="a", role=Role.PEER, needs=frozenset({"x"})), *make_people("b c d"))
}


@pytest.mark.parametrize("rule", [APART, SAME, MIXED, BOUND, NEEDS])
def test_whatever_rule_is_in_the_way_others_than_owners_read_the_same(rule: dict[str, Any]) -> None:
    assert why(make_problem(**rule), SWAP, is_owner=False) == (THE_RULES,)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (APART, THE_RULES),
        (SAME, THE_RULES),
        (MIXED, "Table 2 would have 2 people, at least 3"),
        (BOUND, "Ana and Ben belong together"),
        (NEEDS, "Ana needs x, which table 2 does not have"),
    ],
)
def test_owners_read_the_open_rules_and_never_who_may_not_sit_with_whom(
    rule: dict[str, Any], words: str
) -> None:
    assert why(make_problem(**rule), SWAP, is_owner=True)[0] == words


def test_a_rule_with_a_name_hides_that_another_is_broken_too() -> None:
    problem = make_problem(**APART | BOUND)

    assert why(problem, SWAP, is_owner=True) == ("Ana and Ben belong together",)


@pytest.mark.parametrize("is_owner", [True, False])
def test_what_the_seating_shows_is_always_named(*, is_owner: bool) -> None:
    away = (Person(id="a", role=Role.PEER, rounds=frozenset({"r2"})), *make_people("b c d"))

    assert why(make_problem(people=away), SWAP, is_owner=is_owner) == ("Ana is away in this round",)


def test_nobody_meets_twice_who_may_not() -> None:
    people = (*make_people("a b", role=Role.MENTEE), *make_people("c d", role=Role.MENTOR))

    found = why(make_problem(people=people), MOVE, is_owner=True)

    assert found == ("Ben would sit alone at table 1", "Ana meets Cleo in round 2 already")


def test_full_tables_and_lonely_people_are_named_for_owners() -> None:
    problem = make_problem(tables=make_tables(seats=2))

    found = why(problem, MOVE, is_owner=True)

    assert found == ("No seat is left at table 2", "Ben would sit alone at table 1")


def goals(*names: GoalName) -> tuple[Goal, ...]:
    return tuple(Goal(goal=name) for name in names)


def test_costs_and_gains_are_said_in_the_order_of_the_goals() -> None:
    problem = make_problem(
        goals=goals(GoalName.WISHES, GoalName.FIT, GoalName.REPEATS),
        wishes=(("a", "b", 1.0), ("a", "d", 1.0), ("b", "c", 1.0)),
        fit=(("a", "b", 3.5), ("c", "d", 1.0)),
        people=make_people(role=Role.MENTEE),
    )
    scene = Scene(problem, SEATS)

    outcome = weigh(scene, SWAP)

    assert costs(outcome, scene, NAMES) == ("match 4.5 points lower",)
    assert gains(outcome, scene, NAMES) == ("one wish more",)


def test_who_meets_whom_again_is_named() -> None:
    problem = make_problem(goals=goals(GoalName.REPEATS), people=make_people(role=Role.MENTEE))
    scene = Scene(problem, SEATS)
    swap = Edit(round="r1", moves=(("a", "t2"), ("d", "t1")))

    outcome = weigh(scene, swap)

    assert costs(outcome, scene, NAMES) == (
        "Ana meets Cleo a second time, Ben meets Dan a second time",
    )


def test_a_seat_less_is_a_cost() -> None:
    problem = make_problem(goals=goals(GoalName.ATTENDANCE_FLOOR, GoalName.ATTENDANCE))
    scene = Scene(problem, SEATS)

    outcome = weigh(scene, Edit(round="r1", moves=(("a", None),)))

    assert costs(outcome, scene, NAMES) == (
        "whoever sits least has one round less",
        "one seat fewer is used",
    )
