"""`create_app`: the one place that wires everything."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from app import schema
from app.blueprints import access_log, context, errors, headers, hooks, intake
from app.blueprints.api import document
from app.db import make_engine, make_session_factory
from app.enums import Mode
from config import Config, ServerKey, server_key

MAX_BODY = 1_000_000
MAX_FORM = 200_000
"""Bytes of typed text in one form; the longest of ours take a tenth of it."""
_BLUEPRINTS = (
    "ops",
    "public",
    "participant",
    "my_data",
    "calendar",
    "hooks",
    "my_calendar",
    "agenda",
    "api_docs",
    "unsubscribe",
    "help",
    "steward",
    "organiser.account",
    "organiser.mine",
    "organiser.own_feed",
    "organiser.password",
    "organiser.team",
    "organiser.stations",
    "organiser.stewards",
    "organiser.api_tokens",
    "organiser.keep_apart",
    "organiser.events",
    "organiser.cancelling",
    "organiser.roster",
    "organiser.roster_people",
    "organiser.roster_merge",
    "organiser.roster_export",
    "organiser.roster_import",
    "organiser.erasing",
    "organiser.approvals",
    "organiser.sign_up",
    "organiser.questions",
    "organiser.plans",
    "organiser.plan_edit",
    "organiser.plan_tries",
    "organiser.plan_compare",
    "organiser.plan_people",
    "organiser.plan_exchange",
    "organiser.numbers",
    "organiser.publish",
    "organiser.versions",
    "organiser.outbox",
    "organiser.mail",
    "organiser.mail_event",
    "organiser.mail_in",
    "organiser.messages",
    "organiser.reminders",
    "organiser.video_tables",
    "organiser.agenda_desk",
    "organiser.agenda_closing",
    "organiser.agenda_tables",
    "organiser.setup",
    "organiser.setup_lists",
    "organiser.paper",
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
    key = server_key(settings)
    _configure(app, settings, key)
    engine = engine or make_engine(settings.database_url)
    with engine.connect() as connection:
        schema.check_not_newer(connection)
    context.wire(
        app,
        context.Wiring(
            settings=settings,
            session_factory=make_session_factory(engine),
            clock=clock or _utc_now,
            key=key,
            wake=wake or _nobody,
        ),
    )
    intake.wire(app)
    forgery = CSRFProtect(app)
    for machines in (hooks.blueprint, document.blueprint):
        forgery.exempt(machines)  # no browser, no cookie: a token in a header
    _register_pages(app)
    document.wire(app)
    errors.register(app)
    headers.wire(app, settings)
    if settings.mode is Mode.SERVER:
        access_log.wire(app)
    if settings.proxy_count:
        count = settings.proxy_count
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app


def _register_pages(app: Flask) -> None:
    """Register each blueprint once; several modules may share one."""
    found = (import_module(f"app.blueprints.{name}").blueprint for name in _BLUEPRINTS)
    for blueprint in {id(one): one for one in found}.values():
        app.register_blueprint(blueprint)


def _configure(app: Flask, settings: Config, key: ServerKey) -> None:
    if app.debug and not settings.is_loopback:
        msg = "debug mode runs on the loopback address only"
        raise RuntimeError(msg)
    host = urlsplit(settings.base_url).hostname or ""
    hosts = [host] if settings.mode is Mode.SERVER else [host, "localhost", "127.0.0.1", "[::1]"]
    app.config.update(
        SECRET_KEY=bytes(key),
        SECRET_KEY_FALLBACKS=list(key.older),
        TRUSTED_HOSTS=hosts,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_FORM,
        MAX_FORM_PARTS=200,
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
    app.jinja_env.globals["sends_mail"] = settings.sends_mail
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody(_run_id: int) -> None:
    """Wake nobody: the ticker will find the plan run."""
