"""From one plan to the next: try a way out, keep a rule, ask whether more can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.plans import blueprint
from app.queries import plan_wants
from app.services import events, planning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event, PlanRun


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/try")
@organiser_required
def try_way(event_id: int, run_id: int) -> ResponseReturnValue:
    """Plan again after one way out, which stands on the new run and nowhere else."""
    with context.write_session() as session:
        event, run = _load(session, event_id, run_id)
        way = planning.way_of(run, request.form["way"])
        found = planning.start_run(
            session,
            event,
            planning.block_of(event, run),
            time_limit_s=run.time_limit_s,
            seed=run.seed,
            now=context.now(),
            actor=actor(),
            options=planning.after_way(run, way),
        )
        new_id = found.id
    context.wake_worker(new_id)
    return redirect(url_for("plans.run", event_id=event_id, run_id=new_id), 303)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/keep")
@organiser_required
def keep_way(event_id: int, run_id: int) -> ResponseReturnValue:
    """Write a way out into the rules of this part of the event."""
    with context.write_session() as session:
        event, run = _load(session, event_id, run_id)
        way = planning.way_of(run, request.form["way"])
        block = planning.block_of(event, run)
        planning.keep(session, block, run, way, now=context.now(), actor=actor())
        block_id = block.id
    flash("The rule is changed for this event. Plan again.")
    return redirect(url_for("plans.index", event_id=event_id, block=block_id), 303)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/want")
@organiser_required
def want(event_id: int, run_id: int) -> ResponseReturnValue:
    """Ask whether a goal can have a value; the answer is a plan, or why there is none."""
    with context.write_session() as session:
        event, run = _load(session, event_id, run_id)
        wanted = plan_wants.wanted(run, request.form["goal"])
        if wanted is None:
            abort(404)
        found = planning.start_run(
            session,
            event,
            planning.block_of(event, run),
            time_limit_s=run.time_limit_s,
            seed=run.seed,
            now=context.now(),
            actor=actor(),
            options=planning.asking_for(run, wanted),
        )
        new_id = found.id
    context.wake_worker(new_id)
    return redirect(url_for("plans.run", event_id=event_id, run_id=new_id), 303)


def _load(session: Session, event_id: int, run_id: int) -> tuple[Event, PlanRun]:
    event = events.get_for(session, g.organiser.organisation_id, event_id)
    return event, planning.get_run(session, event, run_id)
