"""Events: listed, read, made from a preset, opened and closed for sign-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import Response, g, json, request
from werkzeug.datastructures import ETags

from app.blueprints import context
from app.blueprints.api.answered import EventFull, EventList
from app.blueprints.api.asked import EventChange, NewEvent, PageQuery
from app.blueprints.api.base import ROW, operation
from app.blueprints.api.reading import asked, own_event
from app.enums import Role
from app.errors import InvalidInput, NoTag, OldTag
from app.queries.api import events as read
from app.queries.api.paging import PageOf
from app.services import addresses, events, presets, zones
from app.services.presets import Preset

ONE = f"/events/<{ROW}:event_id>"
_NOT_ASKED = "no number, as this preset has no such role"
_ETAG = {"ETag": {"required": True, "schema": {"type": "string"}}}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the event as you read it.",
    "schema": {"type": "string", "minLength": 1},
}


@operation("GET", "/events", tag="events", answers=EventList, query=PageQuery)
def list_events(query: Mapping[str, Any]) -> PageOf[read.EventRow]:
    """List the events."""
    with context.read_session() as session:
        return read.rows(session, g.api.organisation_id, asked(query))


@operation("POST", "/events", tag="events", answers=EventFull, status=201, body=NewEvent)
def create_event(body: Mapping[str, Any]) -> read.EventPage:
    """Make an event from a preset.

    It begins as a draft; nobody can sign up before it is opened.
    """
    now = context.now()
    _check_times(body, now)
    preset = presets.get(body["preset"])
    with context.write_session() as session:
        made = events.create_from_preset(
            session,
            organisation_id=g.api.organisation_id,
            preset=preset,
            name=body["name"],
            starts_at=body["starts_at"],
            zone=body["zone"],
            venue=body["venue"],
            contact_email=_contact(body["contact_email"]),
            signup_closes_at=body["sign_up_closes_at"],
            confirms_address=body["confirms_address"],
            capacities=_places(body["places"] or {}, preset),
            now=now,
            actor=g.api.actor,
        )
        return read.page(session, g.api.organisation_id, made.id)


@operation("GET", ONE, tag="events", answers=EventFull, headers=_ETAG)
def get_event(event_id: int) -> Response:
    """Read an event with its agenda and what its form asks."""
    with context.read_session() as session:
        return _tagged(read.page(session, g.api.organisation_id, event_id))


@operation(
    "PATCH",
    ONE,
    tag="events",
    answers=EventFull,
    body=EventChange,
    problems=(409, 412, 428),
    headers=_ETAG,
    documented={"parameters": [_IF_MATCH]},
)
def change_event(body: Mapping[str, Any], event_id: int) -> Response:
    """Open or close an event for sign-up.

    If-Match names the version you have seen; it is refused when somebody changed it since.
    """
    with context.write_session() as session:
        event = own_event(session, event_id)
        _check_tag(read.page(session, g.api.organisation_id, event_id))
        change = events.open_signup if body["sign_up"] == "open" else events.close_signup
        change(session, event, now=context.now(), actor=g.api.actor)
        return _tagged(read.page(session, g.api.organisation_id, event_id))


def _check_times(body: Mapping[str, Any], now: datetime) -> None:
    zones.zone_of(body["zone"])
    closes = body["sign_up_closes_at"]
    if body["starts_at"] <= now:
        raise InvalidInput({"starts_at": "a time that is still to come"})
    if closes is not None and not now < closes <= body["starts_at"]:
        raise InvalidInput({"sign_up_closes_at": "a time to come, before the event begins"})


def _places(said: Mapping[str, int | None], preset: Preset) -> dict[Role, int | None]:
    """Return how many of each role: as was said, else as in the preset."""
    known = {Role(role): number for role, number in said.items()}
    unasked = {f"places/{role}": _NOT_ASKED for role in known if role not in preset.capacities}
    if unasked:
        raise InvalidInput(unasked)
    return {role: known.get(role, usual) for role, usual in preset.capacities.items()}


def _contact(text: str) -> str:
    if not text:
        return ""
    try:
        return addresses.clean_address(text)
    except InvalidInput as error:
        raise InvalidInput({"contact_email": addresses.ADVICE}) from error


def _tagged(page: read.EventPage) -> Response:
    response = Response(json.dumps(EventFull().dump(page)), mimetype="application/json")
    response.set_etag(_tag(page))
    return response


def _tag(page: read.EventPage) -> str:
    return sha256(json.dumps(EventFull().dump(page)).encode()).hexdigest()[:20]


def _check_tag(page: read.EventPage) -> None:
    wanted: ETags = request.if_match
    if not request.headers.get("If-Match", "").strip():
        raise NoTag
    if not wanted.contains(_tag(page)):
        raise OldTag
