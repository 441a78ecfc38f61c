"""What the bytes of a personal feed depend on, read in three small statements.

A published version never changes, so which people and tables a feed speaks of is looked up once a
version. Of those, everything that can change is read whenever the feed is asked for, past the
models and as the driver gives it: most feeds that are asked for need nothing but these facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Text,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import NullType

from app.db import Base
from app.enums import ConsentKind
from app.errors import NotFound
from app.models import ScheduledSeat
from app.prepared import Prepared

Fact = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The event, the person's sign-up and invite, and the latest version."""

    sign_up_id: int
    facts: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Who ever sat at the person's tables in the same round, the person too, and those tables."""

    sign_up_ids: tuple[int, ...]
    table_ids: tuple[int, ...]


def read_head(session: Session, person_id: int) -> Head:
    """Return what there is one of; raises ``NotFound`` for somebody without a sign-up."""
    rows = _HEAD.run(session, {"person": person_id})
    if not rows:
        raise NotFound
    return Head(sign_up_id=rows[0][0], facts=tuple(rows[0]))


def find_watched(session: Session, sign_up_id: int) -> Watched:
    """Return of whom and of what the versions published so far speak to one person."""
    own, other = aliased(ScheduledSeat), aliased(ScheduledSeat)
    rows = session.execute(
        select(other.sign_up_id, other.table_id)
        .join(
            own,
            (own.schedule_id == other.schedule_id)
            & (own.round_id == other.round_id)
            & (own.table_id == other.table_id),
        )
        .where(own.sign_up_id == sign_up_id)
        .distinct()
    ).all()
    return Watched(
        sign_up_ids=tuple(sorted({sign_up_id, *(row[0] for row in rows)})),
        table_ids=tuple(sorted({row[1] for row in rows})),
    )


def read_watched(session: Session, watched: Watched) -> tuple[Fact, ...]:
    """Return what can change of the people and tables that a feed speaks of."""
    connection = session.connection()
    people = connection.execute(_PEOPLE, {"ids": watched.sign_up_ids})
    tables = connection.execute(_TABLES, {"ids": watched.table_ids})
    return (*map(tuple, people), *map(tuple, tables))


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column as the driver gives it: facts are only compared, never read.

    PostgreSQL's driver would read JSON by itself.
    """
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, NullType())


BLOCK, CONSENT, EVENT, INVITE, PERSON, ROUND, SCHEDULE, SIGN_UP, TABLE = (
    Base.metadata.tables[name]
    for name in (
        "block",
        "consent",
        "event",
        "invite",
        "person",
        "round",
        "schedule",
        "sign_up",
        "seating_table",
    )
)
_LATEST = (
    select(func.max(SCHEDULE.c.id))
    .where(SCHEDULE.c.event_id == SIGN_UP.c.event_id)
    .correlate(SIGN_UP)
    .scalar_subquery()
)
_CLOSED_ROUNDS = (
    select(func.count())
    .select_from(ROUND.join(BLOCK, BLOCK.c.id == ROUND.c.block_id))
    .where(
        BLOCK.c.event_id == SIGN_UP.c.event_id,
        or_(ROUND.c.closed_at.is_not(None), BLOCK.c.closed_at.is_not(None)),
    )
    .correlate(SIGN_UP)
    .scalar_subquery()
)
_OF_EVENT = (
    "name",
    "slug",
    "zone",
    "starts_at",
    "ends_at",
    "venue",
    "state",
    "created_at",
    "agenda_changed_at",
)
_HEAD = Prepared(
    select(
        SIGN_UP.c.id,
        _raw(SIGN_UP.c.state).label("sign_up_state"),
        _raw(SIGN_UP.c.changed_at),
        *(_raw(EVENT.c[name]).label(f"event_{name}") for name in _OF_EVENT),
        INVITE.c.uid,
        INVITE.c.sequence,
        _raw(INVITE.c.stamped_at),
        _LATEST.label("latest"),
        _CLOSED_ROUNDS.label("closed_rounds"),
    )
    .join(EVENT, EVENT.c.id == SIGN_UP.c.event_id)
    .outerjoin(INVITE, INVITE.c.sign_up_id == SIGN_UP.c.id)
    .where(SIGN_UP.c.person_id == bindparam("person"))
)
_SHOWS_NAME = exists().where(
    CONSENT.c.sign_up_id == SIGN_UP.c.id,
    CONSENT.c.kind == ConsentKind.NAME,
    CONSENT.c.withdrawn_at.is_(None),
)
_OF_SIGN_UP = ("role", "state", "withdrawn_at", "created_at", "absent_rounds")
_PEOPLE = (
    select(
        SIGN_UP.c.id,
        *(_raw(SIGN_UP.c[name]) for name in _OF_SIGN_UP),
        PERSON.c.name,
        _raw(PERSON.c.erased_at),
        _SHOWS_NAME.label("shows_name"),
    )
    .join(PERSON, PERSON.c.id == SIGN_UP.c.person_id)
    .where(SIGN_UP.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(SIGN_UP.c.id)
)
_TABLES = (
    select(
        TABLE.c.id,
        TABLE.c.number,
        TABLE.c.label,
        TABLE.c.video_link,
        _raw(TABLE.c.closed_at),
        _raw(BLOCK.c.kind),
        _raw(BLOCK.c.rules),
    )
    .join(BLOCK, BLOCK.c.id == TABLE.c.block_id)
    .where(TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(TABLE.c.id)
)
