"""Who opened the page of who is kept apart, and when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry, Event, Organiser
from app.queries import times
from app.services.keep_apart import SHOWN

LATEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One time that somebody looked."""

    who: str
    at: str


def looks(session: Session, event_id: int) -> tuple[Look, ...]:
    """Return who looked at an event's pairs, the latest first."""
    event = session.get_one(Event, event_id)
    names = {
        f"organiser {id_}": name
        for id_, name in session.execute(
            select(Organiser.id, Organiser.name).where(
                Organiser.organisation_id == event.organisation_id
            )
        )
    }
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.event_id == event_id, AuditEntry.what == SHOWN)
        .order_by(AuditEntry.id.desc())
        .limit(LATEST)
    )
    return tuple(
        Look(who=names.get(entry.actor, entry.actor), at=times.day_and_clock(entry.at, event.zone))
        for entry in entries
    )
