from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from icalendar import Timezone

from app.ical.vtimezone import build_timezone, find_changes, needs_timezone

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Gaza",
    "America/Santiago",
    "Pacific/Chatham",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Europe/Dublin",
    "Pacific/Apia",
)
SPRING = datetime(2027, 3, 4, 17, 0, tzinfo=UTC)


def offset_by(timezone: Timezone, instant: datetime) -> timedelta:
    """Read the component as RFC 5545 says: the latest observance that has begun."""
    begun = [
        (part["DTSTART"].dt.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in timezone.subcomponents
    ]
    return max((onset, to) for onset, to in begun if onset <= instant)[1]


@pytest.mark.parametrize("name", ZONES)
def test_build_timezone_agrees_with_zoneinfo(name: str) -> None:
    zone = ZoneInfo(name)
    chosen = random.Random(1)
    timezone = build_timezone(zone, SPRING, SPRING)
    around = [SPRING + timedelta(minutes=chosen.randrange(-500_000, 500_000)) for _ in range(60)]
    for change in find_changes(zone, SPRING - timedelta(days=390), SPRING + timedelta(days=390)):
        around += [change - timedelta(seconds=1), change]

    read = [offset_by(timezone, instant) for instant in around]

    assert read == [instant.astimezone(zone).utcoffset() for instant in around]


def test_build_timezone_writes_the_onset_in_the_time_before_the_change() -> None:
    text = build_timezone(ZoneInfo("Europe/Berlin"), SPRING, SPRING).to_ical().decode()

    assert (
        "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZNAME:CEST\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT" in text
    )
    assert "RDATE" not in text
    assert "RRULE" not in text
    assert "COMMENT" not in text


def test_build_timezone_of_new_york_is_small() -> None:
    assert len(build_timezone(ZoneInfo("America/New_York"), SPRING, SPRING).to_ical()) < 800


@pytest.mark.parametrize(
    ("name", "needed"),
    [("UTC", False), ("Africa/Abidjan", False), ("Europe/London", True), ("Asia/Tokyo", True)],
)
def test_needs_timezone_where_the_clock_differs_from_utc(name: str, needed: bool) -> None:  # noqa: FBT001
    assert needs_timezone(ZoneInfo(name), SPRING, SPRING) is needed


def test_build_timezone_agrees_with_zoneinfo_in_every_zone() -> None:
    chosen = random.Random(2)
    wrong = []
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        timezone = build_timezone(zone, SPRING, SPRING)
        around = [SPRING + timedelta(hours=chosen.randrange(-9_000, 9_000)) for _ in range(12)]
        wrong += [
            (name, instant)
            for instant in around
            if offset_by(timezone, instant) != instant.astimezone(zone).utcoffset()
        ]

    assert wrong == []
