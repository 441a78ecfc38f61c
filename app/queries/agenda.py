"""Feeds that name no participant: the agenda of one event, and all events of an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from app.enums import EventState
from app.errors import NotFound
from app.ical.feed import FeedContent, FeedEntry, write_feed
from app.models import Block, Event, Organisation
from app.queries.calendar import KEPT_AFTER_CANCEL, Feed
from app.queries.kept_feeds import FeedCache, Kept, of_facts
from app.tenancy import ACROSS, Tenant, narrow
from config import Config

_Row = Row[*tuple[Any, ...]]
_Rows = list[_Row]


_AGENDA: Select[*tuple[Any, ...]] = (
    select(
        Event.id,
        Event.slug,
        Event.name,
        Event.tagline,
        Event.state,
        Event.zone,
        Event.starts_at,
        Event.ends_at,
        Event.venue,
        Event.created_at,
        Event.agenda_sequence,
        Event.agenda_changed_at,
        Block.id.label("block_id"),
        Block.title,
        Block.note,
        Block.starts_at.label("block_starts_at"),
        Block.ends_at.label("block_ends_at"),
    )
    .outerjoin(Block, (Block.event_id == Event.id) & Block.closed_at.is_(None))
    .order_by(Event.id, Block.position)
)
"""Events with a row for each block, or one row without any."""
_OF_SLUG = _AGENDA.where(Event.slug == bindparam("slug"), Event.state != EventState.DRAFT)
_OF_HOUSE = _AGENDA.where(Event.organisation_id == bindparam("house"))
_HOUSE: Select[*tuple[Any, ...]] = select(Organisation.name, Organisation.created_at).where(
    Organisation.id == bindparam("house")
)


def of_event(
    session: Session, slug: str, *, settings: Config, now: datetime, cache: FeedCache
) -> Kept:
    """Return the agenda of a public address, an entry a block; a draft is not found."""
    if not slug.isprintable():  # PostgreSQL takes no NUL, not even to look for it
        raise NotFound
    rows = list(session.execute(_OF_SLUG, {"slug": slug}, execution_options=ACROSS))
    if not rows:
        raise NotFound
    narrow(session, Tenant(event_id=rows[0].id))
    return of_facts(
        ("event", rows[0].id),
        tuple(map(tuple, rows)),
        lambda: _write_event(rows, settings, now),
        now=now,
        cache=cache,
    )


def of_organisation(
    session: Session, organisation_id: int, *, settings: Config, now: datetime, cache: FeedCache
) -> Kept:
    """Return all events of an organisation, drafts too: an entry an event and one a block."""
    values = {"house": organisation_id}
    house = session.execute(_HOUSE, values).one()
    rows = list(session.execute(_OF_HOUSE, values))
    return of_facts(
        ("organisation", organisation_id),
        (tuple(house), *map(tuple, rows)),
        lambda: _write_organisation(house, rows, settings, now),
        now=now,
        cache=cache,
    )


def _write_event(rows: _Rows, settings: Config, now: datetime) -> Feed:
    first, gone = rows[0], _goes_at(rows[0])
    entries = [
        _block_entry(row, settings, url=f"{settings.base_url}/e/{row.slug}")
        for row in rows
        if row.block_id is not None and (gone is None or now <= gone)
    ]
    content = FeedContent(
        name=first.name,
        zone=first.zone,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        entries=tuple(entries),
    )
    return Feed(content=write_feed(content), until=gone if gone and now <= gone else None)


def _write_organisation(house: _Row, rows: _Rows, settings: Config, now: datetime) -> Feed:
    """Write in the zone that all events share, else in UTC, which calendars show in their own."""
    shown = [row for row in rows if (gone := _goes_at(row)) is None or now <= gone]
    zones = {row.zone for row in shown}
    entries: dict[str, FeedEntry] = {}
    for row in shown:
        url = f"{settings.base_url}/events/{row.id}"
        own = _event_entry(row, settings, url=url)
        entries.setdefault(own.uid, own)
        if row.block_id is not None:
            block = _block_entry(row, settings, url=url, is_private=True)
            entries[block.uid] = block
    content = FeedContent(
        name=f"Events of {house.name}",
        zone=zones.pop() if len(zones) == 1 else "UTC",
        starts_at=min((row.starts_at for row in shown), default=house.created_at),
        ends_at=max((row.ends_at for row in shown), default=house.created_at),
        entries=tuple(entries.values()),
    )
    ends = (gone for row in shown if (gone := _goes_at(row)) is not None)
    return Feed(content=write_feed(content), until=min(ends, default=None))


def _event_entry(row: _Row, settings: Config, *, url: str) -> FeedEntry:
    return FeedEntry(
        uid=_uid(row, settings),
        sequence=row.agenda_sequence,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.name,
        place=row.venue,
        text=row.tagline,
        url=url,
        changed_at=_changed_at(row),
        is_tentative=row.state is EventState.DRAFT,
        is_cancelled=row.state is EventState.CANCELLED,
    )


def _block_entry(row: _Row, settings: Config, *, url: str, is_private: bool = False) -> FeedEntry:
    return FeedEntry(
        uid=f"{_uid(row, settings)}-b{row.block_id}",
        sequence=row.agenda_sequence,
        starts_at=row.block_starts_at,
        ends_at=row.block_ends_at,
        title=f"{row.title}: {row.name}",
        place=row.venue,
        text=row.note,
        url=url,
        changed_at=_changed_at(row),
        is_free=is_private,  # the event's own entry takes the time already
        is_tentative=row.state is EventState.DRAFT,
        is_cancelled=row.state is EventState.CANCELLED,
        is_private=is_private,
    )


def _uid(row: _Row, settings: Config) -> str:
    """Return what names neither the host nor the event (RFC 7986 5.3), and is the same for ever."""
    return str(uuid5(NAMESPACE_URL, f"{settings.base_url}/e/{row.slug}"))


def _changed_at(row: _Row) -> datetime:
    found: datetime = row.agenda_changed_at or row.created_at
    return found


def _goes_at(row: _Row) -> datetime | None:
    """Return when an event that was called off goes from feeds."""
    if row.state is not EventState.CANCELLED:
        return None
    since: datetime = row.agenda_changed_at or row.ends_at
    return since + KEPT_AFTER_CANCEL
