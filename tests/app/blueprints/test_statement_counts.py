"""How many statements a page sends, counted at the driver: as many for three people as for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, Role
from app.models import Event, Organisation
from app.services import access, accounts, outbox
from app.services.signups import link_again
from tests.builders import make_event, make_organiser, make_sign_up, planned_block
from tests.conftest import Clock

ROWS = ("select", "insert", "update", "delete", "with")


@contextmanager
def sent(engine: Engine) -> Iterator[list[str]]:
    """Collect what reaches the driver, but for beginnings and ends of transactions."""
    found: list[str] = []

    def note(statement: str) -> None:
        if statement.lstrip().lower().startswith(ROWS):
            found.append(statement)

    def watch(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(note)

    def leave(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(None)

    event.listen(engine, "checkout", watch)
    event.listen(engine, "checkin", leave)
    try:
        yield found
    finally:
        event.remove(engine, "checkout", watch)
        event.remove(engine, "checkin", leave)


@pytest.fixture(params=[1, 3])
def people(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def evening(session_factory: SessionFactory, clock: Clock, people: int) -> Event:
    """Return an event with so many mentors and mentees, each of whom has a mail."""
    with unit_of_work(session_factory) as session:
        found = make_event(session, slug="evening")
        for number in range(people):
            consents = (ConsentKind.PLAN, ConsentKind.LISTED)
            make_sign_up(session, found, role=Role.MENTOR, consents=consents)
            mentee = make_sign_up(session, found, email=f"mentee{number}@example.org")
            link_again.send(session, found, mentee, now=clock())
        return found


def count(engine: Engine, run: Callable[[], Any], *, status: int = 200) -> int:
    """Return the number of statements of a page's second call: nothing is made at first sight."""
    assert run().status_code == status
    with sent(engine) as statements:
        assert run().status_code == status
    return len(statements)


def test_event_page(client: FlaskClient, engine: Engine, evening: Event) -> None:
    assert count(engine, lambda: client.get(f"/e/{evening.slug}")) == 10


def test_my_page(
    *,
    client: FlaskClient,
    engine: Engine,
    session_factory: SessionFactory,
    evening: Event,
    key: bytes,
    clock: Clock,
) -> None:
    with unit_of_work(session_factory) as session:
        person = link_again.find_person(session, evening.id, "mentee0@example.org")
        assert person is not None
        token = access.link_for(session, person.id, LinkPurpose.ACCESS, key=key, now=clock())

    assert count(engine, lambda: client.get(f"/me/{token}")) == 16


def test_outbox(
    *,
    app: Flask,
    engine: Engine,
    session_factory: SessionFactory,
    evening: Event,
    people: int,
    clock: Clock,
) -> None:
    with unit_of_work(session_factory) as session:
        house = session.get_one(Organisation, evening.organisation_id)
        olivia = make_organiser(session, organisation=house)
        token = accounts.open_session(session, olivia.id, now=clock())
        assert outbox.count_due(session, now=clock()) == people
    client = app.test_client()
    with client.session_transaction() as browser:
        browser[SESSION_KEY] = token

    assert count(engine, lambda: client.get("/outbox")) == 5


def test_sign_up(client: FlaskClient, engine: Engine, evening: Event) -> None:
    numbers = iter(range(9))
    rounds = [round_.id for round_ in planned_block(evening).rounds]

    def sign_up() -> Any:
        return client.post(
            f"/e/{evening.slug}?role=mentee",
            data={
                "name": "Racer",
                "email": f"racer{next(numbers)}@example.org",
                "stage": "student",
                "question": "How?",
                "topic1": "Career planning",
                "rounds": rounds,
                "consent_plan": "y",
            },
        )

    assert count(engine, sign_up, status=303) == 9
