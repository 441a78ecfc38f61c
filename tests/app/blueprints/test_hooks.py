from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from app.db import SessionFactory, unit_of_work
from app.models import IncomingMail
from config import Config

TOKEN = "a token of 32 characters or more"
SAID = {"Authorization": f"Bearer {TOKEN}"}
MAIL = b"From: a@b.example\r\nTo: roundabout@example.org\r\n\r\nHello\r\n"
RFC822 = "message/rfc822"


@pytest.fixture
def hooked(settings: Config, engine: Engine, clock: Callable[[], object]) -> FlaskClient:
    from app.factory import create_app  # noqa: PLC0415 -- slow import

    found = dataclasses.replace(settings, hook_token=TOKEN)
    app = create_app(found, engine=engine, clock=clock)  # type: ignore[arg-type]
    app.config.update(PROPAGATE_EXCEPTIONS=False)  # with CSRF as in real life
    return app.test_client()


def taken(factory: SessionFactory) -> int:
    with unit_of_work(factory, write=False) as session:
        return session.scalar(select(func.count()).select_from(IncomingMail)) or 0


def test_there_is_no_such_page_unless_a_token_is_set(client: FlaskClient) -> None:
    answer = client.post("/hooks/mail", data=MAIL, headers=SAID, content_type=RFC822)

    assert answer.status_code == 404


def test_a_message_is_taken_once_without_cookie_or_form(
    hooked: FlaskClient, session_factory: SessionFactory
) -> None:
    answers = [
        hooked.post("/hooks/mail", data=MAIL, headers=SAID, content_type=RFC822) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.get_json() for answer in answers] == [{"taken": "ignored"}] * 2
    assert taken(session_factory) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer \xe9"},
    ],
)
def test_a_wrong_token_is_refused(
    hooked: FlaskClient, session_factory: SessionFactory, headers: dict[str, str]
) -> None:
    answer = hooked.post("/hooks/mail", data=MAIL, headers=headers, content_type=RFC822)

    assert answer.status_code == 401
    assert taken(session_factory) == 0


def test_wrong_tokens_run_out_and_the_right_one_does_not(hooked: FlaskClient) -> None:
    codes = [hooked.post("/hooks/mail", data=MAIL).status_code for _ in range(22)]

    good = hooked.post("/hooks/mail", data=MAIL, headers=SAID, content_type=RFC822)

    assert codes == [401] * 20 + [429] * 2
    assert good.status_code == 200


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (MAIL, "application/x-www-form-urlencoded", 415),
        (b"", RFC822, 400),
        (b"x" * 1_000_001, RFC822, 413),
        (b"\x00\xff" * 100, "application/octet-stream", 200),
        (MAIL + b"x" * 900_000, RFC822, 200),
    ],
)
def test_what_is_no_single_message_is_refused(
    hooked: FlaskClient, data: bytes, content_type: str, status: int
) -> None:
    answer = hooked.post("/hooks/mail", data=data, headers=SAID, content_type=content_type)

    assert answer.status_code == status


def test_a_look_changes_nothing(hooked: FlaskClient) -> None:
    assert hooked.get("/hooks/mail", headers=SAID).status_code == 405


def test_other_forms_still_need_their_own_token(hooked: FlaskClient) -> None:
    assert hooked.post("/sign-in", data={}, headers=SAID).status_code == 400


def test_the_hook_wears_its_guard(app: Flask) -> None:
    assert app.view_functions["hooks.mail"].guard == "hook"  # type: ignore[attr-defined]
