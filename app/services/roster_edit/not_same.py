"""Two people who look like one and are not: remembered in the record of changes, by their ids."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry, Event, SignUp
from app.services import audit

NOT_SAME = "not the same person"


def say_not_same(
    session: Session, event: Event, one: SignUp, other: SignUp, *, now: datetime, actor: str
) -> None:
    """Ask no more whether these two are one person."""
    audit.record(
        session,
        actor=actor,
        what=NOT_SAME,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_ups=sorted((one.id, other.id)),
    )
    session.flush()


def told_apart(session: Session, event_id: int) -> frozenset[frozenset[int]]:
    """Return the pairs of sign-ups that an organiser said are two people."""
    details = session.scalars(
        select(AuditEntry.detail).where(
            AuditEntry.event_id == event_id, AuditEntry.what == NOT_SAME
        )
    )
    return frozenset(frozenset(detail.get("sign_ups", ())) for detail in details)
