"""A plan with every kind of violation says each of them with person, table and round."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.services import planning
from app.services.plan_edits import Names, ViolationInWords, in_words, violations_in_words
from app.services.planning.edits import Plan
from scheduler import jsonio
from scheduler.findings import Violation
from scheduler.problem import Count, NotAlone, Picker
from scheduler.verify import RULES
from tests.app.queries.runs import make_planned
from tests.builders_scheduler import make_problem
from tests.conftest import Clock

NAMES = Names(
    people={"a": "Ana", "b": "Ben"},
    tables={"t1": "table 1", "t2": "table 2"},
    rounds={"r1": "round 1"},
)
PROBLEM = make_problem(
    composition=(
        Count(count=Picker(role="mentor"), min=1, max=1),
        NotAlone(not_alone=Picker(trait="gender", value="w")),
    )
)
EVERY = {
    "one_seat": ("listed 2 times", "Ana has more than one seat in round 1; it is listed 2 times."),
    "availability": (
        "person not available",
        "Ana is away in round 1 and has a seat at table 1.",
    ),
    "needs": (
        "lacks step_free",
        "Ana sits at table 1 in round 1 and needs step free, which is not there.",
    ),
    "seats": ("7 people, 6 seats", "Table 1 is too full in round 1: 7 people, 6 seats."),
    "host": ("sits at t2", "Ana hosts table 1 and sits at table 2 in round 1."),
    "max_rounds": ("3 rounds, at most 2", "Ana has 3 rounds, at most 2."),
    "min_rounds": ("1 rounds, at least 2", "Ana has 1 round, at least 2."),
    "company": ("alone", "Ana sits alone at table 1 in round 1."),
    "composition": (
        "composition[0]: 2 people, at most 1",
        "Table 1 in round 1 has 2 mentors, at most 1.",
    ),
    "keep_apart": ("", "Table 1, round 1: not by the rules of this event."),
    "keep_apart_same": ("both x", "Table 1, round 1: not by the rules of this event."),
    "together": ("", "Ana and Ben belong together and do not sit together in round 1."),
    "must_meet": ("no table shared", "Ana and Ben must meet and share no table."),
    "repeats": (
        "2 rounds",
        "Ana and Ben meet twice or more and sit together again in round 1; they may meet once.",
    ),
    "pins": ("found at t2", "Ana is pinned to table 1 in round 1 and sits at table 2."),
    "frozen_rounds": (
        "not in history",
        "Round 1 is over and must stay as it was: Ana at table 1, not in history.",
    ),
}
PAIRS = {"keep_apart", "keep_apart_same", "together", "must_meet", "repeats"}


def violation(rule: str, detail: str) -> Violation:
    people = ("a", "b") if rule in PAIRS else ("a",)
    return Violation(rule=rule, people=people, tables=("t1",), round="r1", detail=detail)


def said(*found: Violation, is_owner: bool = True) -> tuple[ViolationInWords, ...]:
    return in_words(found, PROBLEM, NAMES, is_owner=is_owner)


def test_every_rule_has_its_sentence() -> None:
    found = {
        rule: said(violation(rule, detail))[0].text for rule, (detail, _words) in EVERY.items()
    }

    assert found == {rule: words for rule, (_detail, words) in EVERY.items()}
    assert set(EVERY) == {rule.__name__ for rule in RULES}


def test_others_than_owners_are_told_where_and_not_which_rule() -> None:
    rules = ("composition", "keep_apart", "keep_apart_same", "seats", "needs", "company")
    found = said(*(violation(rule, EVERY[rule][0]) for rule in rules), is_owner=False)

    assert found == (
        ViolationInWords(rule="", text="Table 1, round 1: not by the rules of this event."),
    )


def test_every_way_of_not_being_available_is_told_apart() -> None:
    details = ("table closed", "no such person", "no such table", "no such round")
    names = Names(people={"a": "Ana"}, tables={"t1": "table 1"}, rounds={"r1": "round 1"})

    found = [
        in_words((violation("availability", one),), PROBLEM, names, is_owner=False)[0].text
        for one in details
    ]

    assert found == [
        "Table 1 is closed in round 1, and Ana has a seat there.",
        "Ana has a seat at table 1 in round 1 and is not in this event.",
        "Ana has a seat in round 1 at table 1; there is no such table.",
        "Ana has a seat at table 1 in round 1; there is no such round.",
    ]


def test_what_nobody_knows_is_called_by_its_id() -> None:
    stranger = Violation(
        rule="availability", people=("p99",), tables=("t9",), round="r9", detail="no such person"
    )

    assert said(stranger)[0].text == (
        "Somebody unknown (p99) has a seat at an unknown table (t9) in an unknown round (r9) "
        "and is not in this event."
    )


def test_a_plan_of_the_event_is_checked_as_a_whole(session: Session, clock: Clock) -> None:
    event, run, _mentors, (ana, _ben, _cleo) = make_planned(session, clock())
    assert run.plan is not None
    plan = jsonio.read_plan(run.plan)
    twice = Plan(
        problem_digest="sha256:" + "0" * 64,
        status=plan.status,
        seats=(*plan.seats, plan.itinerary(f"p{ana.id}")[0]),
        goals=plan.goals,
    )

    found = violations_in_words(
        session, event, jsonio.read_problem(run.problem), twice, is_owner=True
    )

    assert (
        "one_seat",
        f"{ana.person.name} has more than one seat in round 1; it is listed 2 times.",
    ) in [(one.rule, one.text) for one in found]
    assert {one.rule for one in found if one.is_claim} >= {"digest", "order"}
    assert planning.decode(run).seats
