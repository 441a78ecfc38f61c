"""The organiser's hand at a plan: move, swap, sit out, take back, pin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.events import actor
from app.enums import OrganiserRole, PlanOrigin
from app.queries import organiser, plan_edit, plan_pins
from app.services import events, pins, plan_edits, planning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event, PlanRun

blueprint = Blueprint("plan_edit", __name__)
BESIDE = (
    "Somebody else changed this plan meanwhile. Your change stands beside theirs; both are kept, "
    "and the page below links to the other."
)
NOT_SAID = "Nothing was changed: pick a person, and then where they should go."
NOT_SAID_WHICH = "Nothing was pinned: choose a round."
NOTHING_TO_UNDO = "Nothing was changed: this plan was not made by hand."
NOTHING_TO_REDO = "Nothing was changed: no change to this plan waits to be made again."


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/move")
@organiser_required
def move(event_id: int, run_id: int) -> ResponseReturnValue:
    """Show where somebody could go in a round, and the choice in hand; changes nothing."""
    if not request.args.get("person"):
        return _nothing_done(event_id, run_id)
    return _move_page(event_id, run_id, request.args)


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/choices")
@organiser_required
def choices(event_id: int, run_id: int) -> ResponseReturnValue:
    """Give every choice of a person in a round to the script that drags."""
    if not request.args.get("person"):
        return _nothing_done(event_id, run_id)
    with context.read_session() as session:
        event, run = _find(session, event_id, run_id)
        found = plan_edit.choices(
            session,
            event,
            run,
            request.args.get("person", ""),
            request.args.get("round", ""),
            is_owner=_is_owner(),
        )
    return jsonify({to: [one.kind, one.words] for to, one in found.items()})


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/swap")
@organiser_required
def swap(event_id: int, run_id: int) -> ResponseReturnValue:
    """Make the change in hand, as a plan of its own; with ``pin``, keep the new seats."""
    wanted = _wanted(request.form)
    if not (wanted.person and wanted.round and wanted.to):
        return _nothing_done(event_id, run_id, NOT_SAID)
    try:
        with context.write_session() as session:
            event, run = _find(session, event_id, run_id)
            made = plan_edits.make(
                session,
                event,
                run,
                wanted,
                newest_child=request.form.get("newest_child", 0, type=int),
                is_owner=_is_owner(),
                now=context.now(),
                actor=actor(),
            )
            if request.form.get("pin") == "yes":
                _pin_moved(session, event, made.run)
            made_id, word = made.run.id, BESIDE if made.is_beside_another else ""
    except plan_edits.EditRefused as error:
        return _move_page(event_id, run_id, request.form, refusal=error.message)
    return _to_plan(event_id, made_id, word)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/undo")
@organiser_required
def undo(event_id: int, run_id: int) -> ResponseReturnValue:
    """Take the change back that made this plan."""
    with context.write_session() as session:
        event, run = _find(session, event_id, run_id)
        if not run.parent_id or run.origin is not PlanOrigin.EDITED:
            return _to_plan(event_id, run_id, NOTHING_TO_UNDO)
        before = plan_edits.undo(session, event, run, now=context.now(), actor=actor()).id
    return _to_plan(event_id, before)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/redo")
@organiser_required
def redo(event_id: int, run_id: int) -> ResponseReturnValue:
    """Make the change again that was last taken back from this plan."""
    with context.write_session() as session:
        event, run = _find(session, event_id, run_id)
        if not plan_edits.children(session, run, undone=True):
            return _to_plan(event_id, run_id, NOTHING_TO_REDO)
        again = plan_edits.redo(session, event, run, now=context.now(), actor=actor()).id
    return _to_plan(event_id, again)


@blueprint.get("/events/<int:event_id>/plans/<int:run_id>/pins")
@organiser_required
def pinned(event_id: int, run_id: int) -> ResponseReturnValue:
    """List the seats that every later plan keeps."""
    with context.read_session() as session:
        event, run = _find(session, event_id, run_id)
        frame = organiser.frame(session, event.organisation_id, event_id, now=context.now())
        page = plan_pins.read(session, event, run)
    return render_template("organiser/plan_pins.html", event=frame, run_id=run_id, page=page)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/pin")
@organiser_required
def pin(event_id: int, run_id: int) -> ResponseReturnValue:
    """Pin a person's seat, everybody at a table, or everybody in a round of this plan."""
    if not request.form.get("round"):
        return _nothing_done(event_id, run_id, NOT_SAID_WHICH)
    with context.write_session() as session:
        event, run = _find(session, event_id, run_id)
        seats = plan_pins.seats_of(
            run,
            person=request.form.get("person", ""),
            round_id=request.form.get("round", ""),
            table=request.form.get("table", ""),
        )
        block = planning.block_of_run(event, run)
        number = pins.pin(session, event, block, seats, now=context.now(), actor=actor())
    if number:
        flash(f"{'1 seat is' if number == 1 else f'{number} seats are'} pinned.")
    else:
        flash("That is pinned already.")
    return _back(event_id, run_id)


@blueprint.post("/events/<int:event_id>/plans/<int:run_id>/unpin")
@organiser_required
def unpin(event_id: int, run_id: int) -> ResponseReturnValue:
    """Take pins out: a person's in a round, all of a round, or all."""
    person = request.form.get("person", "")
    round_id = request.form.get("round", "")
    with context.write_session() as session:
        event, run = _find(session, event_id, run_id)
        number = pins.unpin(
            session,
            event,
            planning.block_of_run(event, run),
            round_id=plan_pins.row(round_id) if round_id else None,
            sign_up_ids=[plan_pins.row(person)] if person else None,
            now=context.now(),
            actor=actor(),
        )
    flash(f"{'1 pin is' if number == 1 else f'{number} pins are'} out.")
    return _back(event_id, run_id)


def _move_page(
    event_id: int, run_id: int, said: Mapping[str, str], *, refusal: str = ""
) -> ResponseReturnValue:
    with context.read_session() as session:
        event, run = _find(session, event_id, run_id)
        frame = organiser.frame(session, event.organisation_id, event_id, now=context.now())
        wanted = _wanted(said)
        page = plan_edit.read(
            session,
            event,
            run,
            wanted.person,
            wanted.round,
            to=wanted.to,
            is_owner=_is_owner(),
        )
        is_stale = run.roster_version != event.roster_version
    html = render_template(
        "organiser/plan_move.html",
        event=frame,
        run_id=run_id,
        page=page,
        is_stale=is_stale,
        refusal=refusal,
        errors=[refusal] if refusal else [],
    )
    return html, 422 if refusal else 200


def _find(session: Session, event_id: int, run_id: int) -> tuple[Event, PlanRun]:
    event = events.get_for(session, g.organiser.organisation_id, event_id)
    return event, planning.get_run(session, event, run_id)


def _wanted(said: Mapping[str, str]) -> plan_edits.Wanted:
    return plan_edits.Wanted(
        person=said.get("person", ""), round=said.get("round", ""), to=said.get("to", "")
    )


def _pin_moved(session: Session, event: Event, run: PlanRun) -> None:
    """Pin the new seats of whom the change moved."""
    moved = [person for person, _was, table in run.edit["moves"] if table is not None]
    seats = [
        seat
        for person in moved
        for seat in plan_pins.seats_of(run, person=person, round_id=run.edit["round"])
    ]
    block = planning.block_of_run(event, run)
    pins.pin(session, event, block, seats, now=context.now(), actor=actor())


def _is_owner() -> bool:
    return bool(g.organiser.role is OrganiserRole.OWNER)


def _to_plan(event_id: int, run_id: int, word: str = "") -> ResponseReturnValue:
    """Go to a plan, with a word on what came out otherwise than asked, if so."""
    if word:
        flash(word, "care")
    return redirect(url_for("plans.run", event_id=event_id, run_id=run_id) + "#seating", 303)


def _nothing_done(event_id: int, run_id: int, why: str = "") -> ResponseReturnValue:
    """Go to the plan where too little was said to do anything, if there is such a plan."""
    with context.read_session() as session:
        _find(session, event_id, run_id)
    return _to_plan(event_id, run_id, why)


def _back(event_id: int, run_id: int) -> ResponseReturnValue:
    """Go where the form stood: the person's page, or the list of pins."""
    if request.form.get("back") == "move":
        href = url_for(
            "plan_edit.move",
            event_id=event_id,
            run_id=run_id,
            person=request.form.get("person", ""),
            round=request.form.get("round", ""),
        )
        return redirect(href, 303)
    return redirect(url_for("plan_edit.pinned", event_id=event_id, run_id=run_id), 303)
