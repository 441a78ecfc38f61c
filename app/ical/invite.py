"""One invite: the single VEVENT of a person at an event, as REQUEST or CANCEL (RFC 5546, 6047).

What it never holds: anybody else's address, a question, goals, a topic, the word mentee, a link
with a token. Work calendars are shared, and calendar servers keep everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from app.enums import Method, PartStat
from app.ical.calendar import make_calendar, to_bytes, utc, wall_time
from app.ical.conference import Meeting, add_conferences, location_of
from app.ical.text import clean_name, clean_text, clean_uri


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationLine:
    """One round of a person.

    Parameters
    ----------
    number
        As people count the rounds of the whole event, from 1.
    starts_at
        Aware instant.
    minutes
        Length of the round.
    table
        What stands on the table's sign, such as ``Table 3``; None for a round to reflect.
    meets
        First names of those who sit there too, only of people who agreed, as the reader did.
    link
        Of a table that is a video meeting; else empty.
    """

    number: int
    starts_at: datetime
    minutes: int
    table: str | None
    meets: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteContent:
    """What an invite says.

    Parameters
    ----------
    uid
        Random; the same through every update and the cancellation.
    zone
        IANA name of the event's zone.
    starts_at, ends_at
        Aware instants of the whole event.
    url
        The event's public page, never a personal one; empty for an event without a page.
    organiser_address
        Where answers go; a placeholder that `fill_organizer` knows, until the invite leaves.
    """

    uid: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    url: str
    organiser_name: str
    organiser_address: str
    attendee_name: str
    attendee_address: str
    partstat: PartStat = PartStat.NEEDS_ACTION
    rotation: tuple[RotationLine, ...] = ()


def describe(content: InviteContent) -> str:
    """Return the text of the entry: a line for each round, in the event's own time."""
    zone = ZoneInfo(content.zone)
    lines = [describe_line(line, zone) for line in content.rotation]
    if content.url:
        lines += ([""] if lines else []) + [f"About the event: {content.url}"]
    return "\n".join(lines)


def describe_line(line: RotationLine, zone: ZoneInfo) -> str:
    """Return one round as a line, such as ``18:12 Round 2: Table 9, with Diane``."""
    start = f"{line.starts_at.astimezone(zone):%H:%M} {describe_table(line)}"
    said = f"{start}, with {join_names(line.meets)}" if line.table and line.meets else start
    return f"{said}, {line.link}" if line.link else said


def describe_table(line: RotationLine) -> str:
    """Return the round and where it is."""
    return f"Round {line.number}: {line.table or 'a round to reflect'}"


def join_names(names: tuple[str, ...]) -> str:
    """Return names as a list that reads aloud."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def write_request(content: InviteContent, *, sequence: int, stamp: datetime) -> bytes:
    """Return the first invitation or an update of it.

    Parameters
    ----------
    sequence
        Raised only when the time or the place changed (RFC 5546 2.1.4).
    stamp
        When this message was made; later than every one before it.
    """
    calendar = _begin(Method.REQUEST)
    event = _event(content, sequence=sequence, stamp=stamp)
    event.add("DESCRIPTION", clean_text(describe(content)))
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    calendar.add_component(event)
    return _end(calendar, content)


def write_cancel(
    content: InviteContent, *, sequence: int, stamp: datetime, event_falls: bool = False
) -> bytes:
    """Return the withdrawal of an invite.

    Parameters
    ----------
    sequence
        Higher than that of every request before it.
    event_falls
        Whether nobody meets at all. When one person is removed the event still takes place, and
        STATUS stays away (RFC 5546 3.2.5).
    """
    calendar = _begin(Method.CANCEL)
    event = _event(content, sequence=sequence, stamp=stamp)
    if event_falls:
        event.add("STATUS", "CANCELLED")
    calendar.add_component(event)
    return _end(calendar, content)


def write_download(content: InviteContent, *, sequence: int, stamp: datetime) -> bytes:
    """Return the entry for a file that a person fetches: the same UID, but nobody to answer to.

    Without METHOD, ORGANIZER and ATTENDEE a calendar imports it as an entry of its reader's own.
    """
    calendar = _begin(None)
    event = _event(content, sequence=sequence, stamp=stamp, is_mail=False)
    event.add("DESCRIPTION", clean_text(describe(content)))
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    calendar.add_component(event)
    return _end(calendar, content)


def _begin(method: Method | None) -> Calendar:
    calendar = make_calendar()
    if method is not None:
        calendar.add("METHOD", method.value)
    return calendar


def _end(calendar: Calendar, content: InviteContent) -> bytes:
    zone = ZoneInfo(content.zone)
    return to_bytes(calendar, zone, first=content.starts_at, last=content.ends_at)


def _event(
    content: InviteContent, *, sequence: int, stamp: datetime, is_mail: bool = True
) -> Event:
    zone = ZoneInfo(content.zone)
    span = {"first": content.starts_at, "last": content.ends_at}
    event = Event()
    event.add("UID", content.uid)
    event.add("DTSTAMP", utc(stamp))
    event.add("SEQUENCE", sequence)
    event.add("DTSTART", wall_time(content.starts_at, zone, **span))
    event.add("DTEND", wall_time(content.ends_at, zone, **span))
    event.add("SUMMARY", clean_text(content.title))
    _locate(event, content)
    if content.url:
        event.add("URL", clean_uri(content.url))
    event.add("CLASS", "PRIVATE")
    if is_mail:
        event["ORGANIZER"] = _address(content.organiser_name, content.organiser_address)
        event.add("ATTENDEE", _attendee(content))
    return event


def _locate(event: Event, content: InviteContent) -> None:
    seated = [line for line in content.rotation if line.table is not None]
    meetings = [Meeting(label=describe_table(line), link=line.link) for line in seated if line.link]
    place = location_of(
        content.place,
        [meeting.link for meeting in meetings],
        are_all_by_video=len(meetings) == len(seated),
    )
    if place:
        event.add("LOCATION", clean_text(place))
    add_conferences(event, meetings)


def _attendee(content: InviteContent) -> vCalAddress:
    attendee = _address(content.attendee_name, content.attendee_address)
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(content.partstat.value)
    attendee.params["RSVP"] = vText("TRUE")
    return attendee


def _address(name: str, address: str) -> vCalAddress:
    written = vCalAddress(f"mailto:{clean_uri(address)}")
    shown = clean_name(name)
    if shown:
        written.params["CN"] = vText(shown)
    return written
