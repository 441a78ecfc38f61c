"""Feeds that name no participant, and the pages that give their addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar, Component

from app.db import SessionFactory, unit_of_work
from app.enums import EventState
from app.models import Event
from app.services import events
from tests.app.blueprints.organiser.conftest import Desk, desk
from tests.builders import STARTS_AT, make_event, make_organisation
from tests.conftest import Clock
from tests.published import make_evening

__all__ = ["desk"]


def entries(content: bytes) -> list[Component]:
    return Calendar.from_ical(content).walk("VEVENT")


def change(factory: SessionFactory, event: Event, **values: object) -> None:
    with unit_of_work(factory) as session:
        found = session.get_one(Event, event.id)
        for name, value in values.items():
            setattr(found, name, value)


@pytest.fixture
def evening(session_factory: SessionFactory) -> Event:
    with unit_of_work(session_factory) as session:
        return make_evening(session).event


def test_agenda_has_an_entry_for_each_block_and_nobody_in_it(
    client: FlaskClient, evening: Event
) -> None:
    response = client.get(f"/e/{evening.slug}/agenda.ics")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Last-Modified" not in response.headers
    found = entries(response.data)
    assert [str(one["SUMMARY"]) for one in found] == [
        "Welcome: An evening",
        "Speed mentoring: An evening",
        "Close: An evening",
    ]
    assert found[0]["DTSTART"].dt.astimezone(UTC) == STARTS_AT
    assert {str(one["CLASS"]) for one in found} == {"PUBLIC"}
    assert len({str(one["UID"]) for one in found}) == 3
    text = response.get_data(as_text=True)
    assert [word for word in ("ATTENDEE", "METHOD", "@", "Diane", "Jip") if word in text] == []


def test_agenda_is_the_same_bytes_until_it_moves(
    client: FlaskClient, evening: Event, session_factory: SessionFactory, clock: Clock
) -> None:
    address = f"/e/{evening.slug}/agenda.ics"
    first = client.get(address)
    clock.advance(hours=1)
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    with unit_of_work(session_factory) as session:
        found = session.get_one(Event, evening.id)
        later = found.starts_at + timedelta(hours=1)
        events.move(session, found, later, now=clock(), actor="test")

    moved = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data, moved.status_code) == (304, b"", 200)
    before, after = entries(first.data), entries(moved.data)
    assert [str(one["UID"]) for one in before] == [str(one["UID"]) for one in after]
    assert {(one["SEQUENCE"], one["DTSTAMP"].dt) for one in after} == {(1, clock())}


def test_an_etag_wins_over_a_date_and_a_head_has_no_body(
    client: FlaskClient, evening: Event
) -> None:
    address = f"/e/{evening.slug}/agenda.ics"
    etag = client.get(address).headers["ETag"]
    future = "Wed, 01 Jan 2098 00:00:00 GMT"

    changed = client.get(address, headers={"If-None-Match": '"x"', "If-Modified-Since": future})
    dated = client.get(address, headers={"If-Modified-Since": future})
    head = client.head(address)

    assert (changed.status_code, dated.status_code) == (200, 200)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)
    assert not etag.startswith("W/")


def test_agenda_of_a_draft_or_of_nothing_is_not_found(
    client: FlaskClient, evening: Event, session_factory: SessionFactory
) -> None:
    change(session_factory, evening, state=EventState.DRAFT)

    answers = [
        client.get(f"/e/{slug}/agenda.ics").status_code for slug in (evening.slug, "x", "%00")
    ]

    assert answers == [404, 404, 404]


def test_agenda_of_a_cancelled_event_stays_for_thirty_days(
    client: FlaskClient, evening: Event, session_factory: SessionFactory, clock: Clock
) -> None:
    address = f"/e/{evening.slug}/agenda.ics"
    client.get(address)
    change(session_factory, evening, state=EventState.CANCELLED, agenda_changed_at=clock())

    gone = [str(one["STATUS"]) for one in entries(client.get(address).data)]
    clock.advance(days=31)

    assert gone == ["CANCELLED"] * 3
    assert entries(client.get(address).data) == []


def address_of(desk: Desk) -> str:
    page = desk.client.get("/account/calendar").get_data(as_text=True)
    found = re.search(r'id="feed" value="http://localhost([^"]*)"', page)
    return found[1] if found else ""


def test_organiser_gets_an_address_and_a_new_one(desk: Desk, client: FlaskClient) -> None:
    before = address_of(desk)
    desk.client.post("/account/calendar")
    old = address_of(desk)
    there = client.get(old).status_code
    desk.client.post("/account/calendar")

    assert (before, there) == ("", 200)
    assert client.get(old).status_code == 404
    assert client.get(address_of(desk)).status_code == 200
    page = desk.client.get("/account/calendar").get_data(as_text=True)
    assert f'href="webcal://localhost{address_of(desk)}"' in page


def test_organisers_feed_has_all_events_of_their_organisation_and_no_other(
    desk: Desk, client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        house = desk.house(session)
        make_evening(session, event=make_event(session, organisation=house, name="Ours"))
        make_event(session, organisation=house, name="Draft", state=EventState.DRAFT)
        make_event(session, organisation=make_organisation(session, name="X"), name="Theirs")
    desk.client.post("/account/calendar")

    response = client.get(address_of(desk))

    found = {str(one["SUMMARY"]): str(one["STATUS"]) for one in entries(response.data)}
    titles = ("", "Welcome: ", "Speed mentoring: ", "Close: ")
    assert found == {
        **{f"{title}Ours": "CONFIRMED" for title in titles},
        **{f"{title}Draft": "TENTATIVE" for title in titles},
    }
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    text = response.get_data(as_text=True)
    assert [word for word in ("ATTENDEE", "METHOD", "@", "Diane", "Jip") if word in text] == []


def test_organisers_feed_of_several_zones_is_right_in_each(
    desk: Desk, client: FlaskClient, session_factory: SessionFactory
) -> None:
    other = datetime(2028, 7, 1, 12, 0, tzinfo=UTC)
    with unit_of_work(session_factory) as session:
        house = desk.house(session)
        make_event(session, organisation=house, name="Berlin")
        make_event(
            session, organisation=house, name="Kathmandu", zone="Asia/Kathmandu", starts_at=other
        )
    desk.client.post("/account/calendar")

    found = entries(client.get(address_of(desk)).data)

    starts = {str(one["SUMMARY"]): one["DTSTART"].dt for one in found}
    assert (starts["Berlin"], starts["Kathmandu"]) == (STARTS_AT, other)


def test_organisers_feed_without_events_is_a_calendar(desk: Desk, client: FlaskClient) -> None:
    desk.client.post("/account/calendar")

    assert entries(client.get(address_of(desk)).data) == []


def test_organisers_feed_changes_with_each_fact_it_says(
    desk: Desk, client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, organisation=desk.house(session))
    desk.client.post("/account/calendar")
    address, seen = address_of(desk), []
    for values in (
        {},
        {"name": "Other"},
        {"venue": "Orangery"},
        {"tagline": "Come"},
        {"zone": "Asia/Tokyo"},
        {"state": EventState.DRAFT},
        {"agenda_sequence": 3},
    ):
        change(session_factory, event, **values)
        seen.append(client.get(address).headers["ETag"])

    assert len(set(seen)) == len(seen)
