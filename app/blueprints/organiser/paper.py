"""On paper: what to print, the sheets as pages, and the same sheets as PDF."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.errors import NotFound
from app.queries import organiser
from app.services import events, paper
from app.services.paper import Bundle, Kind, Order
from app.services.paper import pdf as paper_pdf

blueprint = Blueprint("paper", __name__)
ALL = "all"
TITLES = {
    Kind.SIGN_IN: "Sign-in list",
    Kind.TABLES: "Table cards",
    Kind.MENTORS: "Mentors' sheets",
    Kind.CARDS: "Rotation cards",
    Kind.BADGES: "Badges",
    ALL: "Everything",
}


@blueprint.get("/events/<int:event_id>/paper")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    """Say what there is to print, with how many sheets each takes."""
    bundle = _bundle(event_id, _order(tuple(Kind)))
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    return render_template(
        "paper/page.html",
        event=frame,
        bundle=bundle,
        order=_asked(),
        titles=TITLES,
        most_blanks=paper.MOST_BLANKS,
        has_pdf=paper_pdf.is_installed(),
    )


@blueprint.get("/events/<int:event_id>/paper/<what>")
@organiser_required
def sheets(event_id: int, what: str) -> ResponseReturnValue:
    """Show the sheets as a page that prints to whole sheets of A4."""
    bundle = _bundle(event_id, _order(_kinds(what)))
    asked = _asked()
    return render_template(
        "paper/sheets.html",
        event_id=event_id,
        bundle=bundle,
        what=what,
        title=TITLES[what],
        order=asked,
        has_pdf=paper_pdf.is_installed(),
    )


@blueprint.get("/events/<int:event_id>/paper/<what>.pdf")
@organiser_required
def pdf(event_id: int, what: str) -> ResponseReturnValue:
    """Give the sheets as a PDF; without the extra, or without letters for a name, say so."""
    bundle = _bundle(event_id, _order(_kinds(what)))
    if not bundle.sheets:
        flash("There is nothing to print here.", "care")
        return redirect(url_for("paper.page", event_id=event_id))
    try:
        found = paper_pdf.write(asdict(bundle), now=context.now())
    except paper_pdf.CannotDraw as error:
        flash(error.message, "care")
        return redirect(url_for("paper.page", event_id=event_id))
    response = Response(found, content_type="application/pdf")
    name = f"{what}-v{bundle.version}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _kinds(what: str) -> tuple[Kind, ...]:
    if what == ALL:
        return tuple(Kind)
    if what not in set(Kind):
        raise NotFound
    return (Kind(what),)


def _asked() -> dict[str, int]:
    """Return what the address asks for beside the kind; what is no number is as good as not there.

    A version that never was is told by the order itself.
    """
    found = {}
    for name in ("since", "blanks", "person"):
        value = request.args.get(name, type=int)
        if value is not None and value > 0:
            found[name] = min(value, paper.MOST_BLANKS) if name == "blanks" else value
    return found


def _order(kinds: tuple[Kind, ...]) -> Order:
    asked = _asked()
    return Order(
        kinds=kinds,
        since=asked.get("since"),
        blanks=asked.get("blanks", 0),
        sign_up_id=asked.get("person"),
    )


def _bundle(event_id: int, order: Order) -> Bundle:
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        return paper.make(session, event, order, now=context.now(), settings=context.settings())
