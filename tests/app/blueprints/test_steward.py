"""Stewards: a link, a list at the door, and nothing private in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import Role, SignUpState
from app.models import AuditEntry, Event, StewardLink
from app.queries import steward
from app.services import stewards
from tests.app.queries.counting import statements
from tests.builders import make_event, make_organiser, make_schedule, make_sign_up
from tests.conftest import Clock

SECRETS = ("roza@example.org", "How do I begin?", "step free", "Somebody Else", "Northern General")


@pytest.fixture
def event_id(session_factory: SessionFactory) -> int:
    """Return an evening with a published plan, in which Róża comes to round 2 first."""
    with unit_of_work(session_factory) as session:
        event = make_event(session, name="Evening of questions")
        first = event.blocks[1].rounds[0].id
        roza = make_sign_up(
            session,
            event,
            name="Róża Łęcka",
            email="roza@example.org",
            needs=("step_free",),
            not_with=("Somebody Else",),
            absent_rounds=(first,),
        )
        omar = make_sign_up(session, event, name="Omar", role=Role.MENTOR)
        make_sign_up(session, event, name="Waiting Wanda", state=SignUpState.WAITING)
        seats = {roza.id: {2: 3, 3: 1}, omar.id: {1: 3, 2: 3, 3: 3}}
        make_schedule(session, event, seats=seats)
        return event.id


@pytest.fixture
def link(event_id: int, session_factory: SessionFactory, clock: Clock) -> str:
    with unit_of_work(session_factory) as session:
        event = session.get_one(Event, event_id)
        token = stewards.make_link(
            session,
            event,
            label="Front desk",
            expires_at=event.ends_at + timedelta(hours=2),
            now=clock(),
            organiser_id=make_organiser(session).id,
        )
    return f"/s/{token}"


def test_scanner_that_opens_the_link_lets_nobody_in(
    client: FlaskClient, link: str, session_factory: SessionFactory
) -> None:
    for _ in range(10):
        page = client.get(link)
        client.head(link)

    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "You help at <bdi>Evening of questions</bdi>" in page.text
    assert client.get("/steward").status_code == 403
    with unit_of_work(session_factory) as session:
        said = session.scalars(select(AuditEntry.what)).all()
    assert said == ["stewards' link made"]


def test_begin_leads_to_a_list_at_an_address_without_the_token(
    client: FlaskClient, link: str
) -> None:
    answer = client.post(link)
    page = client.get("/steward").text

    assert (answer.status_code, answer.headers["Location"]) == (303, "/steward")
    assert link not in page
    assert "<bdi>Omar</bdi>" in page
    assert "Mentor, Table 3 at 18:15" in page
    assert "Mentee, Table 3 at 18:27" in page
    assert "Here for rounds: from 2" in page
    assert "2 people have a place" in page


def test_nothing_private_is_on_the_list(client: FlaskClient, link: str) -> None:
    client.post(link)
    page = client.get("/steward").text

    assert [secret for secret in (*SECRETS, "Waiting Wanda", "@example") if secret in page] == []


@pytest.mark.parametrize("text", ["roza", "LECKA r", "Róża"])
def test_names_are_found_without_accents_or_case(client: FlaskClient, link: str, text: str) -> None:
    client.post(link)

    page = client.get("/steward", query_string={"q": text}).text

    assert ("Róża Łęcka" in page, "Omar" in page) == (True, False)


def test_search_that_finds_nobody_says_so(client: FlaskClient, link: str) -> None:
    client.post(link)

    assert (
        "Nobody with a place is called “<bdi>nobody</bdi>”" in client.get("/steward?q=nobody").text
    )


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_link_that_has_ended_shuts_the_list_at_once(
    client: FlaskClient, link: str, session_factory: SessionFactory, clock: Clock, how: str
) -> None:
    client.post(link)
    was_in = client.get("/steward").status_code
    if how == "expired":
        clock.advance(days=5)
    else:
        with unit_of_work(session_factory) as session:
            found = session.scalars(select(StewardLink)).one()
            found.revoked_at = clock()

    answers = [client.get("/steward"), client.get(link), client.post(link)]

    assert was_in == 200
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert all("Ask the organisers for a new one" in answer.text for answer in answers)


def test_steward_opens_no_page_of_organisers(client: FlaskClient, link: str, event_id: int) -> None:
    client.post(link)

    assert client.get(f"/events/{event_id}/roster").status_code == 302
    assert client.post(f"/events/{event_id}/stewards").status_code == 401


def test_done_on_this_device(client: FlaskClient, link: str) -> None:
    client.post(link)

    left = client.post("/steward/leave")

    assert "You are done on this device" in left.text
    assert client.get("/steward").status_code == 403


def test_stranger_reads_what_to_do(app: Flask) -> None:
    page = app.test_client().get("/steward")

    assert page.status_code == 403
    assert "Open the link that the organisers of the event gave you" in page.text


def test_list_needs_the_same_statements_for_one_and_for_many(
    session_factory: SessionFactory, clock: Clock
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        seats = {make_sign_up(session, event).id: {1: 1} for _ in range(3)}
        make_schedule(session, event, seats=seats)
    counted = []
    for more in (0, 30):
        with unit_of_work(session_factory) as session:
            for _ in range(more):
                make_sign_up(session, session.get_one(Event, event.id))
        with unit_of_work(session_factory, write=False) as session, statements(session) as seen:
            steward.door_list(session, event.id, clock())
        counted.append(sum(one.startswith(("SELECT", "WITH")) for one in seen))

    assert counted == [5, 5]
