"""Versions of the schedule: what each changed, and an earlier one taken up again."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.events import actor
from app.enums import OrganiserRole
from app.queries import organiser, versions
from app.services import events, publishing

blueprint = Blueprint("versions", __name__)


@blueprint.get("/events/<int:event_id>/versions")
@organiser_required
def index(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        rows = versions.list_versions(session, event)
    return render_template("organiser/versions.html", event=frame, rows=rows)


@blueprint.post("/events/<int:event_id>/versions/<int:version>/take-up")
@organiser_required
def take_up(event_id: int, version: int) -> ResponseReturnValue:
    """Make a draft of an earlier version, or say which rules of today stand against it."""
    is_owner = g.organiser.role is OrganiserRole.OWNER
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        taken = publishing.take_up(session, event, version, now=context.now(), actor=actor())
        reasons = versions.why_not(session, event, taken, is_owner=is_owner)
        run_ids = [run.id for run in taken.runs]
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    if not run_ids:
        page = render_template(
            "organiser/version_refused.html", event=frame, version=version, reasons=reasons
        )
        return page, 409
    if taken.given_up:
        flash(_given_up(taken.given_up), "care")
    return redirect(url_for("publish.preview", event_id=event_id, run_id=run_ids[0]), 303)


def _given_up(number: int) -> str:
    seats = "1 seat was" if number == 1 else f"{number} seats were"
    return f"{seats} left out: the person, the round or the table is not there any more."
