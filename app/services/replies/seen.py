"""Which letters an organiser has looked at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Event, IncomingMail


def mark_seen(session: Session, event: Event, mail_ids: Collection[int], *, now: datetime) -> int:
    """Note that these mails of the event were looked at; return how many were not before."""
    result = session.scalars(
        update(IncomingMail)
        .where(
            IncomingMail.event_id == event.id,
            IncomingMail.id.in_(mail_ids),
            IncomingMail.seen_at.is_(None),
        )
        .values(seen_at=now)
        .returning(IncomingMail.id)
    )
    return len(result.all())
