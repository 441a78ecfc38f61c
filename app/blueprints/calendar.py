"""Calendar files and feeds; nothing here changes anything."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import link_page
from app.enums import LinkPurpose
from app.queries import agenda, calendar, kept_feeds
from app.services import access, feeds

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
    """Give the person's rounds; 304 while nothing changed."""
    now = context.now()
    with context.read_session(one_by_one=True) as session:
        link = access.resolve(session, token, LinkPurpose.FEED, key=context.key(), now=now)
        found = kept_feeds.of_person(
            session,
            link.person_id,
            settings=context.settings(),
            now=now,
            cache=context.feeds(),
        )
    return give_feed(found, "rounds.ics")


@blueprint.get("/agenda/<token>.ics")
@link_page
def organisation(token: str) -> ResponseReturnValue:
    """Give an organiser all events of their organisation."""
    with context.read_session(one_by_one=True) as session:
        found = agenda.of_organisation(
            session,
            feeds.resolve(session, token, key=context.key()),
            settings=context.settings(),
            now=context.now(),
            cache=context.feeds(),
        )
    return give_feed(found, "events.ics")


def give_feed(found: kept_feeds.Kept, name: str, *, reach: str = "private") -> Response:
    """Return a feed, or 304 to who has it.

    No Last-Modified: it would have to go back when an entry goes, and the ETag says it all.
    """
    response = Response(found.content, content_type=CALENDAR)
    response.set_etag(found.etag)
    response.headers["Cache-Control"] = f"{reach}, no-cache"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.make_conditional(request)
    return response
