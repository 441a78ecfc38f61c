from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import OrganiserRole
from app.models import ApiToken, Organiser
from app.services import accounts
from tests.builders import make_organiser
from tests.conftest import Clock


def sign_in(
    client: FlaskClient,
    factory: SessionFactory,
    clock: Clock,
    role: OrganiserRole = OrganiserRole.OWNER,
) -> None:
    with unit_of_work(factory) as session:
        known = session.scalars(select(Organiser)).first()
        house = None if known is None else known.organisation
        somebody = make_organiser(
            session, organisation=house, email=f"{role}@example.org", role=role
        )
        token = accounts.open_session(session, somebody.id, now=clock.at)
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token


def make(client: FlaskClient, **fields: str) -> str:
    sent = {"name": "Our <b>website</b>", "may": "write", "expires_on": ""} | fields
    return client.post("/api-access", data=sent).text


def test_a_key_is_shown_once_and_works(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    sign_in(client, session_factory, clock)

    page = make(client)
    [key] = re.findall(r'value="(rb_[^"]+)"', page)
    again = client.get("/api-access").text

    assert "Our &lt;b&gt;website&lt;/b&gt;" in page
    assert key not in again
    assert "never used" in again
    answer = client.get("/api/v1/events", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    assert "last used just now" in client.get("/api-access").text


def test_a_revoked_key_ends_at_once(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    sign_in(client, session_factory, clock)
    [key] = re.findall(r'value="(rb_[^"]+)"', make(client))
    with unit_of_work(session_factory) as session:
        id_ = session.scalars(select(ApiToken.id)).one()

    answer = client.post(f"/api-access/{id_}/revoke", follow_redirects=True)

    assert "is revoked" in answer.text
    assert "Revoked" in answer.text
    refused = client.get("/api/v1/events", headers={"Authorization": f"Bearer {key}"})
    assert refused.status_code == 401


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Write what uses it"),
        ({"may": "everything"}, "Choose read"),
        ({"expires_on": "2020-01-01"}, "within the next two years"),
    ],
)
def test_make_says_what_is_wrong_and_keeps_what_was_typed(
    client: FlaskClient,
    session_factory: SessionFactory,
    clock: Clock,
    fields: dict[str, str],
    says: str,
) -> None:
    sign_in(client, session_factory, clock)

    page = make(client, **{"name": "Sheet"} | fields)

    assert says in page
    assert "<title>Error:" in page
    assert ('value="Sheet"' in page) == ("name" not in fields)


def test_an_organiser_sees_keys_and_makes_none(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    sign_in(client, session_factory, clock)
    make(client, name="Website")
    sign_in(client, session_factory, clock, OrganiserRole.ORGANISER)

    page = client.get("/api-access").text
    refused = client.post("/api-access", data={"name": "Mine", "may": "read"})

    assert "Website" in page
    assert "Make the key" not in page
    assert refused.status_code == 403
