"""What the bytes of a personal feed depend on, read in three small statements.

A published version never changes, so which people and tables a feed speaks of is looked up once a
version. Of those, everything that can change is read whenever the feed is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.enums import ConsentKind
from app.errors import NotFound
from app.models import Block, Consent, Event, Invite, Person, Schedule, ScheduledSeat, SignUp, Table

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
    latest = (
        select(func.max(Schedule.id))
        .where(Schedule.event_id == SignUp.event_id)
        .correlate(SignUp)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            SignUp.id,
            SignUp.state,
            SignUp.changed_at,
            Event.name,
            Event.slug,
            Event.zone,
            Event.starts_at,
            Event.ends_at,
            Event.venue,
            Event.state,
            Event.created_at,
            Invite.uid,
            Invite.sequence,
            Invite.stamped_at,
            latest,
        )
        .join(Event, Event.id == SignUp.event_id)
        .outerjoin(Invite, Invite.sign_up_id == SignUp.id)
        .where(SignUp.person_id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Head(sign_up_id=row[0], facts=tuple(row))


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
    shows_name = exists().where(
        Consent.sign_up_id == SignUp.id,
        Consent.kind == ConsentKind.NAME,
        Consent.withdrawn_at.is_(None),
    )
    people = session.execute(
        select(
            SignUp.id,
            SignUp.role,
            SignUp.state,
            SignUp.withdrawn_at,
            SignUp.created_at,
            SignUp.absent_rounds,
            Person.name,
            Person.erased_at,
            shows_name,
        )
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.id.in_(watched.sign_up_ids))
        .order_by(SignUp.id)
    )
    tables = session.execute(
        select(Table.id, Table.number, Table.label, Table.video_link, Block.kind, Block.rules)
        .join(Block, Block.id == Table.block_id)
        .where(Table.id.in_(watched.table_ids))
        .order_by(Table.id)
    )
    return (*map(tuple, people), *map(tuple, tables))
