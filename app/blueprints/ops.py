"""Whether the installation is alive."""

from __future__ import annotations

from flask import Blueprint, Response

from app.blueprints.guards import public_page

blueprint = Blueprint("ops", __name__)


@blueprint.get("/health")
@public_page
def health() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/robots.txt")
@public_page
def robots() -> Response:
    """Keep crawlers to the public pages."""
    text = "User-agent: *\nAllow: /e/\nDisallow: /\n"
    return Response(text, mimetype="text/plain")
