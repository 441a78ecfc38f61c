"""What an organiser sees of the day itself, and of the time after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import BlockKind, SignUpState
from app.models import Block, SignUp
from app.queries import steward
from app.queries.organiser import EventFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who has a place, and how many of them are marked absent."""

    placed: int
    absent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What there is to do on the day; ``tables_of`` are the parts where people sit."""

    people: People
    first_round: datetime | None  # in the event's zone
    has_begun: bool
    is_over: bool
    days_left: int
    links: int  # of stewards, that are good now
    tables_of: tuple[tuple[int, str], ...]


def day(session: Session, frame: EventFrame, *, now: datetime) -> Day:
    """Return what there is for the day."""
    parts = session.execute(
        select(Block.id, Block.title, Block.starts_at)
        .where(
            Block.event_id == frame.id,
            Block.kind.in_([kind for kind in BlockKind if kind.is_planned]),
            Block.closed_at.is_(None),
        )
        .order_by(Block.position)
    ).all()
    zone = ZoneInfo(frame.zone)
    return Day(
        people=people(session, frame.id),
        first_round=parts[0].starts_at.astimezone(zone) if parts else None,
        has_begun=frame.starts_at <= now,
        is_over=frame.ends_at <= now,
        days_left=(frame.starts_at.date() - now.astimezone(zone).date()).days,
        links=sum(one.is_live for one in steward.links(session, frame.id, now=now)),
        tables_of=tuple((part.id, part.title) for part in parts),
    )


def people(session: Session, event_id: int) -> People:
    """Return how many people have a place in an event."""
    found = session.execute(
        select(func.count(SignUp.id), func.count(SignUp.absent_at)).where(
            SignUp.event_id == event_id, SignUp.state == SignUpState.PLACED
        )
    ).one()
    return People(placed=found[0], absent=found[1])
