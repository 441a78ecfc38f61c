"""My account: name, password and sessions."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.organiser.browser import browser_name
from app.db import unit_of_work
from app.models import Organiser
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import PASSWORD
from tests.conftest import Clock

NEW = "ships at dusk"


def sign_in(app: Flask, password: str = PASSWORD, agent: str = "") -> FlaskClient:
    client = app.test_client()
    client.post(
        "/sign-in",
        data={"email": "olivia@example.org", "password": password},
        headers={"User-Agent": agent},
    )
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/events").status_code == 200


def test_name_is_changed_and_an_empty_one_is_not(desk: Desk) -> None:
    empty = desk.client.post("/account/name", data={"name": "  "})
    good = desk.client.post("/account/name", data={"name": " Olivia  Ørsted "})

    with unit_of_work(desk.factory) as session:
        name = session.scalars(select(Organiser.name)).one()
    assert (empty.status_code, good.status_code, name) == (422, 302, "Olivia Ørsted")
    assert '<a href="#name">Write your name</a>' in empty.text


def test_password_is_changed_with_the_old_one_and_other_browsers_are_out(
    desk: Desk, app: Flask
) -> None:
    elsewhere = sign_in(app)

    wrong = desk.client.post("/account/password", data={"old": "guess", "password": NEW})
    weak = desk.client.post(
        "/account/password", data={"old": PASSWORD, "password": "Olivia Organiser"}
    )
    was_in = is_in(elsewhere)
    good = desk.client.post("/account/password", data={"old": PASSWORD, "password": NEW})

    assert (wrong.status_code, weak.status_code, good.status_code) == (422, 422, 302)
    assert "This is not the password you have now" in wrong.text
    assert (was_in, is_in(elsewhere), is_in(desk.client)) == (True, False, True)
    assert is_in(sign_in(app, NEW))


def test_copied_cookie_is_worth_nothing_after_the_password_changed(desk: Desk, app: Flask) -> None:
    cookie = desk.client.get_cookie("session")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)

    desk.client.post("/account/password", data={"old": PASSWORD, "password": NEW})

    assert not is_in(thief)


def test_page_lists_the_own_browsers(desk: Desk, app: Flask, clock: Clock) -> None:
    sign_in(app, agent="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    clock.advance(hours=3)

    page = desk.client.get("/account").text

    assert page.count("Signed in 3 hours ago") == 2
    assert page.count("This browser</span>") == 1
    assert "<b>Firefox on Windows</b>" in page
    assert page.index("This browser</span>") < page.index("Firefox on Windows")


def test_sign_out_everywhere_ends_every_session(desk: Desk, app: Flask) -> None:
    elsewhere = sign_in(app)

    answer = desk.client.post("/account/sign-out-everywhere")

    assert answer.headers["Location"] == "/sign-in"
    assert (is_in(desk.client), is_in(elsewhere)) == (False, False)


def test_session_changes_at_sign_in_and_the_one_before_ends(desk: Desk, app: Flask) -> None:
    before = desk.client.get_cookie("session")
    assert before is not None
    desk.client.post("/sign-in", data={"email": "olivia@example.org", "password": PASSWORD})

    copied = app.test_client()
    copied.set_cookie("session", before.value)

    assert is_in(desk.client)
    assert not is_in(copied)


@pytest.mark.usefixtures("desk")
def test_sign_in_form_of_somebody_else_signs_nobody_in(app: Flask) -> None:
    """Login CSRF: a stranger's form, with the stranger's token, in a victim's browser."""
    app.config["WTF_CSRF_ENABLED"] = True
    stranger, victim = app.test_client(), app.test_client()
    page = stranger.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"email": "olivia@example.org", "password": PASSWORD}

    answers = [
        victim.post("/sign-in", data=data | {"csrf_token": token}),
        victim.post("/sign-in", data=data),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert stranger.post("/sign-in", data=data | {"csrf_token": token}).status_code == 302
    assert not is_in(victim)


def test_browsers_are_named_as_people_name_them() -> None:
    chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1"
    edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"

    assert [browser_name(agent) for agent in (chrome, safari, edge, "curl/8", "")] == [
        "Chrome on Android",
        "Safari on an iPhone",
        "Edge on Windows",
        "",
        "",
    ]
