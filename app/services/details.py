"""What an event is called and where it is; whom a change concerns is counted before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.models import Event
from app.services import addresses, audit, events, invites, signups, zones
from app.services.signups import places
from config import Config

LONGEST_NAME = 120
LONGEST_TAGLINE = 160
LONGEST_DESCRIPTION = 4_000
LONGEST_VENUE = 200
CHANGED_MEANWHILE = (
    "Somebody else changed the details while you wrote. Look at them in another tab; saving once "
    "more overwrites what they saved."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands on the public page and in every calendar entry."""

    name: str
    tagline: str
    description: str
    venue: str
    zone: str
    contact_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of saving; unsaved, so many people would be told, which nobody agreed to yet."""

    is_saved: bool
    told: int = 0


def of_event(event: Event) -> Details:
    """Return what is stored."""
    return Details(**{one.name: getattr(event, one.name) for one in fields(Details)})


def mark_of(known: Details) -> str:
    """Return a mark that is another once somebody changed the details."""
    return sha256(repr(known).encode()).hexdigest()[:16]


def save(
    session: Session,
    event_id: int,
    wanted: Details,
    *,
    seen: str = "",
    agreed: int = 0,
    now: datetime,
    actor: str,
    settings: Config,
) -> Outcome:
    """Change the details, unless more people would hear of it than ``agreed`` says.

    ``seen`` is the mark of the details as the organiser read them. In another time zone the event
    keeps its time on the clock. Raises ``InvalidInput`` by field.
    """
    event = places.lock_event(session, event_id)
    wanted = _cleaned(wanted)
    known = of_event(event)
    if wanted == known:
        return Outcome(is_saved=True)
    _check(wanted)
    if seen and seen != mark_of(known):
        raise InvalidInput({"main": CHANGED_MEANWHILE})
    trial = session.begin_nested()
    told = _apply(session, event, wanted, now=now, actor=actor, settings=settings)
    if told and told != agreed:
        trial.rollback()
        return Outcome(is_saved=False, told=told)
    trial.commit()
    _record(session, event, known, wanted, now=now, actor=actor)
    return Outcome(is_saved=True, told=told)


def _record(
    session: Session, event: Event, known: Details, wanted: Details, *, now: datetime, actor: str
) -> None:
    audit.record(
        session,
        actor=actor,
        what="event details changed",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        fields=[
            one.name
            for one in fields(Details)
            if getattr(known, one.name) != getattr(wanted, one.name)
        ],
    )


def _cleaned(wanted: Details) -> Details:
    return Details(
        name=addresses.clean_line(wanted.name),
        tagline=addresses.clean_line(wanted.tagline),
        description=addresses.clean_text(wanted.description),
        venue=addresses.clean_line(wanted.venue),
        zone=wanted.zone.strip(),
        contact_email=wanted.contact_email.strip(),
    )


def _check(wanted: Details) -> None:
    problems = {}
    if not wanted.name:
        problems["name"] = "Write what it is called"
    for name, longest in (
        ("name", LONGEST_NAME),
        ("tagline", LONGEST_TAGLINE),
        ("description", LONGEST_DESCRIPTION),
        ("venue", LONGEST_VENUE),
    ):
        if len(getattr(wanted, name)) > longest:
            problems[name] = f"Write {longest} characters at most"
    if wanted.zone not in zones.known_zones():
        problems["zone"] = "Choose a time zone from the list, like Europe/Berlin"
    if wanted.contact_email:
        try:
            addresses.clean_address(wanted.contact_email)
        except InvalidInput as error:
            problems["contact_email"] = error.fields["email"]
    if problems:
        raise InvalidInput(problems)


def _apply(
    session: Session,
    event: Event,
    wanted: Details,
    *,
    now: datetime,
    actor: str,
    settings: Config,
) -> int:
    """Write it down and tell whom it concerns; return how many that are."""
    before, has_moved = signups.when_line(event), False
    if wanted.zone != event.zone:
        has_moved = _keep_the_clock(session, event, wanted.zone, now=now, actor=actor)
    if wanted.venue != event.venue:
        events.note_agenda_change(event, now)
    if (wanted.name, wanted.tagline) != (event.name, event.tagline):
        events.note_agenda_text(event, now)
    for one in fields(Details):
        setattr(event, one.name, getattr(wanted, one.name))
    session.flush()
    told = invites.sync(session, event, now=now, settings=settings, actor=actor)
    if has_moved:
        told += signups.tell_moved(session, event, before, now=now)
    return told


def _keep_the_clock(
    session: Session, event: Event, zone: str, *, now: datetime, actor: str
) -> bool:
    """Let the event begin when the clocks of another zone show the same."""
    wall = event.starts_at.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)
    starts_at = zones.instant(wall, zone, fold=0, field="zone")
    event.zone = zone
    try:
        return bool(events.move(session, event, starts_at, now=now, actor=actor))
    except InvalidInput as error:
        message = "In that zone the event would have begun already"
        raise InvalidInput({"zone": message}) from error
