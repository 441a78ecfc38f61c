"""Feeds that calendars subscribe to: a person's rounds, an event's agenda, a house's events.

They have no METHOD and no ATTENDEE, and the same facts always give the same bytes, so that an ETag
tells the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.prop import vDuration

from app.ical.calendar import make_calendar, to_bytes, utc, wall_time
from app.ical.conference import Meeting, add_conferences, location_of
from app.ical.text import clean_text, clean_uri

REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One round of one person, one event, or one block of an agenda.

    Parameters
    ----------
    uid
        For a round the invite's UID with ``-r`` and the round's number: never the invite's own.
    url
        Of a page that needs no token.
    changed_at
        When what it says last changed; becomes DTSTAMP and LAST-MODIFIED.
    is_free
        Whether the time stays free in the calendar (a round to reflect).
    is_tentative
        Whether it may yet not take place (an event that is not open).
    is_cancelled
        Whether it only stays in the feed so that calendars take it out.
    is_private
        Whether it is no business of those who may look into the reader's calendar.
    meeting
        Where the round is by video, if it is.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    url: str
    changed_at: datetime
    is_free: bool = False
    is_tentative: bool = False
    is_cancelled: bool = False
    is_private: bool = True
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """Entries in one time zone, with a span for it that holds without any entry, too."""

    name: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    entries: tuple[FeedEntry, ...]


def write_feed(content: FeedContent) -> bytes:
    """Return the feed; equal contents give equal bytes."""
    zone = ZoneInfo(content.zone)
    entries = sorted(content.entries, key=lambda entry: (entry.starts_at, entry.uid))
    instants = [
        content.starts_at,
        content.ends_at,
        *(instant for entry in entries for instant in (entry.starts_at, entry.ends_at)),
    ]
    first, last = min(instants), max(instants)
    calendar = make_calendar()
    _name(calendar, content)
    for entry in entries:
        calendar.add_component(_event(entry, zone, first, last))
    return to_bytes(calendar, zone, first=first, last=last)


def _name(calendar: Calendar, content: FeedContent) -> None:
    name = clean_text(content.name).replace("\n", " ")  # X- properties are not escaped
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", content.zone)
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"  # RFC 7986 5.7; the library leaves it out
    calendar["REFRESH-INTERVAL"] = refresh
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)


def _event(entry: FeedEntry, zone: ZoneInfo, first: datetime, last: datetime) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", utc(entry.changed_at))
    event.add("LAST-MODIFIED", utc(entry.changed_at))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", wall_time(entry.starts_at, zone, first=first, last=last))
    event.add("DTEND", wall_time(entry.ends_at, zone, first=first, last=last))
    event.add("SUMMARY", clean_text(entry.title))
    event.add("DESCRIPTION", clean_text(entry.text))
    meetings = [] if entry.meeting is None else [entry.meeting]
    place = location_of(entry.place, [one.link for one in meetings], are_all_by_video=True)
    if place:
        event.add("LOCATION", clean_text(place))
    add_conferences(event, meetings)
    event.add("URL", clean_uri(entry.url))
    event.add("CLASS", "PRIVATE" if entry.is_private else "PUBLIC")
    event.add("STATUS", _status(entry))
    event.add("TRANSP", "TRANSPARENT" if entry.is_free or entry.is_cancelled else "OPAQUE")
    return event


def _status(entry: FeedEntry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"
