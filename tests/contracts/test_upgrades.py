"""A populated database of each earlier schema comes up to date without losing a row."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    column,
    create_engine,
    inspect,
    select,
    text,
)
from sqlalchemy import table as from_

from app import schema
from app.commands import serve
from app.db import make_engine, sqlite_module
from app.errors import MentoringError
from app.factory import create_app
from app.models import Base
from app.services import backups
from config import Config
from tests.conftest import POSTGRES, Clock

DUMP = Path(__file__).parents[1] / "cases" / "schema_0001.sql"
MOVED = {"owner_invitation": "organiser_invitation"}
EMAIL = "organiser@example.org"
PASSWORD = "five tables and a bell"
Rows = dict[str, list[tuple[str, ...]]]

KILLS = (3, 8, 14, 19, 24)
KILLED_AT = """
import json, os, signal, sys
from sqlalchemy import event
from app import schema
from app.db import make_engine

def upgrade(left):
    engine = make_engine(sys.argv[1])
    @event.listens_for(engine, "before_cursor_execute")
    def count(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    schema.upgrade(engine)
    os._exit(0)

ends = []
for number in json.loads(sys.argv[2]):
    child = os.fork()
    if child == 0:
        upgrade(number)
    _, status = os.waitpid(child, 0)
    engine = make_engine(sys.argv[1])
    with engine.connect() as connection:
        ends.append((status, schema.current(connection)))
    engine.dispose()
    if status == 0:
        break
print(json.dumps(ends))
"""
"""Upgrade in children, each killed before its statement of the number given; say how each ended."""


def load_sqlite(path: Path) -> None:
    with closing(sqlite_module().connect(path)) as connection:
        connection.executescript(DUMP.read_text("utf-8"))


def load_postgres(engine: Engine, folder: Path) -> None:
    """Make the tables of the dump's schema, then copy its rows over."""
    load_sqlite(folder / "dump.sqlite")
    Base.metadata.drop_all(engine)
    schema.upgrade(engine, "0001")
    source = create_engine(f"sqlite:///{folder / 'dump.sqlite'}")
    tables = MetaData()
    tables.reflect(engine)
    with source.connect() as old, engine.begin() as new:
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            names = table.columns.keys()
            columns = (column(name) for name in names)
            rows = old.execute(select(*columns).select_from(from_(table.name))).mappings()
            values = [{c.name: _typed(c.type, row[c.name]) for c in table.columns} for row in rows]
            if values:
                new.execute(table.insert(), values)
            if "id" in names:
                top = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id) + 1)"
                new.execute(text(f"{top} FROM {table.name}"))
    source.dispose()


def _typed(kind: Any, value: Any) -> Any:
    """Return what SQLite kept as the value PostgreSQL takes."""
    if value is None or isinstance(kind, LargeBinary):
        return value
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(f"{value}+00:00")
    return json.loads(value) if isinstance(kind, JSON) else value


def read_rows(engine: Engine, columns: dict[str, list[str]]) -> Rows:
    """Return every row of the tables named, as text and in order, with the columns named."""
    tables = MetaData()
    tables.reflect(engine)
    found: Rows = {}
    with engine.connect() as connection:
        for name, wanted in columns.items():
            table = tables.tables.get(name, tables.tables.get(MOVED.get(name, "")))
            assert table is not None, name
            rows = connection.execute(select(*(table.c[column] for column in wanted)))
            found[name] = sorted(tuple(map(str, row)) for row in rows)
    return found


def columns_of(engine: Engine) -> dict[str, list[str]]:
    found = inspect(engine)
    return {
        name: sorted(column["name"] for column in found.get_columns(name))
        for name in found.get_table_names()
        if name != "alembic_version"
    }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return a database at schema 0001, with an organisation's three events."""
    if request.param == "sqlite":
        load_sqlite(tmp_path / "roundabout.sqlite")
        engine = make_engine(f"sqlite:///{tmp_path / 'roundabout.sqlite'}")
    else:
        engine = request.getfixturevalue("postgres")
        load_postgres(engine, tmp_path)
    yield engine
    engine.dispose()


def test_upgrade_keeps_every_row(old: Engine) -> None:
    columns = columns_of(old)
    before = read_rows(old, columns)

    schema.upgrade(old)

    after = read_rows(old, columns)
    assert sum(map(len, before.values())) > 400
    assert [name for name, rows in before.items() if not rows] == []
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert after == before
    if old.dialect.name == "sqlite":
        with old.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_upgraded_installation_works(old: Engine, settings: Config, clock: Clock) -> None:
    schema.upgrade(old)
    app = create_app(settings, engine=old, clock=clock)
    app.config.update(WTF_CSRF_ENABLED=False)
    browser = app.test_client()

    answer = browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 302
    pages = ["/events", "/events/1", "/events/1/roster", "/events/3", "/events/3/plan", "/outbox"]
    assert [browser.get(page).status_code for page in pages] == [200] * len(pages)


def kill_upgrades(engine: Engine, numbers: Sequence[int]) -> list[tuple[int, str]]:
    url = engine.url.render_as_string(hide_password=False)
    told = subprocess.run(
        [sys.executable, "-c", KILLED_AT, url, json.dumps(list(numbers))],
        capture_output=True,
        text=True,
        check=True,
    )
    return [(status, found) for status, found in json.loads(told.stdout)]


def test_killed_upgrade_leaves_the_old_schema_and_can_be_repeated(old: Engine) -> None:
    columns = columns_of(old)
    before = read_rows(old, columns)

    ends = kill_upgrades(old, KILLS)

    assert ends == [(signal.SIGKILL, "0001")] * len(KILLS)
    assert read_rows(old, columns) == before
    schema.upgrade(old)
    assert read_rows(old, columns) == before


@pytest.mark.night
def test_upgrade_killed_before_each_of_its_statements(old: Engine) -> None:
    columns = columns_of(old)
    before = read_rows(old, columns)

    ends = kill_upgrades(old, range(1, 2_000))

    assert len(ends) > 25
    assert ends[-1] == (0, schema.head())
    assert set(ends[:-1]) <= {(signal.SIGKILL, "0001"), (signal.SIGKILL, schema.head())}
    assert read_rows(old, columns) == before


def test_command_keeps_the_file_as_it_was(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "roundabout.sqlite")
    settings = Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)})

    serve.prepare(settings)
    serve.prepare(settings)

    [kept] = tmp_path.glob("before-upgrade-from-0001-*.sqlite")
    with closing(sqlite_module().connect(kept)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (22,)


@pytest.mark.postgres
def test_upgrade_beside_a_running_transaction_is_one_clear_line(
    postgres: Engine, settings: Config, tmp_path: Path
) -> None:
    load_postgres(postgres, tmp_path)
    with postgres.connect() as other:
        other.execute(text("SELECT count(*) FROM person"))

        with pytest.raises(MentoringError) as told:
            serve.prepare(replace(settings, database_url=POSTGRES))

    assert told.value.message == (
        "nothing was changed; stop what uses the database, then try again: "
        "canceling statement due to lock timeout"
    )
    with postgres.connect() as connection:
        assert schema.current(connection) == "0001"


def test_backup_of_an_older_version_is_restored(tmp_path: Path, clock: Clock) -> None:
    load_sqlite(tmp_path / "old.sqlite")
    settings = Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)})

    restored = backups.restore(
        settings, tmp_path / "old.sqlite", key=b"key", environ={}, now=clock()
    )

    assert restored.renewed.schema_was == "0001"
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        assert schema.current(connection) == schema.head()
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 22
        assert connection.execute(text("SELECT name FROM pause")).all() == [("outbox",)]
    engine.dispose()
