"""From one plan to the next: goals in an order of one's own, ways out, wanted values."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.models import Event, PlanRun
from tests.app.blueprints.organiser.conftest import Desk
from tests.app.queries.runs import finish, make_hosted, make_planned, make_run
from tests.builders import planned_block
from tests.conftest import Clock

FORM = {"time_limit_s": "10", "seed": "7"}
TWICE = "let mentee and mentor meet twice"
SECRET = "let p1 and p2 share a table"


def make_event_with_people(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_hosted(session, organisation=desk.house(session))[0].id


def make_impossible(desk: Desk, clock: Clock, *orders: str, **finding: Any) -> tuple[int, int]:
    plain: dict[str, Any] = {"values": [["attendance", 4.0]], "settle": [], "is_general": False}
    entry = {"rule": "seats", "message": "t1 is too small.", "is_confidential": False} | finding
    with unit_of_work(desk.factory) as session:
        event = make_hosted(session, organisation=desk.house(session))[0]
        run = make_run(session, event, clock())
        ways = [plain | {"orders": [order]} for order in orders]
        findings = [entry | {"ways": ways}]
        finish(session, run, event, {}, status="infeasible", goals=(), findings=findings)
        return event.id, run.id


def runs(desk: Desk) -> list[PlanRun]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(PlanRun).order_by(PlanRun.id)))


def test_a_goal_moves_up_without_a_script_and_nothing_is_planned(desk: Desk) -> None:
    event_id = make_event_with_people(desk)
    goals = ["attendance", "wishes", "fit"]

    answer = desk.client.post(
        f"/events/{event_id}/plan",
        data=FORM | {"goal": goals, "move": "fit:up", "seed": "99"},
    )

    page = answer.text
    places = [page.index(f'name="goal" value="{name}"') for name in ("attendance", "fit", "wishes")]
    assert (answer.status_code, places) == (200, sorted(places))
    assert 'value="99"' in page
    assert "For this plan only." in page
    assert runs(desk) == []


@pytest.mark.parametrize(
    ("move", "goals"),
    [
        ("attendance:down", ["fit", "attendance"]),
        ("attendance:up", ["attendance", "fit"]),
        ("fit:out", ["attendance"]),
        ("wishes:in", ["attendance", "fit", "wishes"]),
        ("no-such-goal:in", ["attendance", "fit"]),
        ("changes:in", ["attendance", "fit"]),
        ("", ["attendance", "fit"]),
    ],
)
def test_a_step_of_the_list_of_goals(desk: Desk, move: str, goals: list[str]) -> None:
    event_id = make_event_with_people(desk)
    form = FORM | {"goal": ["attendance", "fit"], "move": move}

    page = desk.client.post(f"/events/{event_id}/plan", data=form).text

    found = [part.split('"')[0] for part in page.split('name="goal" value="')[1:]]
    assert found == goals


def test_goals_asked_for_stand_on_the_run(desk: Desk) -> None:
    event_id = make_event_with_people(desk)
    form = FORM | {"goal": ["wishes", "attendance"]}

    page = desk.client.post(f"/events/{event_id}/plan", data=form, follow_redirects=True).text

    assert "Goals in this order: wishes come true, no empty seats." in page
    assert runs(desk)[0].options == {"goals": ["wishes", "attendance"]}


def test_the_events_own_order_is_nothing_in_particular(desk: Desk) -> None:
    event_id = make_event_with_people(desk)
    page = desk.client.get(f"/events/{event_id}/plan").text
    own = [part.split('"')[0] for part in page.split('name="goal" value="')[1:]]

    desk.client.post(f"/events/{event_id}/plan", data=FORM | {"goal": own, "begin": "near"})

    assert runs(desk)[0].options == {}


def test_a_way_out_is_tried_in_a_plan_of_its_own(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_impossible(desk, clock, TWICE)
    page = desk.client.get(f"/events/{event_id}/plans/{run_id}").text
    answer = desk.client.post(f"/events/{event_id}/plans/{run_id}/try", data={"way": "0-0"})

    assert "Let mentees and mentors meet twice" in page
    assert "A plan then has: seats used 4." in page
    _old, new = runs(desk)
    assert answer.headers["Location"] == f"/events/{event_id}/plans/{new.id}"
    assert new.options == {"relax": [TWICE]}
    told = desk.client.get(answer.headers["Location"]).text
    assert "Tried in this plan only: let mentees and mentors meet twice." in told


def test_a_rule_is_kept_only_by_its_own_button(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_impossible(desk, clock, TWICE)

    desk.client.post(f"/events/{event_id}/plans/{run_id}/keep", data={"way": "0-0"})

    with unit_of_work(desk.factory, write=False) as session:
        rules = planned_block(session.get_one(Event, event_id)).rules
    assert {"between": ["mentee", "mentor"], "limit": "avoid"} in rules["repeats"]
    assert len(runs(desk)) == 1


def test_a_table_is_added_on_the_agenda_and_not_by_trying(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_impossible(desk, clock, "add one table")

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}").text

    assert ("Add one table" in page, "Try this" in page) == (True, False)


def test_a_confidential_way_is_neither_shown_nor_taken(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_impossible(desk, clock, SECRET, is_confidential=True)
    base = f"/events/{event_id}/plans/{run_id}"

    page = desk.client.get(base).text
    answers = [desk.client.post(f"{base}/{to}", data={"way": "0-0"}) for to in ("try", "keep")]

    assert "share a table" not in page
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_wanted_value_is_asked_for_as_a_plan(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event, run, *_ = make_planned(session, clock())
        event.organisation_id = desk.organisation_id
    base = f"/events/{event.id}/plans/{run.id}"

    page = desk.client.get(base).text
    answer = desk.client.post(f"{base}/want", data={"goal": "attendance_floor"})

    assert "Can everybody have every round they can come to?" in page
    assert runs(desk)[-1].options == {"want": ["attendance_floor", 3.0]}
    assert answer.headers["Location"] == f"/events/{event.id}/plans/{runs(desk)[-1].id}"
    assert desk.client.post(f"{base}/want", data={"goal": "fit"}).status_code == 404


def test_pages_of_a_plan_open_with_their_figures(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event, run, *_ = make_planned(session, clock())
        event.organisation_id = desk.organisation_id

    people = desk.client.get(f"/events/{event.id}/plans/{run.id}/people?q=tylus").text
    both = desk.client.get(f"/events/{event.id}/plans/compare?a={run.id}&b={run.id}").text

    assert "What each of 1 person gets of this plan." in people
    assert "The two plans seat everybody alike" in both
