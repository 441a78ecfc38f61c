"""Two plans side by side."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.plans import blueprint
from app.queries import organiser, plan_compare
from app.services import events, planning


@blueprint.get("/events/<int:event_id>/plans/compare")
@organiser_required
def compare(event_id: int) -> ResponseReturnValue:
    """Show what two plans give and whom they move; changes nothing."""
    organisation_id = g.organiser.organisation_id
    chosen = [request.args.get(name, type=int) for name in ("a", "b")]
    with context.read_session() as session:
        frame = organiser.frame(session, organisation_id, event_id, now=context.now())
        event = events.get_for(session, organisation_id, event_id)
        if None in chosen:
            return redirect(url_for("plans.index", event_id=event_id))
        runs = [planning.get_run(session, event, one) for one in chosen if one is not None]
        page = plan_compare.read(session, event, *runs)
    return render_template("organiser/plan_compare.html", event=frame, page=page)
