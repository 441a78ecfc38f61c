"""An event's set-up: its details, a copy of it, its series, and out of the list."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import setup_forms, wording
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.setup_forms import CloneFields, DetailsFields, SeriesFields
from app.errors import InvalidInput
from app.queries import organiser
from app.queries import setup as read
from app.services import archiving, cloning, details, events, series, zones

blueprint = Blueprint("setup", __name__)
_MONTH = timedelta(days=28)
"""The same weekday again: what a monthly series most often means."""


@blueprint.route("/events/<int:event_id>/details", methods=["GET", "POST"], endpoint="details")
@organiser_required
def details_page(event_id: int) -> ResponseReturnValue:
    frame = _frame(event_id)
    with context.read_session() as session:
        known = read.details_of(session, event_id)
    form = DetailsFields(obj=known)
    told = 0
    if form.validate_on_submit():
        outcome = _save(event_id, form)
        if outcome is not None and outcome.is_saved:
            told = outcome.told
            flash(f"Saved. {wording.people(told)} will be told." if told else "Saved.")
            return redirect(url_for("setup.details", event_id=event_id), 303)
        told = outcome.told if outcome else 0
    page = render_template(
        "organiser/details.html",
        event=frame,
        form=form,
        told=told,
        seen=setup_forms.seen(form, details.mark_of(known)),
        zones=sorted(zones.known_zones()),
        errors=form.errors,
    )
    return page, 422 if form.errors else 200


def _save(event_id: int, form: DetailsFields) -> details.Outcome | None:
    """Try to save; None, with errors at the fields, when something is wrong."""
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            return details.save(
                session,
                event_id,
                form.details(),
                seen=request.form.get("seen", ""),
                agreed=request.form.get("agreed", 0, type=int),
                now=context.now(),
                actor=actor(),
                settings=context.settings(),
            )
    except InvalidInput as error:
        setup_forms.put(form, error.fields)
        return None


@blueprint.route("/events/<int:event_id>/clone", methods=["GET", "POST"])
@organiser_required
def clone(event_id: int) -> ResponseReturnValue:
    frame = _frame(event_id)
    with context.read_session() as session:
        page = read.series_page(session, event_id)
    start = max(frame.starts_at, context.now().astimezone(frame.starts_at.tzinfo)) + _MONTH
    form = CloneFields(
        data={
            "name": frame.name,
            "date": start.date(),
            "time": frame.starts_at.time(),
            "goes_on": page.id is not None,
        }
    )
    if form.validate_on_submit():
        made = _clone(event_id, frame.zone, form)
        if made is not None:
            flash("The copy is there. Nobody sees it until you open sign-up.")
            return redirect(url_for("desk.event", event_id=made), 303)
    body = render_template(
        "organiser/clone.html", event=frame, form=form, series=page, errors=form.errors
    )
    return body, 422 if form.errors else 200


def _clone(event_id: int, zone: str, form: CloneFields) -> int | None:
    """Return the copy's id; None, with errors at the fields, when something is wrong."""
    starts_at = form.starts_at(zone)
    if starts_at is None:
        return None
    try:
        with context.write_session() as session:
            source = events.get_for(session, g.organiser.organisation_id, event_id)
            made = cloning.clone(
                session,
                source,
                name=form.name.data or "",
                starts_at=starts_at,
                goes_on=form.goes_on.data,
                now=context.now(),
                actor=actor(),
            )
            return made.id
    except InvalidInput as error:
        setup_forms.put(form, error.fields)
        return None


@blueprint.post("/events/<int:event_id>/archive")
@organiser_required
def archive(event_id: int) -> ResponseReturnValue:
    """Take it out of the list, or with ``to=back`` put it there again."""
    is_back = request.form.get("to") == "back"
    do = archiving.bring_back if is_back else archiving.archive
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        do(session, event, now=context.now(), actor=actor())
    if is_back:
        flash("The event is back on the list.")
        return redirect(url_for("desk.event", event_id=event_id), 303)
    flash("The event is in the archive. Nothing else about it has changed.")
    return redirect(url_for("desk.events"), 303)


@blueprint.route("/events/<int:event_id>/series", methods=["GET", "POST"], endpoint="series")
@organiser_required
def series_page(event_id: int) -> ResponseReturnValue:
    frame = _frame(event_id)
    with context.read_session() as session:
        page = read.series_page(session, event_id)
    form = setup_forms.series_form(page.others)
    if request.form.get("do") == "leave":
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            series.leave(session, event_id, now=context.now(), actor=actor())
        flash("The event is in no series any more. Plans no longer look at who met there.")
        return redirect(url_for("setup.series", event_id=event_id), 303)
    if form.validate_on_submit() and _join(event_id, form):
        flash("The event is in the series. The next plan knows who has met before.")
        return redirect(url_for("setup.series", event_id=event_id), 303)
    body = render_template(
        "organiser/series.html", event=frame, form=form, page=page, errors=form.errors
    )
    return body, 422 if form.errors else 200


def _join(event_id: int, form: SeriesFields) -> bool:
    """Put the event into a series; False, with errors at the fields, when something is wrong."""
    now, name = context.now(), form.name.data or ""
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            if form.series.data:
                series.join(session, event_id, form.series.data, now=now, actor=actor())
            else:
                series.begin(session, event_id, name, now=now, actor=actor())
    except InvalidInput as error:
        setup_forms.put(form, error.fields)
        return False
    return True


def _frame(event_id: int) -> organiser.EventFrame:
    with context.read_session() as session:
        return organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
