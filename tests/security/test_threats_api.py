"""The API: a key sees its own organisation, nothing private of it, and writes nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.security.fixtures import rows_of
from tests.security.routes import CHANGING, Kind, Route, routes
from tests.security.test_canary import CONFIDENTIAL
from tests.security.world import ASKERS, Side, World

COUNTED = {"attempt", "api_token"}
"""What a request may write that was refused: that it was one, and when the key was used."""
BODIES: dict[str, object] = {
    "api.change_event": {"sign_up": "closed"},
    "api.ask_for_plan": {},
    "api.publish_schedule": {"plan_ids": [1], "expected_version": 1},
    "api.create_event": {},
    "api.add_sign_up": {},
}
_RIGHT = {"name": "N", "email": "n@example.org", "role": "mentee", "question": "Why?"}


def programs(app: Flask) -> list[Route]:
    return [route for route in routes(app) if route.row.kind is Kind.PROGRAM]


def ask(client: FlaskClient, side: Side, route: Route, url: str) -> TestResponse:
    body = BODIES.get(route.rule.endpoint)
    if route.rule.endpoint == "api.add_sign_up":
        body = _RIGHT
    headers = {"Authorization": f"Bearer {side.secret('api_token')}", "If-Match": '"x"'}
    return client.open(url, method=route.method, json=body, headers=headers)


def snapshot(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in rows_of(engine).items() if name not in COUNTED}


def test_t01_another_organisations_rows_are_not_there_for_a_key(
    app: Flask, world: World, engine: Engine
) -> None:
    before, found = snapshot(engine), {}
    for route in programs(app):
        if not route.rule.arguments:
            continue
        theirs = ask(app.test_client(), world.b, route, route.url(world.a))
        nobodys = ask(app.test_client(), world.b, route, route.url(world.a, made_up=True))
        found[str(route)] = (theirs.status_code, theirs.data == nobodys.data)

    assert set(found.values()) == {(404, True)}, found
    assert len(found) == 16
    assert snapshot(engine) == before


def test_t01_a_foreign_row_is_not_found_below_an_own_event(
    app: Flask, world: World, engine: Engine
) -> None:
    before, found = snapshot(engine), {}
    for route in programs(app):
        names = route.rule.arguments - {"event_id", "version"}
        if "event_id" not in route.rule.arguments or not names:
            continue
        values: dict[str, object] = {name: world.a.row(name) for name in names}
        built = route.rule.build(values | {"event_id": world.b.event_id})
        assert built is not None
        found[str(route)] = ask(app.test_client(), world.b, route, str(built[1])).status_code

    assert set(found.values()) == {404}, found
    assert len(found) == 6
    assert snapshot(engine) == before


def test_t01_a_foreign_plan_or_block_in_a_body_is_not_found(
    app: Flask, world: World, engine: Engine
) -> None:
    before, client = snapshot(engine), app.test_client()
    headers = {"Authorization": f"Bearer {world.b.secret('api_token')}"}
    base = f"/api/v1/events/{world.b.event_id}"

    answers = [
        client.post(f"{base}/plans", json={"block_id": world.a.row("block_id")}, headers=headers),
        client.post(
            f"{base}/schedules",
            json={"plan_ids": [world.a.row("run_id")], "expected_version": 1},
            headers=headers,
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert snapshot(engine) == before


def test_t02_no_answer_holds_anything_foreign_or_confidential(app: Flask, world: World) -> None:
    pages = {
        str(route): ask(app.test_client(), world.a, route, route.url(world.a))
        for route in programs(app)
        if route.method not in CHANGING
    }
    shown = [
        (name, secret)
        for name, answer in pages.items()
        for secret in (world.b.marker, ASKERS, *CONFIDENTIAL)
        if secret.encode() in answer.data
    ]
    own = [name for name, answer in pages.items() if world.a.marker.encode() in answer.data]

    assert {answer.status_code for answer in pages.values()} == {200}
    assert shown == []
    assert len(own) >= 5


def test_t02_private_answers_scores_and_who_is_kept_apart_are_in_no_answer(
    app: Flask, world: World
) -> None:
    client, headers = app.test_client(), {"Authorization": f"Bearer {world.a.secret('api_token')}"}
    base = f"/api/v1/events/{world.a.event_id}"

    roster = client.get(f"{base}/roster", headers=headers)
    problem = client.get(f"{base}/plans/{world.a.row('run_id')}/problem", headers=headers)

    assert b"answer value" not in roster.data
    assert {"keep_apart", "wishes", "fit", "table_fit"} & set(problem.json) == set()
    assert [person for person in problem.json["people"] if "traits" in person] == []
    assert problem.json["x_withheld"] == ["keep_apart", "wishes", "fit", "table_fit", "traits"]


@pytest.mark.parametrize("said", [None, "Bearer rb_made-up", "Basic x"])
def test_nobody_without_a_key_learns_or_changes_anything(
    app: Flask, world: World, engine: Engine, said: str | None
) -> None:
    before, client = snapshot(engine), app.test_client()
    headers = {} if said is None else {"Authorization": said}

    answers = {
        str(route): client.open(route.url(world.a), method=route.method, json={}, headers=headers)
        for route in programs(app)
    }

    assert {answer.status_code for answer in answers.values()} == {401}
    assert len({answer.data for answer in answers.values()}) == 1
    assert snapshot(engine) == before


def test_whoever_has_a_key_is_let_in(app: Flask, world: World, anew: Callable[[], None]) -> None:
    """Otherwise the tests above could not fail."""
    answers = {}
    for route in programs(app):
        answer = ask(app.test_client(), world.a, route, route.url(world.a))
        answers[str(route)] = answer.status_code
        if route.method in CHANGING:
            anew()

    refused = {name: code for name, code in answers.items() if code in {401, 403, 404, 405, 500}}
    assert refused == {}


def test_t13_no_column_can_be_set_that_is_not_documented(
    app: Flask, world: World, engine: Engine
) -> None:
    before = snapshot(engine)
    headers = {"Authorization": f"Bearer {world.a.secret('api_token')}"}
    base = f"/api/v1/events/{world.a.event_id}"
    event = {
        "preset": "conference-hour",
        "name": "E",
        "starts_at": "2027-03-05T18:00:00+01:00",
        "zone": "Europe/Berlin",
    }
    names = ("id", "state", "organisation_id", "event_id", "seq", "created_at", "published_by")

    statuses = {
        app.test_client().post(url, json=body | {name: 1}, headers=headers).status_code
        for name in names
        for url, body in (
            ("/api/v1/events", event),
            (f"{base}/sign-ups", _RIGHT),
            (f"{base}/plans", {}),
            (f"{base}/schedules", {"plan_ids": [1], "expected_version": 1}),
        )
    }

    assert statuses == {422}
    assert snapshot(engine) == before
