"""Instants as people read them, on the clock of the event's place."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def clock(at: datetime, zone: str) -> str:
    """Return the time of day, like 18:05."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def day(at: datetime, zone: str, *, with_year: bool = False) -> str:
    """Return the day, like Thursday 11 March."""
    local = at.astimezone(ZoneInfo(zone))
    year = f" {local:%Y}" if with_year else ""
    return f"{local:%A} {local.day} {local:%B}{year}"


def date(at: datetime, zone: str) -> str:
    """Return the date, like 11 March 2027."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def day_and_clock(at: datetime, zone: str) -> str:
    """Return day and time, like Thursday 11 March, 18:05."""
    return f"{day(at, zone)}, {clock(at, zone)}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was, like 3 hours ago; no clock of any place is needed."""
    minutes = max(0, int((now - at).total_seconds() // 60))
    for size, unit in ((7 * 24 * 60, "week"), (24 * 60, "day"), (60, "hour"), (1, "minute")):
        found = minutes // size
        if found and not (unit == "week" and found < 3) and not (unit == "minute" and found < 5):
            return f"{found} {unit}{'' if found == 1 else 's'} ago"
    return "just now"


_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number(value: int) -> str:
    """Return a small number as a word."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else str(value)


def counted(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun, like "one round"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listed(names: tuple[str, ...]) -> str:
    """Return names as they are said: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
