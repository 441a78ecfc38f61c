from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import vobject
from icalendar import Calendar

from app.ical.conference import Meeting
from app.ical.feed import FeedContent, FeedEntry, write_feed

START = datetime(2027, 3, 4, 17, 0, tzinfo=UTC)


def make_entry(*, number: int = 1, is_free: bool = False, is_cancelled: bool = False) -> FeedEntry:
    starts_at = START + timedelta(minutes=12 * (number - 1))
    return FeedEntry(
        uid=f"abc-r{number}",
        sequence=0,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=10),
        title=f"Round {number}: Table 3",
        place="Atrium",
        text="18:00 Table 3",
        url="http://localhost/e/evening",
        changed_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
        is_free=is_free,
        is_cancelled=is_cancelled,
    )


def make_feed(*entries: FeedEntry) -> FeedContent:
    return FeedContent(
        name="An evening",
        zone="Europe/Berlin",
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        entries=entries,
    )


def test_write_feed_publishes_without_method_and_attendee() -> None:
    text = write_feed(make_feed(make_entry())).decode()

    assert "METHOD" not in text
    assert "ATTENDEE" not in text
    assert "ORGANIZER" not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert "\r\nNAME:An evening\r\n" in text
    assert "\r\nX-WR-CALNAME:An evening\r\n" in text


def test_write_feed_gives_the_same_bytes_in_any_order() -> None:
    one, two = make_entry(number=1), make_entry(number=2)

    assert write_feed(make_feed(one, two)) == write_feed(make_feed(two, one))


def test_write_feed_shows_a_round_to_reflect_as_free_time() -> None:
    calendar = Calendar.from_ical(
        write_feed(make_feed(make_entry(number=1), make_entry(number=2, is_free=True)))
    )

    entries = calendar.walk("VEVENT")
    assert [str(entry["UID"]) for entry in entries] == ["abc-r1", "abc-r2"]
    assert [str(entry["TRANSP"]) for entry in entries] == ["OPAQUE", "TRANSPARENT"]


def test_write_feed_keeps_a_cancelled_round_as_cancelled() -> None:
    text = write_feed(make_feed(make_entry(is_cancelled=True))).decode()

    assert text.count("STATUS:CANCELLED") == 1


def test_write_feed_is_read_by_another_parser() -> None:
    read = vobject.readOne(write_feed(make_feed(make_entry())).decode())

    assert read.vevent.dtstart.value.astimezone(UTC) == START


def test_write_feed_without_rounds_is_still_a_calendar() -> None:
    calendar = Calendar.from_ical(write_feed(make_feed()))

    assert calendar.walk("VEVENT") == []
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_write_feed_says_where_a_round_by_video_is() -> None:
    meeting = Meeting(label="Round 1: Table 3", link="https://meet.example.org/3")
    entry = replace(make_entry(), meeting=meeting)

    [event] = Calendar.from_ical(write_feed(make_feed(entry))).walk("VEVENT")

    assert event["LOCATION"] == "Atrium, https://meet.example.org/3"
    assert str(event["CONFERENCE"]) == "https://meet.example.org/3"
    assert event["CONFERENCE"].params["LABEL"] == "Round 1: Table 3"


def test_write_feed_says_how_sure_and_how_private_an_entry_is() -> None:
    sure = make_entry()
    unsure = replace(sure, uid="abc-r2", is_tentative=True, is_private=False)

    entries = Calendar.from_ical(write_feed(make_feed(sure, unsure))).walk("VEVENT")

    assert [(str(one["STATUS"]), str(one["CLASS"])) for one in entries] == [
        ("CONFIRMED", "PRIVATE"),
        ("TENTATIVE", "PUBLIC"),
    ]
