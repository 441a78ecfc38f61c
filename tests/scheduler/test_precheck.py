from __future__ import annotations

from typing import Any

import pytest

from scheduler.precheck import precheck
from scheduler.problem import Count, Person, Picker, Problem, Role, Round, Seat, Table
from tests.scheduler.generated import all_plans, make_random_problem


def make_problem(**changes: Any) -> Problem:
    """Two mentors at tables of 3 and four mentees, two rounds: fine as it is."""
    hosts = (
        Person(id="m1", role=Role.MENTOR, table="t1", affiliations=frozenset({"x"})),
        Person(id="m2", role=Role.MENTOR, table="t2"),
    )
    mentees = tuple(Person(id=f"p{i}", role=Role.MENTEE) for i in (1, 2, 3, 4))
    problem = Problem(
        rounds=(Round(id="r1"), Round(id="r2")),
        tables=(Table(id="t1", seats=3), Table(id="t2", seats=3)),
        people=(*hosts, *mentees),
    )
    return problem.replace(**changes)


def changed(person_id: str, **fields: Any) -> tuple[Person, ...]:
    people = []
    for person in make_problem().people:
        own = {name: getattr(person, name) for name in person.__slots__}
        people.append(Person(**{**own, **fields}) if person.id == person_id else person)
    return tuple(people)


def forced(*people: str) -> tuple[Person, ...]:
    return tuple(
        Person(id=p.id, role=p.role, table=p.table, min_rounds=2 if p.id in people else None)
        for p in make_problem().people
    )


def facilitator() -> Person:
    return Person(id="f", role=Role.FACILITATOR, table="t1")


def guests(count: int) -> tuple[Person, ...]:
    return tuple(Person(id=f"g{i}", role=Role.MENTEE, min_rounds=2) for i in range(count))


CASES: list[tuple[str, tuple[str, ...], Problem]] = [
    ("needs", ("m1",), make_problem(people=changed("m1", needs=frozenset({"lift"})))),
    (
        "seats",
        ("f", "m1"),
        make_problem(
            people=(*make_problem().people, facilitator()),
            tables=(Table(id="t1", seats=1), Table(id="t2")),
        ),
    ),
    (
        "keep_apart_same",
        ("m1", "p9"),
        make_problem(
            people=(
                *make_problem().people,
                Person(id="p9", role=Role.MENTEE, table="t1", affiliations=frozenset({"x"})),
            ),
            keep_apart_same=("affiliation",),
        ),
    ),
    (
        "pins",
        ("p1",),
        make_problem(
            people=changed("p1", rounds=frozenset({"r2"})), pins=(Seat("p1", "r1", "t1"),)
        ),
    ),
    (
        "pins",
        ("p1",),
        make_problem(pins=(Seat("p1", "r1", "t1"),), keep_apart=(("m1", "p1"),)),
    ),
    (
        "seats",
        ("p1", "p2", "p3"),
        make_problem(pins=tuple(Seat(p, "r1", "t1") for p in ("p1", "p2", "p3"))),
    ),
    (
        "repeats",
        ("m1", "p1"),
        make_problem(pins=tuple(Seat(p, r, "t1") for p in ("p1", "m1") for r in ("r1", "r2"))),
    ),
    (
        "max_rounds",
        ("p1",),
        make_problem(
            people=changed("p1", max_rounds=1),
            pins=(Seat("p1", "r1", "t1"), Seat("p1", "r2", "t2")),
        ),
    ),
    (
        "min_rounds",
        ("p1",),
        make_problem(people=changed("p1", min_rounds=2, rounds=frozenset({"r1"}))),
    ),
    (
        "min_rounds",
        ("m1",),
        make_problem(
            people=changed("m1", min_rounds=1),
            composition=(Count(count=Picker(role="facilitator"), min=1),),
        ),
    ),
    (
        "keep_apart",
        ("p1", "p2", "p3"),
        make_problem(
            people=forced("p1", "p2", "p3"),
            keep_apart=(("p1", "p2"), ("p1", "p3"), ("p2", "p3")),
        ),
    ),
    (
        "keep_apart",
        ("m1", "p1"),
        make_problem(must_meet=(("m1", "p1"),), keep_apart=(("m1", "p1"),)),
    ),
    (
        "availability",
        ("m1", "p1"),
        make_problem(people=changed("p1", rounds=frozenset()), must_meet=(("m1", "p1"),)),
    ),
    (
        "repeats",
        ("m1", "p1"),
        make_problem(must_meet=(("m1", "p1"),), past_meetings=(("m1", "p1"),)),
    ),
    (
        "must_meet",
        ("m1", "m2", "p1"),
        make_problem(must_meet=(("m1", "p1"), ("m2", "p1")), people=changed("p1", max_rounds=1)),
    ),
]


def test_nothing_is_found_where_a_plan_exists() -> None:
    assert precheck(make_problem()) == ()


@pytest.mark.parametrize(("rule", "people", "problem"), CASES)
def test_precheck_names_rule_and_people(
    rule: str, people: tuple[str, ...], problem: Problem
) -> None:
    found = {(finding.rule, finding.people) for finding in precheck(problem)}

    assert (rule, people) in found


def test_precheck_counts_seats_that_people_must_take() -> None:
    problem = make_problem(people=(*make_problem().people[:2], *guests(5)))

    assert {finding.rule for finding in precheck(problem)} == {"seats"}


@pytest.mark.parametrize("seed", range(60))
def test_precheck_finds_nothing_where_any_plan_keeps_the_rules(seed: int) -> None:
    problem = make_random_problem(seed, movers=3, hosts=1)
    found = precheck(problem)

    assert not found or all_plans(problem) == []
