"""The page of who is kept apart: owners, one click, one line in the log."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import OrganiserRole
from app.models import AuditEntry
from app.services import accounts
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.conftest import Clock


@pytest.fixture
def event_id(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        make_sign_up(session, event, name="Zoë Zander", not_with=("Adam Ames", "Old Boss"))
        make_sign_up(session, event, name="Adam Ames")
        return event.id


@pytest.fixture
def mia(desk: Desk, app: Flask, clock: Clock) -> FlaskClient:
    """Return the browser of an organiser who is no owner."""
    with unit_of_work(desk.factory) as session:
        organiser = make_organiser(
            session,
            organisation=desk.house(session),
            email="mia@example.org",
            role=OrganiserRole.ORGANISER,
        )
        token = accounts.open_session(session, organiser.id, now=clock())
    client = app.test_client()
    with client.session_transaction() as browser:
        browser[SESSION_KEY] = token
    return client


def shown(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return len(
            session.scalars(
                select(AuditEntry).where(AuditEntry.what == "keep-apart pairs shown")
            ).all()
        )


def test_opening_the_page_tells_nothing_and_writes_nothing(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/keep-apart").text

    assert [name for name in ("Zoë", "Adam", "Old Boss") if name in page] == []
    assert "Nobody so far." in page
    assert shown(desk) == 0


def test_owner_sees_the_pairs_and_the_look_is_logged(desk: Desk, event_id: int) -> None:
    page = desk.client.post(f"/events/{event_id}/keep-apart").text

    assert "<li><bdi>Adam Ames</bdi> and <bdi>Zoë Zander</bdi></li>" in page
    assert "<li><bdi>Old Boss</bdi></li>" in page
    assert "<li><bdi>Olivia Organiser</bdi>, Monday 1 March, 10:00</li>" in page
    assert shown(desk) == 1


def test_organiser_reads_who_may_look(mia: FlaskClient, desk: Desk, event_id: int) -> None:
    answers = [
        mia.get(f"/events/{event_id}/keep-apart"),
        mia.post(f"/events/{event_id}/keep-apart"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("Only owners of your organisation can do this" in one.text for one in answers)
    assert not any("Adam" in answer.text for answer in answers)
    assert shown(desk) == 0


def test_only_owners_find_the_way_there(desk: Desk, mia: FlaskClient, event_id: int) -> None:
    href = f'href="/events/{event_id}/keep-apart"'

    assert href in desk.client.get(f"/events/{event_id}").text
    assert href not in mia.get(f"/events/{event_id}").text


def test_another_organisations_event_is_not_there(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        theirs = make_event(session, organisation=make_organisation(session, name="Other")).id

    assert desk.client.get(f"/events/{theirs}/keep-apart").status_code == 404
    assert desk.client.post(f"/events/{theirs}/keep-apart").status_code == 404
    assert shown(desk) == 0
