"""What every calendar object of ours begins with, and how instants are written."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.ical.vtimezone import needs_timezone, timezone_bytes

PRODID = "-//Roundabout//Mentoring events//EN"


class InstantError(ValueError):
    """Expected an aware instant."""


def make_calendar() -> Calendar:
    """Return an empty calendar."""
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def to_bytes(calendar: Calendar, zone: ZoneInfo, *, first: datetime, last: datetime) -> bytes:
    """Return the calendar with the VTIMEZONE that instants in between need, before its entries.

    A content line begins with ``BEGIN`` or ``END`` only where a component does: a folded line
    begins with a space, and a line break inside a value is escaped.
    """
    content = bytes(calendar.to_ical())
    at = content.find(b"\r\nBEGIN:V")
    if at < 0:
        at = content.rindex(b"\r\nEND:VCALENDAR")
    at += len(b"\r\n")
    return content[:at] + timezone_bytes(zone, first, last) + content[at:]


def wall_time(instant: datetime, zone: ZoneInfo, *, first: datetime, last: datetime) -> datetime:
    """Return the instant as it is written: wall time of the zone, or UTC where that is the same.

    A wall time that comes twice means its first coming (RFC 5545 3.3.5); the second is in UTC.

    Raises
    ------
    InstantError
        For a naive datetime, which would become a floating time without any error.
    """
    if instant.tzinfo is None:
        raise InstantError
    whole = instant.astimezone(UTC).replace(microsecond=0)
    local = whole.astimezone(zone)
    return whole if local.fold or not needs_timezone(zone, first, last) else local


def utc(instant: datetime) -> datetime:
    """Return the instant in UTC, in whole seconds."""
    if instant.tzinfo is None:
        raise InstantError
    return instant.astimezone(UTC).replace(microsecond=0)
