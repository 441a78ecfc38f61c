"""Threats that reach every form: large bodies, forged posts; and what stands open without asking.

The numbers are those of the threat list; ``threats.py`` says which other tests catch them too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from app.db import SessionFactory, unit_of_work
from app.factory import create_app
from app.models import AuditEntry
from config import Config
from tests.builders import PASSWORD
from tests.published import MENTEES, MENTORS
from tests.security.crawl import pages_with
from tests.security.fixtures import Browser, Tour, rows_of
from tests.security.routes import CHANGING, Kind, routes
from tests.security.world import World

LARGE = b"x" * 1_100_000
FORM = "application/x-www-form-urlencoded"


def test_t19_a_body_that_is_too_large_is_refused_everywhere(
    app: Flask, world: World, browser: Browser
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for body in ({"name": "x" * 1_100_000}, {f"f{number}": "x" for number in range(1_001)}):
        answer = browser(world.a).post(f"/e/{world.a.slug}", data=body)

        assert answer.status_code in {400, 413}, answer.status_code
    files = {f"f{number}": "x" for number in range(1_001)}
    answer = browser(world.a).post(
        f"/e/{world.a.slug}", data=files, content_type="multipart/form-data"
    )
    assert answer.status_code == 413


TAKES_FILES = {"POST roster_import.keep": 422}
"""Where who is signed in may send a list of 10 MB: this one is refused for what it is."""


def test_t19_forms_are_refused_before_they_fill_the_memory(
    app: Flask, world: World, browser: Browser
) -> None:
    statuses = {
        str(route): browser(world.a)
        .open(route.url(world.a), method=route.method, data=LARGE, content_type=FORM)
        .status_code
        for route in routes(app)
        if route.method in CHANGING
    }

    refused = {413, 401, 404, 405}
    assert {name: code for name, code in statuses.items() if code not in refused} == TAKES_FILES


def test_t19_the_debugger_starts_on_this_machine_only(
    settings: Config, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(RuntimeError, match="loopback"):
        create_app(replace(settings, host="0.0.0.0"), engine=engine)  # noqa: S104 -- refused
    assert create_app(settings, engine=engine).debug


def test_t22_no_form_is_taken_without_its_token(
    app: Flask, world: World, engine: Engine, browser: Browser
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    before = rows_of(engine)
    statuses = {
        f"{route} {given}": browser(world.a)
        .open(route.url(world.a), method=route.method, data={"csrf_token": given})
        .status_code
        for route in routes(app)
        if route.method in CHANGING and route.row.kind not in {Kind.MACHINE, Kind.PROGRAM}
        for given in ("", "x", "IjEyMyI.YQ.abc")
    }

    assert set(statuses.values()) == {400}
    assert rows_of(engine) == before


def test_t22_a_strangers_token_signs_nobody_in(app: Flask, world: World) -> None:
    """Login CSRF: the token of one browser is worth nothing in another."""
    app.config["WTF_CSRF_ENABLED"] = True
    stranger, victim = app.test_client(), app.test_client()
    page = stranger.get("/sign-in").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    victim.get("/sign-in")

    answer = victim.post(
        "/sign-in",
        data={
            "csrf_token": token,
            "email": f"{world.a.marker}.owner.a@example.org",
            "password": PASSWORD,
        },
    )

    assert answer.status_code == 400
    assert victim.get("/events").status_code == 302


def test_t22_signing_in_gives_a_new_session_and_signing_out_ends_it(
    app: Flask, world: World
) -> None:
    client = app.test_client()
    client.set_cookie("session", "planted")
    client.post(
        "/sign-in",
        data={"email": f"{world.a.marker}.owner.a@example.org", "password": PASSWORD},
    )
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.value != "planted"
    assert client.get("/events").status_code == 200

    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)

    assert thief.get("/events").status_code == 302


def test_t23_the_server_listens_on_this_machine_unless_told(tmp_path: Path) -> None:
    assert Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)}).host == "127.0.0.1"


def test_t23_no_open_page_names_more_people_than_said_yes(world: World, tour: Tour) -> None:
    """Mentors who agreed to be listed, and nobody else."""
    pages = tour["anonymous"]
    named = [
        (url, who)
        for who in (*MENTEES, f"{world.a.marker}.person", f"{world.a.marker}.asker")
        for url in pages_with(pages, who)
    ]

    assert named == []
    assert len(pages_with(pages, MENTORS[0])) > 0


def test_an_unexpected_error_tells_nothing_of_the_inside(settings: Config, engine: Engine) -> None:
    app = create_app(settings, engine=engine)
    app.add_url_rule("/broken", view_func=lambda: {}["a secret of ours"])

    answer = app.test_client().get("/broken")

    assert answer.status_code == 500
    assert not [word for word in ("Traceback", "KeyError", "secret of ours") if word in answer.text]


def test_signing_in_is_written_down(
    app: Flask, world: World, session_factory: SessionFactory
) -> None:
    entries = select(func.count(AuditEntry.id)).where(AuditEntry.what == "signed in")
    with unit_of_work(session_factory, write=False) as session:
        before = session.scalar(entries)
    for password in ("wrong", PASSWORD):
        app.test_client().post(
            "/sign-in",
            data={"email": f"{world.a.marker}.owner.a@example.org", "password": password},
        )

    with unit_of_work(session_factory, write=False) as session:
        assert session.scalar(entries) == (before or 0) + 1
