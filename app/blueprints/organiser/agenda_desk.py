"""The agenda: its parts on a line, each to be changed, moved or removed; who hears of new times."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import agenda_forms, wording
from app.blueprints.organiser.agenda_forms import KINDS, PartFields
from app.blueprints.organiser.events import actor
from app.enums import BlockKind
from app.errors import InvalidInput, TooLate
from app.queries import agenda_desk as read
from app.queries import organiser, overview
from app.services import agenda, events, invites

blueprint = Blueprint("agenda_desk", __name__)
_BASE = "/events/<int:event_id>/agenda"
MEANWHILE = (
    "Something was planned or published meanwhile. Nothing changed; this is how it stands now."
)


@blueprint.get(_BASE)
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        stops = overview.agenda(session, frame)
        found = read.agenda_page(session, event_id)
        untold = read.untold(session, event_id, settings=context.settings())
    return render_template(
        "organiser/agenda.html",
        event=frame,
        stops=stops,
        page=found,
        kinds=KINDS,
        untold=untold,
        few=agenda.FEW_MINUTES,
        is_over=frame.ends_at <= context.now(),
    )


@blueprint.route(f"{_BASE}/new", methods=["GET", "POST"])
@organiser_required
def new(event_id: int) -> ResponseReturnValue:
    frame, found = _read(event_id)
    asked = request.args.get("kind", "")
    kind = BlockKind(asked) if asked in set(BlockKind) else BlockKind.SPEED
    places = [(0, "As the first part")]
    places += [(part.id, f"After {part.form.title}") for part in found.parts]
    form = agenda_forms.part_form(kind, None, found.asked, places, place=found.best_place)
    if form.validate_on_submit() and _add(event_id, kind, form):
        flash(f"{form.title.data} is on the agenda. What comes later follows.")
        return _back(event_id)
    return _part_page(frame, form, kind, None)


@blueprint.route(f"{_BASE}/<int:block_id>", methods=["GET", "POST"])
@organiser_required
def part(event_id: int, block_id: int) -> ResponseReturnValue:
    frame, found = _read(event_id)
    known = found.part(block_id)
    form = agenda_forms.part_form(known.kind, known.form, found.asked, [])
    outcome = None
    if form.validate_on_submit():
        outcome = _change(event_id, known, form)
        if outcome is not None and outcome.is_saved:
            flash(_said(outcome))
            return _back(event_id)
    return _part_page(frame, form, known.kind, known, outcome=outcome)


@blueprint.post(f"{_BASE}/<int:block_id>/move")
@organiser_required
def move(event_id: int, block_id: int) -> ResponseReturnValue:
    """Move it by one; ``from`` is the place it was at when the button was shown."""
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        agenda.move(
            session,
            event_id,
            block_id,
            earlier=request.form.get("to") == "earlier",
            position=request.form.get("from", -1, type=int),
            now=context.now(),
            actor=actor(),
        )
    return _back(event_id)


@blueprint.route(f"{_BASE}/<int:block_id>/remove", methods=["GET", "POST"])
@organiser_required
def remove(event_id: int, block_id: int) -> ResponseReturnValue:
    """Say on GET what goes with it; remove or close it on POST, unless that has changed."""
    refusal = ""
    if request.method == "POST":
        try:
            if _remove(event_id, block_id):
                return _back(event_id)
            refusal = MEANWHILE
        except InvalidInput as error:
            refusal = error.fields["main"]
        except TooLate as error:
            refusal = error.message
    frame, found = _read(event_id)
    with context.read_session() as session:
        closing = read.closing_of_part(session, event_id, block_id)
    body = render_template(
        "organiser/agenda_remove.html",
        event=frame,
        part=found.part(block_id),
        closing=closing,
        is_last=len(found.parts) == 1,
        errors=refusal,
    )
    return body, 409 if refusal else 200


@blueprint.route(f"{_BASE}/tell", methods=["GET", "POST"])
@organiser_required
def tell(event_id: int) -> ResponseReturnValue:
    """Show before and after on GET; publish the new times and tell people on POST."""
    if request.method == "POST":
        with context.write_session() as session:
            event = events.get_for(session, g.organiser.organisation_id, event_id)
            told = invites.sync(
                session, event, now=context.now(), settings=context.settings(), actor=actor()
            )
        flash(f"The agenda as it is now is out. {wording.people(told).capitalize()} will be told.")
        return _back(event_id)
    frame, _found = _read(event_id)
    with context.read_session() as session:
        untold = read.untold(session, event_id, settings=context.settings())
    return render_template("organiser/agenda_tell.html", event=frame, untold=untold)


def _read(event_id: int) -> tuple[organiser.EventFrame, read.AgendaPage]:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        return frame, read.agenda_page(session, event_id)


def _add(event_id: int, kind: BlockKind, form: PartFields) -> bool:
    """Add a part; False, with errors at the fields, when something is wrong."""
    tables = None
    if kind.is_planned:
        tables = agenda.TableSet(count=form.tables.data, word=form.word.data or "")
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            agenda.add(
                session,
                event_id,
                form.part(kind),
                after=form.after.data or None,
                tables=tables,
                now=context.now(),
                actor=actor(),
            )
    except InvalidInput as error:
        form.put(error.fields)
        return False
    return True


def _change(event_id: int, known: read.Part, form: PartFields) -> agenda.Outcome | None:
    """Change a part; None, with errors at the fields, when something is wrong."""
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            return agenda.change(
                session,
                event_id,
                known.id,
                form.part(known.kind),
                seen=request.form.get("seen", ""),
                agreed=request.form.get("agreed", 0, type=int),
                closes=request.form.get("closes", ""),
                now=context.now(),
                actor=actor(),
            )
    except InvalidInput as error:
        form.put(error.fields)
        return None


def _remove(event_id: int, block_id: int) -> bool:
    """Remove or close it; False when other things hang on it than the organiser was told of."""
    closes = request.form.get("closes", "")
    now, who = context.now(), actor()
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        if closes:
            outcome = agenda.close(session, event_id, block_id, closes=closes, now=now, actor=who)
        else:
            agreed = request.form.get("agreed", -1, type=int)
            outcome = agenda.remove(session, event_id, block_id, agreed=agreed, now=now, actor=who)
    if outcome.is_saved:
        said = "It is closed. You can open it again below." if closes else "It is off the agenda."
        flash(f"{said} What comes later follows.")
    return outcome.is_saved


def _said(outcome: agenda.Outcome) -> str:
    text = "Saved. What comes later follows." if outcome.has_moved else "Saved."
    if outcome.drafts:
        text += f" {wording.plural(outcome.drafts, 'plan').capitalize()} went with it."
    return text


def _part_page(
    frame: organiser.EventFrame,
    form: PartFields,
    kind: BlockKind,
    known: read.Part | None,
    *,
    outcome: agenda.Outcome | None = None,
) -> ResponseReturnValue:
    errors = form.errors or form.form_errors
    body = render_template(
        "organiser/agenda_part.html",
        event=frame,
        form=form,
        kind=kind,
        kinds=KINDS,
        part=known,
        drafts=outcome.drafts if outcome else 0,
        closing=outcome.closing if outcome else None,
        seen=_seen(known, is_stale=bool(form.form_errors)),
        few=agenda.FEW_MINUTES,
        errors=errors,
    )
    return body, 422 if errors else 200


def _seen(known: read.Part | None, *, is_stale: bool) -> str:
    """Return the mark to send along: what was read at first, until its staleness was said."""
    if known is None or is_stale or request.method != "POST":
        return known.mark if known else ""
    return request.form.get("seen", "")


def _back(event_id: int) -> Response:
    return redirect(url_for("agenda_desk.page", event_id=event_id), 303)
