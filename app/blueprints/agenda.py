"""The agenda of an event as a feed that anybody may subscribe to."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.calendar import give_feed
from app.blueprints.guards import public_page
from app.queries import agenda

blueprint = Blueprint("agenda", __name__)


@blueprint.get("/e/<slug>/agenda.ics")
@public_page
def event(slug: str) -> ResponseReturnValue:
    """Give the agenda of an event that is no draft."""
    with context.read_session(one_by_one=True) as session:
        found = agenda.of_event(
            session,
            slug,
            settings=context.settings(),
            now=context.now(),
            cache=context.feeds(),
        )
    return give_feed(found, "agenda.ics", reach="public")
