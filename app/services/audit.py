"""The record of who changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import AuditEntry


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
