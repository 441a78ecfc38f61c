"""Reminders end with one click, from a mail program or on the page, and begin again."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose
from app.models import Person
from app.services import access
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Reader:
    """Somebody with a place, and their two links."""

    def __init__(self, factory: SessionFactory, key: bytes, now: datetime) -> None:
        self._factory = factory
        with unit_of_work(factory) as session:
            event = make_event(session, name="An evening of good questions")
            self.person_id = make_sign_up(session, event, name="Wei Chen").person_id
            self.link, self.home = (
                path + access.link_for(session, self.person_id, purpose, key=key, now=now)
                for path, purpose in (
                    ("/u/", LinkPurpose.UNSUBSCRIBE),
                    ("/me/", LinkPurpose.ACCESS),
                )
            )

    @property
    def off_at(self) -> datetime | None:
        with unit_of_work(self._factory, write=False) as session:
            return session.get_one(Person, self.person_id).reminders_off_at


@pytest.fixture
def reader(session_factory: SessionFactory, key: bytes, clock: Clock) -> Reader:
    return Reader(session_factory, key, clock())


def test_opening_the_link_changes_nothing(client: FlaskClient, reader: Reader) -> None:
    page = client.get(reader.link)

    assert (page.status_code, reader.off_at) == (200, None)
    assert "Stop reminders?" in page.text
    assert "Your invite, and what changes about it, still come" in page.text
    assert "Wei Chen" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_them_without_cookie_or_token(
    app: Flask, reader: Reader, clock: Clock, kind: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post(reader.link, data=ONE_CLICK, content_type=kind)

    assert (answer.status_code, reader.off_at) == (200, clock())
    assert "Reminders are off" in answer.text


def test_a_second_click_changes_nothing(client: FlaskClient, reader: Reader, clock: Clock) -> None:
    first = clock()
    client.post(reader.link, data=ONE_CLICK)
    clock.advance(hours=1)

    answer = client.post(reader.link, data=ONE_CLICK)

    assert (answer.status_code, reader.off_at) == (200, first)


def test_the_button_needs_the_forms_token(app: Flask, reader: Reader, clock: Clock) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', browser.get(reader.link).text)

    refused = browser.post(reader.link, data={"reminders": "off"})
    before = reader.off_at
    taken = browser.post(reader.link, data={"reminders": "off", "csrf_token": token})

    assert (refused.status_code, before) == (400, None)
    assert (taken.status_code, taken.location, reader.off_at) == (303, reader.link, clock())


def test_they_are_switched_on_again_on_the_same_page(client: FlaskClient, reader: Reader) -> None:
    client.post(reader.link, data=ONE_CLICK)

    page = client.post(reader.link, data={"reminders": "on"}, follow_redirects=True)

    assert ("Stop reminders?" in page.text, reader.off_at) == (True, None)


def test_they_are_switched_on_the_persons_own_page(
    client: FlaskClient, reader: Reader, clock: Clock
) -> None:
    on = client.get(reader.home).text
    answer = client.post(f"{reader.home}/reminders", data={"reminders": "off"})
    off_at, off = reader.off_at, client.get(reader.home).text
    client.post(f"{reader.home}/reminders", data={"reminders": "on"})

    assert (answer.status_code, answer.location) == (303, f"{reader.home}#reminders")
    assert ("Reminders are on" in on, "Reminders are off" in off) == (True, True)
    assert (off_at, reader.off_at) == (clock(), None)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_nobody_has_opens_nothing(client: FlaskClient, method: str) -> None:
    answer = client.open("/u/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", method=method, data=ONE_CLICK)

    assert answer.status_code == 404


def test_the_link_in_reminders_opens_no_personal_page(client: FlaskClient, reader: Reader) -> None:
    token = reader.link.removeprefix("/u/")

    assert client.get(f"/me/{token}").status_code == 404
    assert client.post(f"/me/{token}/reminders", data={"reminders": "off"}).status_code == 404
