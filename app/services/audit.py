"""The record of who changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db import Base
from app.models import AuditEntry
from app.prepared import Prepared

_NEW = Prepared(
    insert(Base.metadata.tables["audit_entry"]),
    ("organisation_id", "event_id", "actor", "what", "detail", "at"),
)


def record(
    session: Session,
    *,
    actor: str,
    what: str,
    now: datetime,
    organisation_id: int | None = None,
    event_id: int | None = None,
    **detail: object,
) -> None:
    """Add an entry; ``detail`` holds ids, numbers and states, never what a person wrote."""
    session.add(
        AuditEntry(
            organisation_id=organisation_id,
            event_id=event_id,
            actor=actor,
            what=what,
            detail=detail,
            at=now,
        )
    )


def record_new(session: Session, **columns: object) -> None:
    """Add an entry by one plain statement, for where every one counts; all columns are named."""
    _NEW.run(session, columns)
