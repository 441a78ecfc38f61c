"""The video links of an event's tables."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor
from app.errors import InvalidInput
from app.queries import organiser
from app.queries.video_tables import video_tables_of
from app.services import events, video_tables

blueprint = Blueprint("video_tables", __name__)
_PREFIX = "link-"
_SEEN = "seen-"
PASTED = "pasted"
"""One link a line, in the order of the tables."""


@blueprint.get("/events/<int:event_id>/video")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    return _page(event_id, {}, {})


@blueprint.post("/events/<int:event_id>/video")
@organiser_required
def save(event_id: int) -> ResponseReturnValue:
    now, typed = context.now(), _by_table(_PREFIX)
    pasted = request.form.get(PASTED, "").splitlines()
    if len(pasted) > len(typed):
        found = f"There are {len(pasted)} lines for {wording.plural(len(typed), 'table')}."
        return _page(event_id, typed, {PASTED: found}), 422
    typed |= {id_: line.strip() for id_, line in zip(typed, pasted, strict=False) if line.strip()}
    try:
        with context.write_session() as session:
            event = events.get_for(session, g.organiser.organisation_id, event_id)
            told = video_tables.set_links(
                session,
                event,
                typed,
                seen=_by_table(_SEEN),
                now=now,
                actor=actor(),
                settings=context.settings(),
            )
    except InvalidInput as error:
        return _page(event_id, typed, error.fields), 422
    flash(f"The links are saved. {wording.people(told).capitalize()} will be told.")
    return redirect(url_for("video_tables.page", event_id=event_id), 303)


def _page(event_id: int, typed: dict[int, str], problems: dict[str, str]) -> str:
    organisation_id = g.organiser.organisation_id
    with context.read_session() as session:
        event = events.get_for(session, organisation_id, event_id)
        tables = video_tables_of(event, typed, problems)
        waiting = video_tables.not_told_yet(session, event, settings=context.settings())
        frame = organiser.frame(session, organisation_id, event_id, now=context.now())
    return render_template(
        "organiser/video_tables.html",
        event=frame,
        tables=tables,
        errors=problems,
        waiting=waiting,
        pasted=request.form.get(PASTED, "") if PASTED in problems else "",
    )


def _by_table(prefix: str) -> dict[int, str]:
    """Return what fields with a prefix say, by table; fields of another name are nobody's."""
    found = {}
    for name, text in request.form.items():
        number = name.removeprefix(prefix)
        if name.startswith(prefix) and number.isascii() and number.isdecimal():
            found[int(number)] = text
    return found
