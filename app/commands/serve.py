"""`roundabout serve`, `web`, `worker`, `tick`, `migrate`: run the installation or a part of it."""

from __future__ import annotations

import logging
import os
import shlex
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import click
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from app import schema
from app.db import make_engine
from app.enums import Mode
from app.errors import BadConfig, MentoringError
from app.jobs import presence, ticker, web
from app.jobs import serve as parts
from app.jobs.queue import consume, make_queue
from app.jobs.runtime import make_runtime
from app.jobs.tasks import beat, register
from app.mail.message import BadAddress, check_address
from app.mail.outgoing import make_transport
from app.services import backups
from config import Config, ensure_secret

READY_WITHIN_S = 300.0


class NotMigrated(MentoringError):
    """The database has not been brought to this version: run `roundabout migrate`."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (default 8321).")
@click.option("--data", type=click.Path(), help="Folder for the database and the mail outbox.")
def serve(port: int | None, data: str | None) -> None:
    """Run web server, worker and ticker until Ctrl-C."""
    environ = environ_with(port=port, data=data)
    settings = Config.from_env(environ)
    web.check_port(settings.host, settings.port)
    prepare(settings)
    raise SystemExit(run_all(settings, environ, greeting(settings)))


@click.command("web")
def web_part() -> None:
    """Run the web server alone."""
    from app.factory import create_app  # noqa: PLC0415 -- slow import

    settings = part_settings()
    stopped = parts.stop_event()
    with presence.together(settings.data):
        queue = make_queue(settings)
        tasks = register(queue, make_runtime(settings))
        app = create_app(settings, wake=tasks.run_plan)
        web.settle()
        web.run(app, settings.host, settings.port, stopped)


@click.command()
def worker() -> None:
    """Run the worker alone: it plans and sends mail."""
    settings = part_settings()
    stopped = parts.stop_event()
    with presence.together(settings.data):
        queue = make_queue(settings)
        runtime = make_runtime(settings)
        register(queue, runtime)
        consume(queue, stopped, partial(beat, runtime))


@click.command()
def tick() -> None:
    """Run the ticker alone: it wakes the worker when something is due."""
    settings = part_settings()
    stopped = parts.stop_event()
    with presence.together(settings.data):
        queue = make_queue(settings)
        runtime = make_runtime(settings)
        ticker.run(queue, register(queue, runtime), runtime, stopped)


@click.command()
@click.option("--data", type=click.Path(), help="Folder of the database.")
def migrate(data: str | None) -> None:
    """Bring the database to this version's schema."""
    settings = Config.from_env(environ_with(data=data))
    prepare(settings)
    click.echo(f"The database is at schema {schema.head()}.")


def environ_with(*, port: int | None = None, data: str | None = None) -> dict[str, str]:
    """Return the environment with a command's options laid over it."""
    changes = {"ROUNDABOUT_PORT": port, "ROUNDABOUT_DATA": data}
    return dict(os.environ) | {k: str(v) for k, v in changes.items() if v is not None}


def prepare(settings: Config) -> None:
    """Make the data folder, its key and its tables, or bring them up to date."""
    _check_mail(settings)
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        msg = f"{settings.data}: cannot be used as a data folder ({error.strerror})"
        raise MentoringError(msg) from error
    if not settings.secret_key:
        ensure_secret(settings.data)
    with presence.together(settings.data):
        _bring_up_to_date(settings)
        make_queue(settings, create_tables=True)


def _bring_up_to_date(settings: Config) -> None:
    """Run the missing schema steps, on a SQLite file with a copy of it kept beside it."""
    engine = open_database(settings.database_url)
    try:
        with _in_one_line("the database cannot be opened"), engine.connect() as connection:
            schema.check_not_newer(connection)
            found = schema.current(connection)
        if found not in {None, schema.head()}:
            now = datetime.now(UTC)
            kept = backups.keep_before_upgrade(settings, schema_now=str(found), now=now)
            if kept is not None:
                click.echo(f"The database as it was before this upgrade is kept: {kept}")
        with _in_one_line("nothing was changed; stop what uses the database, then try again"):
            schema.upgrade(engine)
    finally:
        engine.dispose()


@contextmanager
def _in_one_line(what: str) -> Iterator[None]:
    """Say what the database said in one line, without a trace of ours."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        msg = f"{what}: {reason}"
        raise MentoringError(msg) from error


def open_database(url: str) -> Engine:
    """Return an engine; a wrong address or a missing driver is one clear line."""
    try:
        return make_engine(url)
    except ModuleNotFoundError as error:
        extra = "'roundabout-mentoring[postgres]'"
        msg = f"PostgreSQL needs the package {error.name}: pip install {extra}"
        raise MentoringError(msg) from error
    except ArgumentError as error:
        msg = "ROUNDABOUT_DATABASE_URL: expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        raise MentoringError(msg) from error


def _check_mail(settings: Config) -> None:
    """Refuse now what would otherwise fail with the first mail."""
    make_transport(settings)
    try:
        check_address(settings.mail_from)
    except BadAddress as error:
        msg = f"ROUNDABOUT_MAIL_FROM: {error.message}"
        raise BadConfig(msg) from error


def part_settings() -> Config:
    """Return the configuration for one part, started on a database that is ready."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    for name in ("alembic", "huey"):
        logging.getLogger(name).setLevel(logging.WARNING)
    settings = Config.from_env(os.environ)
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        schema.check_not_newer(connection)
        if schema.current(connection) != schema.head():
            raise NotMigrated
    engine.dispose()
    return settings


def run_all(settings: Config, environ: Mapping[str, str], text: str) -> int:
    """Run all parts; print ``text`` once the web server answers."""
    stopped = parts.stop_event()

    def greet() -> None:
        if wait_until_ready(settings):
            click.echo(text)

    return parts.serve(dict(environ), stopped, greet)


def wait_until_ready(settings: Config) -> bool:
    """Return whether the web server answers within five minutes; it knows one name only."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    request = urllib.request.Request(
        f"http://{host}:{settings.port}/health",
        headers={"Host": urlsplit(settings.base_url).netloc},
    )
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 -- our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False


def greeting(settings: Config) -> str:
    """Return what the organiser reads when it runs; the hint fits folder and port."""
    lines = [f"Roundabout runs at {settings.base_url}  (Ctrl-C stops it)"]
    if settings.mode is not Mode.SERVER and not settings.sends_mail:
        lines.append("Mail is not being sent: it goes to the local outbox page. Set SMTP to send.")
    if not settings.is_https and not settings.is_loopback:
        lines.append(
            f"Careful: {settings.host} is open to the network without https, so passwords and "
            "personal links can be listened to. The README says how to put it on a server."
        )
    invite = ["roundabout", "invite-owner", "you@example.org", "--organisation", "Your society"]
    usual = Config.from_env({})
    if settings.data != usual.data:
        invite += ["--data", str(settings.data)]
    if settings.port != usual.port:
        invite += ["--port", str(settings.port)]
    lines.append(
        f"First time here? This makes your account, in another window:\n  {shlex.join(invite)}"
    )
    return "\n".join(lines)
