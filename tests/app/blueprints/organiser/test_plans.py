from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import PlanRunState
from app.factory import create_app
from app.models import Event, PlanRun
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.app.queries.runs import finish, make_hosted, make_planned, make_run
from tests.builders import make_event
from tests.conftest import Clock

FORM = {"time_limit_s": "10", "seed": "7"}


def make_event_with_people(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_hosted(session, organisation=desk.house(session))[0].id


def make_finished(desk: Desk, clock: Clock) -> tuple[int, int, list[int]]:
    """Return event, run and mentees of a plan with seats."""
    with unit_of_work(desk.factory) as session:
        event, run, _mentors, mentees = make_planned(session, clock())
        event.organisation_id = desk.organisation_id
        return event.id, run.id, [one.id for one in mentees]


def make_running(desk: Desk, clock: Clock, **changes: Any) -> tuple[int, int]:
    with unit_of_work(desk.factory) as session:
        event = make_hosted(session, organisation=desk.house(session))[0]
        run = make_run(
            session, event, clock(), state=PlanRunState.RUNNING, started_at=clock(), **changes
        )
        return event.id, run.id


def runs(desk: Desk) -> list[PlanRun]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(PlanRun)))


def test_asking_for_a_plan_queues_it_and_wakes_the_worker(
    desk: Desk, settings: Config, engine: Engine, clock: Clock
) -> None:
    event_id = make_event_with_people(desk)
    woken: list[int] = []
    app = create_app(settings, engine=engine, clock=clock, wake=woken.append)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    with desk.client.session_transaction() as ours, client.session_transaction() as theirs:
        theirs[SESSION_KEY] = ours[SESSION_KEY]

    answer = client.post(f"/events/{event_id}/plan", data=FORM)

    (run,) = runs(desk)
    assert answer.headers["Location"] == f"/events/{event_id}/plans/{run.id}"
    assert (run.state, run.time_limit_s, run.seed) == (PlanRunState.QUEUED, 10.0, 7)
    assert woken == [run.id]


def test_another_try_is_offered_with_its_number(desk: Desk) -> None:
    path = f"/events/{make_event_with_people(desk)}/plan"

    asked, beyond = desk.client.get(f"{path}?another=8").text, desk.client.get(f"{path}?another=-1")

    assert re.search(r'name="seed"[^>]* value="8"', asked)
    assert '<details class="more" open><summary>Try another of several good plans' in asked
    assert re.search(r'name="seed"[^>]* value="1"', beyond.text)
    assert "Seed" not in asked


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"time_limit_s": "1"}, "time_limit_s"), ({"time_limit_s": ""}, "time_limit_s"),
     ({"seed": "x"}, "seed")],
)  # fmt: skip
def test_wrong_numbers_are_refused(desk: Desk, changes: dict[str, str], field: str) -> None:
    event_id = make_event_with_people(desk)

    answer = desk.client.post(f"/events/{event_id}/plan", data=FORM | changes)

    assert (answer.status_code, f'<a href="#{field}">' in answer.text) == (422, True)
    assert runs(desk) == []


def test_nobody_to_plan_is_said_on_the_page(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id

    answer = desk.client.post(f"/events/{event_id}/plan", data=FORM)

    assert (answer.status_code, "There is nobody to seat yet" in answer.text) == (422, True)


def test_running_plan_polls_and_reloads_without_scripts(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_running(desk, clock)

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}").text

    assert f'hx-get="/events/{event_id}/plans/{run_id}/progress"' in page
    assert 'hx-trigger="every 1500ms"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "htmx@2.0.11/htmx.min.js" in page


def test_poll_brings_the_figures_and_the_goals(desk: Desk, clock: Clock) -> None:
    progress = [
        {"seconds": 0.0, "goal": "fit", "value": 188, "bound": 281},
        {"seconds": 4.0, "goal": "fit", "value": 257, "bound": 266},
    ]
    event_id, run_id = make_running(desk, clock, progress=progress)
    clock.advance(seconds=5)

    part = desk.client.get(f"/events/{event_id}/plans/{run_id}/progress").text

    assert "<html" not in part
    assert "5 seconds of at most 20." in part
    assert "Topic match in all: <b>257</b>; the best possible is <b>266</b>." in part
    assert '<div id="goals-list" hx-swap-oob="true">' in part
    assert part.count("<tr><td>") == 2


def test_poll_of_a_run_that_ended_sends_the_browser_on(desk: Desk, clock: Clock) -> None:
    event_id, run_id, _ = make_finished(desk, clock)

    answer = desk.client.get(f"/events/{event_id}/plans/{run_id}/progress")

    assert answer.headers["HX-Redirect"] == f"/events/{event_id}/plans/{run_id}"


def test_stopping_asks_the_worker_to_keep_the_best(desk: Desk, clock: Clock) -> None:
    event_id, run_id = make_running(desk, clock)

    answer = desk.client.post(f"/events/{event_id}/plans/{run_id}/stop", follow_redirects=True)

    assert "It stops, and keeps the best plan so far." in answer.text
    assert runs(desk)[0].stop_requested is True


def test_plan_page_opens_with_a_sentence_and_leads_to_publishing(desk: Desk, clock: Clock) -> None:
    event_id, run_id, _ = make_finished(desk, clock)

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}").text

    assert "Every mentee meets <b>2</b> different mentors. Nobody meets anybody twice." in page
    assert f'href="/events/{event_id}/publish/{run_id}"' in page
    assert "Who meets whom: 2 tables inside, 3 people around them." in page


def test_followed_person_is_marked_in_grid_wheel_and_table(desk: Desk, clock: Clock) -> None:
    event_id, run_id, mentees = make_finished(desk, clock)

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}?who=p{mentees[0]}").text

    assert page.count('aria-current="true"') == 3  # two seats and one round to reflect
    assert page.count('class="l on"') == 2
    assert "Róża Tylus is picked out: round 1, round 2." in page
    assert '<tr class="me"><th scope="row"><bdi>Róża Tylus</bdi></th>' in page


def test_plan_of_an_older_roster_cannot_be_published(desk: Desk, clock: Clock) -> None:
    event_id, run_id, _ = make_finished(desk, clock)
    with unit_of_work(desk.factory) as session:
        session.get_one(Event, event_id).roster_version += 1

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}").text

    assert "The roster has changed since this plan." in page
    assert "Compare and publish" not in page


def test_impossible_plan_says_so_in_words(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_hosted(session, organisation=desk.house(session))[0]
        few = {"rule": "seats", "message": "too few seats", "suggestions": ["Add a table."]}
        findings = [few | {"is_confidential": False}]
        run = make_run(session, event, clock())
        finish(session, run, event, {}, status="infeasible", goals=(), findings=findings)

    page = desk.client.get(f"/events/{event.id}/plans/{run.id}").text

    assert "There is no plan like this" in page
    assert "Too few seats" in page
    assert "Add a table." in page


def test_run_of_another_event_is_not_found(desk: Desk, clock: Clock) -> None:
    _event_id, run_id, _ = make_finished(desk, clock)
    other = make_event_with_people(desk)
    base = f"/events/{other}/plans/{run_id}"

    assert desk.client.get(base).status_code == 404
    assert desk.client.get(f"{base}/progress").status_code == 404
    assert desk.client.post(f"{base}/stop").status_code == 404


def test_plans_so_far_are_listed_with_how_they_ended(desk: Desk, clock: Clock) -> None:
    event_id, run_id, _ = make_finished(desk, clock)

    page = desk.client.get(f"/events/{event_id}/plan").text

    assert f'href="/events/{event_id}/plans/{run_id}"' in page
    assert '<span class="tag good">plan</span>' in page


def test_no_page_of_a_plan_breaks_the_content_policy(desk: Desk, app: Flask, clock: Clock) -> None:
    event_id, run_id, mentees = make_finished(desk, clock)

    page = desk.client.get(f"/events/{event_id}/plans/{run_id}?who=p{mentees[0]}").text

    assert app.extensions["roundabout"] is not None
    assert [
        word for word in (" style=", "<style", " onclick=", "javascript:") if word in page
    ] == []
