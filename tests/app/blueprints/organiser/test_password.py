"""A forgotten password: the same answer for everybody, and a link that a scanner cannot burn."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.models import OutboxMessage, PasswordLink
from app.services import accounts
from tests.builders import PASSWORD, make_organiser
from tests.conftest import Clock

EMAIL = "olivia@example.org"


@pytest.fixture
def token(client: FlaskClient, session_factory: SessionFactory, key: bytes) -> str:
    """Return the token in the mail that Olivia asked for."""
    with unit_of_work(session_factory) as session:
        make_organiser(session, email=EMAIL)
    client.post("/forgot", data={"email": EMAIL})
    with unit_of_work(session_factory) as session:
        link = session.scalars(select(PasswordLink)).one()
        found = accounts.mailed_token(session, "password", link.id, key=key)
    assert found is not None
    return found


def test_sign_in_page_leads_to_it(client: FlaskClient) -> None:
    assert '<a href="/forgot">Forgotten your password?</a>' in client.get("/sign-in").text


@pytest.mark.usefixtures("token")
def test_answer_does_not_tell_whether_anybody_has_the_address(client: FlaskClient) -> None:
    answers = [
        client.post("/forgot", data={"email": email}) for email in (EMAIL, "nobody@example.org")
    ]
    pages = [(answer.status_code, answer.headers["Location"], answer.data) for answer in answers]

    assert pages[0] == pages[1]
    assert "If somebody signs in with this address" in client.get("/sign-in").text


def test_what_is_no_address_is_put_right(client: FlaskClient) -> None:
    answer = client.post("/forgot", data={"email": "olivia"})

    assert answer.status_code == 422
    assert "Write an address with an @" in answer.text
    assert 'value="olivia"' in answer.text


def test_scanner_that_opens_the_link_ten_times_does_not_burn_it(
    client: FlaskClient, token: str
) -> None:
    for _ in range(10):
        client.get(f"/reset/{token}", headers={"User-Agent": "LinkScanner/1.0"})
        client.head(f"/reset/{token}")

    page = client.get(f"/reset/{token}")
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert f"<bdi>{EMAIL}</bdi>" in page.text


def test_new_password_works_the_old_does_not_and_the_link_is_used(
    client: FlaskClient, token: str
) -> None:
    weak = client.post(f"/reset/{token}", data={"password": "Password1"})
    good = client.post(f"/reset/{token}", data={"password": "ships at dusk"})
    again = client.post(f"/reset/{token}", data={"password": "another at dawn"})
    old = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    new = client.post("/sign-in", data={"email": EMAIL, "password": "ships at dusk"})

    assert (weak.status_code, good.status_code, again.status_code) == (422, 302, 410)
    assert good.headers["Location"] == "/sign-in"
    assert (old.status_code, new.headers.get("Location")) == (422, "/events")


def test_link_is_old_after_ten_minutes(client: FlaskClient, token: str, clock: Clock) -> None:
    clock.advance(minutes=10)

    answer = client.get(f"/reset/{token}")

    assert answer.status_code == 410
    assert "Ask for a new one on the page for a forgotten password" in answer.text


def test_host_that_is_not_ours_gets_no_mail_sent(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        make_organiser(session, email=EMAIL)

    answer = client.post("/forgot", data={"email": EMAIL}, headers={"Host": "evil.example"})

    with unit_of_work(session_factory) as session:
        assert session.scalars(select(OutboxMessage)).all() == []
    assert answer.status_code == 400
