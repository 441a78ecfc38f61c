"""Sixty cells: ten zones with their changes of clocks, and six things that happen around them.

In each cell every place that says when an event is says the same instant: pages, mail, the calendar
entry, the file to import, feeds and the API. What cannot be an instant is refused, or asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import vobject
from flask import Flask
from icalendar import Calendar
from werkzeug.test import TestResponse

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, ReminderKind
from app.models import Event, Organisation
from app.services import access, accounts, api_tokens, delivery, feeds, invites, reminders
from config import Config
from tests.builders import default_rules, make_event, make_organisation, make_organiser
from tests.conftest import Clock
from tests.e2e.street import recipient
from tests.fakes import MemoryTransport
from tests.published import make_evening, publish

Span = tuple[datetime, datetime]
MADE_AT = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
LENGTH = timedelta(minutes=56)  # of a builder's event


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-{text}:00+00:00")


FORWARD_AND_BACK: dict[str, tuple[datetime | None, datetime | None]] = {
    "Europe/Berlin": (utc("03-28T01:00"), utc("10-31T01:00")),
    "America/New_York": (utc("03-14T07:00"), utc("11-07T06:00")),
    "Australia/Lord_Howe": (utc("10-02T15:30"), utc("04-03T15:00")),
    "Africa/Casablanca": (utc("03-14T02:00"), utc("02-07T02:00")),
    "Asia/Gaza": (utc("03-27T00:00"), utc("10-29T23:00")),
    "America/Santiago": (utc("09-05T04:00"), utc("04-04T03:00")),
    "Pacific/Chatham": (utc("09-25T14:00"), utc("04-03T14:00")),
    "Africa/Cairo": (utc("04-29T22:00"), utc("10-28T21:00")),
    "Asia/Kathmandu": (None, None),
    "UTC": (None, None),
}
"""The first instant after the clocks of each zone go forward, and after they go back."""
QUIET = utc("03-14T02:00")
"""Where the clocks never change the same is tried at any instant."""


@dataclass
class Scene:
    """An event in a zone, its organiser's browser, its mail, and a program with a key."""

    app: Flask
    factory: SessionFactory
    settings: Config
    clock: Clock
    key: bytes
    transport: MemoryTransport
    zone: str = "UTC"
    house_id: int = 0
    organiser_id: int = 0
    event_id: int = 0
    person_id: int = 0
    address: str = ""
    session_token: str = ""

    def begin(self, starts_at: datetime) -> None:
        """Publish an event and tell everybody of it."""
        with unit_of_work(self.factory) as session:
            house = make_organisation(session)
            organiser = make_organiser(session, organisation=house)
            rules = default_rules() | {"goals": [{"goal": "attendance"}]}
            event = make_event(
                session, organisation=house, zone=self.zone, starts_at=starts_at, rules=rules
            )
            evening = make_evening(session, event=event)
            publish(session, evening, now=self.clock())
            invites.sync(session, event, now=self.clock(), settings=self.settings)
            who = evening.mentees[0]
            self.house_id, self.organiser_id, self.event_id = house.id, organiser.id, event.id
            self.person_id, self.address = who.person_id, who.person.email
            self.session_token = accounts.open_session(session, organiser.id, now=self.clock())
        self.deliver()

    def deliver(self) -> None:
        self.clock.advance(minutes=1)
        delivery.deliver_due(
            self.factory,
            self.transport,
            clock=self.clock,
            settings=self.settings,
            key=self.key,
            owner="test",
        )

    def last_mail(self) -> tuple[str, bytes]:
        """Return text and calendar entry of the last mail to one person."""
        found = [one for one in self.transport.messages if recipient(one) == self.address][-1]
        body = found.get_body(("plain",))
        assert body is not None
        entries = [
            part.get_payload(decode=True)
            for part in found.walk()
            if part.get_content_type() == "text/calendar"
        ]
        return body.get_content(), entries[0] if entries else b""  # type: ignore[return-value]

    def move(self, wall: datetime, **which: str) -> TestResponse:
        client = self.app.test_client()
        with client.session_transaction() as browser:
            browser[SESSION_KEY] = self.session_token
        typed = {"date": f"{wall:%Y-%m-%d}", "time": f"{wall:%H:%M}"} | which
        return client.post(f"/events/{self.event_id}/move", data=typed)

    def get(self, path: str) -> bytes:
        answer = self.app.test_client().get(path)
        assert answer.status_code == 200, path
        return answer.data

    def own_path(self, purpose: LinkPurpose, path: str) -> str:
        with unit_of_work(self.factory) as session:
            token = access.link_for(
                session, self.person_id, purpose, key=self.key, now=self.clock()
            )
        return path.format(token)

    def slug(self) -> str:
        with unit_of_work(self.factory, write=False) as session:
            return session.get_one(Event, self.event_id).slug

    def walls(self, span: Span) -> tuple[str, str]:
        """Return the day and the two times as the clock on the venue's wall shows them."""
        begin, end = (at.astimezone(ZoneInfo(self.zone)) for at in span)
        return f"{begin:%A} {begin.day} {begin:%B %Y}", f"{begin:%H:%M} to {end:%H:%M}"


def by_page(scene: Scene, span: Span) -> bool:
    """The public page and the person's own one name day, time and zone."""
    page = scene.get(f"/e/{scene.slug()}").decode()
    mine = scene.get(scene.own_path(LinkPurpose.ACCESS, "/me/{}")).decode()
    day, hours = scene.walls(span)
    first = (span[0] + timedelta(minutes=15)).astimezone(ZoneInfo(scene.zone))
    return all(text in page for text in (day, hours, scene.zone)) and f"{first:%H:%M}" in mine


def by_mail(scene: Scene, span: Span) -> bool:
    day, hours = scene.walls(span)
    return f"{day}, {hours} ({scene.zone})" in scene.last_mail()[0]


def by_entry(scene: Scene, span: Span) -> bool:
    return span_of(scene.last_mail()[1]) == span


def by_other_reader(scene: Scene, span: Span) -> bool:
    """A parser that knows no zone by name and believes the VTIMEZONE alone."""
    event = vobject.readOne(scene.last_mail()[1].decode()).vevent
    return (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)) == span


def by_file(scene: Scene, span: Span) -> bool:
    return span_of(scene.get(scene.own_path(LinkPurpose.ACCESS, "/me/{}/invite.ics"))) == span


def by_own_feed(scene: Scene, span: Span) -> bool:
    """Three rounds of ten minutes, two minutes apart, from a quarter of an hour after the start."""
    begin, end = span_of(scene.get(scene.own_path(LinkPurpose.FEED, "/feed/{}.ics")))
    first = span[0] + timedelta(minutes=15)
    return (begin, end) == (first, first + timedelta(minutes=34))


def by_event_feed(scene: Scene, span: Span) -> bool:
    return span_of(scene.get(f"/e/{scene.slug()}/agenda.ics")) == span


def by_house_feed(scene: Scene, span: Span) -> bool:
    with unit_of_work(scene.factory) as session:
        now = scene.clock()
        token = feeds.link_for_organiser(session, scene.organiser_id, key=scene.key, now=now)
    return span_of(scene.get(f"/agenda/{token}.ics"), uid_dashes=4) == span


def by_api(scene: Scene, span: Span) -> bool:
    with unit_of_work(scene.factory) as session:
        key = api_tokens.make(
            session,
            scene.house_id,
            name=f"reader {scene.clock():%H%M}",
            may_write=False,
            expires_at=None,
            now=scene.clock(),
            organiser_id=scene.organiser_id,
        )
    answer = scene.app.test_client().get(
        f"/api/v1/events/{scene.event_id}", headers={"Authorization": f"Bearer {key}"}
    )
    said = [datetime.fromisoformat(answer.get_json()[name]) for name in ("starts_at", "ends_at")]
    offsets = [at.astimezone(ZoneInfo(scene.zone)).utcoffset() for at in span]
    return tuple(said) == span and [at.utcoffset() for at in said] == offsets


READINGS: dict[str, Callable[[Scene, Span], bool]] = {
    "page": by_page,
    "mail": by_mail,
    "entry": by_entry,
    "entry, read by another": by_other_reader,
    "file": by_file,
    "own feed": by_own_feed,
    "event's feed": by_event_feed,
    "organiser's feed": by_house_feed,
    "api": by_api,
}


def span_of(content: bytes, *, uid_dashes: int | None = None) -> Span:
    """Return from when to when the entries of a calendar last, read by their own VTIMEZONE."""
    found = [
        event
        for event in Calendar.from_ical(content).events
        if uid_dashes is None or str(event["UID"]).count("-") == uid_dashes
    ]
    return (
        min(event["DTSTART"].dt.astimezone(UTC) for event in found),
        max(event["DTEND"].dt.astimezone(UTC) for event in found),
    )


def assert_all_agree(scene: Scene, starts_at: datetime) -> None:
    span = (starts_at, starts_at + LENGTH)
    assert [name for name, read in READINGS.items() if not read(scene, span)] == []


def across(scene: Scene, forward: datetime, back: datetime) -> None:
    """It begins before the clocks change and ends after; the rounds lie on both sides."""
    at = min(forward, back) - timedelta(minutes=30)
    scene.begin(at)

    assert_all_agree(scene, at)


def reminder_across(scene: Scene, forward: datetime, back: datetime) -> None:
    """The day before is a day by the clock, whether it has 23 hours, 25 or 24."""
    at = max(forward, back) + timedelta(hours=12)
    scene.begin(at)
    due = reminders.due_at(ReminderKind.DAY_BEFORE, event_of(scene))
    scene.clock.at = due
    with unit_of_work(scene.factory) as session:
        reminders.send_due(session, now=due, settings=scene.settings)
    scene.deliver()

    zone = ZoneInfo(scene.zone)
    wall, before = at.astimezone(zone), due.astimezone(zone)
    assert before.replace(tzinfo=None) == wall.replace(tzinfo=None) - timedelta(days=1)
    assert by_mail(scene, (at, at + LENGTH))


def made_on_the_other_side(scene: Scene, forward: datetime, back: datetime) -> None:
    """Made while the clocks show one time, moved to a day on which they show the other."""
    change = min(forward, back)
    scene.begin(change - timedelta(days=3))
    zone = ZoneInfo(scene.zone)
    day = (change + timedelta(days=3)).astimezone(zone)
    wall = datetime(day.year, day.month, day.day, 18, 0)  # noqa: DTZ001 -- a clock on the wall

    answer = scene.move(wall)
    scene.deliver()

    assert answer.status_code == 302
    assert_all_agree(scene, wall.replace(tzinfo=zone).astimezone(UTC))


def shown_twice(scene: Scene, _forward: datetime, back: datetime) -> None:
    """A time that the clocks show twice is asked about; either of the two is told true."""
    at = back + timedelta(minutes=10)
    scene.begin(at - timedelta(days=2))
    zone = ZoneInfo(scene.zone)
    wall = at.astimezone(zone).replace(tzinfo=None, fold=0)

    answer = scene.move(wall)

    if scene.zone in {"UTC", "Asia/Kathmandu"}:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert f"show {wall:%H:%M} twice on that day" in answer.text
        assert scene.move(wall, which="1").status_code == 302
        assert at.astimezone(zone).fold == 1
    scene.deliver()
    assert_all_agree(scene, at)


def skipped(scene: Scene, forward: datetime, _back: datetime) -> None:
    """A time that the clocks skip is refused with the reason, and nothing moves."""
    at = forward - timedelta(days=2)
    scene.begin(at)
    zone = ZoneInfo(scene.zone)
    shown = (forward - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None, fold=0)
    wall = shown + timedelta(minutes=11)

    answer = scene.move(wall)
    scene.deliver()

    if scene.zone in {"UTC", "Asia/Kathmandu"}:
        assert answer.status_code == 302
        assert_all_agree(scene, wall.replace(tzinfo=zone).astimezone(UTC))
        return
    assert answer.status_code == 422
    assert f"skip {wall:%H:%M} on that day" in answer.text
    assert_all_agree(scene, at)


def read_elsewhere(scene: Scene, forward: datetime, back: datetime) -> None:
    """The organiser has events in other zones too, whose common feed is in none of them."""
    at = max(forward, back) + timedelta(minutes=5)
    scene.begin(at)
    with unit_of_work(scene.factory) as session:
        house = session.get_one(Organisation, scene.house_id)
        make_event(session, organisation=house, zone="Asia/Tokyo", starts_at=at)

    assert_all_agree(scene, at)


SITUATIONS = (
    across,
    reminder_across,
    made_on_the_other_side,
    shown_twice,
    skipped,
    read_elsewhere,
)
CELLS = list(product(FORWARD_AND_BACK, SITUATIONS))
BY_DAY = set(zip(FORWARD_AND_BACK, SITUATIONS, strict=False))
"""By night all of them; by day each situation once, every time in another zone."""


@pytest.fixture
def scene(
    app: Flask, session_factory: SessionFactory, settings: Config, clock: Clock, key: bytes
) -> Scene:
    clock.at = MADE_AT
    return Scene(app, session_factory, settings, clock, key, MemoryTransport())


def event_of(scene: Scene) -> Event:
    with unit_of_work(scene.factory, write=False) as session:
        return session.get_one(Event, scene.event_id)


@pytest.mark.parametrize(
    ("zone", "situation"),
    [
        pytest.param(
            zone,
            situation,
            id=f"{zone}-{situation.__name__}",
            marks=() if (zone, situation) in BY_DAY else pytest.mark.night,
        )
        for zone, situation in CELLS
    ],
)
def test_every_place_says_the_same_instant(
    scene: Scene, zone: str, situation: Callable[[Scene, datetime, datetime], None]
) -> None:
    scene.zone = zone
    forward, back = FORWARD_AND_BACK[zone]

    situation(scene, forward or QUIET, back or QUIET)


def test_there_are_sixty_cells() -> None:
    assert (len(CELLS), len(BY_DAY)) == (60, 6)
