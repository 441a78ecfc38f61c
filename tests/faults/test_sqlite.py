"""SQLite locked, full or read-only: a readable 503, nothing half-written, well again by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app.db import sqlite_module, unit_of_work
from app.errors import Busy
from app.models import Lease
from config import Config
from tests.faults.conftest import Place, Pragma

NO_LIMIT = "max_page_count=1073741823"


@contextmanager
def locked(settings: Config) -> Iterator[None]:
    """Hold the write lock as another program would, with a connection of its own."""
    other = sqlite_module().connect(settings.data / "roundabout.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def is_readable_503(answer: TestResponse, retry_after: str) -> bool:
    return (
        answer.status_code == 503
        and answer.headers["Retry-After"] == retry_after
        and "<h1>Not just now</h1>" in answer.text
        and "Traceback" not in answer.text
        and "sqlite" not in answer.text.lower()
    )


def test_locked_database_is_a_503_and_recovers(sqlite_place: Place, settings: Config) -> None:
    before = sqlite_place.counts()

    with locked(settings):
        answer = sqlite_place.sign_up()

    assert is_readable_503(answer, "5")
    assert sqlite_place.counts() == before
    assert sqlite_place.sign_up().status_code == 303


def test_pages_are_read_while_another_program_writes(sqlite_place: Place, settings: Config) -> None:
    with locked(settings):
        assert sqlite_place.client.get("/e/evening").status_code == 200


def write(place: Place, *, wait_s: float) -> float:
    """Return after how many seconds a writer gave up."""
    begun = time.monotonic()
    with pytest.raises(Busy), unit_of_work(place.factory, wait_s=wait_s) as session:
        session.execute(text("DELETE FROM lease"))
    return time.monotonic() - begun


def test_writer_gives_up_when_its_own_patience_ends(sqlite_place: Place, settings: Config) -> None:
    with locked(settings):
        assert 0.4 <= write(sqlite_place, wait_s=0.4) < 30


def test_full_disk_at_any_page_leaves_nothing_half_written(sqlite_place: Place) -> None:
    """Fail at the first page that is needed, then at the second, until nothing fails."""
    limit = Pragma()
    limit.watch(sqlite_place.engine)
    before = sqlite_place.counts()
    with sqlite_place.engine.connect() as connection:
        used = connection.execute(text("PRAGMA page_count")).scalar() or 0
    refused = 0

    for pages in range(used, used + 40):
        limit.text = f"max_page_count={pages}"
        answer = sqlite_place.sign_up(question="x" * 1_500)
        if answer.status_code == 303:
            break
        refused += 1
        assert is_readable_503(answer, "60")
        assert sqlite_place.counts() == before

    assert refused >= 1
    assert sqlite_place.counts() != before


def test_full_disk_recovers_without_a_restart(sqlite_place: Place) -> None:
    limit = Pragma("max_page_count=1", undo=NO_LIMIT)
    limit.watch(sqlite_place.engine)
    before = sqlite_place.counts()
    statuses = [sqlite_place.sign_up(f"racer{number}").status_code for number in range(30)]

    limit.text = ""

    refused = statuses.count(503)
    assert set(statuses) <= {303, 503}
    assert refused > 0
    assert sqlite_place.counts()[0] == before[0] + len(statuses) - refused
    assert sqlite_place.sign_up("later").status_code == 303


def test_read_only_database_is_a_503_and_recovers(sqlite_place: Place) -> None:
    pragma = Pragma("query_only=1", undo="query_only=0")
    pragma.watch(sqlite_place.engine)
    before = sqlite_place.counts()

    answer = sqlite_place.sign_up()

    assert is_readable_503(answer, "60")
    assert sqlite_place.client.get("/e/evening").status_code == 200
    pragma.text = ""
    assert sqlite_place.counts() == before
    assert sqlite_place.sign_up().status_code == 303


def make_a_mistake(place: Place, now: datetime) -> None:
    with unit_of_work(place.factory) as session:
        session.add(Lease(name="half", owner="us", until=now))
        session.flush()
        session.execute(text("SELECT 1 FROM no_such_table"))


def test_a_mistake_of_ours_is_no_busy_database(sqlite_place: Place, now: datetime) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        make_a_mistake(sqlite_place, now)

    with unit_of_work(sqlite_place.factory, write=False) as session:
        assert session.get(Lease, "half") is None
