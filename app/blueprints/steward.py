"""For those who help on the day: their link, and the list of who has a place."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import STEWARD_KEY, link_page, steward_required
from app.queries import steward
from app.services import stewards

blueprint = Blueprint("steward", __name__)


@blueprint.route("/s/<token>", methods=["GET", "POST"])
@link_page
def page(token: str) -> ResponseReturnValue:
    """Say on GET what the link is for; let this browser in on POST, at an address without it."""
    if request.method != "POST":  # HEAD reads too
        with context.read_session() as database:
            found = stewards.find(database, token, now=context.now())
            event = steward.event_of(database, found.event_id, found.expires_at)
        return render_template("steward/begin.html", event=event, label=found.label)
    with context.write_session() as database:
        stewards.begin(database, token, now=context.now())
    session[STEWARD_KEY] = token
    session.permanent = True
    return redirect(url_for("steward.door"), 303)


@blueprint.get("/steward")
@steward_required
def door() -> ResponseReturnValue:
    text = request.args.get("q", "").strip()
    with context.read_session() as database:
        found = steward.door_list(
            database,
            g.steward.event_id,
            g.steward.expires_at,
            text=text,
            page=request.args.get("page", 1, type=int),
        )
    return render_template("steward/door.html", list=found, text=text, label=g.steward.label)


@blueprint.post("/steward/leave")
@steward_required
def leave() -> ResponseReturnValue:
    """Forget the link on this device."""
    session.pop(STEWARD_KEY, None)
    return render_template("steward/left.html")
