"""Series: events that go on with the same people, so that plans know who has met before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound
from app.models import Event, Series
from app.services import addresses, audit
from app.services.signups import places, waitlist

LONGEST_NAME = 80


def begin(session: Session, event_id: int, name: str, *, now: datetime, actor: str) -> Series:
    """Begin a series with this event; a name that the organisation has already is that series."""
    event = places.lock_event(session, event_id)
    name = addresses.clean_line(name)
    if not name:
        raise InvalidInput({"name": "Write what the series is called"})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": f"Write {LONGEST_NAME} characters at most"})
    known = _of_house(session, event.organisation_id)
    wanted = addresses.canonical_name(name)
    series = next((one for one in known if addresses.canonical_name(one.name) == wanted), None)
    if series is None:
        series = Series(organisation_id=event.organisation_id, name=name, created_at=now)
        session.add(series)
        session.flush()
    _put(session, event, series.id, now=now, actor=actor)
    return series


def join(session: Session, event_id: int, series_id: int, *, now: datetime, actor: str) -> None:
    """Add this event to a series of its organisation."""
    event = places.lock_event(session, event_id)
    if all(one.id != series_id for one in _of_house(session, event.organisation_id)):
        raise NotFound
    _put(session, event, series_id, now=now, actor=actor)


def leave(session: Session, event_id: int, *, now: datetime, actor: str) -> None:
    """Take this event out of its series; a series without events is no series any more."""
    event = places.lock_event(session, event_id)
    _put(session, event, None, now=now, actor=actor)


def _put(
    session: Session, event: Event, series_id: int | None, *, now: datetime, actor: str
) -> None:
    before = event.series_id
    if before == series_id:
        return
    event.series_id = series_id
    waitlist.count_roster_change(event)  # who has met before is another
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="series left" if series_id is None else "series joined",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        series=series_id or before,
    )
    if before is not None:
        _drop_if_empty(session, before)


def _drop_if_empty(session: Session, series_id: int) -> None:
    others = session.scalar(select(Event.id).where(Event.series_id == series_id).limit(1))
    if others is None:
        session.delete(session.get_one(Series, series_id))
        session.flush()


def _of_house(session: Session, organisation_id: int) -> list[Series]:
    found = select(Series).where(Series.organisation_id == organisation_id).order_by(Series.id)
    return list(session.scalars(found))
