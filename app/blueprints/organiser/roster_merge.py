"""People who may have signed up twice: compared, made one, or told apart for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor, blueprint
from app.errors import InvalidInput
from app.queries import merge_page, organiser, person_page, roster_view
from app.services import events, roster_edit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import SignUp

__all__ = ["blueprint"]


@blueprint.get("/events/<int:event_id>/roster/twice")
@organiser_required
def duplicates(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        pairs = person_page.pairs(session, event_id)
    return render_template("organiser/duplicates.html", event=frame, pairs=pairs)


@blueprint.route("/events/<int:event_id>/roster/<int:sign_up_id>/merge", methods=["GET", "POST"])
@organiser_required
def merge(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Show both on GET, or with whom somebody may be compared; make them one on POST."""
    if request.method == "POST":
        return _merge(event_id, sign_up_id)
    other_id = request.args.get("other", 0, type=int)
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        if not other_id:
            row = roster_view.person(session, event_id, sign_up_id)
            alike = person_page.alike(session, event_id, sign_up_id)
            return render_template("organiser/merge_with.html", event=frame, row=row, alike=alike)
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        one, other = _both(session, event_id, sign_up_id, other_id)
        page = merge_page.merge_page(session, found, one, other)
    return render_template(
        "organiser/merge.html", event=frame, page=page, states=wording.SIGN_UP_STATES
    )


def _merge(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    other_id = request.form.get("other", 0, type=int)
    taken = [name.removeprefix("take_") for name, text in request.form.items() if text == "other"]
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        one, other = _both(session, event_id, sign_up_id, other_id)
        done = roster_edit.merge(
            session,
            one,
            other,
            taken,
            now=context.now(),
            actor=actor(),
            settings=context.settings(),
            key=context.key(),
        )
        kept_id, name = done.kept.id, done.kept.person.name
    entry = " The other calendar entry is being taken out." if done.takes_entry_out else ""
    flash(f"{name} stands on the roster once now.{entry}")
    return redirect(url_for("desk.person", event_id=event_id, sign_up_id=kept_id), 303)


@blueprint.post("/events/<int:event_id>/roster/<int:sign_up_id>/not-same")
@organiser_required
def not_same(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        other_id = request.form.get("other", 0, type=int)
        one, other = _both(session, event_id, sign_up_id, other_id)
        roster_edit.say_not_same(session, found, one, other, now=context.now(), actor=actor())
    flash("They stay two people. You are not asked about them again.")
    return redirect(url_for("desk.duplicates", event_id=event_id), 303)


def _both(session: Session, event_id: int, sign_up_id: int, other_id: int) -> tuple[SignUp, SignUp]:
    one = roster_view.sign_up_of(session, event_id, sign_up_id)
    if other_id in {0, sign_up_id}:
        raise InvalidInput({"other": roster_edit.TWO_PEOPLE})
    return one, roster_view.sign_up_of(session, event_id, other_id)
