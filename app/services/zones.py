"""Local times and instants: what a clock on the venue's wall shows, and when that is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Beyond these a date is a slip of the pen, and its neighbours may be no dates at all."""
_NO_PLACES = frozenset({"localtime", "Factory"})
"""Names in the system's list that say something else, or nothing, on another machine."""


@cache
def known_zones() -> frozenset[str]:
    """Return the names of the time zones that an event can be in; read from the disk once."""
    return frozenset(available_timezones()) - _NO_PLACES


def zone_of(name: str, *, field: str = "zone") -> ZoneInfo:
    """Return a time zone; raises ``InvalidInput`` for a name that is none."""
    if name not in known_zones():
        raise InvalidInput({field: f"{name!r} is no time zone; write one like Europe/Berlin"})
    return ZoneInfo(name)


def is_shown_twice(wall: datetime, zone: str) -> bool:
    """Return whether the clocks of a place show a time twice, because they go back."""
    if zone not in known_zones() or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        return False
    first = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    second = first.replace(fold=1)
    return _is_shown(first) and first.utcoffset() != second.utcoffset()


def instant(
    wall: datetime, zone: str, *, fold: int | None = None, field: str = "starts_at"
) -> datetime:
    """Return the UTC instant of a wall-clock time.

    A time that the clocks skip is refused; one that they show twice needs ``fold``, 0 for the
    earlier and 1 for the later.
    """
    if wall.tzinfo is not None:
        msg = "Expected a wall-clock time without a zone."
        raise ValueError(msg)
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        text = f"write a year between {FIRST_YEAR} and {LAST_YEAR}"
        raise InvalidInput({field: text})
    place = zone_of(zone)
    first = wall.replace(tzinfo=place, fold=0)
    second = wall.replace(tzinfo=place, fold=1)
    if not _is_shown(first):
        text = f"the clocks in {zone} skip {wall:%H:%M} on that day; choose another time"
        raise InvalidInput({field: text})
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if fold is None:
        text = f"the clocks in {zone} show {wall:%H:%M} twice on that day; say which one"
        raise InvalidInput({field: text})
    return (second if fold else first).astimezone(UTC)


def _is_shown(local: datetime) -> bool:
    """Return whether the clocks show a local time at all; in spring they skip an hour."""
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None) == local.replace(tzinfo=None)
