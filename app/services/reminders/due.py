"""When each reminder goes: rules on the clock of the event's place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.enums import ReminderKind

DEFAULT_ON = frozenset(
    {ReminderKind.SIGN_UP_CLOSES, ReminderKind.DAY_BEFORE, ReminderKind.UNPLANNED}
)
"""What a new event begins with."""
BEFORE = frozenset({ReminderKind.WEEK_BEFORE, ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE})
"""What tells people with a place when and where; of several that are late one is enough."""
THANKED_FOR = timedelta(days=7)
"""Thanks that come later than this are none."""
_MORNING = 10
_NIGHT = timedelta(hours=6)
"""What ends before six in the morning belongs to the day before."""


class Times(Protocol):
    """What the rules read of an event."""

    @property
    def zone(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def signup_closes_at(self) -> datetime | None: ...


def due_at(kind: ReminderKind, event: Times) -> datetime:
    """Return when a reminder goes, in UTC.

    Days are those of the wall clock: a day before 18:00 is 18:00, also when the clocks change in
    between. An hour is sixty minutes.
    """
    match kind:
        case ReminderKind.SIGN_UP_CLOSES:
            return _days_before(closing(event), 1, event.zone)
        case ReminderKind.WEEK_BEFORE:
            return _days_before(event.starts_at, 7, event.zone)
        case ReminderKind.DAY_BEFORE | ReminderKind.UNPLANNED:
            return _days_before(event.starts_at, 1, event.zone)
        case ReminderKind.HOUR_BEFORE:
            return event.starts_at - timedelta(hours=1)
        case ReminderKind.AFTER:
            return _morning_after(event)


def latest(kind: ReminderKind, event: Times) -> datetime:
    """Return from when on nobody is told any more."""
    if kind is ReminderKind.SIGN_UP_CLOSES:
        return closing(event)
    return event.ends_at + THANKED_FOR if kind is ReminderKind.AFTER else event.starts_at


def closing(event: Times) -> datetime:
    """Return until when people can sign up, if nobody closes it by hand."""
    return min(event.signup_closes_at or event.starts_at, event.starts_at)


def _days_before(at: datetime, days: int, zone: str) -> datetime:
    """Return the same time of day some days earlier.

    Of a time that the clocks show twice it is the first; one that they skip is as much later as
    they skip.
    """
    wall = at.astimezone(ZoneInfo(zone)) - timedelta(days=days)
    return wall.replace(fold=0).astimezone(UTC)


def _morning_after(event: Times) -> datetime:
    evening = event.ends_at.astimezone(ZoneInfo(event.zone)) - _NIGHT
    morning = evening.replace(hour=_MORNING, minute=0, second=0, microsecond=0, fold=0)
    return (morning + timedelta(days=1)).astimezone(UTC)
