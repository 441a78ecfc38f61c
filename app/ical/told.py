"""What an entry that was written here said of its time and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from icalendar import Event

from app.ical.calendar import InstantError
from app.ical.conference import place_in

_BEGIN, _END = "BEGIN:VEVENT", "\r\nEND:VEVENT\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSpan:
    """Time and place of one entry.

    Parameters
    ----------
    starts_at, ends_at
        Aware, UTC.
    place
        The venue alone, without the video links that LOCATION says behind it.
    """

    starts_at: datetime
    ends_at: datetime
    place: str


def read_span(calendar: str) -> ToldSpan:
    """Return when and where an entry of `app.ical.invite` is.

    Only its VEVENT is read: the time zones it names are known, and most of the bytes.

    Raises
    ------
    InstantError
        When it has no time, as nothing has that was written here.
    """
    text = calendar[calendar.index(_BEGIN) : calendar.index(_END) + len(_END)]
    event = cast("Event", Event.from_ical(text))
    return ToldSpan(
        starts_at=_instant(event.DTSTART),
        ends_at=_instant(event.DTEND),
        place=place_in(str(event.get("LOCATION", ""))),
    )


def _instant(written: date | None) -> datetime:
    if not isinstance(written, datetime):
        raise InstantError
    return written.astimezone(UTC)
