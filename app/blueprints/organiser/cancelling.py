"""Calling a whole event off, and putting it back on: what will happen first, then the deed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor, blueprint
from app.enums import EventState
from app.queries import cancelling as counting
from app.queries import organiser, overview
from app.services import cancelling, events

__all__ = ["blueprint"]


@blueprint.route("/events/<int:event_id>/cancel", methods=["GET", "POST"])
@organiser_required
def cancel_event(event_id: int) -> ResponseReturnValue:
    now, settings = context.now(), context.settings()
    if request.method == "POST":
        with context.write_session() as session:
            found = events.get_for(session, g.organiser.organisation_id, event_id)
            told = cancelling.cancel_event(
                session, found, now=now, actor=actor(), settings=settings
            )
        flash(f"The event is cancelled. {wording.people(told).capitalize()} will be told.")
        return redirect(url_for("desk.event", event_id=event_id))
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=now)
        told_people = overview.told_of_a_move(session, event_id)
    return render_template(
        "organiser/cancel_event.html",
        event=frame,
        told=told_people,
        when=wording.span(frame.starts_at, frame.ends_at),
        can_cancel=frame.state is not EventState.CANCELLED and now < frame.starts_at,
    )


@blueprint.route("/events/<int:event_id>/reinstate", methods=["GET", "POST"])
@organiser_required
def reinstate_event(event_id: int) -> ResponseReturnValue:
    now, settings = context.now(), context.settings()
    if request.method == "POST":
        with context.write_session() as session:
            found = events.get_for(session, g.organiser.organisation_id, event_id)
            told = cancelling.reinstate_event(
                session, found, now=now, actor=actor(), settings=settings
            )
        flash(f"The event is on again. {wording.people(told).capitalize()} will be told.")
        return redirect(url_for("desk.event", event_id=event_id))
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=now)
        people = counting.count_taking_part(session, event_id)
    return render_template(
        "organiser/reinstate_event.html",
        event=frame,
        people=people,
        when=wording.span(frame.starts_at, frame.ends_at),
        can_reinstate=frame.state is EventState.CANCELLED and now < frame.starts_at,
    )
