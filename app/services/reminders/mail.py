"""The words of reminders. They name days, never "tomorrow": a mail may be read, or leave, later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.enums import ReminderKind, SignUpState
from app.mail.message import RenderedMail
from app.mail.render import OwnText, render
from app.models import Event, SignUp
from app.services.publishing.itinerary import Itinerary
from app.services.reminders.audience import Unplanned
from app.services.reminders.due import closing
from app.services.signups.mail import when_line
from config import Config

PREFIX = "reminder_"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStop:
    """Where somebody begins."""

    time: str
    table: str
    link: OwnText


def kind_of(kind: ReminderKind) -> str:
    """Return the name of a reminder's template folder."""
    return PREFIX + kind.value


def frame(event: Event, *, base_url: str) -> dict[str, Any]:
    """Return what the mails of one event have in common."""
    zone = ZoneInfo(event.zone)
    begin = event.starts_at.astimezone(zone)
    until = closing(event).astimezone(zone)
    forgotten = (event.ends_at + timedelta(days=event.retention_days)).astimezone(zone)
    return {
        "event_name": OwnText(event.name),
        "when": OwnText(when_line(event)),
        "venue": OwnText(event.venue),
        "contact": OwnText(event.contact_email),
        "weekday": f"{begin:%A}",
        "day": _day(begin),
        "clock": f"{begin:%H:%M}",
        "closes": f"{_day(until)}, {until:%H:%M}",
        "names_until": f"{forgotten.day} {forgotten:%B %Y}",
        "event_url": OwnText(f"{base_url}/e/{event.slug}"),
        "roster_url": OwnText(f"{base_url}/events/{event.id}/roster"),
        "plan_url": OwnText(f"{base_url}/events/{event.id}/plan"),
    }


def for_person(
    kind: ReminderKind, facts: Mapping[str, Any], sign_up: SignUp, first: FirstStop | None
) -> RenderedMail:
    """Return the mail to one person; a name only where the address is confirmed."""
    name = sign_up.person.name if sign_up.confirmed_at is not None else ""
    is_offered = sign_up.state is SignUpState.OFFERED
    return render(kind_of(kind), **facts, person_name=name, first=first, is_offered=is_offered)


def for_organisers(facts: Mapping[str, Any], found: Unplanned) -> RenderedMail:
    """Return the mail to the event's contact; it names nobody, because mail lies about."""
    parts = [f"{number} {role}{'' if number == 1 else 's'}" for role, number in found.by_role]
    return render(
        kind_of(ReminderKind.UNPLANNED),
        **facts,
        people=found.people,
        has_plan=found.has_plan,
        roles=", ".join(parts),
    )


def sample(kind: ReminderKind, event: Event, found: Unplanned, *, settings: Config) -> RenderedMail:
    """Return a reminder as somebody called Robin would get it."""
    facts = frame(event, base_url=settings.base_url)
    if kind is ReminderKind.UNPLANNED:
        return for_organisers(facts, found)
    name = "" if kind is ReminderKind.SIGN_UP_CLOSES else "Robin"
    return render(kind_of(kind), **facts, person_name=name, first=None, is_offered=False)


def first_stop(itinerary: Itinerary | None, zone: str) -> FirstStop | None:
    """Return the first seat of somebody's path."""
    for stop in () if itinerary is None else itinerary.stops:
        if stop.table is not None:
            at = stop.starts_at.astimezone(ZoneInfo(zone))
            return FirstStop(time=f"{at:%H:%M}", table=stop.table, link=OwnText(stop.link))
    return None


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
