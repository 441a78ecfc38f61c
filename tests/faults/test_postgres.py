"""PostgreSQL locked, slow or restarted: a readable 503, nothing half-written, well by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Connection, create_engine, text

from app.db import unit_of_work
from app.errors import Busy, CannotStore
from app.models import Lease
from tests.conftest import POSTGRES
from tests.faults.conftest import Place

pytestmark = pytest.mark.postgres


@pytest.fixture
def other() -> Iterator[Connection]:
    """Return a connection of another program, which waits for nothing."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def end_all_connections(other: Connection) -> int:
    """End the application's connections as a restart of the server does."""
    ended = other.execute(
        text(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'roundabout'"
        )
    )
    return len(ended.all())


def test_locked_event_is_a_503_and_recovers(postgres_place: Place, other: Connection) -> None:
    before = postgres_place.counts()
    other.execute(text("BEGIN"))
    other.execute(text("SELECT id FROM event FOR UPDATE"))

    answer = postgres_place.sign_up()

    other.execute(text("ROLLBACK"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing was lost; try again in a moment." in answer.text
    assert postgres_place.counts() == before
    assert postgres_place.sign_up().status_code == 303


def test_restarted_server_costs_nobody_a_page(postgres_place: Place, other: Connection) -> None:
    assert postgres_place.client.get("/e/evening").status_code == 200

    assert end_all_connections(other) >= 1

    assert postgres_place.sign_up().status_code == 303


def last_asked(other: Connection) -> list[datetime]:
    """Return when each of the application's connections was asked something last."""
    asked = text(
        "SELECT query_start FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name = 'roundabout' ORDER BY pid"
    )
    return list(other.scalars(asked))


def test_connection_that_is_well_is_handed_out_unasked(
    postgres_place: Place, other: Connection
) -> None:
    assert not has_half(postgres_place)
    before = last_asked(other)

    with postgres_place.factory.kw["bind"].connect():
        pass

    assert len(before) >= 1
    assert last_asked(other) == before


def keep_half(place: Place, *statements: str, now: datetime) -> None:
    """Write a row, then do what cannot end well, in one transaction."""
    with unit_of_work(place.factory) as session:
        session.execute(text(statements[0]))
        session.add(Lease(name="half", owner="us", until=now))
        session.flush()
        for statement in statements[1:]:
            session.execute(text(statement))


def has_half(place: Place) -> bool:
    with unit_of_work(place.factory) as session:
        return session.get(Lease, "half") is not None


def test_restart_in_the_middle_keeps_nothing_of_it(postgres_place: Place, now: datetime) -> None:
    with pytest.raises(Busy):
        keep_half(
            postgres_place, "SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())", now=now
        )

    assert not has_half(postgres_place)


def test_statement_that_takes_too_long_is_busy(postgres_place: Place, now: datetime) -> None:
    with pytest.raises(Busy):
        keep_half(postgres_place, "SET LOCAL statement_timeout = 50", "SELECT pg_sleep(2)", now=now)

    assert not has_half(postgres_place)


def test_read_only_database_cannot_store(postgres_place: Place, now: datetime) -> None:
    with pytest.raises(CannotStore):
        keep_half(postgres_place, "SET TRANSACTION READ ONLY", now=now)

    assert not has_half(postgres_place)
