"""Random evenings against a model: at a tenth here, in full figures by night."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, text

from app.db import make_engine
from app.models import Base
from config import Config
from tests.conftest import POSTGRES, Clock
from tests.stateful.machine import Evenings
from tests.stateful.world import World

KEY = b"a key for tests, of 32 characters"
MakeWorld = Callable[[Clock], World]

PLAIN = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),
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
    request: pytest.FixtureRequest, settings: Config, tmp_path: Path, empty_database: Path
) -> Iterator[MakeWorld]:
    """Return what opens an empty database of each kind."""
    numbers = count()

    def on_sqlite(clock: Clock) -> World:
        path = tmp_path / f"evening{next(numbers)}.sqlite"
        shutil.copyfile(empty_database, path)
        return World(lambda: make_engine(f"sqlite:///{path}"), clock, settings, KEY)

    def on_postgres(clock: Clock) -> World:
        empty(engine)
        return World(lambda: make_engine(POSTGRES), clock, settings, KEY)

    if request.param == "sqlite":
        yield on_sqlite
    else:
        engine = request.getfixturevalue("postgres")
        yield on_postgres


def empty(engine: Engine) -> None:
    """Delete all rows and count ids from 1 again."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def test_20_evenings_of_30_steps(make_world: MakeWorld) -> None:
    run_state_machine_as_test(lambda: Evenings(make_world), settings=PLAIN)


@pytest.mark.night
@pytest.mark.timeout(3600)
def test_200_evenings_of_50_steps(make_world: MakeWorld) -> None:
    run_state_machine_as_test(lambda: Evenings(make_world), settings=NIGHT)
