"""Three tests per rule: it holds by itself, breaking it is infeasible, the nearest case is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scheduler.arrays import Arrays
from scheduler.model.linear import row, total
from scheduler.model.rounds import build, history
from scheduler.model.rules import HARD_RULES, impossible
from scheduler.model.solver import Outcome, run
from scheduler.model.window import all_free
from scheduler.problem import (
    Count,
    Distinct,
    Limit,
    NotAlone,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)

Place = tuple[str, str, str | None]


def make_person(name: str, *, role: Role = Role.PEER, **more: Any) -> Person:
    return Person(id=name, role=role, **more)


def make_problem(
    *people: Person, tables: tuple[Table, ...] = (), rounds: int = 2, **rules: Any
) -> Problem:
    return Problem(
        rounds=tuple(Round(id=f"r{i + 1}") for i in range(rounds)),
        tables=tables or (Table(id="t1"), Table(id="t2")),
        people=people or PEERS,
        **{"repeats": FREE, **rules},
    )


FREE = (
    RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.FREE),
    RepeatLimit(between=(Role.MENTOR, Role.MENTEE), limit=Limit.FREE),
)
NEVER = (RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.NEVER),)
PEERS = tuple(make_person(f"p{i}") for i in (1, 2, 3, 4))
MENTOR = make_person("m1", role=Role.MENTOR, table="t1")
MENTOR2 = make_person("m2", role=Role.MENTOR, table="t2")
MENTEES = tuple(make_person(f"p{i}", role=Role.MENTEE) for i in (1, 2, 3))


def with_p1(**changes: Any) -> tuple[Person, ...]:
    return (make_person("p1", **changes), *PEERS[1:])


def is_feasible(problem: Problem, *places: Place) -> bool:
    """Fix seats (None: sits out) and ask the solver whether the rest can be filled."""
    arrays = Arrays(problem)
    window = build(arrays, history(arrays), all_free(arrays))
    for number, (person, round_id, table) in enumerate(places):
        p, r = arrays.person_index[person], arrays.round_index[round_id]
        if table is None:
            seats = total([(1, x) for _, x in window.places.get((p, r), [])])
            window.add(row(f"force_{number}", seats, "==", 0))
        elif (seat := window.x.get((p, arrays.table_index[table], r))) is not None:
            window.add(row(f"force_{number}", total([(1, seat)]), "==", 1))
        else:
            window.add(impossible(f"force_{number}"))
    window.model.objective = total([(0, 0)])
    return run(window.model, time_limit_s=20).outcome is Outcome.OPTIMAL


def at(table: str | None, *people: str, round_id: str = "r1") -> list[Place]:
    return [(person, round_id, table) for person in people]


TWO_STAGES = (make_person("p1", stage="a"), make_person("p2", stage="b"))
SAME_STAGE = (*TWO_STAGES, make_person("p3", stage="a"))
WOMEN = (
    make_person("p1", traits=(("gender", "w"),)),
    make_person("p2", traits=(("gender", "w"),)),
    make_person("p3"),
)
ALIKE = (
    make_person("m1", role=Role.MENTOR, affiliations=frozenset({"x"})),
    make_person("p1", role=Role.MENTEE, affiliations=frozenset({"x", "y"})),
    make_person("p2", role=Role.MENTEE, affiliations=frozenset({"z"})),
)
ROUND1 = (Seat("p1", "r1", "t1"), Seat("p2", "r1", "t1"))

Case = tuple[str, Callable[[], Problem], list[Place], list[Place]]
CASES: list[Case] = [
    ("one_seat", make_problem, [*at("t1", "p1", "p2"), *at("t2", "p1", "p3")], at("t1", "p1")),
    (
        "availability",
        lambda: make_problem(*with_p1(rounds=frozenset({"r2"}))),
        at("t1", "p1"),
        at("t1", "p1", round_id="r2"),
    ),
    (
        "availability",
        lambda: make_problem(tables=(Table(id="t1", rounds=frozenset({"r2"})), Table(id="t2"))),
        at("t1", "p1"),
        at("t2", "p1"),
    ),
    (
        "needs",
        lambda: make_problem(
            *with_p1(needs=frozenset({"lift"})),
            tables=(Table(id="t1"), Table(id="t2", features=frozenset({"lift"}))),
        ),
        at("t1", "p1"),
        at("t2", "p1"),
    ),
    (
        "seats",
        lambda: make_problem(tables=(Table(id="t1", seats=2), Table(id="t2"))),
        at("t1", "p1", "p2", "p3"),
        at("t1", "p1", "p2"),
    ),
    (
        "seats",
        lambda: make_problem(MENTOR, *MENTEES, tables=(Table(id="t1", seats=2),)),
        at("t1", "p1", "p2"),
        at("t1", "p1"),
    ),
    ("host", lambda: make_problem(MENTOR, MENTOR2, *MENTEES), at("t2", "m1"), at("t2", "p1")),
    (
        "max_rounds",
        lambda: make_problem(*with_p1(max_rounds=1)),
        [*at("t1", "p1"), *at("t1", "p1", round_id="r2")],
        at("t1", "p1", round_id="r2"),
    ),
    (
        "max_rounds",
        lambda: make_problem(
            make_person("m1", role=Role.MENTOR, table="t1", max_rounds=1), *MENTEES
        ),
        [*at("t1", "p1"), *at("t1", "p2", round_id="r2")],
        at("t1", "p1", "p2"),
    ),
    (
        "min_rounds",
        lambda: make_problem(*with_p1(min_rounds=1)),
        [*at(None, "p1"), *at(None, "p1", round_id="r2")],
        at(None, "p1"),
    ),
    (
        "min_rounds",
        lambda: make_problem(
            make_person("m1", role=Role.MENTOR, table="t1", min_rounds=2), *MENTEES[:1]
        ),
        at(None, "p1"),
        at("t1", "p1"),
    ),
    (
        "company",
        make_problem,
        [*at("t1", "p1"), *at(None, "p2", "p3", "p4")],
        [*at("t1", "p1", "p2"), *at(None, "p3", "p4")],
    ),
    (
        "composition",
        lambda: make_problem(composition=(Count(count=Picker(), min=3, max=3),)),
        [*at("t1", "p1", "p2"), *at(None, "p3", "p4")],
        [*at("t1", "p1", "p2", "p3"), *at(None, "p4")],
    ),
    (
        "composition",
        lambda: make_problem(composition=(Count(count=Picker(), max=2, tables=frozenset({"t1"})),)),
        at("t1", "p1", "p2", "p3"),
        at("t2", "p1", "p2", "p3"),
    ),
    (
        "composition",
        lambda: make_problem(*SAME_STAGE, composition=(Distinct(distinct="stage", min=2),)),
        at("t1", "p1", "p3") + at("t2", "p2"),
        at("t1", "p1", "p2"),
    ),
    (
        "composition",
        lambda: make_problem(*SAME_STAGE, composition=(Distinct(distinct="stage", max=1),)),
        at("t1", "p1", "p2"),
        at("t1", "p1", "p3"),
    ),
    (
        "composition",
        lambda: make_problem(
            *WOMEN, composition=(NotAlone(not_alone=Picker(trait="gender", value="w")),)
        ),
        at("t1", "p1", "p3") + at(None, "p2"),
        at("t1", "p1", "p2"),
    ),
    (
        "keep_apart",
        lambda: make_problem(keep_apart=(("p1", "p2"),)),
        at("t1", "p1", "p2"),
        at("t1", "p1", "p3") + at("t2", "p2", "p4"),
    ),
    (
        "keep_apart",
        lambda: make_problem(MENTOR, *MENTEES, keep_apart=(("m1", "p1"),)),
        at("t1", "p1"),
        at("t1", "p2"),
    ),
    (
        "keep_apart_same",
        lambda: make_problem(*ALIKE, keep_apart_same=("affiliation",)),
        at("t1", "m1", "p1"),
        at("t1", "m1", "p2"),
    ),
    (
        "together",
        lambda: make_problem(together=(("p1", "p2"),)),
        at("t1", "p1") + at("t2", "p2"),
        at(None, "p1", "p2"),
    ),
    (
        "together",
        lambda: make_problem(MENTOR, *MENTEES, together=(("m1", "p1"),)),
        at("t1", "p2") + at(None, "p1"),
        at(None, "p1", "p2", "p3"),
    ),
    (
        "must_meet",
        lambda: make_problem(must_meet=(("p1", "p2"),)),
        at("t1", "p1") + at("t2", "p2") + at(None, "p1", round_id="r2"),
        at("t1", "p1") + at("t2", "p2"),
    ),
    (
        "repeats",
        lambda: make_problem(repeats=NEVER),
        at("t1", "p1", "p2") + at("t2", "p1", "p2", round_id="r2"),
        at("t1", "p1", "p2") + at("t1", "p1", "p3", round_id="r2"),
    ),
    (
        "repeats",
        lambda: make_problem(repeats=NEVER, past_meetings=(("p1", "p2"),)),
        at("t1", "p1", "p2"),
        at("t1", "p1", "p3"),
    ),
    (
        "pins",
        lambda: make_problem(pins=(Seat("p1", "r1", "t1"),)),
        at("t2", "p1"),
        at("t1", "p1"),
    ),
    (
        "frozen_rounds",
        lambda: make_problem(previous=ROUND1, frozen_rounds=("r1",)),
        at("t2", "p1"),
        at("t2", "p1", round_id="r2"),
    ),
    (
        "frozen_rounds",
        lambda: make_problem(previous=ROUND1, frozen_rounds=("r1",), repeats=NEVER),
        at("t2", "p1", "p2", round_id="r2"),
        at("t2", "p1", "p3", round_id="r2"),
    ),
]
IDS = [f"{case[0]}_{number}" for number, case in enumerate(CASES)]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_rule_holds_by_itself(case: Case) -> None:
    assert is_feasible(case[1]())


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_rule_broken_by_force_is_infeasible(case: Case) -> None:
    assert not is_feasible(case[1](), *case[2])


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_rule_allows_the_nearest_case(case: Case) -> None:
    assert is_feasible(case[1](), *case[3])


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} == {rule.__name__ for rule in HARD_RULES}


def test_rows_are_named_after_their_rule() -> None:
    arrays = Arrays(make_problem(keep_apart=(("p1", "p2"),), pins=(Seat("p3", "r1", "t1"),)))
    window = build(arrays, history(arrays), all_free(arrays), rules=())

    for rule in HARD_RULES:
        names = [constraint.name for constraint in rule(window)]

        assert [name for name in names if not name.startswith(rule.__name__)] == []
        assert [name for name in names if not name.replace("_", "").isalnum()] == []
