"""How a participant gets their rounds into their calendar: the invite or the feed, not both."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.feed_addresses import addresses
from app.blueprints.guards import link_page
from app.enums import LinkPurpose
from app.queries.participant import my_page
from app.services import access

blueprint = Blueprint("my_calendar", __name__)


@blueprint.get("/me/<token>/calendar", endpoint="page")
@link_page
def show(token: str) -> ResponseReturnValue:
    now, key = context.now(), context.key()
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=key, now=now)
        page = my_page(session, person_id, now=now)
        feed = access.existing_token(session, person_id, LinkPurpose.FEED, key=key)
    found = addresses("calendar.feed", page.event_name, token=feed) if feed else None
    return render_template("participant/calendar.html", page=page, token=token, feed=found)


@blueprint.post("/me/<token>/calendar")
@link_page
def renew(token: str) -> ResponseReturnValue:
    """Give the feed a new address; the old one, if there was one, opens nothing any more."""
    now, key = context.now(), context.key()
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=key, now=now)
        access.renew(session, person_id, LinkPurpose.FEED, key=key, now=now)
    return redirect(url_for("my_calendar.page", token=token), 303)
