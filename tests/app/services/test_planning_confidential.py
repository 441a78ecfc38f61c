from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from app.services.planning.child import solve
from app.services.planning.confidential import counted, explained
from app.services.planning.relaxing import relaxed
from app.services.planning.view import view_finding
from scheduler.params import SolveParams
from scheduler.plan import SolveStatus
from scheduler.problem import Problem, Role, Seat, Table
from tests.builders_scheduler import make_person, make_problem, make_tables

APART = (("a", "b"),)
PINNED = (Seat("a", "r1", "t1"), Seat("b", "r1", "t1"))


def make_hosted(**fields: Any) -> Problem:
    """Return a problem in which ``a`` is pinned to the table of ``b``."""
    people = (
        make_person("a", role=Role.MENTEE),
        make_person("b", role=Role.MENTOR, table="t1"),
        make_person("c", role=Role.MENTOR, table="t2"),
    )
    return make_problem(people=people, pins=(Seat("a", "r1", "t1"),), **fields)


def make_crowded(**fields: Any) -> Problem:
    """Return a problem in which two people are pinned to the one seat of a table."""
    pins = (Seat("c", "r1", "t1"), Seat("d", "r1", "t1"))
    return make_problem(tables=(*make_tables(1, seats=1), Table(id="t2")), pins=pins, **fields)


def marks(problem: Problem) -> list[bool]:
    return [one.is_confidential for one in counted(problem)]


def test_a_pin_beside_a_host_one_is_not_with_is_confidential_without_the_word() -> None:
    problem = make_hosted(keep_apart=APART)

    [finding] = counted(problem)

    assert finding.rule == "pins"
    assert "apart" not in " ".join((finding.message, *finding.suggestions))
    assert finding.is_confidential


def test_what_stands_without_the_pair_is_open() -> None:
    problem = make_crowded(keep_apart=APART)

    assert [(one.rule, one.is_confidential) for one in counted(problem)] == [("seats", False)]


@pytest.mark.parametrize("clash", [{"must_meet": APART}, {"together": APART}, {"pins": PINNED}])
def test_a_contradiction_with_a_pair_is_confidential_as_a_whole(clash: dict[str, Any]) -> None:
    problem = make_problem(keep_apart=APART, **clash)

    findings = explained(problem, time_limit_s=4)

    assert findings != ()
    assert {finding.is_confidential for finding in findings} == {True}


def test_a_contradiction_of_its_own_is_told_and_names_no_pair() -> None:
    problem = make_crowded(keep_apart=APART, must_meet=APART)

    findings = explained(problem, time_limit_s=4)

    assert {finding.is_confidential for finding in findings} == {False}
    told = " ".join(text for one in findings for text in (one.rule, one.message, *one.suggestions))
    assert "apart" not in told
    assert not any({"a", "b"} <= set(finding.people) for finding in findings)


def test_what_one_affiliation_keeps_apart_is_confidential() -> None:
    problem = make_hosted(keep_apart_same=("affiliation",))
    people = tuple(
        dataclasses.replace(one, affiliations=frozenset({"North"})) for one in problem.people
    )

    assert marks(problem.replace(people=people)) == [True]


def test_the_planner_process_hands_the_mark_on_as_json() -> None:
    problem = make_problem(keep_apart=APART, must_meet=APART)

    _, findings = solve(problem, SolveParams(time_limit_s=2))

    told = json.loads(json.dumps([dataclasses.asdict(finding) for finding in findings]))
    assert {one["is_confidential"] for one in told} == {True}
    assert tuple(view_finding(one) for one in told) == findings


@pytest.mark.parametrize(
    ("entry", "is_confidential"),
    [
        ({"is_confidential": False}, False),
        ({"is_confidential": True}, True),
        ({}, True),
        ({"is_confidential": 0}, True),
    ],
)
def test_a_finding_is_confidential_unless_it_says_that_it_is_not(
    entry: dict[str, object], *, is_confidential: bool
) -> None:
    finding = view_finding({"rule": "seats", "message": "t1 has 1 seat for 2 hosts."} | entry)

    assert finding.is_confidential is is_confidential


def test_ways_out_are_orders_that_can_be_followed() -> None:
    problem = make_crowded()

    findings = explained(problem, time_limit_s=4)

    ways = [way for one in findings for way in one.ways]
    assert ("add seats to t1",) in [way.orders for way in ways]
    changed = relaxed(problem, ways[0].orders)
    assert solve(changed, SolveParams(time_limit_s=4))[0].status is not SolveStatus.INFEASIBLE


def test_only_a_way_that_names_nobody_is_general() -> None:
    problem = make_crowded()

    ways = [way for one in explained(problem, time_limit_s=4) for way in one.ways]

    assert {way.orders for way in ways if way.is_general} <= {
        ("add a seat to every table",), ("add one table",), ("plan 1 rounds instead of 2",),
        ("plan 2 rounds instead of 1",), ("plan 3 rounds instead of 2",),
    }  # fmt: skip
    assert not any(way.is_general for way in ways if "pin" in way.orders[0])


def test_a_wanted_value_within_reach_is_planned_first() -> None:
    problem = make_problem(wishes=(("a", "b", 1.0),))

    plan, findings = solve(problem, SolveParams(time_limit_s=4), wanted=("wishes_floor", 1.0))

    assert findings == ()
    assert plan.status in {SolveStatus.OPTIMAL, SolveStatus.FEASIBLE}


def test_a_wanted_value_out_of_reach_is_explained_and_has_no_seats() -> None:
    problem = make_problem(wishes=(("a", "b", 1.0),), tables=make_tables(2, seats=1))

    plan, findings = solve(problem, SolveParams(time_limit_s=4), wanted=("wishes_floor", 1.0))

    assert (plan.status, plan.seats) == (SolveStatus.INFEASIBLE, ())
    assert findings[-1].rule == "wishes_floor"
    assert {one.is_confidential for one in findings} == {False}


def test_a_wish_that_a_pair_kept_apart_stands_against_is_confidential() -> None:
    problem = make_problem(wishes=(("a", "b", 1.0),), keep_apart=APART)

    findings = explained(problem, ("wishes_floor", 1.0), time_limit_s=4)

    assert {one.is_confidential for one in findings} == {True}
