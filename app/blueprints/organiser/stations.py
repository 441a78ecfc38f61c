"""The last two stations of an event: what there is for the day, and for afterwards."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.queries import organiser, overview, stations

blueprint = Blueprint("stations", __name__)


@blueprint.get("/events/<int:event_id>/day")
@organiser_required
def day(event_id: int) -> ResponseReturnValue:
    now = context.now()
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=now)
        stops = overview.agenda(session, frame)
        found = stations.day(session, frame, now=now)
    return render_template(
        "organiser/day.html",
        event=frame,
        stops=stops,
        day=found,
        when=wording.span(frame.starts_at, frame.ends_at),
    )


@blueprint.get("/events/<int:event_id>/afterwards")
@organiser_required
def afterwards(event_id: int) -> ResponseReturnValue:
    now = context.now()
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=now)
        people = stations.people(session, frame.id)
    return render_template(
        "organiser/afterwards.html",
        event=frame,
        people=people,
        is_over=frame.ends_at <= now,
        when=wording.span(frame.starts_at, frame.ends_at),
    )
