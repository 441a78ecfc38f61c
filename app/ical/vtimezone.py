"""VTIMEZONE, written here: one observance for each change of offset near the event.

The library's own ``add_missing_timezones`` lists every change from 1970 to 2038 in one RDATE, of
which ical.js and vobject read only the first date: they moved 87 of 240 summer events by an hour.
One observance per change, with no RDATE and no RRULE, is read alike everywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

MARGIN = timedelta(days=400)
_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def needs_timezone(zone: ZoneInfo, first: datetime, last: datetime) -> bool:
    """Return whether times in this zone differ from UTC near these instants.

    Where they do not, UTC is written: some readers know no ``TZID=UTC`` (RFC 5545 3.2.19).
    """
    start, end = _window(first, last)
    return bool(_offset(zone, start) or find_changes(zone, start, end))


@lru_cache(maxsize=256)
def find_changes(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Return the instants (UTC) in ``start < t <= end`` at which the offset changes."""
    changes = []
    at = start
    while at < end:
        step = min(at + _STEP, end)
        if _offset(zone, step) != _offset(zone, at):
            changes.append(_first_after_change(zone, at, step))
        at = step
    return tuple(changes)


def timezone_bytes(zone: ZoneInfo, first: datetime, last: datetime) -> bytes:
    """Return the component as it stands in a file; empty where UTC is written.

    Kept for the next entry of the same event: writing it anew is most of the work of an invite.
    """
    return _written(zone, *_window(first, last)) if needs_timezone(zone, first, last) else b""


@lru_cache(maxsize=64)
def _written(zone: ZoneInfo, start: datetime, end: datetime) -> bytes:
    return bytes(build_timezone(zone, start + MARGIN, end - MARGIN).to_ical())


def build_timezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return the component for events between two instants.

    Parameters
    ----------
    zone
        A zone with an IANA name, which becomes the TZID.
    first, last
        Earliest and latest instant of the events; 400 days are covered on either side.
    """
    start, end = _window(first, last)
    timezone = Timezone()
    timezone.add("TZID", zone.key)
    timezone.add_component(_observance(zone, start, before=_offset(zone, start)))
    for change in find_changes(zone, start, end):
        timezone.add_component(_observance(zone, change, before=_offset(zone, change - _SECOND)))
    return timezone


def _window(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """Return whole days, so that the entries of one event share one walk through the zone."""
    start = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = last.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return start - MARGIN, end + MARGIN


def _observance(
    zone: ZoneInfo, begins: datetime, *, before: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    local = begins.astimezone(zone)
    kind = TimezoneDaylight() if local.dst() else TimezoneStandard()
    # RFC 5545 3.6.5: the onset is wall time by the offset that held before the change.
    kind.add("DTSTART", (begins + before).replace(tzinfo=None))
    kind.add("TZOFFSETFROM", before)
    kind.add("TZOFFSETTO", _offset(zone, begins))
    kind.add("TZNAME", local.tzname())
    return kind


def _first_after_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the second at which the offset of ``after`` begins, by bisection."""
    new = _offset(zone, after)
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == new:
            after = middle
        else:
            before = middle
    return after


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
