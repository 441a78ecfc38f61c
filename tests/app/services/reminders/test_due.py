"""The wall clock of ten places on the day after each change of the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.enums import ReminderKind
from app.services.reminders.due import closing, due_at, latest

DAY, WEEK, HOUR = (
    ReminderKind.DAY_BEFORE,
    ReminderKind.WEEK_BEFORE,
    ReminderKind.HOUR_BEFORE,
)
CHANGES = (
    ("Europe/Berlin", "2027-03-28", -60),
    ("Europe/Berlin", "2027-10-31", 60),
    ("America/New_York", "2027-03-14", -60),
    ("America/New_York", "2027-11-07", 60),
    ("Australia/Lord_Howe", "2027-04-04", 30),
    ("Australia/Lord_Howe", "2027-10-03", -30),
    ("Africa/Casablanca", "2027-02-07", 60),
    ("Africa/Casablanca", "2027-03-14", -60),
    ("America/Santiago", "2027-04-04", 60),
    ("America/Santiago", "2027-09-05", -60),
    ("Pacific/Chatham", "2027-04-04", 60),
    ("Pacific/Chatham", "2027-09-26", -60),
    ("Africa/Cairo", "2027-04-30", -60),
    ("Africa/Cairo", "2027-10-29", 60),
    ("Asia/Gaza", "2027-03-27", -60),
    ("Asia/Gaza", "2027-10-30", 60),
    ("Asia/Kathmandu", "2027-03-28", 0),
    ("UTC", "2027-03-28", 0),
)
"""A place, a day on which its clocks change, and by how many minutes that day is longer."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    zone: str
    starts_at: datetime
    ends_at: datetime
    signup_closes_at: datetime | None = None


def on_the_wall(zone: str, day: str, clock: str, *, later: int = 0) -> datetime:
    wall = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    return (wall + timedelta(days=later)).astimezone(UTC)


def event_at(zone: str, day: str, clock: str, *, later: int = 0, **other: datetime) -> Facts:
    begin = on_the_wall(zone, day, clock, later=later)
    return Facts(zone=zone, starts_at=begin, ends_at=begin + timedelta(hours=2), **other)


def wall(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("clock", ["18:00", "09:30"])
@pytest.mark.parametrize(("zone", "day", "longer"), CHANGES)
def test_a_day_before_is_the_same_time_of_day(zone: str, day: str, longer: int, clock: str) -> None:
    event = event_at(zone, day, clock)  # the clocks changed in the night before it

    due = due_at(DAY, event)

    before = datetime.fromisoformat(f"{day}T{clock}") - timedelta(days=1)
    assert wall(due, zone) == f"{before:%Y-%m-%d %H:%M}"
    assert event.starts_at - due == timedelta(days=1, minutes=longer)


@pytest.mark.parametrize(("zone", "day", "longer"), CHANGES)
def test_a_week_before_is_the_same_time_of_day(zone: str, day: str, longer: int) -> None:
    event = event_at(zone, day, "18:00", later=5)

    due = due_at(WEEK, event)

    assert wall(due, zone).endswith("18:00")
    assert event.starts_at - due == timedelta(days=7, minutes=longer)


@pytest.mark.parametrize(("zone", "day", "_longer"), CHANGES)
def test_an_hour_before_is_sixty_minutes(zone: str, day: str, _longer: int) -> None:
    event = event_at(zone, day, "00:30")

    assert event.starts_at - due_at(HOUR, event) == timedelta(minutes=60)


@pytest.mark.parametrize(("zone", "day", "_longer"), CHANGES)
def test_thanks_come_at_ten_the_next_morning(zone: str, day: str, _longer: int) -> None:
    event = event_at(zone, day, "18:00", later=-1)

    assert wall(due_at(ReminderKind.AFTER, event), zone) == f"{day} 10:00"


def test_what_ends_after_midnight_is_thanked_for_the_same_morning() -> None:
    event = event_at("Europe/Berlin", "2027-05-01", "23:30")  # until half past one

    assert wall(due_at(ReminderKind.AFTER, event), "Europe/Berlin") == "2027-05-02 10:00"


def test_a_time_that_the_day_before_skips_comes_an_hour_later() -> None:
    event = event_at("Europe/Berlin", "2027-03-29", "02:30")

    assert wall(due_at(DAY, event), "Europe/Berlin") == "2027-03-28 03:30"


def test_a_time_that_the_day_before_shows_twice_is_the_first() -> None:
    event = event_at("Europe/Berlin", "2027-11-01", "02:30")

    assert due_at(DAY, event) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_later_of_two_times_of_day_is_remembered_as_that_time() -> None:
    later = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    event = Facts(zone="Europe/Berlin", starts_at=later, ends_at=later + timedelta(hours=2))

    assert wall(due_at(DAY, event), "Europe/Berlin") == "2027-10-30 02:30"


def test_sign_up_that_nobody_closes_ends_as_the_event_begins() -> None:
    event = event_at("Europe/Berlin", "2027-05-01", "18:00")
    closes = event.starts_at - timedelta(days=3)
    closed = event_at("Europe/Berlin", "2027-05-01", "18:00", signup_closes_at=closes)

    kind = ReminderKind.SIGN_UP_CLOSES
    assert closing(event) == event.starts_at
    assert (due_at(kind, closed), latest(kind, closed)) == (closes - timedelta(days=1), closes)
