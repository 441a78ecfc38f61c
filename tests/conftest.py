"""Fixtures for everything: a frozen clock, a database of its own, no network but loopback."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from app.blueprints.context import EXTENSION, Wiring, wire
from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.models import Base
from app.queries.kept_feeds import FeedCache
from app.tenancy import UNSCOPED
from config import Config

SHARED_POSTGRES = os.environ.get("ROUNDABOUT_TEST_POSTGRES", "")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
POSTGRES = f"{SHARED_POSTGRES}_{WORKER}" if SHARED_POSTGRES and WORKER else SHARED_POSTGRES
"""The database that tests may empty: one for each of the workers that run side by side."""
LONG = (
    "e2e/",
    "faults/",
    "security/",
    "app/jobs/",
    "stateful/",
    "benchmarks/",
    "contracts/",
    "conformance/",
    "api/",
)
"""Where tests take seconds each; elsewhere they take a moment."""
LOOPBACK = ("127.", "::1", "localhost")


os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # processes that tests start compile us once
# The same examples on every machine, however slow it is; other examples are the night's.
hypothesis_settings.register_profile(
    "same everywhere",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("same everywhere")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no worker waits for another's at the end."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: not item.path.relative_to(tests).as_posix().startswith(LONG))


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **step: float) -> None:
        self.at += timedelta(**step)


@pytest.fixture(scope="session", autouse=True)
def own_database() -> None:
    """Make the database of this worker, unless an earlier run left it."""
    if POSTGRES == SHARED_POSTGRES:
        return
    name = make_url(POSTGRES).database
    server = create_engine(SHARED_POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        known = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if connection.scalar(known, {"name": name}) is None:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    server.dispose()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            msg = f"a test tried to reach {address}"
            raise RuntimeError(msg)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def clock() -> Clock:
    """Three days before the events that builders make."""
    return Clock(datetime(2027, 3, 1, 9, 0, tzinfo=UTC))


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.at


@pytest.fixture
def key() -> bytes:
    return b"a key for tests, of 32 characters"


def make_settings(data: Path) -> Config:
    return Config.from_env(
        {
            "ROUNDABOUT_DATA": str(data),
            "ROUNDABOUT_BASE_URL": "http://localhost",
            "ROUNDABOUT_SECRET_KEY": "a key for tests, of 32 characters",
        }
    )


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    return make_settings(tmp_path)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


_first: dict[str, Engine] = {}
"""The first engine of each kind of database: its dialect is what statements are compiled for."""


def remembering(engine: Engine) -> Engine:
    """Return an engine that knows what those before it compiled: most of a short test's work.

    Nothing has to outlast a power cut here. What listens to a dialect would hear all later tests:
    such a test makes an engine of its own.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    first = _first.setdefault(engine.dialect.name, engine)
    if first is engine:
        with engine.connect():  # a dialect asks its database what it can
            return engine
    engine.dialect = engine.pool._dialect = first.dialect  # noqa: SLF001 -- as create_engine does
    engine._compiled_cache = first._compiled_cache  # noqa: SLF001 -- is found by that dialect
    return engine


@pytest.fixture
def engine(settings: Config, empty_database: Path) -> Iterator[Engine]:
    """Return a SQLite file with all tables, in WAL mode as in real life."""
    shutil.copyfile(empty_database, settings.data / "roundabout.sqlite")
    engine = remembering(make_engine(settings.database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def postgres() -> Iterator[Engine]:
    """Return an empty PostgreSQL database with all tables."""
    if not POSTGRES:
        pytest.skip("needs PostgreSQL: set ROUNDABOUT_TEST_POSTGRES to its address")
    engine = remembering(make_engine(POSTGRES))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Return each of the two databases in turn."""
    found: Engine = request.getfixturevalue("engine" if request.param == "sqlite" else "postgres")
    return found


@pytest.fixture
def session_factory(engine: Engine) -> SessionFactory:
    return make_session_factory(engine, tenant=UNSCOPED)


@pytest.fixture
def session(session_factory: SessionFactory) -> Iterator[Session]:
    """Return a session in a transaction that is committed at the end of the test.

    It holds the writers' lock: a test that also sends requests opens its own units of work.
    """
    with unit_of_work(session_factory) as session:
        yield session


@pytest.fixture(scope="session")
def built_app(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> tuple[Flask, Wiring, dict[str, Any]]:
    """Return an application with its wiring and its configuration as they were made.

    Building one takes longer than most tests: it is built once and wired anew for each test.
    """
    from app.factory import create_app  # noqa: PLC0415 -- slow import

    engine = make_engine(f"sqlite:///{empty_database}")
    app = create_app(make_settings(tmp_path_factory.mktemp("app")), engine=engine)
    engine.dispose()
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app, app.extensions[EXTENSION], dict(app.config)


@pytest.fixture
def app(
    built_app: tuple[Flask, Wiring, dict[str, Any]],
    settings: Config,
    session_factory: SessionFactory,
    clock: Callable[[], datetime],
) -> Flask:
    app, wiring, configuration = built_app
    app.config.clear()
    app.config.update(configuration)
    wire(
        app,
        replace(
            wiring,
            settings=settings,
            session_factory=session_factory,
            clock=clock,
            feeds=FeedCache(),
        ),
    )
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
