"""`create_app`: the one place that wires everything."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from app import schema
from app.blueprints import context, errors, intake
from app.db import make_engine, make_session_factory
from app.enums import Mode
from config import Config, ensure_secret

MAX_BODY = 1_000_000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_TOKEN_PATHS = ("/me/", "/c/", "/feed/", "/welcome/", "/reset/", "/s/")
_BLUEPRINTS = (
    "ops",
    "public",
    "participant",
    "calendar",
    "organiser.account",
    "organiser.mine",
    "organiser.password",
    "organiser.team",
    "organiser.events",
    "organiser.roster",
    "organiser.approvals",
    "organiser.sign_up",
    "organiser.questions",
    "organiser.plans",
    "organiser.publish",
    "organiser.outbox",
    "organiser.mail",
)


def create_app(
    settings: Config,
    *,
    engine: Engine | None = None,
    clock: Callable[[], datetime] | None = None,
    wake: Callable[[int], None] | None = None,
) -> Flask:
    """Return the web application for a configuration."""
    app = Flask("app", static_folder="static", template_folder="templates")
    secret = settings.secret_key or ensure_secret(settings.data)
    _configure(app, settings, secret)
    engine = engine or make_engine(settings.database_url)
    with engine.connect() as connection:
        schema.check_not_newer(connection)
    context.wire(
        app,
        context.Wiring(
            settings=settings,
            session_factory=make_session_factory(engine),
            clock=clock or _utc_now,
            key=secret.encode(),
            wake=wake or _nobody,
        ),
    )
    intake.wire(app)
    CSRFProtect(app)
    for blueprint in {
        id(found): found
        for found in (import_module(f"app.blueprints.{name}").blueprint for name in _BLUEPRINTS)
    }.values():
        app.register_blueprint(blueprint)
    errors.register(app)
    app.after_request(_protect)
    if settings.proxy_count:
        count = settings.proxy_count
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app


def _configure(app: Flask, settings: Config, secret: str) -> None:
    if app.debug and settings.host not in {"127.0.0.1", "::1", "localhost"}:
        msg = "debug mode runs on the loopback address only"
        raise RuntimeError(msg)
    host = urlsplit(settings.base_url).hostname or ""
    hosts = [host] if settings.mode is Mode.SERVER else [host, "localhost", "127.0.0.1", "[::1]"]
    app.config.update(
        SECRET_KEY=secret,
        TRUSTED_HOSTS=hosts,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=400,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=7),
        WTF_CSRF_TIME_LIMIT=None,  # a form may stand open overnight; the session bounds it
        WTF_CSRF_SSL_STRICT=False,  # SameSite and the token do it; no-referrer pages send none
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=30),
    )
    app.jinja_env.globals["version_tag"] = secrets.token_hex(4)
    app.jinja_env.globals["mode"] = settings.mode
    app.jinja_env.globals["sends_mail"] = settings.smtp_url is not None
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(_TOKEN_PATHS):
        response.headers["Referrer-Policy"] = "no-referrer"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
        if not request.path.startswith("/e/"):
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody(_run_id: int) -> None:
    """Wake nobody: the ticker will find the plan run."""
