"""Where people meet by video: CONFERENCE (RFC 7986 5.11), and LOCATION, which clients read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Event, vText, vUri

from app.ical.text import clean_name, clean_uri

SEVERAL = "video links: see the rounds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A round that takes place by video.

    Parameters
    ----------
    label
        Such as ``Round 2: Table 3``.
    link
        An http(s) address.
    """

    label: str
    link: str


def video_link(text: str) -> str:
    """Return a link that calendars may offer to open; empty for anything else."""
    link = clean_uri(text)
    return link if link.lower().startswith(("https://", "http://")) else ""


def add_conferences(event: Event, meetings: Iterable[Meeting]) -> None:
    """Add a CONFERENCE for each distinct link, labelled with all rounds that use it."""
    labels: dict[str, list[str]] = {}
    for meeting in meetings:
        labels.setdefault(meeting.link, []).append(meeting.label)
    for link, rounds in labels.items():
        value = vUri(link)
        value.params["VALUE"] = "URI"
        value.params["FEATURE"] = "VIDEO"
        # In quotes a colon is allowed, and every parser reads it; the rest a CN must not have.
        value.params["LABEL"] = vText(", ".join(_label(text) for text in rounds))
        event.add("CONFERENCE", value)


def location_of(place: str, links: Iterable[str], *, are_all_by_video: bool) -> str:
    """Return LOCATION: the link where all of somebody's rounds share one.

    Parameters
    ----------
    place
        The event's venue; may be empty.
    links
        Of the rounds by video, in any number and order.
    are_all_by_video
        Whether no round is at a table in the room.
    """
    distinct = set(links)
    if not distinct:
        return place
    only = distinct.pop() if len(distinct) == 1 and are_all_by_video else SEVERAL
    if place:
        return f"{place}, {only}"
    return f"{only[:1].upper()}{only[1:]}" if only is SEVERAL else only


def place_in(location: str) -> str:
    """Return the venue that `location_of` was given."""
    place, comma, last = location.rpartition(", ")
    if _is_of_video(last):
        return place
    return f"{place}{comma}{last}"


def _is_of_video(text: str) -> bool:
    return text.lower() == SEVERAL or bool(text and video_link(text) == text)


def _label(text: str) -> str:
    return ": ".join(part for part in map(clean_name, text.split(":", 1)) if part)
