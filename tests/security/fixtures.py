"""The two organisations, made once and copied for each test; browsers of everybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app.blueprints.guards import SESSION_KEY, STEWARD_KEY
from app.db import make_engine, make_session_factory
from app.enums import OrganiserRole
from app.factory import create_app
from app.models import Base
from app.tenancy import UNSCOPED
from config import Config
from tests.conftest import remembering
from tests.security.crawl import DESK, LINKS, Pages, crawl, starts
from tests.security.routes import Kind
from tests.security.world import Side, World, make_world

Browser = Callable[..., FlaskClient]
Tour = dict[str, Pages]
"""Pages by who opened them."""
MADE_NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
KEY = "a key for tests, of 32 characters"


def settings_of(folder: Path) -> Config:
    return Config.from_env(
        {
            "ROUNDABOUT_DATA": str(folder),
            "ROUNDABOUT_BASE_URL": "http://localhost",
            "ROUNDABOUT_SECRET_KEY": KEY,
        }
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, World]:
    """Return the file of a database with both organisations, and what is in it."""
    folder = tmp_path_factory.mktemp("world")
    settings = settings_of(folder)
    path = folder / "roundabout.sqlite"
    shutil.copyfile(empty_database, path)
    engine = make_engine(settings.database_url)
    factory = make_session_factory(engine, tenant=UNSCOPED)
    world = make_world(factory, now=MADE_NOW, settings=settings, key=KEY.encode())
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path, world


@pytest.fixture
def database_copy(settings: Config, made: tuple[Path, World]) -> Path:
    path = settings.data / "roundabout.sqlite"
    shutil.copyfile(made[0], path)
    return path


@pytest.fixture
def engine(settings: Config, database_copy: Path) -> Iterator[Engine]:  # noqa: ARG001 -- makes the file
    """Return a database of its own that holds the two organisations."""
    engine = remembering(make_engine(settings.database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def anew(settings: Config, made: tuple[Path, World], engine: Engine) -> Callable[[], None]:
    """Return what puts the database back to how it was made."""

    def put_back() -> None:
        engine.dispose()
        for path in settings.data.glob("roundabout.sqlite*"):
            path.unlink()
        shutil.copyfile(made[0], settings.data / "roundabout.sqlite")

    return put_back


@pytest.fixture(scope="session")
def tour(made: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """Return what each of those who may open something on side A gets, wherever pages lead."""
    folder, world = tmp_path_factory.mktemp("tour"), made[1]
    shutil.copyfile(made[0], folder / "roundabout.sqlite")
    settings = settings_of(folder)
    engine = make_engine(settings.database_url)
    app = create_app(settings, engine=engine, clock=lambda: MADE_NOW)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    found, before = {}, rows_of(engine)
    for role in OrganiserRole:
        client = app.test_client()
        with client.session_transaction() as kept:
            kept[SESSION_KEY] = world.a.browsers[role]
        found[str(role)] = crawl(client, starts(app, world.a, DESK))
    for person in world.a.personal:
        found[person] = crawl(app.test_client(), starts(app, world.a, LINKS, person=person))
    with app.test_client() as client:
        with client.session_transaction() as kept:
            kept[STEWARD_KEY] = world.a.secret("steward_link")
        found["steward"] = crawl(client, starts(app, world.a, {*DESK, Kind.STEWARD}))
    found["anonymous"] = crawl(app.test_client(), starts(app, world.a, {*DESK, Kind.PUBLIC}))
    assert rows_of(engine) == before, "a GET changed something"
    engine.dispose()
    return found


@pytest.fixture
def world(made: tuple[Path, World]) -> World:
    return made[1]


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a browser in which nobody, or an organiser of a side, is signed in."""

    def open_browser(
        side: Side | None = None, role: OrganiserRole = OrganiserRole.OWNER
    ) -> FlaskClient:
        client = app.test_client()
        if side is not None:
            with client.session_transaction() as kept:
                kept[SESSION_KEY] = side.browsers[role]
        return client

    return open_browser


def rows_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, to compare with later."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(table.select())]
            for name, table in Base.metadata.tables.items()
        }
