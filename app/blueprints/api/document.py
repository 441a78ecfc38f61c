"""The OpenAPI document, made from what the views declare, and where it is served."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, current_app, json
from flask_smorest import Api

from app.blueprints.api import events, plans, roster, schedules, sign_ups
from app.blueprints.api.answered import Problem
from app.blueprints.api.base import PREFIX, ROW, RowConverter, blueprint
from app.blueprints.api.problems import MEDIA_TYPE

__all__ = ["blueprint", "document", "events", "plans", "roster", "schedules", "sign_ups", "wire"]

EXTENSION = "roundabout-api"
TITLE = "Roundabout"
ABOUT = (
    "Events, sign-ups, rosters, plans and schedules of one organisation. Send the header "
    "Authorization: Bearer with a key; owners make keys at /api-access. A key may ask 600 times a "
    "minute. Times are RFC 3339 with their offset, on the clock of the event's zone. Lists come in "
    "pages: next_cursor brings the next one. Errors are problem documents (RFC 9457)."
)


class RoundaboutApi(Api):  # type: ignore[misc]
    """Documents our own errors, and leaves answering them to the table that every page uses."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave it to app/blueprints/errors.py."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            if status >= 400:
                self.spec.components.response(status.name, _problem(status), lazy=True)


def wire(app: Flask) -> None:
    """Register the API and make its document once."""
    app.config.update(API_TITLE=TITLE, API_VERSION="1.0.0", OPENAPI_VERSION="3.1.0")
    api = RoundaboutApi(
        app, spec_kwargs={"info": {"description": ABOUT}, "servers": [{"url": "/"}]}
    )
    app.url_map.converters[ROW] = RowConverter
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    api.register_blueprint(blueprint)
    found = api.spec.to_dict()
    found["security"] = [{"key": []}]
    found["tags"] = [tag for tag in TAGS if tag]
    found["paths"][f"{PREFIX}/openapi.json"] = {"get": _OWN}
    app.extensions[EXTENSION] = found


def document() -> dict[str, Any]:
    """Return the document of the current application."""
    return cast("dict[str, Any]", current_app.extensions[EXTENSION])


def serve() -> Response:
    """Return the document as it is served."""
    return Response(json.dumps(document(), indent=1, sort_keys=False), mimetype="application/json")


def _problem(status: HTTPStatus) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": status.phrase,
        "content": {MEDIA_TYPE: {"schema": Problem}},
    }
    if status in {429, 503}:
        found["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait.",
                "required": True,
                "schema": {"type": "integer"},
            }
        }
    if status == 401:
        found["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    return found


TAGS = (
    {"name": "events", "description": "What takes place, with its agenda and its form."},
    {"name": "sign-ups", "description": "Who asked for a place."},
    {"name": "roster", "description": "Who has a place, as any organiser may read it."},
    {"name": "plans", "description": "What the planner was asked, and what it answered."},
    {"name": "schedules", "description": "What was published, version by version."},
    {"name": "about", "description": "This document."},
)
_OWN = {
    "operationId": "openapi_document",
    "summary": "This document",
    "tags": ["about"],
    "security": [],
    "responses": {
        "200": {
            "description": "OK",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
}
