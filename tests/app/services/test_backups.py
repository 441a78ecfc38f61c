from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app import schema
from app.db import make_engine, make_session_factory, sqlite_module, unit_of_work
from app.errors import DataTooNew, MentoringError
from app.jobs import presence
from app.models import Attempt, AuditEntry
from app.services import backups
from app.services.backups import files
from app.services.backups.files import BadBackup
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_organisation
from tests.conftest import Clock

ENVIRON = dict(os.environ)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database at the newest schema with one organisation, to be copied."""
    path = tmp_path_factory.mktemp("made") / "roundabout.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        make_organisation(session, name="Before")
    engine.dispose()
    return path


@pytest.fixture
def installed(settings: Config, made: Path) -> Config:
    shutil.copyfile(made, settings.data / "roundabout.sqlite")
    return settings


def names(path: Path) -> list[str]:
    with closing(sqlite_module().connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM organisation")]


def run(settings: Config, sql: str) -> None:
    with closing(sqlite_module().connect(settings.data / "roundabout.sqlite")) as connection:
        connection.execute(sql)
        connection.commit()


def restore(settings: Config, source: Path, clock: Clock) -> backups.Restored:
    return backups.restore(settings, source, key=b"key", environ=ENVIRON, now=clock())


@pytest.fixture
def writing(engine: Engine, clock: Clock) -> Iterator[None]:
    """Write a pair of rows in one transaction, again and again, from two threads."""
    factory = make_session_factory(engine, tenant=UNSCOPED)
    begun, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with unit_of_work(factory) as session:
                session.add(AuditEntry(actor="a", what="b" * 200, at=clock()))
                session.flush()
                session.add(Attempt(key="k" * 200, at=clock()))
            begun.set()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    yield
    stop.set()
    for thread in threads:
        thread.join()


def pairs(path: Path) -> tuple[int, int]:
    with closing(sqlite_module().connect(path)) as connection:
        return (
            connection.execute("SELECT count(*) FROM audit_entry").fetchone()[0],
            connection.execute("SELECT count(*) FROM attempt").fetchone()[0],
        )


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.night)])
@pytest.mark.usefixtures("writing")
def test_backups_under_write_load_are_whole(settings: Config, clock: Clock, times: int) -> None:
    found = []

    for number in range(times):
        path = settings.data / f"{number}.sqlite"
        backups.make(settings, path, environ=ENVIRON, now=clock())
        found.append(pairs(path))

    assert [entries == attempts for entries, attempts in found] == [True] * times
    assert found[-1][0] > found[0][0] > 0  # it was written to meanwhile


def test_backup_is_private_and_holds_no_key(installed: Config, clock: Clock) -> None:
    path = backups.make(installed, None, environ=ENVIRON, now=clock())

    assert path == installed.data / "backups" / "roundabout-20270301T090000Z.sqlite"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert installed.secret_key.encode() not in path.read_bytes()
    assert names(path) == ["Before"]


def test_backup_overwrites_nothing(installed: Config, clock: Clock) -> None:
    target = installed.data / "mine.sqlite"
    target.write_text("mine")

    with pytest.raises(MentoringError, match="is there already; choose another name"):
        backups.make(installed, target, environ=ENVIRON, now=clock())

    assert target.read_text() == "mine"


def test_damaged_database_is_no_backup(installed: Config, clock: Clock) -> None:
    run(installed, "PRAGMA wal_checkpoint(TRUNCATE)")
    path = installed.data / "roundabout.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:40_000] = b"\xff" * (40_000 - 8192)
    path.write_bytes(content)

    with pytest.raises(BadBackup):
        backups.make(installed, None, environ=ENVIRON, now=clock())

    assert list((installed.data / "backups").iterdir()) == []


def test_only_the_newest_backups_are_kept(installed: Config, clock: Clock) -> None:
    paths = []
    for _ in range(4):
        paths.append(backups.make(installed, None, environ=ENVIRON, now=clock()))
        clock.advance(days=1)

    gone = backups.thin_out(installed, keep=3)

    assert gone == (paths[0],)
    assert sorted(paths[0].parent.iterdir()) == paths[1:]


def test_restore_keeps_the_replaced_database(installed: Config, clock: Clock) -> None:
    path = backups.make(installed, None, environ=ENVIRON, now=clock())
    run(installed, "UPDATE organisation SET name = 'After'")

    restored = restore(installed, path, clock)

    assert restored.kept == str(installed.data / "replaced-20270301T090000Z.sqlite")
    assert names(Path(restored.kept)) == ["After"]
    assert names(installed.data / "roundabout.sqlite") == ["Before"]
    assert (installed.data / "roundabout.sqlite").stat().st_mode & 0o777 == 0o600


def test_restore_works_beside_a_broken_database(installed: Config, clock: Clock) -> None:
    path = backups.make(installed, None, environ=ENVIRON, now=clock())
    (installed.data / "roundabout.sqlite").write_bytes(b"not a database" * 1000)

    restored = restore(installed, path, clock)

    assert Path(restored.kept).read_bytes().startswith(b"not a database")
    assert names(installed.data / "roundabout.sqlite") == ["Before"]


def test_restore_into_an_empty_folder(installed: Config, clock: Clock, tmp_path: Path) -> None:
    path = backups.make(installed, None, environ=ENVIRON, now=clock())
    data = tmp_path / "new"
    data.mkdir()
    url = f"sqlite:///{data / 'roundabout.sqlite'}"

    restored = restore(replace(installed, data=data, database_url=url), path, clock)

    assert restored.kept == ""
    assert names(data / "roundabout.sqlite") == ["Before"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no database of Roundabout"),
        (b"SQLite format 3\x00" + b"x" * 5000, "cannot be copied"),
        (b"name,email\n", "cannot be copied"),
    ],
)
def test_what_is_no_backup_is_refused(
    installed: Config, clock: Clock, content: bytes, message: str
) -> None:
    source = installed.data / "some.sqlite"
    source.write_bytes(content)

    with pytest.raises(BadBackup, match=message):
        restore(installed, source, clock)

    assert names(installed.data / "roundabout.sqlite") == ["Before"]
    assert not (installed.data / "roundabout.restoring").exists()


def test_backup_of_a_later_version_is_refused(installed: Config, clock: Clock) -> None:
    path = backups.make(installed, None, environ=ENVIRON, now=clock())
    with closing(sqlite_module().connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(DataTooNew, match="schema 9999"):
        restore(installed, path, clock)

    assert names(installed.data / "roundabout.sqlite") == ["Before"]


def test_file_that_is_not_there_is_refused(installed: Config, clock: Clock) -> None:
    with pytest.raises(BadBackup, match="there is no such file"):
        restore(installed, installed.data / "none.sqlite", clock)


def test_a_crash_while_databases_change_places_loses_neither(tmp_path: Path) -> None:
    """Whatever step it stops at, the first name holds one whole database."""
    database, new, kept = (tmp_path / name for name in ("one", "two", "kept"))
    for path in (database, new):
        with closing(sqlite_module().connect(path)) as connection:
            connection.execute("CREATE TABLE organisation (name TEXT)")
            connection.execute("INSERT INTO organisation VALUES (?)", (path.name,))
            connection.commit()
    os.link(database, kept)  # where a crash right after the first step leaves it

    assert names(database) == ["one"]
    kept.unlink()
    files.swap(database, new, kept)
    assert (names(database), names(kept)) == (["two"], ["one"])


def test_restore_is_refused_while_a_part_runs(tmp_path: Path) -> None:
    with (
        presence.together(tmp_path),
        presence.together(tmp_path),
        pytest.raises(presence.InUse),
        presence.alone(tmp_path),
    ):
        pass

    with (
        presence.alone(tmp_path),
        pytest.raises(presence.BeingRestored),
        presence.together(tmp_path),
    ):
        pass


def test_upgrade_keeps_a_copy_of_what_was(installed: Config, clock: Clock) -> None:
    kept = backups.keep_before_upgrade(
        installed, schema_now="0001", now=clock() + timedelta(seconds=1)
    )

    assert kept == installed.data / "before-upgrade-from-0001-20270301T090001Z.sqlite"
    assert names(kept) == ["Before"]
