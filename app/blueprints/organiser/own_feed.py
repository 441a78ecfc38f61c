"""All events of an organisation in an organiser's own calendar."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.feed_addresses import addresses
from app.blueprints.guards import organiser_required
from app.services import feeds

blueprint = Blueprint("own_feed", __name__)


@blueprint.get("/account/calendar")
@organiser_required
def page() -> ResponseReturnValue:
    with context.read_session() as session:
        token = feeds.existing_token(session, g.organiser.id, key=context.key())
    found = addresses("calendar.organisation", "Mentoring events", token=token) if token else None
    return render_template("organiser/calendar.html", feed=found)


@blueprint.post("/account/calendar")
@organiser_required
def renew() -> ResponseReturnValue:
    """Make an address, or a new one in place of the old, which opens nothing any more."""
    me, now, key = g.organiser, context.now(), context.key()
    with context.write_session() as session:
        feeds.renew(session, me.id, me.organisation_id, key=key, now=now)
    flash("Your feed has a new address.")
    return redirect(url_for("own_feed.page"), 303)
