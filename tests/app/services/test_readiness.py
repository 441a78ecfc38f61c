from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, text

from app import schema
from app.db import SessionFactory, make_session_factory, unit_of_work
from app.jobs.runtime import Runtime
from app.jobs.tasks import beat
from app.jobs.ticker import tick
from app.models import Lease
from app.services import leases, pauses, readiness
from app.tenancy import UNSCOPED
from config import Config
from tests.app.services.test_outbox import make_message
from tests.conftest import Clock
from tests.fakes import MemoryTransport


@pytest.fixture
def runtime(any_engine: Engine, settings: Config, clock: Clock, key: bytes) -> Runtime:
    """An installation at its schema whose ticker and worker have just been heard."""
    with any_engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        insert = text("INSERT INTO alembic_version VALUES (:head)")
        connection.execute(insert, {"head": schema.head()})
    runtime = Runtime(
        settings=settings,
        session_factory=make_session_factory(any_engine, tenant=UNSCOPED),
        transport=MemoryTransport(),
        key=key,
        clock=clock,
    )
    tick("nothing", lambda: None, runtime, "us")
    beat(runtime)
    return runtime


def faults(runtime: Runtime) -> dict[str, tuple[int | None, str]]:
    found = readiness.read(runtime.session_factory, now=runtime.clock())
    return {
        check.name: (check.seconds, check.remark) for check in found.checks if not check.is_good
    }


def count_leases(factory: SessionFactory) -> int:
    with unit_of_work(factory, write=False) as session:
        return session.scalar(select(func.count()).select_from(Lease)) or 0


def test_everything_holds_and_nothing_is_left_behind(runtime: Runtime) -> None:
    before = count_leases(runtime.session_factory)

    found = readiness.read(runtime.session_factory, now=runtime.clock())

    assert found.is_ready, found
    assert [check.name for check in found.checks] == [
        "database",
        "schema",
        "journal",
        "ticker",
        "worker",
        "mail",
    ]
    assert count_leases(runtime.session_factory) == before


@pytest.mark.parametrize(("seconds", "is_ready"), [(89, True), (90, False)])
def test_ticker_and_worker_are_missed_after_ninety_seconds(
    runtime: Runtime, clock: Clock, seconds: int, *, is_ready: bool
) -> None:
    clock.advance(seconds=seconds)

    late = (seconds, "")
    assert faults(runtime) == ({} if is_ready else {"ticker": late, "worker": late})


def test_parts_that_never_ran_are_missed(runtime: Runtime) -> None:
    with unit_of_work(runtime.session_factory) as session:
        leases.give_back(session, leases.WORKER, owner=leases.WORKER)

    assert faults(runtime) == {"worker": (None, "never seen")}


def test_older_schema_is_not_ready(runtime: Runtime) -> None:
    with unit_of_work(runtime.session_factory) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    assert faults(runtime) == {"schema": (None, "run migrate")}


def test_mail_that_waits_too_long_is_not_ready(
    runtime: Runtime, clock: Clock, now: datetime
) -> None:
    with unit_of_work(runtime.session_factory) as session:
        make_message(session, now=now - timedelta(minutes=14))
    assert faults(runtime) == {}

    clock.advance(minutes=1)
    tick("nothing", lambda: None, runtime, "us")
    beat(runtime)

    assert faults(runtime) == {"mail": (900, "")}


def test_paused_mail_is_told_and_no_fault(runtime: Runtime, now: datetime) -> None:
    with unit_of_work(runtime.session_factory) as session:
        make_message(session, now=now - timedelta(days=1))
        pauses.set(session, pauses.OUTBOX, why="restored.", now=now)

    found = readiness.read(runtime.session_factory, now=now)

    assert found.is_ready
    assert found.checks[-1].remark == "paused"
