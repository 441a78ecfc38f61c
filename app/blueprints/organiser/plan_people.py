"""Person by person: what each gets of a plan."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.plans import blueprint
from app.queries import organiser, plan_people
from app.services import events, planning


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/people")
@organiser_required
def people(event_id: int, run_id: int) -> ResponseReturnValue:
    """Show rounds, meetings and wishes of everybody, fifty on a page."""
    organisation_id = g.organiser.organisation_id
    with context.read_session() as session:
        frame = organiser.frame(session, organisation_id, event_id, now=context.now())
        event = events.get_for(session, organisation_id, event_id)
        run = planning.get_run(session, event, run_id)
        if run.status not in {"optimal", "feasible"}:
            return redirect(url_for("plans.run", event_id=event_id, run_id=run_id))
        page = plan_people.read(
            session,
            event,
            run,
            page=request.args.get("page", 1, type=int),
            search=request.args.get("q", ""),
        )
    return render_template("organiser/plan_people.html", event=frame, page=page, run_id=run_id)
