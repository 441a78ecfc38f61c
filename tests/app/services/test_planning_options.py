from __future__ import annotations

import json
from typing import Any

import pytest

from app.db import SessionFactory, unit_of_work
from app.enums import Role
from app.errors import NotFound
from app.models import Block, Event, PlanRun
from app.services import planning
from app.services.planning.options import PlanOptions, goals_of, read_options
from app.services.planning.relaxing import NoSuchWayOut, relaxed
from scheduler.problem import Seat
from tests.builders import make_event, make_sign_up, planned_block
from tests.builders_scheduler import make_problem
from tests.conftest import Clock


def make_hosted(session_factory: SessionFactory) -> int:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        for number in range(2):
            make_sign_up(session, event, role=Role.MENTOR, email=f"m{number}@example.org")
        make_sign_up(session, event, email="p@example.org")
        return event.id


def start(session_factory: SessionFactory, event_id: int, clock: Clock, **asked: Any) -> PlanRun:
    with unit_of_work(session_factory) as session:
        event = session.get_one(Event, event_id)
        block = planned_block(event)
        options = PlanOptions(**asked)
        return planning.start_run(session, event, block, now=clock(), actor="test", options=options)


@pytest.mark.parametrize(
    ("options", "document"),
    [
        (PlanOptions(), {}),
        (PlanOptions(goals=("fit", "wishes")), {"goals": ["fit", "wishes"]}),
        (PlanOptions(near_published=False), {"anew": True}),
        (PlanOptions(relax=("add one table",)), {"relax": ["add one table"]}),
        (PlanOptions(want=("wishes_floor", 3.0)), {"want": ["wishes_floor", 3.0]}),
    ],
)
def test_options_are_kept_as_json_and_read_again(
    options: PlanOptions, document: dict[str, Any]
) -> None:
    assert options.document() == document
    assert read_options(json.loads(json.dumps(document))) == options


def test_goals_keep_the_slack_that_the_block_or_the_format_gives_them() -> None:
    rules = {"goals": ["attendance", {"goal": "fit", "slack": 0.1}], "repeats": []}

    changed = PlanOptions(goals=("wishes", "fit")).rules(rules)

    assert changed["goals"] == [{"goal": "wishes", "slack": 0.02}, {"goal": "fit", "slack": 0.1}]
    assert changed["repeats"] == []


def test_without_goals_of_its_own_a_block_asks_for_those_of_the_format() -> None:
    assert goals_of({})[:3] == ("attendance_floor", "attendance", "hosts_floor")
    assert goals_of({"goals": ["changes", {"goal": "fit"}]}) == ("fit",)


def test_a_run_keeps_what_was_asked_and_the_block_its_rules(
    session_factory: SessionFactory, clock: Clock
) -> None:
    event_id = make_hosted(session_factory)

    run = start(session_factory, event_id, clock, goals=("wishes", "attendance"))

    assert run.options == {"goals": ["wishes", "attendance"]}
    goals = json.loads(run.problem)["goals"]
    assert goals == [{"goal": "wishes", "slack": 0.02}, "attendance"]
    with unit_of_work(session_factory, write=False) as session:
        assert "goals" not in planned_block(session.get_one(Event, event_id)).rules


def test_the_same_question_is_asked_once_and_another_beside_it(
    session_factory: SessionFactory, clock: Clock
) -> None:
    event_id = make_hosted(session_factory)
    first = start(session_factory, event_id, clock)

    again = start(session_factory, event_id, clock)
    other = start(session_factory, event_id, clock, goals=("attendance",))

    assert again.id == first.id
    assert other.id != first.id


def test_a_rule_is_given_up_in_this_plan_only(
    session_factory: SessionFactory, clock: Clock
) -> None:
    event_id = make_hosted(session_factory)
    order = "let mentee and mentor meet twice"

    run = start(session_factory, event_id, clock, relax=(order,))

    repeats = json.loads(run.problem)["repeats"]
    assert {"between": ["mentee", "mentor"], "limit": "avoid"} in repeats
    assert run.options == {"relax": [order]}
    with unit_of_work(session_factory, write=False) as session:
        rules = planned_block(session.get_one(Event, event_id)).rules
    assert rules["repeats"] == [{"between": ["mentor", "mentee"], "limit": "never"}]


def test_a_pin_is_taken_out_by_the_order_that_names_it() -> None:
    problem = make_problem(pins=(Seat("a", "r1", "t1"), Seat("b", "r1", "t1")))

    changed = relaxed(problem, ["remove the pin of a to t1 in r1"])

    assert changed.pins == (Seat("b", "r1", "t1"),)


def test_an_order_that_fits_no_rule_any_more_is_refused() -> None:
    with pytest.raises(NoSuchWayOut, match="changed since"):
        relaxed(make_problem(), ["remove the pin of a to t1 in r1"])


def make_explained(
    session_factory: SessionFactory, clock: Clock, *ways: dict[str, Any], **finding: Any
) -> PlanRun:
    run = start(session_factory, make_hosted(session_factory), clock)
    plain = {"values": [], "settle": [], "is_general": False}
    entry = {"rule": "seats", "message": "too few", "ways": [plain | way for way in ways]} | finding
    with unit_of_work(session_factory) as session:
        session.get_one(PlanRun, run.id).findings = [entry]
        return session.get_one(PlanRun, run.id)


TWICE = "let mentee and mentor meet twice"


def test_a_way_out_is_taken_by_its_place(session_factory: SessionFactory, clock: Clock) -> None:
    run = make_explained(session_factory, clock, {"orders": [TWICE]}, is_confidential=False)

    assert planning.way_of(run, "0-0").orders == (TWICE,)


@pytest.mark.parametrize("key", ["0-1", "1-0", "0", "", "x-y", "0-0-0", "²-0"])
def test_a_way_out_that_is_not_there_is_not_found(
    session_factory: SessionFactory, clock: Clock, key: str
) -> None:
    run = make_explained(session_factory, clock, {"orders": [TWICE]}, is_confidential=False)

    with pytest.raises(NotFound):
        planning.way_of(run, key)


def test_of_a_confidential_finding_only_what_names_nobody_can_be_taken(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run = make_explained(
        session_factory,
        clock,
        {"orders": ["let p1 and p2 share a table"]},
        {"orders": ["add a seat to every table"], "is_general": True},
    )

    assert planning.way_of(run, "0-1").orders == ("add a seat to every table",)
    with pytest.raises(NotFound):
        planning.way_of(run, "0-0")


def test_a_rule_is_kept_for_the_event_when_somebody_says_so(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run = make_explained(session_factory, clock, {"orders": [TWICE]}, is_confidential=False)

    with unit_of_work(session_factory) as session:
        block = session.get_one(Block, run.block_id)
        way = planning.way_of(run, "0-0")
        planning.keep(session, block, run, way, now=clock(), actor="test")

        assert {"between": ["mentee", "mentor"], "limit": "avoid"} in block.rules["repeats"]
        assert block.rules["hosts"] == ["mentor"]


def test_a_rule_that_changed_meanwhile_is_not_overwritten(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run = make_explained(session_factory, clock, {"orders": [TWICE]}, is_confidential=False)

    with unit_of_work(session_factory) as session:
        block = session.get_one(Block, run.block_id)
        block.rules = block.rules | {"composition": []}
        way = planning.way_of(run, "0-0")
        with pytest.raises(NoSuchWayOut):
            planning.keep(session, block, run, way, now=clock(), actor="test")
