"""From an itinerary to what the calendar entry says, and the marks by which a change is seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from app.enums import PartStat
from app.ical.invite import InviteContent, RotationLine
from app.ical.organizer import PLACEHOLDER
from app.ical.told import ToldSpan
from app.mail.render import without_links
from app.models import Event
from app.services.invites.decider import Wanted
from app.services.publishing.itinerary import Attendee, Itinerary, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every entry of an event has in common."""

    zone: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    url: str
    organiser_name: str
    organiser_address: str


def frame_of(event: Event, organisation: str, *, base_url: str, mail_from: str) -> Frame:
    """Return the event's part of its entries; the organiser's address is the mail's sender.

    In the entry stands an address of the reader's own, put in as the mail leaves.
    """
    return Frame(
        zone=event.zone,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.name,
        place=event.venue,
        url=f"{base_url}/e/{event.slug}",
        organiser_name=organisation,
        organiser_address=mail_from,
    )


def rotation_of(itinerary: Itinerary) -> tuple[RotationLine, ...]:
    """Return the lines of an entry; names only where both sides agreed."""
    return tuple(line_of(itinerary.attendee, stop) for stop in itinerary.stops)


def line_of(reader: Attendee, stop: Stop) -> RotationLine:
    """Return one round as the reader's calendar shows it; calendars make links of texts too."""
    shown = stop.meets if reader.shows_name else ()
    return RotationLine(
        number=stop.ordinal,
        starts_at=stop.starts_at,
        minutes=stop.minutes,
        table=stop.table,
        meets=tuple(without_links(other.first_name) for other in shown if other.shows_name),
        link=stop.link,
    )


def content_of(
    frame: Frame, attendee: Attendee, itinerary: Itinerary | None, *, uid: str, partstat: PartStat
) -> InviteContent:
    """Return the whole entry of one person; without an itinerary it names no rounds."""
    return InviteContent(
        uid=uid,
        zone=frame.zone,
        starts_at=frame.starts_at,
        ends_at=frame.ends_at,
        title=frame.title,
        place=frame.place,
        url=frame.url,
        organiser_name=frame.organiser_name,
        organiser_address=PLACEHOLDER,
        attendee_name=without_links(attendee.name),
        attendee_address=attendee.address,
        partstat=partstat,
        rotation=() if itinerary is None else rotation_of(itinerary),
    )


def wanted_of(frame: Frame, itinerary: Itinerary | None) -> Wanted:
    """Return the marks of what a person should know.

    The plan is the person's own: when, at which table, whom they come to see, and the names their
    entry shows. Who comes to a host's table is the visitors' plan, and a title or a typo is no
    change that anybody is written to about.
    """
    stops = () if itinerary is None else itinerary.stops
    lines = () if itinerary is None else rotation_of(itinerary)
    plan = [
        [
            line.number,
            _instant(line.starts_at),
            line.minutes,
            line.table,
            list(line.meets),
            _seen(stop),
            *([line.link] if line.link else []),  # a mark made before there were links stays true
        ]
        for line, stop in zip(lines, stops, strict=True)
    ]
    material = json.dumps([_instant(frame.starts_at), _instant(frame.ends_at), frame.place])
    digest = sha256(json.dumps([material, plan]).encode()).hexdigest()
    return Wanted(fingerprint=digest, material=material)


def _seen(stop: Stop) -> list[int]:
    """Return whom a visitor comes to see; for a host and in a group it is the names shown."""
    return [other.sign_up_id for other in stop.meets] if stop.is_visit else []


def read_material(material: str) -> ToldSpan:
    """Return what `wanted_of` wrote."""
    starts_at, ends_at, place = json.loads(material)
    return ToldSpan(
        starts_at=datetime.fromisoformat(starts_at),
        ends_at=datetime.fromisoformat(ends_at),
        place=place,
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
