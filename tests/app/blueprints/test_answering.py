from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, SignUpState
from app.models import Invite, SignUp
from app.services import access, invites
from config import Config
from tests.conftest import Clock
from tests.published import Evening, make_evening, publish


@pytest.fixture
def evening(session_factory: SessionFactory, settings: Config, clock: Clock) -> Evening:
    with unit_of_work(session_factory) as session:
        evening = make_evening(session)
        publish(session, evening, now=clock())
        invites.sync(session, evening.event, now=clock(), settings=settings)
    return evening


@pytest.fixture
def token(session_factory: SessionFactory, evening: Evening, key: bytes, clock: Clock) -> str:
    with unit_of_work(session_factory) as session:
        person_id = evening.mentees[0].person_id
        return access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=clock())


def said(factory: SessionFactory, evening: Evening) -> str:
    with unit_of_work(factory, write=False) as session:
        sign_up_id = evening.mentees[0].id
        return session.scalars(select(Invite).where(Invite.sign_up_id == sign_up_id)).one().partstat


def test_page_asks_once_there_is_an_invite(client: FlaskClient, token: str) -> None:
    page = client.get(f"/me/{token}").get_data(as_text=True)

    assert "Are you coming?" in page
    assert page.count('name="answer"') == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("yes", "You said <b>yes</b> on Monday 1 March, 10:00."),
        ("maybe", "You said <b>maybe</b> on Monday 1 March, 10:00."),
        ("no", "Your place and your seats are still kept for you."),
    ],
)
def test_answer_is_shown_with_its_time(
    client: FlaskClient, token: str, value: str, words: str
) -> None:
    response = client.post(f"/me/{token}/answer", data={"answer": value})

    assert (response.status_code, response.location) == (303, f"/me/{token}#answer")
    page = client.get(f"/me/{token}").get_data(as_text=True)
    assert words in page
    assert page.count('name="answer"') == 2


def test_no_offers_to_withdraw_and_does_not(
    client: FlaskClient, session_factory: SessionFactory, evening: Evening, token: str
) -> None:
    client.post(f"/me/{token}/answer", data={"answer": "no"})

    page = client.get(f"/me/{token}").get_data(as_text=True)
    assert "Withdraw, and your place goes to the next person." in page
    with unit_of_work(session_factory, write=False) as session:
        assert session.get_one(SignUp, evening.mentees[0].id).state is SignUpState.PLACED


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": "YES"}, {"answer": "ACCEPTED"}])
def test_another_answer_changes_nothing(
    client: FlaskClient,
    session_factory: SessionFactory,
    evening: Evening,
    token: str,
    form: dict[str, str],
) -> None:
    response = client.post(f"/me/{token}/answer", data=form)

    assert response.status_code == 422
    assert "Choose yes, maybe or no" in response.get_data(as_text=True)
    assert said(session_factory, evening) == "NEEDS-ACTION"


def test_opening_a_link_answers_nothing(
    client: FlaskClient, session_factory: SessionFactory, evening: Evening, token: str
) -> None:
    for way in (client.get, client.head):
        assert way(f"/me/{token}/answer?answer=yes").status_code == 405
        way(f"/me/{token}?answer=yes")

    assert said(session_factory, evening) == "NEEDS-ACTION"


def test_answer_after_the_start_is_too_late(
    client: FlaskClient, clock: Clock, evening: Evening, token: str
) -> None:
    clock.at = evening.event.starts_at

    response = client.post(f"/me/{token}/answer", data={"answer": "yes"})

    assert response.status_code == 409
    assert "There is nothing to answer here now" in response.get_data(as_text=True)
    assert "Are you coming?" not in client.get(f"/me/{token}").get_data(as_text=True)
