"""Whether the installation is alive."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import public_page
from app.errors import NotFound
from app.services import readiness
from config import NO_ADDRESS

blueprint = Blueprint("ops", __name__)


@blueprint.get("/health")
@public_page
def health() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/ready")
@public_page
def ready() -> ResponseReturnValue:
    """Say whether the installation can do its work; 503 when a part of it cannot."""
    found = readiness.read(context.wiring().session_factory, now=context.now())
    checks = {
        check.name: {"ok": check.is_good}
        | ({} if check.seconds is None else {"seconds": check.seconds})
        | ({"remark": check.remark} if check.remark else {})
        for check in found.checks
    }
    return jsonify(ready=found.is_ready, checks=checks), 200 if found.is_ready else 503


@blueprint.get("/.well-known/security.txt")
@public_page
def security() -> Response:
    """Say to whom a weakness is reported (RFC 9116)."""
    settings = context.settings()
    if settings.mail_from == NO_ADDRESS:
        raise NotFound
    expires = context.now() + timedelta(days=180)
    text = (
        f"Contact: mailto:{settings.mail_from}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: en\n"
        f"Canonical: {settings.base_url}/.well-known/security.txt\n"
    )
    return Response(text, mimetype="text/plain")


@blueprint.get("/robots.txt")
@public_page
def robots() -> Response:
    """Keep crawlers to the public pages."""
    text = "User-agent: *\nAllow: /e/\nDisallow: /\n"
    return Response(text, mimetype="text/plain")
