"""A moved event tells everybody who signed up, each once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.enums import EventState, Role, SignUpState
from app.models import Event, OutboxMessage
from app.services import invites
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import default_rules, make_event, make_organisation, make_sign_up
from tests.conftest import Clock
from tests.published import make_evening, publish

TO = {"date": "2027-03-05", "time": "19:30"}
BEFORE = "Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)"
AFTER = "Friday 5 March 2027, 19:30 to 20:26 (Europe/Berlin)"


def make_unpublished(desk: Desk, *, state: EventState = EventState.OPEN) -> int:
    """Write an event with somebody in every state a sign-up can have, named after it."""
    with unit_of_work(desk.factory) as session:
        house, full = desk.house(session), {Role.MENTEE: 3}
        event = make_event(session, organisation=house, state=state, capacities=full)
        for one in SignUpState:
            make_sign_up(session, event, name=one.value, email=f"{one}@example.org", state=one)
        return event.id


def queued(desk: Desk) -> list[OutboxMessage]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_moving_an_unpublished_event_tells_everybody_who_signed_up(desk: Desk) -> None:
    event_id = make_unpublished(desk)

    shown = desk.client.get(f"/events/{event_id}/move", query_string=TO).text
    answer = desk.client.post(f"/events/{event_id}/move", data=TO, follow_redirects=True)

    told = [f"{who}@example.org" for who in ("asked", "held", "offered", "placed", "waiting")]
    mails = queued(desk)
    assert sorted(mail.to_address for mail in mails) == told
    assert {mail.kind for mail in mails} == {"moved"}
    assert "Move and tell 5 people</button>" in shown
    assert "5 people will be told." in answer.text


@pytest.mark.parametrize(
    ("who", "link"), [("placed", "access"), ("waiting", "access"), ("held", "confirm")]
)
def test_the_mail_begins_with_before_and_now(desk: Desk, who: str, link: str) -> None:
    event_id = make_unpublished(desk)

    desk.client.post(f"/events/{event_id}/move", data=TO)

    [mail] = [one for one in queued(desk) if one.to_address == f"{who}@example.org"]
    assert mail.subject == "New time: An evening of good questions"
    assert mail.text.splitlines()[:2] == [f"Before: {BEFORE}", f"Now:    {AFTER}"]
    assert f"{{{{link:{link}}}}}" in mail.text
    assert f"{{{{link:{link}}}}}" in mail.html
    assert (f"Dear {who}," in mail.text) is (who != "held")  # nobody confirmed that address
    assert mail.calendar is None


@pytest.mark.parametrize("state", [EventState.OPEN, EventState.CANCELLED])
def test_a_move_that_changes_nothing_tells_nobody(desk: Desk, state: EventState) -> None:
    event_id = make_unpublished(desk, state=state)
    stays = {"date": "2027-03-04", "time": "18:00"} if state is EventState.OPEN else TO

    answer = desk.client.post(f"/events/{event_id}/move", data=stays)

    assert answer.status_code == 302
    assert queued(desk) == []


def test_an_event_nobody_signed_up_for_tells_nobody(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id
        make_sign_up(session, make_event(session, organisation=make_organisation(session)))

    shown = desk.client.get(f"/events/{event_id}/move", query_string=TO).text
    desk.client.post(f"/events/{event_id}/move", data=TO)

    assert "Nobody has signed up yet, so nobody is told." in shown
    assert queued(desk) == []


def test_who_has_a_calendar_entry_gets_its_update_only(
    desk: Desk, settings: Config, clock: Clock
) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(
            session,
            organisation=desk.house(session),
            rules=default_rules() | {"goals": [{"goal": "attendance"}]},
            capacities={Role.MENTEE: 5, Role.MENTOR: 4},
        )
        evening = make_evening(session, event=event)
        publish(session, evening, now=clock())
        invites.sync(session, event, now=clock(), settings=settings)
        make_sign_up(session, event, state=SignUpState.WAITING)
        make_sign_up(session, event)  # placed after the plan
        event_id = session.get_one(Event, event.id).id
        session.query(OutboxMessage).delete()

    shown = desk.client.get(f"/events/{event_id}/move", query_string=TO).text
    answer = desk.client.post(f"/events/{event_id}/move", data=TO, follow_redirects=True)

    mails = queued(desk)
    assert Counter(mail.kind for mail in mails) == {"update": 8, "moved": 2}
    assert len({mail.person_id for mail in mails}) == 10
    assert "8 people have a calendar entry; it is updated, and they are told." in shown
    assert "2 people have signed up without one so far and get a mail with both times." in shown
    assert "10 people will be told." in answer.text
