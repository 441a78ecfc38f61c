"""Plans: ask for one, watch it work, stop it, look at what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import forms, plan_ask, wording
from app.blueprints.organiser.events import actor
from app.enums import EventState, OrganiserRole
from app.errors import NothingToPlan, TooManyPlans
from app.queries import organiser, plan_findings, plan_list, plan_progress, plan_report, plan_view
from app.services import events, plan_edits, planning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event, PlanRun

blueprint = Blueprint("plans", __name__)


@blueprint.get("/events/<int:event_id>/plan")
@organiser_required
def index(event_id: int) -> ResponseReturnValue:
    form = forms.PlanForm()
    another = request.args.get("another", type=int)
    if another is not None and 0 <= another <= forms.MOST_SEED:
        form.seed.data = another
    return _index(event_id, form, block_id=request.args.get("block", type=int))


@blueprint.post("/events/<int:event_id>/plan")
@organiser_required
def start(event_id: int) -> ResponseReturnValue:
    """Queue a plan; a button of the list of goals only moves it."""
    form, block_id = forms.PlanForm(), request.form.get("block", type=int)
    if "move" in request.form:
        return _index(event_id, form, block_id=block_id)
    if not form.validate():
        return _index(event_id, form, block_id=block_id, status=422)
    try:
        run_id = _start(event_id, block_id, form)
    except (NothingToPlan, TooManyPlans, planning.RulesDoNotFit) as error:
        return _index(event_id, form, block_id=block_id, refusal=error.message, status=422)
    context.wake_worker(run_id)
    return redirect(url_for("plans.run", event_id=event_id, run_id=run_id))


def _start(event_id: int, block_id: int | None, form: forms.PlanForm) -> int:
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        block = plan_ask.block_of(event, block_id)
        found = planning.start_run(
            session,
            event,
            block,
            time_limit_s=float(form.time_limit_s.data),
            seed=form.seed.data,
            now=context.now(),
            actor=actor(),
            options=plan_ask.read(request.form, block).options(),
        )
        return found.id


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>")
@organiser_required
def run(event_id: int, run_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame, event, found = _load(session, event_id, run_id)
        if found.status == plan_edits.UNDONE:
            return redirect(url_for("plans.run", event_id=event_id, run_id=found.parent_id))
        if not found.state.is_over:
            return _at_work(session, frame, event, found)
        if found.status in {"optimal", "feasible"}:
            page = plan_view.read(session, event, found, follow=request.args.get("who", ""))
            return render_template(
                "organiser/plan.html",
                event=frame,
                page=page,
                run=plan_progress.row(found, frame.zone),
                shows_all="all" in request.args,
            )
        return _without_plan(session, frame, event, found)


def _at_work(
    session: Session, frame: organiser.EventFrame, event: Event, run: PlanRun
) -> ResponseReturnValue:
    return render_template(
        "organiser/plan_running.html",
        event=frame,
        progress=plan_progress.read(run, now=context.now()),
        asked=plan_findings.asked_for(session, event, run),
    )


def _without_plan(
    session: Session, frame: organiser.EventFrame, event: Event, run: PlanRun
) -> ResponseReturnValue:
    """Say why there is no plan, or what is wrong with one that was brought."""
    if plan_report.is_report(run):
        is_owner = g.organiser.role is OrganiserRole.OWNER
        report = plan_report.read(session, event, run, is_owner=is_owner)
        return render_template("organiser/plan_report.html", event=frame, report=report)
    why = plan_findings.read(session, event, run)
    return render_template("organiser/no_plan.html", event=frame, why=why)


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/progress")
@organiser_required
def progress(event_id: int, run_id: int) -> ResponseReturnValue:
    """Answer a poll with the changing part of the page; send the browser on at the end."""
    with context.read_session() as session:
        frame, _event, found = _load(session, event_id, run_id)
        if found.state.is_over:
            return _go_on(url_for("plans.run", event_id=event_id, run_id=run_id))
        progress = plan_progress.read(found, now=context.now())
    return render_template("organiser/_progress.html", event=frame, progress=progress, is_poll=True)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/stop")
@organiser_required
def stop(event_id: int, run_id: int) -> ResponseReturnValue:
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        found = planning.get_run(session, event, run_id)
        planning.request_stop(session, found, now=context.now(), actor=actor())
    flash("It stops, and keeps the best plan so far.")
    return redirect(url_for("plans.run", event_id=event_id, run_id=run_id))


def _index(
    event_id: int,
    form: forms.PlanForm,
    *,
    block_id: int | None,
    refusal: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    with context.read_session() as session:
        frame, event = _event(session, event_id)
        if not any(one.kind.is_planned for one in event.blocks):
            return render_template("organiser/no_parts.html", event=frame)
        block = plan_ask.block_of(event, block_id)
        page = render_template(
            "organiser/plans.html",
            event=frame,
            kept_for_later=planning.kept_for_later(session, event, block, now=context.now()),
            counts=organiser.role_counts(session, event_id),
            parts=plan_list.parts(session, event),
            asked=plan_ask.read(request.form, block),
            form=form,
            errors=form.errors,
            refusal=refusal,
            is_open=frame.state is EventState.OPEN,
            outcome=wording.outcome,
        )
    return page, status


def _event(session: Session, event_id: int) -> tuple[organiser.EventFrame, Event]:
    frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    return frame, events.get_for(session, g.organiser.organisation_id, event_id)


def _load(
    session: Session, event_id: int, run_id: int
) -> tuple[organiser.EventFrame, Event, PlanRun]:
    frame, event = _event(session, event_id)
    return frame, event, planning.get_run(session, event, run_id)


def _go_on(href: str) -> Response:
    response = make_response("", 200)
    response.headers["HX-Redirect"] = href
    return response
