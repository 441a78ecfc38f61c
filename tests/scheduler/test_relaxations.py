from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from scheduler.atoms import atoms, lifted
from scheduler.explain import Verdict, explain
from scheduler.explain.relaxations import finer
from scheduler.explain.twins import Twins
from scheduler.precheck import precheck
from scheduler.problem import (
    Count,
    Distinct,
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
from scheduler.relax import more_room

FREE = (RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.FREE),)


def make_peers(
    *,
    people: int = 6,
    tables: int = 2,
    rounds: int = 2,
    seats: int = 3,
    least: int | None = None,
    **rules: Any,
) -> Problem:
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(1, rounds + 1)),
        tables=tuple(Table(id=f"t{i}", seats=seats) for i in range(1, tables + 1)),
        people=tuple(
            Person(id=f"p{i}", role=Role.PEER, min_rounds=least) for i in range(1, people + 1)
        ),
        **{"repeats": FREE, **rules},
    )


def ways(problem: Problem, *wanted: tuple[GoalName, float]) -> dict[str, str]:
    return {way.change: way.effect for way in explain(problem, wanted, time_limit_s=12.0).ways_out}


def test_one_more_table_is_a_way_out_of_too_few_seats() -> None:
    found = ways(make_peers(people=8, least=2))

    assert found["add one table"] == "a plan with attendance_floor 2, attendance 16"
    assert found["add a seat to every table"].startswith("a plan with")


def test_fewest_pairs_that_must_meet_are_named_together() -> None:
    # All eight must sit, at two tables; two cliques of three are one pair too many each.
    apart = (*combinations(("p1", "p2", "p3"), 2), *combinations(("p4", "p5", "p6"), 2))
    problem = make_peers(people=8, rounds=1, seats=4, least=1, keep_apart=apart)

    changes = ways(problem)

    pairs = [change for change in changes if change.count("share a table") == 2]
    assert pairs
    assert all(change.count("; ") == 1 for change in pairs)


def test_a_round_less_is_a_way_out_of_more_rounds_than_mentors() -> None:
    problem = Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(3)),
        tables=(Table(id="t0", seats=4), Table(id="t1", seats=4)),
        people=(
            Person(id="m0", role=Role.MENTOR, table="t0"),
            Person(id="m1", role=Role.MENTOR, table="t1"),
            *(Person(id=f"p{i}", role=Role.MENTEE, min_rounds=3) for i in range(4)),
        ),
    )

    explanation = explain(problem)

    assert {finding.rule for finding in explanation.findings} == {"repeats", "min_rounds"}
    assert explanation.is_irreducible
    assert "plan 2 rounds instead of 3" in {way.change for way in explanation.ways_out}


def test_settling_for_less_tells_the_best_there_is() -> None:
    found = ways(make_peers(people=8), (GoalName.ATTENDANCE, 16.0))

    change = "settle for attendance 12 instead of 16"
    assert found[change] == "a plan with attendance 12, the best there is"


def test_two_wanted_values_that_clash_are_both_named() -> None:
    problem = make_peers(people=5)
    wanted = ((GoalName.ATTENDANCE, 10.0), (GoalName.BALANCE, 0.0))

    explanation = explain(problem, wanted, time_limit_s=2.0)

    assert explanation.verdict is Verdict.IMPOSSIBLE
    assert {"attendance", "balance"} <= {finding.rule for finding in explanation.findings}


def test_a_wanted_value_that_does_not_matter_is_not_named() -> None:
    wanted = ((GoalName.BALANCE, 0.0), (GoalName.ATTENDANCE, 99.0))

    explanation = explain(make_peers(), wanted, time_limit_s=2.0)

    assert "balance" not in {finding.rule for finding in explanation.findings}


def test_a_milder_mix_is_a_way_out() -> None:
    mix = (Distinct(distinct="stage", min=2),)
    changes = {piece.way_out for piece in more_room(make_peers(composition=mix))}
    count = (Count(count=Picker(role="peer"), max=2),)
    more = {piece.way_out for piece in more_room(make_peers(composition=count))}

    assert "say in composition entry 0 that a table has at least 1 different stages" in changes
    assert "say in composition entry 0 that a table has at most 3 of peer" in more


def test_affiliations_and_single_pairs_are_let_go_one_by_one() -> None:
    problem = Problem(
        rounds=(Round(id="r1"),),
        tables=(Table(id="t0"),),
        people=(
            Person(id="m0", role=Role.MENTOR, table="t0", affiliations=frozenset({"a", "b"})),
            Person(id="p0", role=Role.MENTEE, affiliations=frozenset({"a"})),
            Person(id="p1", role=Role.MENTEE, affiliations=frozenset({"b"})),
        ),
        keep_apart_same=("affiliation",),
    )
    first = next(piece for piece in atoms(problem) if piece.what == "people of a are kept apart")
    pair = next(piece for piece in finer(problem) if piece.people == ("m0", "p1"))

    assert lifted(problem, [first]).keep_apart == (("m0", "p1"),)
    assert lifted(problem, [pair]).keep_apart == (("m0", "p0"),)
    assert lifted(problem, [first, pair]).keep_apart == ()


def test_twins_are_people_and_tables_that_could_swap() -> None:
    problem = make_peers(
        people=6,
        tables=3,
        keep_apart=(*combinations(("p1", "p2", "p3"), 2), ("p4", "p6"), ("p5", "p6")),
        pins=(Seat("p6", "r1", "t3"),),
    )

    twins = Twins(problem, ())

    people = [twins.people[f"p{i}"] for i in range(1, 7)]
    assert people == ["p1", "p1", "p1", "p4", "p4", "p6"]
    assert twins.tables["t1"] == twins.tables["t2"] != twins.tables["t3"]
    pieces = {piece.what: twins.of(piece) for piece in atoms(problem)}
    one, other = "p1 and p2 must be kept apart", "p2 and p3 must be kept apart"
    assert pieces[one] == pieces[other] != pieces["p4 and p6 must be kept apart"]


def test_more_to_meet_than_can_sit_beside_is_counted() -> None:
    star = tuple(("p1", f"p{i}") for i in range(2, 7))

    assert [finding.people[0] for finding in precheck(make_peers(must_meet=star))] == ["p1"]
    assert precheck(make_peers(must_meet=star[:4])) == ()


@pytest.mark.parametrize("rule", ["must_meet", "min_rounds"])
def test_a_large_event_is_explained_in_the_time_given(rule: str) -> None:
    mentors, mentees, rounds = 30, 100, 4
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [
        Person(id=f"p{i}", role=Role.MENTEE, min_rounds=5 if i == 7 and rule == "min_rounds" else 0)
        for i in range(mentees)
    ]
    meet = tuple(("p7", f"m{i}") for i in range(5)) if rule == "must_meet" else ()
    problem = Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=5) for i in range(mentors)),
        people=(*hosts, *movers),
        must_meet=meet,
    )

    explanation = explain(problem, time_limit_s=12.0)

    assert explanation.verdict is Verdict.IMPOSSIBLE
    assert rule in {finding.rule for finding in explanation.findings}
    assert explanation.ways_out
