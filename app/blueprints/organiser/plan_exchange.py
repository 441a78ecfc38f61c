"""Plans in and out: check one made elsewhere; problem and plan as documents with opaque ids."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import plan_ask
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.plans import blueprint
from app.errors import InvalidInput, NotFound, NothingToPlan
from app.queries import organiser
from app.services import events, plan_bringing, planning
from app.services.planning.brought import bring as keep_brought
from app.services.planning.shown import shown_plan, shown_problem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import PlanRun


@blueprint.route("/events/<int:event_id>/plans/import", methods=["GET", "POST"])
@organiser_required
def bring(event_id: int) -> ResponseReturnValue:
    """Take a plan made elsewhere and try it against every rule; it is kept, sound or not."""
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            return redirect(url_for("plans.run", event_id=event_id, run_id=_brought(event_id)), 303)
        except InvalidInput as error:
            faults = tuple(("file", text) for text in error.fields.values())
        except (NothingToPlan, planning.RulesDoNotFit) as error:
            faults = (("file", error.message),)
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        block = plan_ask.block_of(event, request.values.get("block", type=int))
        parts = [(one.id, one.title) for one in event.blocks if one.kind.is_planned]
        block_id = block.id
    page = render_template(
        "organiser/plan_import.html",
        event=frame,
        parts=parts,
        block_id=block_id,
        errors=faults,
    )
    return page, 422 if faults else 200


def _brought(event_id: int) -> int:
    content = _content()
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        block = plan_ask.block_of(event, request.form.get("block", type=int))
        seats = plan_bringing.read_seats(session, event, block, content)
        pins = planning.pinned(session, block.id)
        brought = keep_brought(
            session, event, block, seats, pins=pins, now=context.now(), actor=actor()
        )
        return brought.run.id


def _content() -> bytes:
    upload = request.files.get("file")
    if upload is None:
        return b""
    try:
        content: bytes = upload.read(plan_bringing.MOST_BYTES + 1)
    finally:
        upload.close()
    return content


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/problem.json")
@organiser_required
def problem_json(event_id: int, run_id: int) -> ResponseReturnValue:
    """Give what was asked of the planner, without names and without who is kept apart."""
    with context.read_session() as session:
        found = shown_problem(_run(session, event_id, run_id))
    return _document(found, f"problem-{run_id}.json")


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/plan.json")
@organiser_required
def plan_json(event_id: int, run_id: int) -> ResponseReturnValue:
    """Give the planner's answer, without names."""
    with context.read_session() as session:
        found = shown_plan(_run(session, event_id, run_id))
    if found is None:
        raise NotFound
    return _document(found, f"plan-{run_id}.json")


def _run(session: Session, event_id: int, run_id: int) -> PlanRun:
    event = events.get_for(session, g.organiser.organisation_id, event_id)
    return planning.get_run(session, event, run_id)


def _document(found: dict[str, Any], name: str) -> Response:
    response = Response(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    response.content_type = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
