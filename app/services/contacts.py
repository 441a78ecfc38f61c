"""Where the organisers of an event read what concerns it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.models import Event, Organiser


def organisers(session: Session, event: Event) -> tuple[str, ...]:
    """Return where organisers read of an event: its contact address, else each owner's own."""
    if event.contact_email:
        return (event.contact_email,)
    return owners(session, event.organisation_id)


def owners(session: Session, organisation_id: int) -> tuple[str, ...]:
    """Return the addresses of those who own an organisation's events today."""
    found = (
        select(Organiser.email)
        .where(
            Organiser.organisation_id == organisation_id,
            Organiser.role == OrganiserRole.OWNER,
            Organiser.left_at.is_(None),
        )
        .order_by(Organiser.id)
    )
    return tuple(session.scalars(found))
