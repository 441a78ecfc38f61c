from __future__ import annotations

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.db import SessionFactory, unit_of_work
from app.factory import create_app
from config import Config
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock
from tests.faults.conftest import Place, Pragma, sqlite_place

__all__ = ["sqlite_place"]


def test_health_says_that_the_process_answers_and_no_more(client: FlaskClient) -> None:
    answer = client.get("/health")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_health_asks_no_database(client: FlaskClient, engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    client.get("/health")

    assert asked == []


def test_ready_names_what_is_missing(client: FlaskClient) -> None:
    answer = client.get("/ready")

    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json is not None
    assert answer.json["ready"] is False
    assert answer.json["checks"]["database"] == {"ok": True}
    assert answer.json["checks"]["ticker"] == {"ok": False, "remark": "never seen"}


def test_ready_says_that_nothing_can_be_stored(sqlite_place: Place) -> None:
    pragma = Pragma("query_only=1", undo="query_only=0")
    pragma.watch(sqlite_place.engine)

    answer = sqlite_place.client.get("/ready")

    assert answer.status_code == 503
    assert answer.json == {
        "ready": False,
        "checks": {"database": {"ok": False, "remark": "CannotStore"}},
    }


def test_ready_tells_nothing_about_people(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        sign_up = make_sign_up(session, make_event(session), name="Zebedee Canary")

    text = client.get("/ready").text

    assert "Zebedee" not in text
    assert sign_up.person.email not in text


def test_weaknesses_are_reported_to_the_configured_address(
    settings: Config, engine: Engine, clock: Clock
) -> None:
    app = create_app(
        replace(settings, mail_from="evening@clinic.example"), engine=engine, clock=clock
    )

    text = app.test_client().get("/.well-known/security.txt").text

    assert text.splitlines() == [
        "Contact: mailto:evening@clinic.example",
        "Expires: 2027-08-28T09:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://localhost/.well-known/security.txt",
    ]


def test_no_address_no_invitation_to_write_there(app: Flask) -> None:
    assert app.test_client().get("/.well-known/security.txt").status_code == 404


def test_crawlers_stay_on_public_pages(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nAllow: /e/\nDisallow: /\n"
