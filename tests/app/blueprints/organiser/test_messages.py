"""Organisers write to participants: they see how it reads, try it on themselves, send it once."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.enums import OutboxState, Role, SignUpState
from app.models import OutboxMessage
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_sign_up


@pytest.fixture
def event_id(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        make_sign_up(session, event, name="Mia Lind", email="mia@example.org")
        make_sign_up(session, event, name="Max Berg", role=Role.MENTOR)
        make_sign_up(session, event, state=SignUpState.WAITING)
        return event.id


def written(**changes: object) -> dict[str, object]:
    return {
        "group": "placed",
        "subject": "Use the north door",
        "text": "Dear {first name},\r\n\r\nthe main door is locked.",
        "key": "one form",
        "step": "send",
    } | changes


def mails(desk: Desk) -> list[tuple[str, str]]:
    with unit_of_work(desk.factory, write=False) as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(row.to_address, row.subject) for row in rows]


def test_an_event_without_messages_says_when_one_is_of_use(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/messages").text

    assert "No message yet" in page
    assert f"/events/{event_id}/messages/new" in page


def test_the_form_says_how_many_each_group_is(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/messages/new").text

    assert "Everybody with a place: 2" in page
    assert "The waitlist: 1" in page
    assert "Who declined" not in page


def test_looking_shows_how_it_reads_and_sends_nothing(desk: Desk, event_id: int) -> None:
    answer = desk.client.post(f"/events/{event_id}/messages/new", data=written(step="look"))

    assert answer.status_code == 200
    assert "This goes to 2 people" in answer.text
    assert "Dear Max," in answer.text
    assert "{{" not in answer.text
    assert mails(desk) == []


def test_a_message_is_sent_once_and_kept_in_the_list(desk: Desk, event_id: int) -> None:
    address = f"/events/{event_id}/messages/new"

    page = desk.client.post(address, data=written(), follow_redirects=True).text
    desk.client.post(address, data=written())

    assert "On its way to 2 people." in page
    assert mails(desk) == [
        (mails(desk)[0][0], "Use the north door"),
        ("mia@example.org", "Use the north door"),
    ]
    listed = desk.client.get(f"/events/{event_id}/messages").text
    assert ("2 on the way" in listed, "Olivia Organiser" in listed) == (True, True)


def test_what_came_back_is_said(desk: Desk, event_id: int) -> None:
    desk.client.post(f"/events/{event_id}/messages/new", data=written())
    with unit_of_work(desk.factory) as session:
        states = (OutboxState.SENT, OutboxState.BOUNCED)
        for row, state in zip(session.scalars(select(OutboxMessage)), states, strict=True):
            row.state = state

    assert "1 not delivered" in desk.client.get(f"/events/{event_id}/messages").text
    assert "1 not delivered" in desk.client.get(f"/events/{event_id}/messages/1").text


def test_a_test_goes_to_oneself(desk: Desk, event_id: int) -> None:
    page = desk.client.post(f"/events/{event_id}/messages/new", data=written(step="test")).text

    assert "A test is on its way to olivia@example.org. Nobody else got anything." in page
    assert mails(desk) == [("olivia@example.org", "Test: Use the north door")]


def test_changing_keeps_everything_that_was_written(desk: Desk, event_id: int) -> None:
    data = written(step="change", group="chosen", named="mia@example.org", roles=["mentor"])

    page = desk.client.post(f"/events/{event_id}/messages/new", data=data).text

    assert 'value="Use the north door"' in page
    assert "the main door is locked." in page
    assert re.findall(r'value="(\w+)" checked', page) == ["chosen", "mentor"]
    assert "mia@example.org</textarea>" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": ""}, "Write what it is about"),
        ({"text": "Dear {firstname}"}, "Nothing is known for {firstname}."),
        ({"group": "chosen", "named": "Ann"}, "Nobody here with a confirmed address is called"),
        ({"group": "declined"}, "Nobody is in this group now"),
        ({"group": "everybody"}, "Choose who gets it"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    desk: Desk, event_id: int, changes: dict[str, object], said: str
) -> None:
    answer = desk.client.post(f"/events/{event_id}/messages/new", data=written(**changes))

    assert answer.status_code == 422
    assert said in answer.text.replace("&#39;", "'")
    assert "<title>Error: Write a message" in answer.text
    assert "the main door is locked." in answer.text or "text" in changes
    assert mails(desk) == []


def test_a_link_on_a_persons_page_fills_in_whom_it_is_for(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/messages/new?group=chosen&to=1").text

    assert "mia@example.org</textarea>" in page


def test_nobody_writes_to_another_organisations_people(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        foreign = make_event(session, organisation=make_organisation(session, name="Other"))
        sign_up = make_sign_up(session, foreign)
        foreign_id, sign_up_id = foreign.id, sign_up.id

    answers = [
        desk.client.get(f"/events/{foreign_id}/messages"),
        desk.client.get(f"/events/{foreign_id}/messages/new?to={sign_up_id}"),
        desk.client.post(f"/events/{foreign_id}/messages/new", data=written()),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert mails(desk) == []
