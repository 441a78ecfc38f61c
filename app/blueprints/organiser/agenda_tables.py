"""The tables of one part of the agenda: several added at once, named, furnished, removed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import agenda_forms, tables_together, wording
from app.blueprints.organiser.agenda_desk import blueprint
from app.blueprints.organiser.agenda_forms import MoreTablesFields
from app.blueprints.organiser.events import actor
from app.errors import InvalidInput
from app.queries import agenda_desk as read
from app.queries import organiser
from app.services import agenda, events
from app.services.agenda import TableForm
from app.services.agenda import tables as service

__all__ = ["blueprint"]

_BASE = "/events/<int:event_id>/agenda/<int:block_id>/tables"


@blueprint.route(_BASE, methods=["GET", "POST"])
@organiser_required
def tables(event_id: int, block_id: int) -> ResponseReturnValue:
    page = _read(event_id, block_id)
    more = agenda_forms.more_tables_form(page.features, page.word)
    if request.method != "POST":
        return _page(event_id, block_id, page, more)
    wanted, problems = _wanted(page)
    outcome = None
    if not problems:
        outcome, problems = _change(event_id, block_id, wanted)
    if outcome is not None and outcome.is_saved:
        flash("The tables are saved.")
        return redirect(request.path, 303)
    return _page(event_id, block_id, page, more, problems=problems, outcome=outcome)


@blueprint.post(f"{_BASE}/add")
@organiser_required
def tables_add(event_id: int, block_id: int) -> ResponseReturnValue:
    page = _read(event_id, block_id)
    more = agenda_forms.more_tables_form(page.features, page.word)
    if more.validate():
        try:
            with context.write_session() as session:
                events.get_for(session, g.organiser.organisation_id, event_id)
                service.add(
                    session,
                    event_id,
                    block_id,
                    more.tables(),
                    now=context.now(),
                    actor=actor(),
                )
        except InvalidInput as error:
            for name, message in error.fields.items():
                more[name].errors = [message]
        else:
            flash(f"{wording.plural(more.count.data, 'table')} more.")
            return redirect(
                url_for("agenda_desk.tables", event_id=event_id, block_id=block_id), 303
            )
    return _page(event_id, block_id, page, more)


def _wanted(page: read.TablesPage) -> tuple[dict[int, TableForm], dict[str, str]]:
    """Return what was written for each table; the line about several has the last word."""
    ids = tuple(row.id for row in page.rows)
    wanted, problems = agenda_forms.read_tables(request.form, ids, page.features)
    numbers = {row.id: row.number for row in page.rows}
    together = tables_together.read(request.form, tuple(numbers.values()), page.features)
    found = {id_: together.apply(form, numbers[id_]) for id_, form in wanted.items()}
    return found, problems | together.problems


def _read(event_id: int, block_id: int) -> read.TablesPage:
    with context.read_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        return read.tables_page(session, event_id, block_id)


def _change(
    event_id: int, block_id: int, wanted: dict[int, TableForm]
) -> tuple[agenda.Outcome | None, dict[str, str]]:
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            outcome = service.change(
                session,
                event_id,
                block_id,
                wanted,
                remove=[id_ for id_ in wanted if f"remove-{id_}" in request.form],
                agreed=request.form.get("agreed", 0, type=int),
                closes=request.form.get("closes", ""),
                now=context.now(),
                actor=actor(),
            )
    except InvalidInput as error:
        return None, error.fields
    return outcome, {}


def _page(
    event_id: int,
    block_id: int,
    page: read.TablesPage,
    more: MoreTablesFields,
    *,
    problems: dict[str, str] | None = None,
    outcome: agenda.Outcome | None = None,
) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    is_typed = request.method == "POST" and request.endpoint == "agenda_desk.tables"
    errors = bool(problems or more.errors)
    body = render_template(
        "organiser/agenda_tables.html",
        event=frame,
        block_id=block_id,
        page=page,
        more=more,
        typed=request.form if is_typed else None,
        problems=problems or {},
        drafts=outcome.drafts if outcome else 0,
        closing=outcome.closing if outcome else None,
        words={name: agenda_forms.feature_words(name) for name in page.features},
        errors=errors,
    )
    return body, 422 if errors else 200
