"""The words around an invite: what is, or what was and what is now, in the first lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.enums import CancelReason
from app.ical.invite import join_names
from app.ical.told import ToldSpan
from app.mail.message import RenderedMail
from app.mail.render import OwnText, render
from app.services.invites.content import Frame
from app.services.publishing.itinerary import (
    Attendee,
    Itinerary,
    Stop,
    StopChange,
    changed_stops,
)

REFLECT = "Your round to reflect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One round in a mail."""

    time: str
    disc: str  # what stands in the round sign: the table's number
    table: str
    who: str
    is_rest: bool
    is_new: bool
    link: OwnText


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeNow:
    """One change; a link only where it is another than before."""

    before: str
    now: str
    before_link: OwnText
    now_link: OwnText


def invite_mail(
    frame: Frame,
    attendee: Attendee,
    itinerary: Itinerary | None,
    *,
    contact: str,
    is_again: bool = False,
) -> RenderedMail:
    """Return the mail of a first invite, or of one after a cancellation."""
    rows = _rows(frame, itinerary, frozenset())
    return render("invite", **_facts(frame, attendee, contact), rows=rows, is_again=is_again)


def update_mail(
    frame: Frame,
    attendee: Attendee,
    itinerary: Itinerary | None,
    *,
    contact: str,
    told: ToldSpan,
    before: Itinerary | None,
    asks_again: bool,
) -> RenderedMail:
    """Return the mail of a change: before and after come first, the whole plan below.

    ``asks_again`` is for a new time or place; where it is the old one, it was changed back.
    """
    zone = ZoneInfo(frame.zone)
    has_moved = (told.starts_at, told.ends_at) != (frame.starts_at, frame.ends_at)
    has_other_place = told.place != frame.place
    changed = changed_stops(before, itinerary, with_time=not has_moved)
    is_back = asks_again and not (has_moved or has_other_place or changed)
    return render(
        "update",
        **_facts(frame, attendee, contact),
        headline="Nothing changes for you" if is_back else _headline(changed),
        is_back=is_back,
        has_moved=has_moved,
        before_when=OwnText(when_line(told.starts_at, told.ends_at, frame.zone)),
        has_other_place=has_other_place,
        before_place=OwnText(told.place),
        changes=[_before_now(one, zone) for one in changed],
        rows=_rows(frame, itinerary, frozenset(one.round_id for one in changed)),
    )


def cancel_mail(
    frame: Frame, attendee: Attendee, *, contact: str, why: CancelReason
) -> RenderedMail:
    """Return the mail that takes an entry out of a calendar."""
    return render("cancelled", **_facts(frame, attendee, contact), why=why.value)


def when_line(starts_at: datetime, ends_at: datetime, zone_name: str) -> str:
    """Return a span of time on the clock of the event's place."""
    zone = ZoneInfo(zone_name)
    begin, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    day = f"{begin:%A} {begin.day} {begin:%B %Y}"
    return f"{day}, {begin:%H:%M} to {end:%H:%M} ({zone_name})"


def _facts(frame: Frame, attendee: Attendee, contact: str) -> dict[str, object]:
    return {
        "event_name": OwnText(frame.title),
        "event_url": OwnText(frame.url),
        "organisation": OwnText(frame.organiser_name),
        "when": OwnText(when_line(frame.starts_at, frame.ends_at, frame.zone)),
        "venue": OwnText(frame.place),
        "contact": OwnText(contact),
        "person_name": attendee.name,
    }


def _rows(frame: Frame, itinerary: Itinerary | None, changed: frozenset[int]) -> list[Row]:
    zone = ZoneInfo(frame.zone)
    return [
        Row(
            time=_clock(stop, zone),
            disc="" if stop.number is None else str(stop.number),
            table=stop.table or "",
            who=REFLECT if stop.table is None else _names(stop),
            is_rest=stop.table is None,
            is_new=stop.round_id in changed,
            link=OwnText(stop.link),
        )
        for stop in (itinerary.stops if itinerary else ())
    ]


def _headline(changed: Sequence[StopChange]) -> str:
    if not changed:
        return "Your entry has changed"
    if all(one.after is not None and one.after.is_closed for one in changed):
        return "Your table is closed, and a new place follows"
    if len(changed) > 1:
        return f"{len(changed)} of your rounds have changed"
    return _headline_of(changed[0])


def _headline_of(change: StopChange) -> str:
    old, stop = change.before, change.after
    if stop is None:
        return f"Round {change.ordinal} is no longer in your plan"
    if stop.table is None:
        return f"Round {stop.ordinal} is now a round to reflect"
    if old is not None and old.link != stop.link and _same_but_link(old, stop):
        return f"Round {stop.ordinal} has another video link"
    if old is not None and old.table_id == stop.table_id and stop.meets:
        return f"In round {stop.ordinal} you now meet {_names(stop)}"
    return f"Round {stop.ordinal} is now at {in_sentence(stop.table)}"


def _same_but_link(old: Stop, stop: Stop) -> bool:
    met, meets = ({other.sign_up_id for other in one.meets} for one in (old, stop))
    return old.table_id == stop.table_id and met == meets


def _before_now(change: StopChange, zone: ZoneInfo) -> BeforeNow:
    before, now = (one.link if one else "" for one in (change.before, change.after))
    is_other = before != now
    return BeforeNow(
        before=_spot(change.before, zone),
        now=_spot(change.after, zone),
        before_link=OwnText((before or "no video link") if is_other else ""),
        now_link=OwnText((now or "no video link") if is_other else ""),
    )


def in_sentence(label: str) -> str:
    """Return a table's label inside a sentence."""
    return label.replace("Table ", "table ", 1) if label.startswith("Table ") else label


def _spot(stop: Stop | None, zone: ZoneInfo) -> str:
    if stop is None:
        return "no seat in this round"
    if stop.table is None:
        return f"{_clock(stop, zone)}, a round to reflect"
    parts: Iterable[str] = (_clock(stop, zone), in_sentence(stop.table), _names(stop))
    return ", ".join(part for part in parts if part)


def _names(stop: Stop) -> str:
    return join_names(tuple(other.name for other in stop.meets))


def _clock(stop: Stop, zone: ZoneInfo) -> str:
    return f"{stop.starts_at.astimezone(zone):%H:%M}"
