"""What the pages of an event's set-up read: its details, its series, what people choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, TopicKind
from app.models import Event, Series
from app.services import asked_lists, details
from app.services.details import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """An entry of a list; ``chosen`` is by how many people."""

    id: int
    word: str
    chosen: int
    kind: TopicKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEvent:
    id: int
    name: str
    starts_at: datetime  # in its own zone
    state: EventState


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    """The event's series, None without one, with its events in time, and those it could join."""

    id: int | None
    name: str
    events: tuple[SeriesEvent, ...]
    others: tuple[tuple[int, str], ...]


def details_of(session: Session, event_id: int) -> Details:
    """Return the details of an event that was found for the organisation before."""
    return details.of_event(session.get_one(Event, event_id))


def stage_rows(session: Session, event_id: int) -> tuple[ListRow, ...]:
    """Return the career-stage ladder, junior first."""
    event = session.get_one(Event, event_id)
    used = asked_lists.stages_in_use(session, event)
    return tuple(ListRow(id=one.id, word=one.label, chosen=used[one.key]) for one in event.stages)


def topic_rows(session: Session, event_id: int) -> tuple[ListRow, ...]:
    """Return the topics in their order."""
    event = session.get_one(Event, event_id)
    used = asked_lists.topics_in_use(session, event)
    return tuple(
        ListRow(id=one.id, word=one.name, chosen=used[one.name], kind=one.kind)
        for one in event.topics
    )


def series_page(session: Session, event_id: int) -> SeriesPage:
    """Return the series of an event that was found for the organisation before."""
    event = session.get_one(Event, event_id)
    known = session.scalars(
        select(Series)
        .where(Series.organisation_id == event.organisation_id)
        .order_by(Series.name, Series.id)
    ).all()
    mine = next((one for one in known if one.id == event.series_id), None)
    members = select(Event).where(Event.series_id == event.series_id).order_by(Event.starts_at)
    return SeriesPage(
        id=event.series_id,
        name=mine.name if mine else "",
        events=tuple(
            SeriesEvent(
                id=one.id,
                name=one.name,
                starts_at=one.starts_at.astimezone(ZoneInfo(one.zone)),
                state=one.state,
            )
            for one in (session.scalars(members) if mine else ())
        ),
        others=tuple((one.id, one.name) for one in known if one is not mine),
    )


def is_archived(session: Session, event_id: int) -> bool:
    """Return whether an event is out of the list."""
    return session.scalar(select(Event.archived_at).where(Event.id == event_id)) is not None
