from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.atoms import atoms, lifted
from scheduler.explain import Judge, Verdict, explain, irreducible
from scheduler.problem import (
    Count,
    GoalName,
    Limit,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from tests.scheduler.generated import all_plans, make_random_problem

FREE = (RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.FREE),)


def make_peers(*, people: int = 4, rounds: int = 2, seats: int = 2, **rules: Any) -> Problem:
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(1, rounds + 1)),
        tables=(Table(id="t1", seats=seats), Table(id="t2", seats=seats)),
        people=tuple(Person(id=f"p{i}", role=Role.PEER) for i in range(1, people + 1)),
        **{"repeats": FREE, **rules},
    )


CASES: list[tuple[Problem, set[tuple[str, tuple[str, ...]]]]] = [
    (
        make_peers(must_meet=(("p1", "p2"),), keep_apart=(("p1", "p2"), ("p3", "p4"))),
        {("must_meet", ("p1", "p2")), ("keep_apart", ("p1", "p2"))},
    ),
    (
        make_peers(
            people=8,
            seats=4,
            pins=(Seat("p1", "r1", "t1"), Seat("p2", "r1", "t1"), Seat("p3", "r1", "t2")),
            keep_apart=(("p1", "p2"), ("p1", "p3")),
        ),
        {("pins", ("p1",)), ("pins", ("p2",)), ("keep_apart", ("p1", "p2"))},
    ),
    (
        make_peers(rounds=1, must_meet=(("p1", "p2"), ("p1", "p3"), ("p1", "p4"))),
        {
            ("must_meet", ("p1", "p2")),
            ("must_meet", ("p1", "p3")),
            ("seats", ()),
        },
    ),
    (
        make_peers(together=(("p1", "p2"),), pins=(Seat("p1", "r1", "t1"), Seat("p2", "r1", "t2"))),
        {("together", ("p1", "p2")), ("pins", ("p1",)), ("pins", ("p2",))},
    ),
    (
        make_peers(
            composition=(Count(count=Picker(role="mentor"), min=1),),
            pins=(Seat("p1", "r1", "t1"),),
        ),
        {("composition", ()), ("pins", ("p1",))},
    ),
]


@pytest.mark.parametrize(("problem", "expected"), CASES)
def test_explain_names_an_irreducible_set_and_a_way_out_that_works(
    problem: Problem, expected: set[tuple[str, tuple[str, ...]]]
) -> None:
    explanation = explain(problem)

    named = {(finding.rule, finding.people) for finding in explanation.findings}
    assert explanation.verdict is Verdict.IMPOSSIBLE
    assert named <= expected | {("must_meet", ("p1", "p4"))}
    assert len(named) == len(expected)
    assert explanation.ways_out


@pytest.mark.parametrize("seed", [s for s in range(30) if not all_plans(make_random_problem(s))])
def test_every_piece_of_the_set_is_needed(seed: int) -> None:
    problem = make_random_problem(seed)
    judge = Judge((), float("inf"), 1)
    pieces = atoms(problem)

    core = irreducible(problem, pieces, judge).pieces

    others = [piece for piece in pieces if piece not in core]
    bare = lifted(problem, others)
    assert all_plans(bare) == []
    for piece in core:
        assert all_plans(lifted(problem, [*others, piece]))


def test_explain_of_a_possible_problem_says_so() -> None:
    explanation = explain(make_peers())

    assert (explanation.verdict, explanation.findings) == (Verdict.POSSIBLE, ())
    assert explanation.lines() == ("A plan exists.",)


def test_explain_says_why_a_value_cannot_be_reached() -> None:
    problem = make_peers(people=5, seats=2)

    explanation = explain(problem, wanted=((GoalName.ATTENDANCE, 10.0),))

    assert explanation.verdict is Verdict.IMPOSSIBLE
    assert GoalName.ATTENDANCE in {finding.rule for finding in explanation.findings}
    assert "add one table" in {way.change for way in explanation.ways_out} or explanation.ways_out


def test_explain_of_a_value_that_can_be_reached() -> None:
    explanation = explain(make_peers(), wanted=((GoalName.ATTENDANCE, 8.0),))

    assert explanation.verdict is Verdict.POSSIBLE


def test_explain_without_time_calls_nothing_impossible() -> None:
    problem = make_peers(rounds=1, must_meet=(("p1", "p2"), ("p1", "p3"), ("p1", "p4")))

    explanation = explain(problem, time_limit_s=0.0)

    assert explanation.verdict in {Verdict.NOT_FOUND, Verdict.IMPOSSIBLE}


def test_explanation_becomes_json() -> None:
    document = explain(CASES[0][0]).document()

    assert json.loads(json.dumps(document)) == document
    assert document["verdict"] == "impossible"
