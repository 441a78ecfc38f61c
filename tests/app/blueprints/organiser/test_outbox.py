from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import Mode, OrganiserRole
from app.factory import create_app
from app.models import AccessLink, Organisation, OutboxMessage
from app.services import accounts
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import make_organiser
from tests.conftest import Clock


@pytest.fixture
def desk(
    session_factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
) -> Desk:
    desk = make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )
    desk.publish()
    return desk


def first(desk: Desk) -> OutboxMessage:
    person_id = desk.evening.mentees[0].person_id
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalars(
            select(OutboxMessage).where(OutboxMessage.person_id == person_id)
        ).one()


def test_index_lists_each_mail_with_its_state(desk: Desk) -> None:
    page = desk.client.get("/outbox").get_data(as_text=True)

    assert "8 mails, each to one person. Nothing leaves this machine." in page
    assert page.count("Your plan for An evening</a>") == 8
    assert page.count(">waiting</span>") == 8
    assert "<bdi>Róża Tylus</bdi>" in page


def test_index_filters_by_state_and_name(desk: Desk) -> None:
    desk.deliver()

    assert "No mail like this." in desk.client.get("/outbox?state=queued").get_data(as_text=True)
    found = desk.client.get("/outbox?state=sent&q=tylus").get_data(as_text=True)
    assert found.count("Your plan for An evening</a>") == 1


def test_message_shows_headers_text_and_calendar(desk: Desk) -> None:
    desk.deliver()

    page = desk.client.get(f"/outbox/{first(desk).id}").get_data(as_text=True)

    assert "Róża Tylus &lt;" in page
    assert "<h1>Your plan for An evening</h1>" in page
    assert "18:15  Table 1, Diane Le Lévêque" in page
    assert "METHOD:REQUEST" in page
    assert f'src="/outbox/{first(desk).id}/html"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_message_html_runs_nothing_and_its_links_work(desk: Desk) -> None:
    desk.deliver()

    answer = desk.client.get(f"/outbox/{first(desk).id}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    page = answer.get_data(as_text=True)
    assert '<head><base target="_blank">' in page
    links = re.findall(r'href="http://localhost(/me/[^"]+)"', page)
    assert links != []
    assert {desk.client.get(link).status_code for link in links} == {200}


def test_message_calendar_is_the_file_that_was_sent(desk: Desk) -> None:
    answer = desk.client.get(f"/outbox/{first(desk).id}/invite.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    sent = (first(desk).calendar or "").replace("{{reply}}", desk.settings.mail_from)
    assert answer.get_data(as_text=True) == sent


def test_message_makes_no_link_by_being_looked_at(desk: Desk) -> None:
    page = desk.client.get(f"/outbox/{first(desk).id}")

    assert page.status_code == 200
    with unit_of_work(desk.factory, write=False) as session:
        assert session.scalar(select(func.count(AccessLink.id))) == 0


def test_outbox_of_another_organisation_is_not_there(desk: Desk, app: Flask) -> None:
    other = make_desk(
        factory=desk.factory,
        client=app.test_client(),
        settings=desk.settings,
        clock=desk.clock,
        key=desk.key,
        name="Another",
        email="other@example.org",
    )

    assert "No mail yet" in other.client.get("/outbox").get_data(as_text=True)
    for part in ("", "/html", "/invite.ics"):
        assert other.client.get(f"/outbox/{first(desk).id}{part}").status_code == 404


def test_outbox_is_for_signed_in_organisers(desk: Desk, app: Flask) -> None:
    answer = app.test_client().get(f"/outbox/{first(desk).id}")

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_local_outbox_opens_on_this_machine_only(desk: Desk) -> None:
    answer = desk.client.get("/outbox", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 404


def test_server_has_no_outbox_page(desk: Desk, engine: Engine, clock: Clock) -> None:
    settings = replace(
        desk.settings,
        mode=Mode.SERVER,
        smtp_url="smtp://mail.example.org",
    )
    client = create_app(settings, engine=engine, clock=clock).test_client()

    assert client.get("/outbox").status_code == 404


def test_mail_to_the_team_is_shown_to_owners_alone(desk: Desk, app: Flask) -> None:
    """An organiser who read an owner's link could become one."""
    desk.client.post("/team/invite", data={"email": "eva@example.org", "role": "owner"})
    desk.client.post("/forgot", data={"email": "olivia@example.org"})
    with unit_of_work(desk.factory) as session:
        house = desk.attached(session).event.organisation_id
        organiser = make_organiser(
            session,
            organisation=session.get_one(Organisation, house),
            email="mia@example.org",
            role=OrganiserRole.ORGANISER,
        )
        token = accounts.open_session(session, organiser.id, now=desk.clock())
        [invited, forgot] = session.scalars(
            select(OutboxMessage.id).where(OutboxMessage.event_id.is_(None))
        )
    mia = app.test_client()
    with mia.session_transaction() as cookie:
        cookie[SESSION_KEY] = token

    for number, path in ((invited, "/welcome/"), (forgot, "/reset/")):
        assert path in desk.client.get(f"/outbox/{number}").text
        assert mia.get(f"/outbox/{number}").status_code == 404
        assert mia.get(f"/outbox/{number}/html").status_code == 404
    assert "eva@example.org" in desk.client.get("/outbox").text
    assert "eva@example.org" not in mia.get("/outbox").text
