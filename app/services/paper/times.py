"""Instants as they stand on paper, on the clock of the event's place."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def clock(at: datetime, zone: str) -> str:
    """Return the time of day, like 18:05."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def day_and_clock(at: datetime, zone: str) -> str:
    """Return day and time, like Thursday 11 March, 18:05."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"
