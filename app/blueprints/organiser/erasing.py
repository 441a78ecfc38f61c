"""Erasing a person for whom their own page is no help: owners only, with a page that asks."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import owner_required
from app.blueprints.my_data import NOT_SURE
from app.blueprints.organiser.events import actor
from app.queries import organiser, roster_view
from app.services import privacy

blueprint = Blueprint("erasing", __name__)


@blueprint.route("/events/<int:event_id>/people/<int:sign_up_id>/erase", methods=["GET", "POST"])
@owner_required
def person(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Say on GET what happens; erase on a POST with its tick."""
    if request.method != "POST" or request.form.get("sure") != "yes":  # HEAD reads too
        return _ask(event_id, sign_up_id, NOT_SURE if request.method == "POST" else "")
    with context.write_session() as session:
        organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        somebody = roster_view.sign_up_of(session, event_id, sign_up_id).person
        privacy.erase(
            session,
            somebody,
            now=context.now(),
            actor=actor(),
            journal=privacy.journal_path(context.settings().data),
            settings=context.settings(),
        )
    context.clear_log()
    flash("Everything about this person is erased.")
    return redirect(url_for("desk.roster", event_id=event_id), 303)


def _ask(event_id: int, sign_up_id: int, problem: str) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        html = render_template(
            "organiser/erase.html",
            event=frame,
            sign_up=sign_up,
            name=sign_up.person.name,
            is_erased=sign_up.person.erased_at is not None,
            has_begun=frame.starts_at <= context.now(),
            problem=problem,
            errors=problem,
        )
    return html, 422 if problem else 200
