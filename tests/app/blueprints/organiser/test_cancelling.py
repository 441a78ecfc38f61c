from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.db import unit_of_work
from app.enums import EventState, LinkPurpose, SignUpState
from app.models import Event, OutboxMessage
from app.services import access, invites
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import default_rules, make_event, make_sign_up
from tests.conftest import Clock
from tests.published import make_evening, publish


def state_of(desk: Desk, event_id: int) -> EventState:
    with unit_of_work(desk.factory, write=False) as session:
        return session.get_one(Event, event_id).state


def mails(desk: Desk) -> int:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalar(select(func.count()).select_from(OutboxMessage)) or 0


@pytest.fixture
def event_id(desk: Desk, clock: Clock, settings: Config) -> int:
    """Return an event of eight people with an entry and one who waits."""
    with unit_of_work(desk.factory) as session:
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        event = make_event(session, organisation=desk.house(session), rules=rules)
        evening = make_evening(session, event=event)
        publish(session, evening, now=clock())
        invites.sync(session, event, now=clock(), settings=settings)
        make_sign_up(session, event, state=SignUpState.WAITING)
        return event.id


def test_cancel_says_first_what_will_happen(desk: Desk, event_id: int) -> None:
    before = mails(desk)

    page = desk.client.get(f"/events/{event_id}/cancel").text

    assert "8 people have it in their calendar." in page
    assert "1 person signed up without a calendar entry so far and gets a mail." in page
    assert "Cancel it and tell 9 people" in page
    assert state_of(desk, event_id) is EventState.OPEN
    assert mails(desk) == before


def test_cancel_and_put_back_on(desk: Desk, event_id: int) -> None:
    cancelled = desk.client.post(f"/events/{event_id}/cancel", follow_redirects=True).text

    assert "The event is cancelled. 9 people will be told." in cancelled
    assert f"/events/{event_id}/reinstate" in cancelled
    assert f"/events/{event_id}/move" not in cancelled
    assert state_of(desk, event_id) is EventState.CANCELLED
    assert "It is cancelled already." in desk.client.get(f"/events/{event_id}/cancel").text
    asked = desk.client.get(f"/events/{event_id}/reinstate").text
    assert "Put it back on and tell 9 people" in asked
    back = desk.client.post(f"/events/{event_id}/reinstate", follow_redirects=True).text
    assert "The event is on again. 9 people will be told." in back
    assert state_of(desk, event_id) is EventState.CLOSED
    assert "It is not cancelled." in desk.client.get(f"/events/{event_id}/reinstate").text


def test_cancel_of_a_begun_event_is_too_late(desk: Desk, event_id: int, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        session.get_one(Event, event_id).starts_at = clock()

    assert "It has begun." in desk.client.get(f"/events/{event_id}/cancel").text
    assert desk.client.post(f"/events/{event_id}/cancel").status_code == 409


def test_cancel_without_people_tells_nobody(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id

    page = desk.client.get(f"/events/{event_id}/cancel").text

    assert "so nobody is told" in page
    assert '<button class="danger">Cancel it</button>' in page


def test_my_page_says_that_the_event_is_off(
    desk: Desk, event_id: int, key: bytes, clock: Clock
) -> None:
    desk.client.post(f"/events/{event_id}/cancel")
    with unit_of_work(desk.factory) as session:
        person_id = session.scalars(
            select(OutboxMessage.person_id).where(OutboxMessage.person_id.is_not(None))
        ).first()
        assert person_id is not None
        token = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=clock())

    page = desk.client.get(f"/me/{token}").text

    assert "This event does not take place" in page
    assert "Your rounds" not in page
    assert "Are you coming?" not in page
    assert "I will be late" not in page
