"""Events out of the list: nothing is lost, nobody is told, and they can be brought back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Event
from app.services import audit


def archive(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Take an event out of the list; everything else about it stays as it is."""
    if event.archived_at is None:
        event.archived_at = now
        _record(session, event, "event archived", now=now, actor=actor)


def bring_back(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Put an event back on the list."""
    if event.archived_at is not None:
        event.archived_at = None
        _record(session, event, "event brought back", now=now, actor=actor)


def _record(session: Session, event: Event, what: str, *, now: datetime, actor: str) -> None:
    session.flush()
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
    )
