"""The organiser's yes or no: to one person on their page, to several on the roster."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor, blueprint
from app.queries import organiser, roster_view
from app.services import approvals, events
from app.services.approvals import Decision

__all__ = ["blueprint"]

LONGEST_ID = 9
"""Figures of the largest row number that both databases take."""


@blueprint.post("/events/<int:event_id>/roster/approve")
@organiser_required
def approve(event_id: int) -> ResponseReturnValue:
    ids = _ticked()
    if not ids:
        return _tick_somebody(event_id)
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        done = approvals.decide(
            session,
            event_id,
            ids,
            is_yes=True,
            after_no=request.form.get("after_no") == "yes",
            now=context.now(),
            actor=actor(),
        )
    return _tell(event_id, done)


@blueprint.post("/events/<int:event_id>/roster/refuse")
@organiser_required
def refuse(event_id: int) -> ResponseReturnValue:
    """Name the people first; refuse them once that was read."""
    ids = _ticked()
    if not ids:
        return _tick_somebody(event_id)
    if request.form.get("sure") != "yes":
        return _ask(event_id, ids)
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        done = approvals.decide(
            session, event_id, ids, is_yes=False, now=context.now(), actor=actor()
        )
    return _tell(event_id, done)


def _ticked() -> list[int]:
    texts = request.form.getlist("sign_up")
    return [int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) <= LONGEST_ID]


def _tick_somebody(event_id: int) -> Response:
    with context.read_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
    flash("Nobody was ticked. Tick who you want to answer, then choose yes or no.", "care")
    return redirect(url_for("desk.roster", event_id=event_id, show="asked"), 303)


def _ask(event_id: int, ids: list[int]) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        rows = roster_view.people(session, event_id, ids)
    asked = [row for row in rows if row.state == "asked"]
    if not asked:
        return _tell(event_id, Decision(already=tuple((row.name, row.state) for row in rows)))
    return render_template(
        "organiser/refuse.html",
        event=frame,
        rows=asked,
        told=sum(not (row.is_unconfirmed and frame.confirms_address) for row in asked),
    )


def _tell(event_id: int, done: Decision) -> Response:
    """Say what came of it, and who was answered by somebody else meanwhile."""
    parts = [
        _sentence(done.placed, "has a place", "have a place"),
        _sentence(done.waiting, "is on the waitlist", "are on the waitlist"),
        _sentence(done.refused, "is refused", "are refused"),
    ]
    if done.told:
        told = "1 mail is" if done.told == 1 else f"{done.told} mails are"
        flash(f"{' '.join(part for part in parts if part)} {told} on the way.")
    if done.unconfirmed:
        names = wording.listed(done.unconfirmed)
        flash(f"Not confirmed yet, so still to answer: {names}.", "care")
    if done.already:
        known = wording.listed(
            tuple(f"{name} ({wording.SIGN_UP_STATES[state][0]})" for name, state in done.already)
        )
        flash(f"Answered before, so nothing was changed: {known}.", "care")
    return redirect(url_for("desk.roster", event_id=event_id), 303)


def _sentence(names: tuple[str, ...], one: str, many: str) -> str:
    if not names:
        return ""
    if len(names) > 3:
        return f"{len(names)} people {many}."
    return f"{wording.listed(names)} {one if len(names) == 1 else many}."
