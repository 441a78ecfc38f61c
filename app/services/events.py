"""Events: made from a preset, opened, closed, moved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import BlockKind, EventState, Role
from app.errors import InvalidInput, NotFound, TooLate
from app.models import Block, Capacity, Event, Round, Stage, Table, Topic
from app.services import addresses, audit, zones
from app.services.presets import Preset, PresetBlock
from app.tenancy import ACROSS, Tenant, narrow

WELCOME_MINUTES = 15
CLOSE_MINUTES = 10
MAX_SLUG = 48
BEGUN = "This event has begun, so it can no longer be cancelled or put back on."
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def create_from_preset(
    session: Session,
    *,
    organisation_id: int,
    preset: Preset,
    name: str,
    starts_at: datetime,
    zone: str,
    venue: str,
    now: datetime,
    actor: str,
    capacities: Mapping[Role, int | None] | None = None,
    tables: int | None = None,
    confirms_address: bool = True,
    contact_email: str = "",
    signup_closes_at: datetime | None = None,
    welcome_minutes: int = WELCOME_MINUTES,
) -> Event:
    """Return a new event as the preset lays it out, not open yet; it starts with the welcome."""
    starts_at = _whole_minutes(starts_at)
    wanted = dict(preset.capacities if capacities is None else capacities)
    blocks = _agenda(preset, starts_at, welcome_minutes, wanted, tables)
    event = Event(
        organisation_id=organisation_id,
        slug=make_slug(session, name),
        name=_name(name),
        zone=zones.zone_of(zone).key,
        starts_at=starts_at,
        ends_at=blocks[-1].ends_at,
        venue=addresses.clean_line(venue),
        contact_email=contact_email.strip(),
        signup_closes_at=signup_closes_at,
        confirms_address=confirms_address,
        created_at=now,
        all_blocks=blocks,
        **_what_is_asked(preset, wanted),
    )
    return _begin(session, event, now=now, actor=actor)


def open_signup(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Let people sign up; raises ``TooLate`` for an event that has begun or is cancelled."""
    if event.state is EventState.CANCELLED or event.starts_at <= now:
        msg = "This event has begun or is cancelled, so nobody can sign up for it."
        raise TooLate(msg)
    event.state = EventState.OPEN
    if event.signup_closes_at is not None and event.signup_closes_at <= now:
        event.signup_closes_at = None  # opened again by hand: until the event begins
    session.flush()
    _record(session, event, "sign-up opened", now=now, actor=actor)


def close_signup(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Take no more sign-ups; withdrawing and moving up from the waitlist go on."""
    if event.state is not EventState.OPEN:
        return
    event.state = EventState.CLOSED
    session.flush()
    _record(session, event, "sign-up closed", now=now, actor=actor)


def move(
    session: Session, event: Event, starts_at: datetime, *, now: datetime, actor: str
) -> timedelta:
    """Move the event with its whole agenda; return by how much."""
    if starts_at <= now:
        raise InvalidInput({"starts_at": "Choose a time that is still to come."})
    shift = starts_at - event.starts_at
    if not shift:
        return shift
    event.starts_at = starts_at
    event.ends_at += shift
    for block in event.all_blocks:
        block.starts_at += shift
        block.ends_at += shift
        for round_ in block.all_rounds:
            round_.starts_at += shift
    note_agenda_change(event, now)
    session.flush()
    _record(session, event, "event moved", now=now, actor=actor, seconds=shift.total_seconds())
    return shift


def cancel(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Note that the event does not take place; raises ``TooLate`` once it has begun."""
    if event.starts_at <= now:
        raise TooLate(BEGUN)
    event.state = EventState.CANCELLED
    note_agenda_change(event, now)
    session.flush()
    _record(session, event, "event cancelled", now=now, actor=actor)


def reinstate(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Note that a cancelled event takes place after all; sign-up stays closed until it is opened.

    Raises ``TooLate`` when it would have begun by now.
    """
    if event.starts_at <= now:
        raise TooLate(BEGUN)
    event.state = EventState.CLOSED
    note_agenda_change(event, now)
    session.flush()
    _record(session, event, "event put back on", now=now, actor=actor)


def note_agenda_change(event: Event, now: datetime) -> None:
    """Tell calendars that subscribe to the agenda that it moved, or that the event is off."""
    event.agenda_sequence += 1
    event.agenda_changed_at = now


def note_agenda_text(event: Event, now: datetime) -> None:
    """Tell such calendars that a text or a link is another: nobody is asked again for that."""
    event.agenda_changed_at = now


def get_for(session: Session, organisation_id: int, event_id: int) -> Event:
    """Return an organisation's event; somebody else's is not found."""
    event = session.scalar(
        select(Event).where(Event.id == event_id, Event.organisation_id == organisation_id)
    )
    if event is None:
        raise NotFound
    return event


def by_slug(session: Session, slug: str) -> Event:
    """Return the event of a public address; one that was never opened is not found."""
    event = session.scalar(select(Event).where(Event.slug == slug).execution_options(**ACROSS))
    if event is None or event.state is EventState.DRAFT:
        raise NotFound
    narrow(session, Tenant(event_id=event.id))
    return event


def named(session: Session, slug: str) -> Event:
    """Return the event of an address, open or not, for whoever may see all events."""
    event = session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        known = session.scalars(select(Event.slug).order_by(Event.slug)).all()
        there = f"one of {', '.join(known)}" if known else "an event, and there is none yet"
        msg = f'event: found "{slug}", expected {there}'
        raise NotFound(msg)
    return event


def make_slug(session: Session, name: str) -> str:
    """Return a free public address for a name: Latin letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    stem = _NOT_WORD.sub("-", plain.lower()).strip("-")[:MAX_SLUG].strip("-") or "event"
    others = select(Event.slug).where(Event.slug.startswith(stem))
    known = set(session.scalars(others.execution_options(**ACROSS)))
    slug, number = stem, 1
    while slug in known:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _name(text: str) -> str:
    name = addresses.clean_line(text)
    if not name:
        raise InvalidInput({"name": "Write what the event is called."})
    return name


def _what_is_asked(preset: Preset, people: Mapping[Role, int | None]) -> dict[str, Any]:
    """Return the columns of an event that come from its preset alone."""
    return {
        "preset": preset.id,
        "tagline": preset.tagline,
        "stages": [
            Stage(position=at, key=stage.key, label=stage.label)
            for at, stage in enumerate(preset.stages)
        ],
        "topics": [
            Topic(position=at, name=topic.name, kind=topic.kind)
            for at, topic in enumerate(preset.topics)
        ],
        "capacities": [Capacity(role=role, places=places) for role, places in people.items()],
    }


def _whole_minutes(at: datetime) -> datetime:
    """Return an instant as everybody is told it: a rest would be a change that nobody sees."""
    return at.replace(second=0, microsecond=0)


def _begin(session: Session, event: Event, *, now: datetime, actor: str) -> Event:
    session.add(event)
    session.flush()
    _record(session, event, "event created", now=now, actor=actor, preset=event.preset)
    return event


def _agenda(
    preset: Preset,
    starts_at: datetime,
    welcome_minutes: int,
    people: Mapping[Role, int | None],
    tables: int | None,
) -> list[Block]:
    """Return the welcome, the preset's blocks one after the other, and the close."""
    welcome = PresetBlock(
        kind=BlockKind.PLENARY,
        title="Welcome",
        rounds=0,
        minutes=welcome_minutes,
        changeover_minutes=0,
        tables=0,
        seats=0,
        rules={},
    )
    close = PresetBlock(
        kind=BlockKind.PLENARY,
        title="Close",
        rounds=0,
        minutes=CLOSE_MINUTES,
        changeover_minutes=0,
        tables=0,
        seats=0,
        rules={},
    )
    parts = [part for part in (welcome, *preset.blocks, close) if part.minutes]
    blocks: list[Block] = []
    at = starts_at
    known = {role: number for role, number in people.items() if number is not None}
    for position, part in enumerate(parts, start=1):
        count = (tables or part.tables_for(known)) if part.kind.is_planned else 0
        block = _block(part, position, at, count)
        blocks.append(block)
        at = block.ends_at
    return blocks


def _block(part: PresetBlock, position: int, starts_at: datetime, tables: int) -> Block:
    step = timedelta(minutes=part.minutes + part.changeover_minutes)
    return Block(
        position=position,
        kind=part.kind,
        title=part.title,
        starts_at=starts_at,
        ends_at=starts_at + step * max(part.rounds, 1),
        minutes=part.minutes,
        changeover_minutes=part.changeover_minutes,
        rules=dict(part.rules),
        all_rounds=[
            Round(number=number + 1, starts_at=starts_at + number * step, minutes=part.minutes)
            for number in range(part.rounds)
        ],
        all_tables=[
            Table(
                number=number,
                label=f"{part.place} {number}",
                features=list(part.features),
                seats=part.seats or None,
            )
            for number in range(1, tables + 1)
        ],
    )


def _record(
    session: Session, event: Event, what: str, *, now: datetime, actor: str, **detail: object
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        **detail,
    )
