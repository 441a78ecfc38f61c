"""A name that turns the line round turns nothing but itself: on every page it stands apart."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, update

from app.blueprints.guards import SESSION_KEY, STEWARD_KEY
from app.db import make_session_factory, unit_of_work
from app.enums import OrganiserRole
from app.models import (
    Answer,
    CustomQuestion,
    Event,
    Organisation,
    Organiser,
    Person,
    SignUp,
    Wish,
)
from app.tenancy import UNSCOPED
from tests.bad_strings import OVERRIDE, Read
from tests.security.crawl import crawl
from tests.security.routes import CHANGING, routes
from tests.security.world import World

TURNED = (
    (Person, "name affiliation"),
    (SignUp, "question goals"),
    (Event, "name venue tagline description"),
    (CustomQuestion, "label hint"),
    (Answer, "value"),
    (Organisation, "name"),
    (Organiser, "name"),
    (Wish, "target"),
)


@pytest.fixture
def turned(engine: Engine) -> None:
    """Put the turning name wherever somebody writes one."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), tenant=UNSCOPED) as session:
        for model, columns in TURNED:
            session.execute(update(model).values(dict.fromkeys(columns.split(), OVERRIDE)))


@pytest.mark.usefixtures("turned")
def test_a_turning_name_stands_apart_on_every_page(app: Flask, world: World) -> None:
    side, loose = world.a, {}
    client = app.test_client()
    with client.session_transaction() as kept:
        kept[SESSION_KEY] = side.browsers[OrganiserRole.OWNER]
        kept[STEWARD_KEY] = side.secret("steward_link")
    urls = [
        route.url(side, person=person)
        for route in routes(app)
        if route.method not in CHANGING and "outbox" not in route.rule.endpoint
        for person in side.personal
    ]
    for url, seen in crawl(client, urls).items():
        if seen.is_page and b"<!doctype" in seen.body[:40].lower():
            texts = Read(seen.body.decode()).loose
            found = {text.strip()[:90] for text in texts if "\u202e" in text}
            if found:
                loose[url] = found

    assert loose == {}
