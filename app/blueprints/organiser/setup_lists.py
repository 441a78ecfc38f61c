"""Career stages and topics: what people choose from when they sign up."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import setup_forms
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.setup import blueprint
from app.blueprints.organiser.setup_forms import TOPIC_KINDS
from app.errors import InvalidInput
from app.queries import organiser
from app.queries import setup as read
from app.services import asked_lists, events

__all__ = ["blueprint"]


@blueprint.route("/events/<int:event_id>/stages", methods=["GET", "POST"])
@organiser_required
def stages(event_id: int) -> ResponseReturnValue:
    return _list_page(event_id, is_topics=False)


@blueprint.route("/events/<int:event_id>/topics", methods=["GET", "POST"])
@organiser_required
def topics(event_id: int) -> ResponseReturnValue:
    return _list_page(event_id, is_topics=True)


def _list_page(event_id: int, *, is_topics: bool) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        rows = (read.topic_rows if is_topics else read.stage_rows)(session, event_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _save(event_id, rows, is_topics=is_topics)
        if not problems:
            flash("The list is saved.")
            return redirect(request.path, 303)
    body = render_template(
        "organiser/asked_list.html",
        event=frame,
        rows=rows,
        is_topics=is_topics,
        kinds=TOPIC_KINDS,
        typed=request.form if problems else None,
        problems=problems,
        errors=problems,
    )
    return body, 422 if problems else 200


def _save(event_id: int, rows: tuple[read.ListRow, ...], *, is_topics: bool) -> dict[str, str]:
    """Save the list; return what is wrong, by field."""
    change = asked_lists.change_topics if is_topics else asked_lists.change_stages
    edit = setup_forms.read_list(request.form, tuple(row.id for row in rows))
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            change(session, event_id, edit, now=context.now(), actor=actor())
    except InvalidInput as error:
        return error.fields
    return {}
