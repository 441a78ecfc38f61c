"""Calendar files and feeds, behind personal links; nothing here changes anything."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import link_page
from app.enums import LinkPurpose
from app.queries import calendar
from app.services import access

blueprint = Blueprint("calendar", __name__)
CALENDAR = "text/calendar; charset=utf-8"


@blueprint.get("/me/<token>/invite.ics")
@link_page
def person_ics(token: str) -> ResponseReturnValue:
    """Give the person's entry as a file to import."""
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=context.now())
        content = calendar.person_file(session, person_id, settings=context.settings())
    response = Response(content, content_type=CALENDAR)
    response.headers["Content-Disposition"] = 'attachment; filename="invite.ics"'
    return response


@blueprint.get("/feed/<token>.ics")
@link_page
def feed(token: str) -> ResponseReturnValue:
    """Give the person's rounds; 304 while nothing changed.

    No Last-Modified: it would have to go back when an entry goes, and the ETag says it all.
    """
    with context.read_session() as session:
        link = access.resolve(
            session, token, LinkPurpose.FEED, key=context.key(), now=context.now()
        )
        content = calendar.person_feed(
            session, link.person_id, settings=context.settings(), now=context.now()
        ).content
    response = Response(content, content_type=CALENDAR)
    response.set_etag(sha256(content).hexdigest())
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="rounds.ics"'
    return response.make_conditional(request)
