"""Who is kept apart: owners only, and each look is written down."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import owner_required
from app.queries import keep_apart as queries
from app.queries import organiser
from app.services import events, keep_apart

blueprint = Blueprint("keep_apart", __name__)


@blueprint.route("/events/<int:event_id>/keep-apart", methods=["GET", "POST"])
@owner_required
def page(event_id: int) -> ResponseReturnValue:
    """Say on GET what this is; show the pairs on POST."""
    kept = None
    if request.method == "POST":
        with context.write_session() as database:
            event = events.get_for(database, g.organiser.organisation_id, event_id)
            kept = keep_apart.show(database, event, g.organiser, now=context.now())
    with context.read_session() as database:
        frame = organiser.frame(database, g.organiser.organisation_id, event_id, now=context.now())
        looks = queries.looks(database, event_id)
    return render_template("organiser/keep_apart.html", event=frame, kept=kept, looks=looks)
