"""Random evenings against a model: few here, in full figures by night."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, text

from app.models import Base
from config import Config
from tests.conftest import POSTGRES, Clock
from tests.stateful.machine import Evenings
from tests.stateful.world import World

KEY = b"a key for tests, of 32 characters"
MakeWorld = Callable[[Clock], World]

PLAIN = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
NIGHT = settings(
    PLAIN,
    max_examples=200,
    stateful_step_count=50,
    derandomize=False,
    print_blob=True,
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def make_world(
    request: pytest.FixtureRequest, settings: Config, empty_database: Path
) -> Iterator[MakeWorld]:
    """Return what empties a database of each kind; its engine stays, with what it compiled."""
    is_file = request.param == "sqlite"
    engine: Engine = request.getfixturevalue("engine" if is_file else "postgres")
    url = settings.database_url if is_file else POSTGRES

    def make(clock: Clock) -> World:
        if is_file:
            shutil.copyfile(empty_database, settings.data / "roundabout.sqlite")
        else:
            delete_rows(engine)
        return World(url, engine, clock, settings, KEY)

    yield make
    engine.dispose()


def delete_rows(engine: Engine) -> None:
    """Delete all rows and count ids from 1 again."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def test_6_evenings_of_25_steps(make_world: MakeWorld) -> None:
    run_state_machine_as_test(lambda: Evenings(make_world), settings=PLAIN)


@pytest.mark.night
@pytest.mark.timeout(3600)
def test_200_evenings_of_50_steps(make_world: MakeWorld) -> None:
    run_state_machine_as_test(lambda: Evenings(make_world), settings=NIGHT)
