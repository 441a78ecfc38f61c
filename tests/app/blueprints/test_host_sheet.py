from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, Role
from app.models import Consent, SignUp
from app.services import access
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock
from tests.published import make_evening, publish

Link = Callable[[SignUp], str]


@pytest.fixture
def link(session_factory: SessionFactory, key: bytes, clock: Clock) -> Link:
    """Return a function that gives a sign-up's personal page."""

    def page(sign_up: SignUp) -> str:
        with unit_of_work(session_factory) as session:
            token = access.link_for(
                session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=clock()
            )
        return f"/me/{token}"

    return page


def test_the_sheet_says_who_comes_and_asks_what_where_they_agreed(
    session_factory: SessionFactory, client: FlaskClient, clock: Clock, link: Link
) -> None:
    with unit_of_work(session_factory) as session:
        evening = make_evening(session)
        shy, open_ = evening.mentees[0], evening.mentees[3]
        open_.consents.append(Consent(kind=ConsentKind.QUESTION, text_version=1, given_at=clock()))
        shy.question, open_.question = "A shy question", "An open question"
        shy.needs, shy.goals = ["step_free"], "A private goal"
        publish(session, evening, now=clock())

    html = client.get(f"{link(evening.mentors[0])}/sheet").text

    assert html.count('<li class="panel">') == 3
    order = [html.index(one.person.name) for one in (shy, open_, evening.mentees[2])]
    assert order == sorted(order)
    assert "Student" in html or "student" in html
    assert "School 0" in html
    assert "An open question" in html
    unseen = ("A shy question", "A private goal", "step_free", "@example.org", "Jip van der Stael")
    assert [word for word in unseen if word in html] == []


def test_the_sheet_before_anything_is_published(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    with unit_of_work(session_factory) as session:
        sign_up = make_sign_up(session, make_event(session), role=Role.MENTOR)

    answer = client.get(f"{link(sign_up)}/sheet")

    assert (answer.status_code, "Nothing is published yet" in answer.text) == (200, True)


def test_only_hosts_have_a_sheet(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        people = [make_sign_up(session, event, role=role) for role in Role]

    pages = {one.role: client.get(f"{link(one)}/sheet").text for one in people}

    without = {role for role, text in pages.items() if "You have no table here" in text}
    assert without == {Role.MENTEE, Role.PEER}
