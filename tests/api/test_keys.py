"""Who gets in, and what they are told who do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.models import Organiser
from app.services import accounts, api_tokens
from tests.api.conftest import Program, make_key
from tests.builders import make_event, make_organiser


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic {key}", "{key}"])
def test_without_a_good_key_nobody_gets_in(program: Program, said: str) -> None:
    answer = program.app.test_client().get(
        "/api/v1/events", headers={"Authorization": said.format(key=program.key)}
    )

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Roundabout"'
    assert answer.mimetype == "application/problem+json"
    assert answer.json["advice"].startswith("Send the header Authorization")


def test_a_key_in_an_address_or_a_cookie_opens_nothing(program: Program) -> None:
    client = program.app.test_client()
    client.set_cookie("Authorization", f"Bearer {program.key}")

    answers = [
        client.get(f"/api/v1/events?{name}={program.key}")
        for name in ("key", "token", "access_token", "Authorization")
    ]

    assert {answer.status_code for answer in answers} == {401}


def test_a_signed_in_browser_is_nobody_here(
    program: Program, session_factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(session_factory) as session:
        owner = session.query(Organiser).first()
        assert owner is not None
        token = accounts.open_session(session, owner.id, now=now)
    client = program.app.test_client()
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token

    assert client.get("/events").status_code == 200
    assert client.get("/api/v1/events").status_code == 401
    assert client.post("/api/v1/events", json={}).status_code == 401


def test_a_key_that_reads_does_not_write(
    program: Program, session_factory: SessionFactory, now: datetime
) -> None:
    key = make_key(session_factory, program.organisation_id, 1, now=now, may_write=False)
    reader = replace(program, key=key)

    read = reader.get(f"/events/{program.event_id}")
    written = [
        reader.post("/events", {}),
        reader.post(f"/events/{program.event_id}/plans", {}),
        reader.send("PATCH", f"/events/{program.event_id}", {"sign_up": "closed"}),
    ]

    assert read.status_code == 200
    assert {answer.status_code for answer in written} == {403}


def test_another_organisations_event_is_not_found_as_one_that_is_not_there(
    program: Program, session_factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(session_factory) as session:
        stranger = make_organiser(session, email="stranger@example.org")
        make_event(session)
        ids = stranger.organisation_id, stranger.id
    other = replace(program, key=make_key(session_factory, *ids, now=now))

    theirs = other.get(f"/events/{program.event_id}")
    nobodys = other.get("/events/2000000000")

    assert theirs.status_code == 404
    assert theirs.data == nobodys.data
    assert other.get("/events").json == {"items": [], "next_cursor": None}


def test_too_many_requests_are_told_how_long_to_wait(
    program: Program, session_factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(session_factory) as session:
        for _ in range(api_tokens.REQUESTS.tries):
            api_tokens.use(session, program.key, now=now)

    answer = program.get("/events")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert answer.json["title"] == "Too much at once"


def test_what_is_not_there_is_a_problem_document_not_a_page(app: Flask) -> None:
    client = app.test_client()
    answers = [client.get("/api/v1/nothing"), client.delete("/api/v1/events")]

    assert [answer.status_code for answer in answers] == [404, 405]
    assert {answer.mimetype for answer in answers} == {"application/problem+json"}
    assert "GET" in answers[1].headers["Allow"]
