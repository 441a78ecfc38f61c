"""What every view of the API does first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import g

from app.queries.api.paging import PageAsked
from app.services import events

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event


def asked(query: Mapping[str, Any]) -> PageAsked:
    """Return which page is asked for."""
    return PageAsked(limit=query["limit"], after=int(query.get("cursor", 0)))


def own_event(session: Session, event_id: int) -> Event:
    """Return an event of the key's organisation; anybody else's is not found."""
    return events.get_for(session, g.api.organisation_id, event_id)
