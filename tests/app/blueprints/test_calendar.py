from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import vobject
from flask.testing import FlaskClient
from icalendar import Calendar

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, SignUpState
from app.models import SignUp
from app.services import access, invites
from config import Config
from tests.conftest import Clock
from tests.published import Evening, make_evening, publish, tables_in_turn

MOVED = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]


@dataclass
class Published:
    """A published evening and the two links of its first mentee."""

    factory: SessionFactory
    evening: Evening
    settings: Config
    key: bytes
    clock: Clock

    def link(self, purpose: LinkPurpose, sign_up: SignUp | None = None) -> str:
        person_id = (sign_up or self.evening.mentees[0]).person_id
        with unit_of_work(self.factory) as session:
            return access.link_for(session, person_id, purpose, key=self.key, now=self.clock())

    def publish_again(self, tables: list[list[int | None]]) -> None:
        with unit_of_work(self.factory) as session:
            evening = self.attached(session)
            publish(session, evening, now=self.clock(), tables=tables)
            invites.sync(session, evening.event, now=self.clock(), settings=self.settings)

    def attached(self, session: object) -> Evening:
        merge = session.merge  # type: ignore[attr-defined]
        return Evening(
            event=merge(self.evening.event),
            mentors=tuple(merge(one) for one in self.evening.mentors),
            mentees=tuple(merge(one) for one in self.evening.mentees),
        )

    def withdraw(self, at: int = 0) -> None:
        with unit_of_work(self.factory) as session:
            gone = session.merge(self.evening.mentees[at])
            gone.state = SignUpState.WITHDRAWN
            gone.withdrawn_at = self.clock()


@pytest.fixture
def published(
    session_factory: SessionFactory, settings: Config, key: bytes, clock: Clock
) -> Published:
    with unit_of_work(session_factory) as session:
        evening = make_evening(session)
        tables = tables_in_turn(evening)
        tables[0] = [0, None, 2]
        publish(session, evening, now=clock(), tables=tables)
        invites.sync(session, evening.event, now=clock(), settings=settings)
    return Published(
        factory=session_factory, evening=evening, settings=settings, key=key, clock=clock
    )


def test_feed_has_an_entry_for_each_round(published: Published, client: FlaskClient) -> None:
    response = client.get(f"/feed/{published.link(LinkPurpose.FEED)}.ics")

    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    assert "Last-Modified" not in response.headers
    assert response.headers["Referrer-Policy"] == "no-referrer"
    entries = Calendar.from_ical(response.data).walk("VEVENT")
    assert [str(entry["SUMMARY"]) for entry in entries] == [
        "Round 1: Table 1, with Diane",
        "Round 2: a round to reflect",
        "Round 3: Table 3, with Agneta",
    ]
    assert [str(entry["TRANSP"]) for entry in entries] == ["OPAQUE", "TRANSPARENT", "OPAQUE"]
    uids = [str(entry["UID"]) for entry in entries]
    assert [uid[-3:] for uid in uids] == ["-r1", "-r2", "-r3"]
    first = vobject.readOne(response.get_data(as_text=True)).vevent_list[0]
    assert first.dtstart.value.astimezone(UTC) == datetime(2027, 3, 4, 17, 15, tzinfo=UTC)


def test_feed_is_the_same_bytes_until_something_changes(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    address = f"/feed/{published.link(LinkPurpose.FEED)}.ics"
    first = client.get(address)
    clock.advance(hours=1)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""
    assert client.get(address).data == first.data
    assert not first.headers["ETag"].startswith("W/")


def test_feed_changes_only_the_round_that_moved(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    address = f"/feed/{published.link(LinkPurpose.FEED)}.ics"
    published.publish_again([[0, 1, 2], *MOVED[1:]])
    before = client.get(address)
    clock.advance(hours=1)
    published.publish_again(MOVED)

    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    stamps = [
        [entry["DTSTAMP"].dt for entry in Calendar.from_ical(page.data).walk("VEVENT")]
        for page in (before, after)
    ]
    assert stamps[0][:2] == stamps[1][:2]
    assert stamps[1][2] == clock()


def test_feed_of_somebody_else_keeps_its_etag_through_a_re_plan(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    address = f"/feed/{published.link(LinkPurpose.FEED, published.evening.mentees[3])}.ics"
    before = client.get(address)
    clock.advance(hours=1)
    published.publish_again(MOVED)

    assert client.get(address).headers["ETag"] == before.headers["ETag"]


def test_feed_keeps_cancelled_rounds_for_thirty_days(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    address = f"/feed/{published.link(LinkPurpose.FEED)}.ics"
    published.withdraw()

    gone = Calendar.from_ical(client.get(address).data).walk("VEVENT")
    clock.advance(days=31)
    later = Calendar.from_ical(client.get(address).data).walk("VEVENT")

    assert [str(entry["STATUS"]) for entry in gone] == ["CANCELLED"] * 3
    assert later == []


def test_feed_keeps_rounds_of_an_earlier_plan_as_cancelled_for_thirty_days(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    address = f"/feed/{published.link(LinkPurpose.FEED)}.ics"
    clock.advance(hours=1)
    published.publish_again([[None, None, None], *MOVED[1:]])

    dropped = Calendar.from_ical(client.get(address).data).walk("VEVENT")
    clock.advance(days=31)
    later = Calendar.from_ical(client.get(address).data).walk("VEVENT")

    assert [str(entry["STATUS"]) for entry in dropped] == ["CANCELLED"] * 3
    assert {entry["DTSTAMP"].dt for entry in dropped} == {clock() - timedelta(days=31)}
    assert later == []


def test_feed_shows_the_seat_of_somebody_who_left_as_empty(
    published: Published, client: FlaskClient, clock: Clock
) -> None:
    mentor = published.evening.mentors[0]
    address = f"/feed/{published.link(LinkPurpose.FEED, mentor)}.ics"
    clock.advance(hours=1)
    published.withdraw()

    entries = Calendar.from_ical(client.get(address).data).walk("VEVENT")

    assert str(entries[0]["SUMMARY"]) == "Round 1: Table 1"
    assert entries[0]["DTSTAMP"].dt == clock()
    assert entries[1]["DTSTAMP"].dt == clock() - timedelta(hours=1)


def test_feed_opens_with_its_own_token_only(published: Published, client: FlaskClient) -> None:
    token = published.link(LinkPurpose.ACCESS)

    assert client.get(f"/feed/{token}.ics").status_code == 404
    assert client.get(f"/me/{published.link(LinkPurpose.FEED)}/invite.ics").status_code == 404
    assert client.get(f"/feed/{'x' * 32}.ics").status_code == 404


def test_person_ics_is_the_entry_without_anybody_to_answer(
    published: Published, client: FlaskClient
) -> None:
    response = client.get(f"/me/{published.link(LinkPurpose.ACCESS)}/invite.ics")

    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'
    calendar = Calendar.from_ical(response.data)
    [event] = calendar.walk("VEVENT")
    assert "METHOD" not in calendar
    assert "ATTENDEE" not in event
    assert str(event["SUMMARY"]) == "An evening"
    assert "Round 2: a round to reflect" in str(event["DESCRIPTION"])


def test_person_ics_ends_with_the_place(published: Published, client: FlaskClient) -> None:
    token = published.link(LinkPurpose.ACCESS)
    published.withdraw()

    assert client.get(f"/me/{token}/invite.ics").status_code == 404


def test_page_gives_the_feed_in_every_spelling(published: Published, client: FlaskClient) -> None:
    me, feed = published.link(LinkPurpose.ACCESS), published.link(LinkPurpose.FEED)

    page = client.get(f"/me/{me}/calendar").get_data(as_text=True)

    assert "Use the invite or the feed, not both" in page
    links = [
        link for link in re.findall(r'(?:href|value)="([^"]*)"', unescape(page)) if feed in link
    ]
    outlook = f"url=http%3A%2F%2Flocalhost%2Ffeed%2F{feed}.ics&name=An%20evening"
    assert links == [
        f"http://localhost/feed/{feed}.ics",
        f"webcal://localhost/feed/{feed}.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Ffeed%2F{feed}.ics",
        f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
    ]


def test_a_new_address_ends_the_old_one(published: Published, client: FlaskClient) -> None:
    me, old = published.link(LinkPurpose.ACCESS), published.link(LinkPurpose.FEED)

    answer = client.post(f"/me/{me}/calendar")

    assert (answer.status_code, answer.location) == (303, f"/me/{me}/calendar")
    assert client.get(f"/feed/{old}.ics").status_code == 404
    assert client.get(f"/feed/{published.link(LinkPurpose.FEED)}.ics").status_code == 200
    assert client.get(f"/me/{me}").status_code == 200


def test_page_makes_no_address_before_it_is_asked_to(
    published: Published, client: FlaskClient
) -> None:
    me = published.link(LinkPurpose.ACCESS)

    before = client.get(f"/me/{me}/calendar").get_data(as_text=True)
    client.post(f"/me/{me}/calendar")
    after = client.get(f"/me/{me}/calendar").get_data(as_text=True)

    assert ["webcal://" in page for page in (before, after)] == [False, True]
