"""Events: the list, a new one, one at a glance, opening and closing sign-up, moving it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import forms, twice, wording
from app.blueprints.organiser.ways_out import way_out
from app.enums import Mode, Role
from app.queries import allows, needs, organiser, overview
from app.services import events, invites, presets, signups, zones

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

blueprint = Blueprint("desk", __name__)
for _name, _filter in wording.FILTERS.items():
    blueprint.add_app_template_filter(_filter, _name)


@blueprint.get("/events", endpoint="events")
@organiser_required
def list_events() -> ResponseReturnValue:
    is_archive = request.args.get("show") == "archived"
    house = g.organiser.organisation_id
    with context.read_session() as session:
        rows = organiser.list_events(session, house, now=context.now(), archived=is_archive)
        others = organiser.count_events(session, house, archived=not is_archive)
    return render_template(
        "organiser/events.html",
        rows=rows,
        states=wording.EVENT_STATES,
        is_archive=is_archive,
        others=others,
    )


@blueprint.route("/events/new", methods=["GET", "POST"])
@organiser_required
def new_event() -> ResponseReturnValue:
    if "preset" not in request.args:
        return render_template("organiser/presets.html", presets=presets.PRESETS)
    is_blank = request.args["preset"] == presets.BLANK.id
    preset = presets.BLANK if is_blank else presets.get(request.args["preset"])
    form = forms.new_event_form(preset)(zone="Europe/Berlin")
    if is_blank:
        form.roles.choices = [(role.value, f"{role.capitalize()}s") for role in Role]
    if form.validate_on_submit():
        event_id = _create(preset, form)
        if event_id is not None:
            flash("The event is there. Nobody sees it until you open sign-up.")
            page = "agenda_desk.page" if is_blank else "desk.event"
            return redirect(url_for(page, event_id=event_id))
    page = render_template(
        "organiser/new_event.html",
        form=form,
        errors=form.errors,
        preset=preset,
        places=[form[forms.places_name(role)] for role in preset.capacities],
        zones=sorted(zones.known_zones()),
    )
    return page, 422 if form.errors else 200


def _create(preset: presets.Preset, form: forms.NewEventForm) -> int | None:
    starts_at, closes_at = form.starts_at(), form.closes_at()
    if starts_at is None or not form.is_in_order(starts_at, closes_at, now=context.now()):
        return None
    with context.write_session() as session:
        event = events.create_from_preset(
            session,
            organisation_id=g.organiser.organisation_id,
            preset=preset,
            name=form.name.data,
            starts_at=starts_at,
            zone=form.zone.data,
            venue=form.venue.data or "",
            capacities=forms.capacities(preset, form),
            contact_email=form.contact_email.data or "",
            confirms_address=form.confirms_address.data,
            signup_closes_at=closes_at,
            now=context.now(),
            actor=actor(),
        )
        return event.id


@blueprint.get("/events/<int:event_id>")
@organiser_required
def event(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        counts = organiser.role_counts(session, event_id)
        stops = overview.agenda(session, frame)
        waiting = needs.read(session, frame, counts, now=context.now())
        allowed = _what_is_possible(session, event_id)
    return render_template(
        "organiser/event.html",
        event=frame,
        counts=counts,
        stops=stops,
        allowed=allowed,
        hints=allowed.reasons if allowed else (),
        needs=[(need, way_out(event_id, need)) for need in waiting],
        when=wording.span(frame.starts_at, frame.ends_at),
        ahead=wording.ahead(frame, now=context.now()),
        state=wording.EVENT_STATES[frame.state],
        asks_first=_mail_stays_here(),
    )


def _what_is_possible(session: Session, event_id: int) -> allows.Said | None:
    """Return what the planner proves about the first part that seats people."""
    found = events.get_for(session, g.organiser.organisation_id, event_id)
    block = next((block for block in found.blocks if block.kind.is_planned), None)
    if block is None:
        return None
    return allows.sign(session, found, block, now=context.now(), memory=context.forecasts())


@blueprint.route("/events/<int:event_id>/open", methods=["GET", "POST"])
@organiser_required
def open_signup(event_id: int) -> ResponseReturnValue:
    form = forms.OpenForm()
    if request.method == "POST" and (not _mail_stays_here() or form.validate()):
        with context.write_session() as session:
            found = events.get_for(session, g.organiser.organisation_id, event_id)
            events.open_signup(session, found, now=context.now(), actor=actor())
        flash("Sign-up is open. Share the address of the public page.")
        return redirect(url_for("desk.event", event_id=event_id))
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    page = render_template("organiser/open.html", event=frame, form=form, errors=form.errors)
    return page, 422 if form.errors else 200


@blueprint.post("/events/<int:event_id>/close")
@organiser_required
def close_signup(event_id: int) -> ResponseReturnValue:
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        events.close_signup(session, found, now=context.now(), actor=actor())
    flash("Sign-up is closed. The roster is what the plan will be made from.")
    return redirect(url_for("desk.roster", event_id=event_id))


@blueprint.route("/events/<int:event_id>/move", methods=["GET", "POST"])
@organiser_required
def move(event_id: int) -> ResponseReturnValue:
    """Show before and after on GET; move on POST."""
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        told = overview.told_of_a_move(session, event_id)
    asked = request.form if request.method == "POST" else request.args
    form = forms.move_form(asked, frame.starts_at)
    to = _new_start(form, frame.zone) if asked else None
    if request.method == "POST" and to is not None:
        return _move(event_id, to)
    page = render_template(
        "organiser/move.html",
        event=frame,
        form=form,
        errors=form.errors,
        told=told,
        before=wording.span(frame.starts_at, frame.ends_at),
        after=_after(frame, to) if to else "",
        by=wording.length(to - frame.starts_at) if to and to != frame.starts_at else "",
    )
    return page, 422 if form.errors else 200


def _new_start(form: forms.MoveForm, zone: str) -> datetime | None:
    if not form.validate():
        return None
    to = twice.instant(form.date, form.time, form.which, zone)
    if to is not None and to <= context.now():
        form.date.errors = ["Choose a time that is still to come"]
        return None
    return to


def _after(frame: organiser.EventFrame, to: datetime) -> str:
    start = to.astimezone(frame.starts_at.tzinfo)
    return wording.span(start, (to + (frame.ends_at - frame.starts_at)).astimezone(start.tzinfo))


def _move(event_id: int, to: datetime) -> ResponseReturnValue:
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        before = signups.when_line(found)
        shift = events.move(session, found, to, now=context.now(), actor=actor())
        told = invites.sync(
            session, found, now=context.now(), settings=context.settings(), actor=actor()
        )
        if shift:
            told += signups.tell_moved(session, found, before, now=context.now())
        signups.promote_from_waitlist(session, found, context.now())  # it may be to come again
    flash(f"The event is moved. {wording.people(told).capitalize()} will be told.")
    return redirect(url_for("desk.event", event_id=event_id))


def actor() -> str:
    """Return how the record of changes names who is signed in."""
    return f"organiser {g.organiser.id}"


def _mail_stays_here() -> bool:
    settings = context.settings()
    return settings.mode is Mode.LOCAL and settings.smtp_url is None
