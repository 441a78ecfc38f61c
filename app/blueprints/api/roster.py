"""The roster: who has a place, without anything confidential."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.blueprints import context
from app.blueprints.api.answered import Roster
from app.blueprints.api.asked import PageQuery
from app.blueprints.api.base import operation
from app.blueprints.api.events import ONE
from app.blueprints.api.reading import asked, own_event
from app.queries.api import people as read


@operation("GET", f"{ONE}/roster", tag="roster", answers=Roster, query=PageQuery)
def list_roster(query: Mapping[str, Any], event_id: int) -> read.RosterPage:
    """List who has a place.

    Private answers, wishes, and whom somebody would rather not sit with are not in it.
    """
    with context.read_session() as session:
        return read.roster(session, own_event(session, event_id), asked(query))
