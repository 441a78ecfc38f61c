from __future__ import annotations

import logging
from dataclasses import replace
from http import HTTPStatus

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app.blueprints.headers import HEADERS
from app.enums import Mode
from app.factory import MAX_BODY, MAX_FORM, create_app
from config import Config
from tests.conftest import Clock

TOKEN = "x9Kq" * 8
HTTPS = {"wsgi.url_scheme": "https"}


@pytest.fixture
def server(settings: Config, engine: Engine, clock: Clock) -> Flask:
    """Return the application as a server runs it."""
    served = replace(settings, mode=Mode.SERVER, base_url="https://localhost")
    app = create_app(served, engine=engine, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError

    return app


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/sign-in", "GET", 200),
        ("/nowhere", "GET", 404),
        ("/sign-in", "DELETE", 405),
        (f"/me/{TOKEN}", "GET", 404),
        ("/broken", "GET", 500),
        ("/ready", "GET", 503),
        ("/static/css/base.css", "GET", 200),
        ("/static/css/none.css", "GET", 404),
        ("/", "GET", 302),
    ],
)
def test_every_answer_is_protected(server: Flask, path: str, method: str, status: int) -> None:
    answer = server.test_client().open(path, method=method, environ_overrides=HTTPS, buffered=True)

    assert answer.status_code == status
    found = {name: answer.headers.get(name) for name in HEADERS}
    policy = "no-referrer" if TOKEN in path else "same-origin"
    assert found == HEADERS | {"Referrer-Policy": policy}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Server" not in answer.headers


def test_strange_host_is_protected_too(server: Flask) -> None:
    answer = server.test_client().get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_plain_http_promises_no_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_cookie_of_a_server_stays_with_its_host(server: Flask) -> None:
    server.config["WTF_CSRF_ENABLED"] = True

    cookie = server.test_client().get("/sign-in", environ_overrides=HTTPS).headers["Set-Cookie"]

    name, *parts = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/me/{TOKEN}", "/me/***"),
        (f"/me/{TOKEN}/edit", "/me/***/edit"),
        (f"/me/{TOKEN}/no-such-page", "/me/***/no-such-page"),
        (f"/c/{TOKEN}", "/c/***"),
        (f"/feed/{TOKEN}.ics", "/feed/***.ics"),
        (f"/welcome/{TOKEN}", "/welcome/***"),
        (f"/reset/{TOKEN}", "/reset/***"),
        (f"/s/{TOKEN}", "/s/***"),
        ("/sign-in?next=/events%3Fsecret", "/sign-in"),
        ("/e/x%0aFORGED", "/e/x\\nFORGED"),
    ],
)
def test_access_log_keeps_no_secret(
    server: Flask, caplog: pytest.LogCaptureFixture, path: str, shown: str
) -> None:
    caplog.set_level(logging.INFO, logger="app.access")

    status = server.test_client().get(path).status_code

    [line] = [record.getMessage() for record in caplog.records if record.name == "app.access"]
    assert line.rsplit(" ", 2)[0] == f"GET {shown} {status}"
    assert TOKEN not in caplog.text


def test_body_that_is_too_large_is_a_page(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=b"x" * (MAX_BODY + 1), content_type="text/plain")
    form = client.post("/sign-in", data={"email": "x" * MAX_FORM})

    for found in (answer, form):
        assert found.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert "<h1>That is too large</h1>" in found.text


@pytest.mark.parametrize(
    ("fields", "kind"),
    [(2_001, "application/x-www-form-urlencoded"), (201, "multipart/form-data")],
)
def test_flood_of_fields_is_a_page(client: FlaskClient, fields: int, kind: str) -> None:
    form = {f"f{number}": "x" for number in range(fields)}

    answer = client.post("/sign-in", data=form, content_type=kind)

    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "<h1>That is too large</h1>" in answer.text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "6.6.6.6")])
def test_only_counted_proxies_are_believed(
    settings: Config, engine: Engine, clock: Clock, proxies: int, seen: str
) -> None:
    app = create_app(replace(settings, proxy_count=proxies), engine=engine, clock=clock)
    app.add_url_rule("/who", view_func=lambda: str(request.remote_addr))

    answer = app.test_client().get("/who", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.9"})

    assert answer.text == seen
