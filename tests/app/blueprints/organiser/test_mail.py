from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import Mode, OrganiserRole
from app.factory import create_app
from app.models import AuditEntry
from app.services import accounts, pauses
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_organiser
from tests.conftest import Clock

WHY = "a backup of 1 March was restored."


@pytest.fixture
def paused(session_factory: SessionFactory, clock: Clock) -> None:
    with unit_of_work(session_factory) as session:
        pauses.set(session, pauses.OUTBOX, why=WHY, now=clock())


@pytest.mark.usefixtures("paused")
@pytest.mark.parametrize("path", ["/events", "/outbox", "/mail"])
def test_every_page_says_that_mail_stands_still(desk: Desk, path: str) -> None:
    page = desk.client.get(path).get_data(as_text=True)

    assert f"Mail stands still: {WHY}" in page
    assert "Mail is not being sent: set SMTP" not in page


def test_no_page_says_so_while_mail_goes_out(desk: Desk) -> None:
    assert "stands still" not in desk.client.get("/events").get_data(as_text=True)
    assert "Nothing holds it back." in desk.client.get("/mail").get_data(as_text=True)


@pytest.mark.usefixtures("paused")
def test_owner_lets_mail_go_out_again(desk: Desk) -> None:
    page = desk.client.post("/mail/go-on", follow_redirects=True).get_data(as_text=True)

    assert "Mail goes out again." in page
    with unit_of_work(desk.factory, write=False) as session:
        assert not pauses.is_paused(session, pauses.OUTBOX)
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert (last.what, last.organisation_id) == ("outbox goes on", desk.organisation_id)


@pytest.mark.usefixtures("paused")
def test_the_button_pressed_twice_does_no_harm(desk: Desk) -> None:
    desk.client.post("/mail/go-on")

    page = desk.client.post("/mail/go-on", follow_redirects=True).get_data(as_text=True)

    assert "Mail was going out already." in page


@pytest.mark.usefixtures("paused")
def test_an_organiser_reads_it_and_cannot_lift_it(desk: Desk, app: Flask, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        otto = make_organiser(
            session,
            organisation=desk.house(session),
            email="otto@example.org",
            role=OrganiserRole.ORGANISER,
        )
        token = accounts.open_session(session, otto.id, now=clock())
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie[SESSION_KEY] = token

    page = browser.get("/mail").get_data(as_text=True)
    answer = browser.post("/mail/go-on")

    assert "An owner of your organisation can let it go out again." in page
    assert "<button>Let mail go out again" not in page
    assert answer.status_code == 403
    with unit_of_work(desk.factory, write=False) as session:
        assert pauses.is_paused(session, pauses.OUTBOX)


@pytest.mark.usefixtures("paused")
def test_a_server_has_the_page_too(
    settings: Config, engine: Engine, clock: Clock, desk: Desk
) -> None:
    app = create_app(replace(settings, mode=Mode.SERVER), engine=engine, clock=clock)
    with unit_of_work(desk.factory) as session:
        owner = make_organiser(session, organisation=desk.house(session), email="otto@example.org")
        token = accounts.open_session(session, owner.id, now=clock())
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie[SESSION_KEY] = token

    assert browser.get("/mail").status_code == 200
    assert browser.get("/outbox").status_code == 404
