from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.organiser.account import safe_next
from app.db import SessionFactory, unit_of_work
from app.models import Organiser, OrganiserSession
from app.services import accounts
from tests.builders import PASSWORD, make_organiser
from tests.conftest import Clock

GOOD = {"email": "olivia@example.org", "password": PASSWORD}


@pytest.fixture
def olivia(session_factory: SessionFactory) -> int:
    with unit_of_work(session_factory) as session:
        return make_organiser(session).id


@pytest.mark.usefixtures("olivia")
def test_right_password_leads_to_the_events(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=GOOD)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/events")
    assert client.get("/events").status_code == 200


@pytest.mark.usefixtures("olivia")
def test_wrong_password_keeps_the_address_and_says_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=GOOD | {"password": "wrong"})

    assert answer.status_code == 422
    assert "<title>Error: Sign in" in answer.text
    assert 'value="olivia@example.org"' in answer.text
    assert '<a href="#password">That address and password do not go together</a>' in answer.text
    assert "wrong" not in re.findall(r'value="([^"]*)"', answer.text)


def test_empty_form_names_both_fields(client: FlaskClient) -> None:
    page = client.post("/sign-in", data={}).text

    assert '<a href="#email">Write your e-mail address</a>' in page
    assert '<a href="#password">Write your password</a>' in page


@pytest.mark.usefixtures("olivia")
def test_too_many_tries_wait(client: FlaskClient, clock: Clock) -> None:
    statuses = [
        client.post("/sign-in", data=GOOD | {"password": "wrong"}).status_code for _ in range(11)
    ]
    clock.advance(minutes=15)

    assert statuses == [422] * 10 + [429]
    assert client.post("/sign-in", data=GOOD).status_code == 302


@pytest.mark.usefixtures("olivia")
def test_page_asked_for_before_comes_after(client: FlaskClient) -> None:
    asked = client.get("/events/new?preset=family-groups")
    answer = client.post(asked.headers["Location"], data=GOOD)

    assert answer.headers["Location"] == "/events/new?preset=family-groups"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "evil", "", "/a\\b", "/\t/evil"],
)
def test_next_never_leaves_the_house(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == "/events"


@pytest.mark.usefixtures("olivia")
def test_signing_out_ends_the_session_everywhere(client: FlaskClient, app: Flask) -> None:
    client.post("/sign-in", data=GOOD)
    cookie = client.get_cookie("session")
    copied = app.test_client()
    assert cookie is not None
    copied.set_cookie("session", cookie.value)
    assert copied.get("/events").status_code == 200

    client.post("/sign-out")

    assert copied.get("/events").status_code == 302


@pytest.mark.usefixtures("olivia")
def test_session_ends_after_eight_idle_hours(client: FlaskClient, clock: Clock) -> None:
    client.post("/sign-in", data=GOOD)
    clock.advance(hours=8)

    assert client.get("/events").status_code == 302


@pytest.mark.usefixtures("olivia")
def test_front_page_leads_to_sign_in_or_events(client: FlaskClient) -> None:
    before = client.get("/").headers["Location"]
    client.post("/sign-in", data=GOOD)

    assert (before, client.get("/").headers["Location"]) == ("/sign-in", "/events")


def test_owner_comes_in_by_a_link_that_works_once(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    with unit_of_work(session_factory) as session:
        token = accounts.invite_owner(
            session, organisation_name="Clinic", email="eva@example.org", now=clock()
        )
    page = client.get(f"/welcome/{token}")
    weak = client.post(f"/welcome/{token}", data={"name": "Eva Lind", "password": "password1"})
    good = client.post(f"/welcome/{token}", data={"name": "Eva Lind", "password": PASSWORD})
    again = client.post(f"/welcome/{token}", data={"name": "Mallory", "password": PASSWORD})

    assert "Run the events of <bdi>Clinic</bdi>" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert (weak.status_code, "nobody would guess" in weak.text) == (422, True)
    assert (good.status_code, good.headers["Location"]) == (302, "/events")
    assert "Eva Lind" in client.get("/events").text
    assert again.status_code == 410


def test_owner_link_is_old_after_a_week(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    with unit_of_work(session_factory) as session:
        token = accounts.invite_owner(
            session, organisation_name="Clinic", email="eva@example.org", now=clock()
        )
    clock.at += timedelta(days=7)

    assert client.get(f"/welcome/{token}").status_code == 410


def test_page_views_do_not_wait_for_writers(
    client: FlaskClient, session_factory: SessionFactory, olivia: int, clock: Clock
) -> None:
    client.post("/sign-in", data=GOOD)
    clock.advance(minutes=1)

    with unit_of_work(session_factory) as session:  # holds the writers' lock
        status = client.get("/events").status_code
        seen = session.get_one(Organiser, olivia).email

    assert (status, seen) == (200, "olivia@example.org")


@pytest.mark.usefixtures("olivia")
def test_session_in_use_lives_on(client: FlaskClient, clock: Clock) -> None:
    client.post("/sign-in", data=GOOD)

    statuses = []
    for _ in range(3):
        clock.advance(hours=7)
        statuses.append(client.get("/events").status_code)

    assert statuses == [200, 200, 200]


@pytest.mark.usefixtures("olivia")
def test_idle_session_ends(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    client.post("/sign-in", data=GOOD)
    clock.advance(hours=8)

    answer = client.get("/events")

    assert answer.headers["Location"].startswith("/sign-in")
    with unit_of_work(session_factory) as session:
        assert session.scalars(select(OrganiserSession)).all() == []
