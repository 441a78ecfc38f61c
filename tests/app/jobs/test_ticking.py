from __future__ import annotations

import logging

import pytest

from app.db import SessionFactory
from app.errors import Busy
from app.jobs.runtime import Runtime
from app.jobs.ticker import tick
from config import Config
from tests.conftest import Clock
from tests.fakes import MemoryTransport


@pytest.fixture
def runtime(settings: Config, session_factory: SessionFactory, clock: Clock, key: bytes) -> Runtime:
    return Runtime(
        settings=settings,
        session_factory=session_factory,
        transport=MemoryTransport(),
        key=key,
        clock=clock,
    )


def is_busy() -> None:
    raise Busy


def is_broken() -> None:
    msg = "no such column"
    raise LookupError(msg)


def test_a_database_that_is_busy_is_one_line_and_no_fault(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert tick("remind", is_busy, runtime, "us") is False

    [record] = caplog.records
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert record.getMessage() == f"tick remind waits for the next one: {Busy().message}"


def test_a_fault_is_told_with_its_place_and_the_clock_goes_on(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert tick("remind", is_broken, runtime, "us") is False

    [record] = caplog.records
    assert (record.levelname, record.exc_info is not None) == ("ERROR", True)
    assert tick("remind", lambda: None, runtime, "us") is True
