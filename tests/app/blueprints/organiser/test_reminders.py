"""Organisers see which reminders go when and to how many, read them, and set them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.enums import ReminderKind
from app.models import Event, OutboxMessage, Reminder
from app.services import reminders
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import STARTS_AT, make_event, make_organisation, make_sign_up
from tests.conftest import Clock


@pytest.fixture
def event_id(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        for _ in range(2):
            make_sign_up(session, event)
        return event.id


def is_on(desk: Desk) -> set[ReminderKind]:
    with unit_of_work(desk.factory, write=False) as session:
        return set(session.scalars(select(Reminder.kind).where(Reminder.is_on)))


def test_the_page_tells_when_each_goes_and_to_how_many(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/reminders").text

    assert "Wednesday 3 March, 18:00, to 2 people as things are now." in page
    assert "Wednesday 3 March, 18:00, to evening@example.org." in page
    assert "Thursday 4 March, 17:00, to 2 people" in page
    assert "Friday 5 March, 10:00, to 2 people" in page
    assert "Its time, Thursday 25 February, 18:00, is past" in page
    assert page.count(" checked") == 3


def test_looking_at_the_page_makes_no_row(desk: Desk, event_id: int) -> None:
    desk.client.get(f"/events/{event_id}/reminders?show=day_before")

    assert is_on(desk) == set()


def test_what_is_ticked_is_on_and_the_rest_off(desk: Desk, event_id: int) -> None:
    page = desk.client.post(
        f"/events/{event_id}/reminders",
        data={"on": ["hour_before", "after", "no_such_reminder"]},
        follow_redirects=True,
    ).text

    assert is_on(desk) == {ReminderKind.HOUR_BEFORE, ReminderKind.AFTER}
    assert ("Reminders are set." in page, page.count(" checked")) == (True, 2)


def test_one_that_went_is_told_and_stays_as_it_was(
    desk: Desk, event_id: int, clock: Clock, settings: Config
) -> None:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        reminders.choose(session, event, [ReminderKind.DAY_BEFORE], now=clock(), actor="test")
        reminders.send_due(session, now=STARTS_AT - timedelta(days=1), settings=settings)

    desk.client.post(f"/events/{event_id}/reminders", data={})
    page = desk.client.get(f"/events/{event_id}/reminders").text

    assert "On Wednesday 3 March, 18:00, to 2 people." in page
    assert is_on(desk) == {ReminderKind.DAY_BEFORE}


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_each_can_be_read_before_it_goes(desk: Desk, event_id: int, kind: ReminderKind) -> None:
    page = desk.client.get(f"/events/{event_id}/reminders?show={kind}").text
    mail = desk.client.get(f"/events/{event_id}/reminders/mail?show={kind}")

    assert f'src="/events/{event_id}/reminders/mail?show={kind}"' in page
    assert "Thursday 4 March 2027, 18:00" in mail.text
    assert ("{{" in page + mail.text, "Atrium" in mail.text) == (False, True)
    assert "script-src" not in mail.headers["Content-Security-Policy"]
    with unit_of_work(desk.factory, write=False) as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def test_a_reminder_that_does_not_exist_is_not_found(desk: Desk, event_id: int) -> None:
    url = f"/events/{event_id}/reminders"

    codes = [desk.client.get(end).status_code for end in (f"{url}?show=x", f"{url}/mail?show=x")]

    assert codes == [404, 404]


def test_another_houses_event_is_not_found(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        theirs = make_event(session, organisation=make_organisation(session, name="Others")).id
    url = f"/events/{theirs}/reminders"

    codes = [
        desk.client.get(url).status_code,
        desk.client.post(url).status_code,
        desk.client.get(f"{url}/mail").status_code,
    ]

    assert codes == [404, 404, 404]


def test_the_overview_leads_to_the_page(desk: Desk, event_id: int) -> None:
    assert f'href="/events/{event_id}/reminders"' in desk.client.get(f"/events/{event_id}").text
