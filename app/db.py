"""Engine, sessions, units of work. The only place that opens the database.

SQLite runs in WAL mode with full synchronisation; writers begin with ``BEGIN IMMEDIATE``, because a
deferred transaction that reads and then writes fails at once when another writer came between, and
no busy timeout helps there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from app import liveness, tenancy
from app.errors import Busy, CannotStore, MentoringError
from app.tenancy import Tenant

__all__ = [
    "Base",
    "Session",
    "SessionFactory",
    "UtcDateTime",
    "empty_log",
    "fault_of",
    "make_engine",
    "make_session_factory",
    "sqlite_is_sound",
    "sqlite_module",
    "unit_of_work",
]

SessionFactory = sessionmaker[Session]
BUSY_TIMEOUT_MS = 30_000
LOCK_TIMEOUT_MS = 3_000
"""On PostgreSQL, whose queue of writers is fair."""
STATEMENT_TIMEOUT_MS = 30_000
APPLICATION = "roundabout"
"""Our connections' name on a PostgreSQL server, by which others of us are found."""
LOG_TIMEOUT_MS = 500
_FIXED_SQLITE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""First releases without the WAL-reset bug, newest branch first."""

_writer_lock = threading.Lock()
"""SQLite's own queue of writers is not fair; one lock in the process makes it so."""


class Base(DeclarativeBase):
    """Root of all models; constraint names are fixed so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "Expected an aware datetime."
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 -- SQLAlchemy calls it so
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sqlite_module() -> ModuleType:
    """Return the SQLite driver that this process uses for every file it opens."""
    try:
        import pysqlite3.dbapi2 as module  # noqa: PLC0415 -- optional dependency
    except ImportError:  # pragma: no cover -- the wheel exists for Linux only
        import sqlite3 as module  # noqa: PLC0415 -- optional dependency
    return module  # type: ignore[no-any-return]


def sqlite_is_sound(version: tuple[int, ...]) -> bool:
    """Return whether a SQLite release is free of the WAL-reset bug."""
    if version >= _FIXED_SQLITE[0]:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED_SQLITE[1:])


def make_engine(url: str, *, wait_ms: int | None = None) -> Engine:
    """Return an engine for a SQLite file or a PostgreSQL server, set up to keep its promises.

    ``wait_ms`` is how long a writer waits for its turn before it gives up as `Busy`.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return _make_postgres(url, wait_ms or LOCK_TIMEOUT_MS)
    wait_ms = wait_ms or BUSY_TIMEOUT_MS
    module = sqlite_module()
    engine = create_engine(
        url,
        module=module,
        connect_args={"timeout": wait_ms / 1000, "check_same_thread": False},
        pool_size=20,
        max_overflow=0,
        pool_timeout=wait_ms / 1000,
        hide_parameters=True,  # what people wrote stays out of error messages, and so of logs
        execution_options={"wait_ms": wait_ms},
    )
    journal = "WAL" if sqlite_is_sound(module.sqlite_version_info) else "DELETE"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver never begins a transaction by itself
        for pragma in (
            f"busy_timeout={wait_ms}",
            f"journal_mode={journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={options['wait_ms']}")
        connection.exec_driver_sql(f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}")

    return engine


def _make_postgres(url: str, wait_ms: int) -> Engine:
    settings = f"-c lock_timeout={wait_ms} -c statement_timeout={STATEMENT_TIMEOUT_MS}"
    engine = create_engine(
        url,
        connect_args={
            "options": f"{settings} -c timezone=UTC",
            "application_name": APPLICATION,
            "connect_timeout": 5,
        },
        hide_parameters=True,
        pool_size=16,
        max_overflow=4,
        execution_options={"wait_ms": wait_ms},
    )
    liveness.watch(engine)  # a server that was restarted costs nobody a page
    return engine


def empty_log(engine: Engine) -> bool:
    """Move everything from SQLite's log into its file, and cut the log off: it holds old pages.

    False when somebody was reading just then; the next call does it. PostgreSQL needs none of it.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            return False
        driver.execute(f"PRAGMA busy_timeout={LOG_TIMEOUT_MS}")
        is_busy, _pages, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def make_session_factory(engine: Engine, *, tenant: Tenant | None = None) -> SessionFactory:
    """Return the factory of sessions; rows stay readable after commit.

    Without a tenant, each session has to be given one before it reads a tenant's rows.
    """
    factory = sessionmaker(engine, expire_on_commit=False, info={tenancy.KEY: tenant})
    tenancy.fence(factory, Base)
    return factory


@contextmanager
def unit_of_work(
    factory: SessionFactory,
    *,
    write: bool = True,
    one_by_one: bool = False,
    wait_s: float | None = None,
    tenant: Tenant | None = None,
) -> Iterator[Session]:
    """Open one transaction: committed when the block ends, rolled back when it raises.

    ``tenant`` says whose rows it reads, instead of what the factory was made with. ``one_by_one``
    is for a few small reads: PostgreSQL is not asked to begin and to end around them, where each
    statement sees what is committed just then anyway.

    A database that is locked for longer than ``wait_s``, full, read-only or away raises `Busy` or
    `CannotStore`, with nothing written.
    """
    engine: Engine = factory.kw["bind"]
    serialise = write and engine.dialect.name == "sqlite"
    wait_s = wait_s or engine.get_execution_options()["wait_ms"] / 1000
    until = time.monotonic() + wait_s
    if serialise and not _writer_lock.acquire(timeout=wait_s):
        raise Busy
    try:
        options = _options(engine, until, serialise=serialise, one_by_one=one_by_one and not write)
        with factory(bind=engine.execution_options(**options)) as session, session.begin():
            if tenant is not None:
                session.info[tenancy.KEY] = tenant
            yield session
    except PoolTimeout as error:
        raise Busy from error
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
    finally:
        if serialise:
            _writer_lock.release()


def _options(engine: Engine, until: float, *, serialise: bool, one_by_one: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"sqlite_begin": "IMMEDIATE"} if serialise else {}
    # What is left of the patience, so that nobody waits for both locks one after the other.
    options["wait_ms"] = max(1, round((until - time.monotonic()) * 1000))
    if one_by_one and engine.dialect.name != "sqlite":
        options["isolation_level"] = "AUTOCOMMIT"
    return options


_BUSY_STATES = ("55P03", "57014", "40001", "40P01", "57P", "08", "53")
"""Lock not available, query cancelled, serialisation, deadlock, shutdown, connection, resources."""
_STORE_STATES = ("53100", "25006", "58")
"""Disk full, read-only, input and output."""
_BUSY_WORDS = ("database is locked", "table is locked", "database is busy", "connection failed")
_STORE_WORDS = ("disk is full", "readonly database", "disk i/o error", "unable to open database")


def fault_of(error: DBAPIError) -> MentoringError | None:
    """Return what to tell people when the database was out of reach, None when we asked wrongly."""
    state = getattr(error.orig, "sqlstate", None) or ""
    text = str(error.orig).lower()
    if state.startswith(_STORE_STATES) or any(word in text for word in _STORE_WORDS):
        return CannotStore()
    is_busy = state.startswith(_BUSY_STATES) or any(word in text for word in _BUSY_WORDS)
    return Busy() if is_busy or error.connection_invalidated else None
