"""Which reminders an event sends, when, to how many, and how they read."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.outbox import MAIL_POLICY
from app.enums import ReminderKind
from app.queries import organiser
from app.queries.reminders import Sample, reminders_page, sample
from app.services import events, reminders

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/events/<int:event_id>/reminders")
@organiser_required
def settings(event_id: int) -> ResponseReturnValue:
    now, shown = context.now(), request.args.get("show", "")
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=now)
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        page = reminders_page(session, event, now=now)
        read = sample(session, event, shown, settings=context.settings()) if shown else None
    return render_template(
        "organiser/reminders.html", event=frame, page=page, sample=read, shown=shown
    )


@blueprint.post("/events/<int:event_id>/reminders")
@organiser_required
def choose(event_id: int) -> ResponseReturnValue:
    """Switch on what is ticked, and off what is not."""
    wanted = {ReminderKind(name) for name in request.form.getlist("on") if name in _KINDS}
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        actor = f"organiser {g.organiser.id}"
        reminders.choose(session, event, wanted, now=context.now(), actor=actor)
    flash("Reminders are set.")
    return redirect(url_for("reminders.settings", event_id=event_id))


@blueprint.get("/events/<int:event_id>/reminders/mail")
@organiser_required
def preview(event_id: int) -> ResponseReturnValue:
    """Give the mail's own page, for the frame on ours."""
    html = _sample(event_id, request.args.get("show", ReminderKind.DAY_BEFORE)).html
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


_KINDS = frozenset(ReminderKind)


def _sample(event_id: int, kind: str) -> Sample:
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        return sample(session, event, kind, settings=context.settings())
