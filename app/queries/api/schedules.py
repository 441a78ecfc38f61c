"""Published versions as programs read them: the times that held, and who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, Schedule
from app.queries.api.paging import PageAsked, PageOf, take
from app.services import publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A version in the list; the highest is what everybody has now."""

    version: int
    published_at: datetime
    restored_from: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """A round as published; ``number`` counts the rounds of the whole event."""

    id: int
    block_id: int
    plan_id: int
    number: int
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    sign_up_id: int
    round_id: int
    table_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    """A version with its rounds and seats; who has no seat in a round reflects."""

    version: int
    published_at: datetime
    restored_from: int | None
    zone: str
    rounds: tuple[RoundRow, ...]
    seats: tuple[SeatRow, ...]


def rows(session: Session, event: Event, asked: PageAsked) -> PageOf[ScheduleRow]:
    """Return a page of an event's versions, the first first."""
    zone = ZoneInfo(event.zone)
    statement = select(Schedule).where(Schedule.event_id == event.id)
    return take(
        session,
        statement,
        Schedule.version,
        asked,
        lambda row: (row[0].version, _row(row[0], zone)),
    )


def page(session: Session, event: Event, version: int) -> SchedulePage:
    """Return one version of the event."""
    schedule = session.scalar(
        select(Schedule).where(Schedule.event_id == event.id, Schedule.version == version)
    )
    if schedule is None:
        raise NotFound
    zone = ZoneInfo(event.zone)
    row, snapshot = _row(schedule, zone), publishing.of_schedule(session, schedule)
    return SchedulePage(
        version=row.version,
        published_at=row.published_at,
        restored_from=row.restored_from,
        zone=event.zone,
        rounds=tuple(
            RoundRow(
                id=fact.round_id,
                block_id=fact.block_id,
                plan_id=fact.plan_run_id,
                number=fact.ordinal,
                starts_at=fact.starts_at.astimezone(zone),
                minutes=fact.minutes,
            )
            for fact in snapshot.rounds
        ),
        seats=tuple(
            SeatRow(sign_up_id=seat.sign_up_id, round_id=seat.round_id, table_id=seat.table_id)
            for seat in snapshot.seats
        ),
    )


def _row(schedule: Schedule, zone: ZoneInfo) -> ScheduleRow:
    return ScheduleRow(
        version=schedule.version,
        published_at=schedule.published_at.astimezone(zone),
        restored_from=schedule.restored_from,
    )
