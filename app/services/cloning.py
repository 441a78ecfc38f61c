"""A new event with the set-up of another one: everything that was decided, and nobody's answers."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState
from app.errors import InvalidInput
from app.models import (
    Block,
    Capacity,
    CustomQuestion,
    Event,
    Reminder,
    Round,
    Stage,
    Table,
    Topic,
)
from app.services import addresses, audit, events, reminders

LONGEST_NAME = 120
_COPIED = (
    "organisation_id",
    "tagline",
    "description",
    "preset",
    "zone",
    "venue",
    "contact_email",
    "asks_approval",
    "confirms_address",
    "retention_days",
)


def clone(
    session: Session,
    source: Event,
    *,
    name: str,
    starts_at: datetime,
    goes_on: bool = False,
    now: datetime,
    actor: str,
) -> Event:
    """Return a copy of an event's set-up at another time, not open yet and without people.

    Times of day stay when the clocks change between the two. With ``goes_on`` it is the next event
    of the source's series. Raises ``InvalidInput`` by field.
    """
    name = addresses.clean_line(name)
    _check(name, starts_at, now)
    event = _copy(session, source, name, starts_at, goes_on=goes_on, now=now)
    session.add(event)
    session.flush()
    _name_anew(source, event)
    _copy_reminders(session, source, event, now)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="event cloned",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        source=source.id,
    )
    return event


def _copy(
    session: Session,
    source: Event,
    name: str,
    starts_at: datetime,
    *,
    goes_on: bool,
    now: datetime,
) -> Event:
    shift = starts_at - source.starts_at
    return Event(
        **{column: getattr(source, column) for column in _COPIED},
        slug=events.make_slug(session, name),
        name=name,
        state=EventState.DRAFT,
        starts_at=starts_at,
        ends_at=source.ends_at + shift,
        signup_closes_at=_as_long_before(source.signup_closes_at, source, starts_at, now),
        changes_until=_as_long_before(source.changes_until, source, starts_at, now),
        series_id=source.series_id if goes_on else None,
        created_at=now,
        **_asked(source),
        all_blocks=[_block(block, shift) for block in source.blocks],
    )


def _check(name: str, starts_at: datetime, now: datetime) -> None:
    problems = {}
    if not name:
        problems["name"] = "Write what it is called"
    elif len(name) > LONGEST_NAME:
        problems["name"] = f"Write {LONGEST_NAME} characters at most"
    if starts_at <= now:
        problems["date"] = "Choose a day that is still to come"
    if problems:
        raise InvalidInput(problems)


def _as_long_before(
    at: datetime | None, source: Event, starts_at: datetime, now: datetime
) -> datetime | None:
    """Return the same clock time as many days before the new start; None when that is past."""
    if at is None:
        return None
    zone = ZoneInfo(source.zone)
    local = at.astimezone(zone)
    days = source.starts_at.astimezone(zone).date() - local.date()
    day = starts_at.astimezone(zone).date() - days
    moved = datetime.combine(day, local.time(), zone).astimezone(at.tzinfo)
    return moved if now < moved <= starts_at else None


def _asked(source: Event) -> dict[str, Any]:
    return {
        "stages": [
            Stage(position=one.position, key=one.key, label=one.label) for one in source.stages
        ],
        "topics": [
            Topic(position=one.position, name=one.name, kind=one.kind) for one in source.topics
        ],
        "capacities": [
            Capacity(
                role=one.role,
                places=one.places,
                per_mentor=one.per_mentor,
                admission=one.admission,
            )
            for one in source.capacities
        ],
        "questions": [
            CustomQuestion(
                position=one.position,
                key=f"copy-of-{one.key}",
                label=one.label,
                hint=one.hint,
                kind=one.kind,
                choices=list(one.choices),
                roles=list(one.roles),
                is_required=one.is_required,
                is_trait=one.is_trait,
                is_private=one.is_private,
            )
            for one in source.questions
        ],
    }


def _block(block: Block, shift: timedelta) -> Block:
    return Block(
        position=block.position,
        kind=block.kind,
        title=block.title,
        note=block.note,
        starts_at=block.starts_at + shift,
        ends_at=block.ends_at + shift,
        minutes=block.minutes,
        changeover_minutes=block.changeover_minutes,
        rules=deepcopy(block.rules),
        all_rounds=[
            Round(number=one.number, starts_at=one.starts_at + shift, minutes=one.minutes)
            for one in block.rounds
        ],
        all_tables=[
            Table(
                number=one.number,
                label=one.label,
                features=list(one.features),
                seats=one.seats,
                video_link=one.video_link,
            )
            for one in block.tables
        ],
    )


def _name_anew(source: Event, event: Event) -> None:
    """Give questions their own keys, and let rules name those and the new tables."""
    names: dict[str, str] = {}
    for old, new in zip(source.questions, event.questions, strict=True):
        new.key = f"q{new.id}"
        names[old.key] = new.key
    for block, copy in zip(source.blocks, event.blocks, strict=True):
        pairs = zip(block.tables, copy.tables, strict=True)
        tables = {f"t{old.id}": f"t{new.id}" for old, new in pairs}
        copy.rules = _renamed(copy.rules, names, tables)


def _renamed(rules: dict[str, Any], traits: dict[str, str], tables: dict[str, str]) -> Any:
    entries = []
    for entry in rules.get("composition") or ():
        found = dict(entry)
        for kind in ("count", "not_alone"):
            if "trait" in found.get(kind, ()):
                trait = found[kind]["trait"]
                found[kind] = found[kind] | {"trait": traits.get(trait, trait)}
        if "tables" in found:
            found["tables"] = [tables.get(id_, id_) for id_ in found["tables"]]
        entries.append(found)
    return rules | {"composition": entries} if "composition" in rules else dict(rules)


def _copy_reminders(session: Session, source: Event, event: Event, now: datetime) -> None:
    """Take over which reminders go out; when they are due follows from the new time."""
    chosen = {
        one.kind: one.is_on
        for one in session.scalars(select(Reminder).where(Reminder.event_id == source.id))
    }
    for kind, row in reminders.plan(session, event, now=now).items():
        row.is_on = chosen.get(kind, row.is_on)
