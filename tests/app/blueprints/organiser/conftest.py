"""A browser in which the owner of an organisation is signed in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.models import Organisation
from app.services import accounts
from tests.builders import make_organisation, make_organiser
from tests.conftest import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A signed-in browser and the organisation it works for."""

    client: FlaskClient
    organisation_id: int
    factory: SessionFactory

    def house(self, session: Session) -> Organisation:
        return session.get_one(Organisation, self.organisation_id)


@pytest.fixture
def desk(app: Flask, session_factory: SessionFactory, clock: Clock) -> Desk:
    with unit_of_work(session_factory) as session:
        house = make_organisation(session)
        olivia = make_organiser(session, organisation=house)
        token = accounts.open_session(session, olivia.id, now=clock())
    client = app.test_client()
    with client.session_transaction() as browser:
        browser[SESSION_KEY] = token
    return Desk(client=client, organisation_id=house.id, factory=session_factory)
