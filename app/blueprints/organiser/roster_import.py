"""People from a file, in steps: upload, columns, words, report, yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required, takes_file
from app.blueprints.organiser import roster_import_forms as forms
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor
from app.enums import OrganiserRole
from app.errors import InvalidInput
from app.queries import organiser
from app.queries import roster_import as shown
from app.services import events
from app.services.roster_files import MAX_FILE
from app.services.roster_import import adding, faulty, reporting, uploads
from app.services.roster_import.opening import Opened, choose_columns, opened, with_columns
from app.services.roster_import.uploads import Done
from app.services.roster_import.words import unknown_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event, RosterUpload

blueprint = Blueprint("roster_import", __name__)
_AT = "/events/<int:event_id>/roster/import"
_FILE = f"{_AT}/<int:upload_id>"
_ROOM = 2 * MAX_FILE
"""What a browser may send: a file that is too large is read as far as to say so."""


@blueprint.get(_AT)
@organiser_required
def upload(event_id: int) -> ResponseReturnValue:
    return _upload_page(event_id, {})


@blueprint.post(_AT)
@takes_file(_ROOM)
@organiser_required
def keep(event_id: int) -> ResponseReturnValue:
    name, content = _sent()
    if not name and not content:
        return _upload_page(event_id, {"file": "Choose a file, or paste the list below."}), 422
    try:
        with context.write_session() as session:
            event = events.get_for(session, g.organiser.organisation_id, event_id)
            kept = uploads.keep(
                session,
                event,
                file_name=name,
                content=content,
                organiser_id=g.organiser.id,
                now=context.now(),
            )
            upload_id = kept.id
    except InvalidInput as error:
        return _upload_page(event_id, error.fields), 422
    return _to("columns", event_id, upload_id)


@blueprint.get(f"{_AT}/empty.csv")
@organiser_required
def empty(event_id: int) -> ResponseReturnValue:
    """Give a list with our headings and nobody in it."""
    with context.read_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
    return _csv(faulty.EMPTY_LIST, "people.csv")


@blueprint.route(f"{_FILE}/columns", methods=["GET", "POST"])
@organiser_required
def columns(event_id: int, upload_id: int) -> ResponseReturnValue:
    if request.method != "POST":
        return _columns_page(event_id, upload_id, {})
    chosen, sheet = forms.columns_of(request.form), request.form.get("sheet")
    try:
        with context.write_session() as session:
            event, kept = _kept(session, event_id, upload_id)
            if sheet is not None:
                uploads.choose_sheet(kept, sheet)
                return _to("columns", event_id, upload_id)
            asks = choose_columns(event, kept, chosen)
    except InvalidInput as error:
        return make_response(_columns_page(event_id, upload_id, error.fields), 422)
    return _to("words" if asks else "report", event_id, upload_id)


@blueprint.route(f"{_FILE}/words", methods=["GET", "POST"])
@organiser_required
def words(event_id: int, upload_id: int) -> ResponseReturnValue:
    with context.write_session() if request.method == "POST" else context.read_session() as session:
        event, kept = _kept(session, event_id, upload_id)
        if uploads.done_of(kept) is not None:
            return _to("report", event_id, upload_id)
        file = opened(event, kept)
        found = unknown_words(file.sheet, file.columns, file.decisions, file.choices)
        if request.method == "POST":
            chosen = forms.words_of(request.form, found)
            uploads.decide(kept, forms.with_words(file.decisions, file.columns, chosen))
            return _to("report", event_id, upload_id)
        frame = _frame(session, event_id)
    return render_template("organiser/import_words.html", event=frame, file=file, words=found)


@blueprint.route(f"{_FILE}/report", methods=["GET", "POST"])
@organiser_required
def report(event_id: int, upload_id: int) -> ResponseReturnValue:
    if request.method != "POST":
        return _report_page(event_id, upload_id)
    with context.write_session() as session:
        _, kept = _kept(session, event_id, upload_id)
        if uploads.done_of(kept) is None:
            uploads.decide(kept, forms.mended(request.form, uploads.decisions_of(kept)))
    return _to("report", event_id, upload_id)


@blueprint.get(f"{_FILE}/rows.csv")
@organiser_required
def rows(event_id: int, upload_id: int) -> ResponseReturnValue:
    """Give the rows to put right, whole to who brought the file; nobody else gets the wishes."""
    with context.read_session() as session:
        event, kept = _kept(session, event_id, upload_id)
        file = opened(event, kept)
        found = reporting.report(
            session, event, file.sheet, file.columns, file.decisions, now=context.now()
        )
        shows_all = kept.organiser_id == g.organiser.id
        content = faulty.write_faulty(file, found, shows_all=shows_all)
    return _csv(content, "rows-to-put-right.csv")


@blueprint.get(f"{_FILE}/stayed.csv")
@organiser_required
def stayed(event_id: int, upload_id: int) -> ResponseReturnValue:
    """Give the rows that became nobody when the file was taken in, and why."""
    with context.read_session() as session:
        _, kept = _kept(session, event_id, upload_id)
        found = shown.stayed_rows(kept, to_owner=_is_owner())
    return _csv(shown.stayed_csv(found), "rows-that-stayed-behind.csv")


@blueprint.post(f"{_FILE}/add")
@organiser_required
def add(event_id: int, upload_id: int) -> ResponseReturnValue:
    try:
        with context.write_session() as session:
            event, kept = _kept(session, event_id, upload_id)
            yes = forms.yes_of(request.form)
            done = adding.add(session, event, kept, yes, now=context.now(), actor=actor())
    except adding.RosterMoved as error:
        flash(error.message, "care")
        return make_response(_report_page(event_id, upload_id), 409)
    if done.stayed:
        return _to("report", event_id, upload_id)
    flash(_said(done))
    return redirect(url_for("desk.roster", event_id=event_id), 303)


@blueprint.post(f"{_FILE}/drop")
@organiser_required
def drop(event_id: int, upload_id: int) -> ResponseReturnValue:
    with context.write_session() as session:
        event, kept = _kept(session, event_id, upload_id)
        uploads.drop(session, event, kept, now=context.now(), actor=actor())
    flash("The file is put away. Nothing of it was added.")
    return redirect(url_for("desk.roster", event_id=event_id), 303)


def _sent() -> tuple[str, bytes]:
    """Return the name and bytes of the file that was sent, or of the text that was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        with file.stream:  # a large one is a file on the disk
            return file.filename, file.read()
    return "", request.form.get("text", "").strip().encode("utf-8", "replace")


def _upload_page(event_id: int, problems: dict[str, str]) -> str:
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        waiting = shown.waiting_files(session, event, now=context.now())
        frame = _frame(session, event_id)
    return render_template(
        "organiser/import.html",
        event=frame,
        waiting=waiting,
        errors=problems,
        typed=request.form.get("text", ""),
        most_people=uploads.MAX_PEOPLE,
        most_mb=MAX_FILE // 1_000_000,
    )


def _columns_page(event_id: int, upload_id: int, problems: dict[str, str]) -> ResponseReturnValue:
    with context.read_session() as session:
        event, kept = _kept(session, event_id, upload_id)
        if uploads.done_of(kept) is not None:
            return _to("report", event_id, upload_id)
        file = opened(event, kept)
        frame = _frame(session, event_id)
    if problems:
        file = with_columns(file, forms.columns_of(request.form))
    found = shown.columns(file, to_owner=_is_owner())
    return render_template(
        "organiser/import_columns.html",
        event=frame,
        file=file,
        columns=found,
        choices=shown.choices(file, found, problems),
        errors=problems,
    )


def _report_page(event_id: int, upload_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        event, kept = _kept(session, event_id, upload_id)
        frame = _frame(session, event_id)
        if (done := uploads.done_of(kept)) is not None:
            return render_template(
                "organiser/import_done.html",
                event=frame,
                upload_id=upload_id,
                done=done,
                said=_said(done),
                stayed=shown.stayed_rows(kept, to_owner=_is_owner()),
                waits=uploads.waits(session, done.rest, now=context.now()),
            )
        file = opened(event, kept)
        if not file.is_chosen:
            return _to("columns", event_id, upload_id)
        found = reporting.report(
            session, event, file.sheet, file.columns, file.decisions, now=context.now()
        )
        asks = unknown_words(file.sheet, file.columns, file.decisions, file.choices)
    return _render_report(frame, file, found, asks=len(asks))


def _render_report(
    frame: organiser.EventFrame, file: Opened, found: reporting.Report, *, asks: int
) -> str:
    page = shown.shown_report(
        found,
        request.args.get("show", ""),
        request.args.get("field", ""),
        request.args.get("page", 1, type=int),
        to_owner=_is_owner(),
    )
    return render_template(
        "organiser/import_report.html",
        event=frame,
        file=file,
        report=found,
        outcomes=reporting.Outcome,
        page=page,
        asks=asks,
    )


def _kept(session: Session, event_id: int, upload_id: int) -> tuple[Event, RosterUpload]:
    event = events.get_for(session, g.organiser.organisation_id, event_id)
    return event, uploads.find(session, event.id, upload_id, now=context.now())


def _frame(session: Session, event_id: int) -> organiser.EventFrame:
    return organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())


def _is_owner() -> bool:
    return bool(g.organiser.role is OrganiserRole.OWNER)


def _to(page: str, event_id: int, upload_id: int) -> ResponseReturnValue:
    where = url_for(f"roster_import.{page}", event_id=event_id, upload_id=upload_id)
    return redirect(where, 303)


def _csv(content: bytes, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=disposition)


def _said(done: Done) -> str:
    """Return what became of a file, in one or two sentences."""
    said = [f"{wording.people(done.added).capitalize()} added"]
    if done.waiting:
        said[0] += f", {done.waiting} of them to the waitlist"
    if done.changed:
        said[0] += f"; {wording.people(done.changed)} changed"
    told = f"{wording.people(done.told)} will get their link" if done.told else "No mail was sent"
    return f"{said[0]}. {told}."
