"""A SQLite database as one file: copied while others write, checked, put in another's place."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.db import sqlite_module
from app.errors import MentoringError

SIDE_FILES = ("-wal", "-shm", "-journal")


class BadBackup(MentoringError):
    """This file is not a sound backup."""


def copy(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to; the copy is checked, whole and private."""
    make_private(target)
    module = sqlite_module()
    try:
        with (
            closing(module.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as taken,
            closing(module.connect(target, isolation_level=None)) as kept,
        ):
            taken.execute("PRAGMA busy_timeout=30000")
            taken.backup(kept)  # all pages in one step: the snapshot of one moment
            kept.execute("PRAGMA journal_mode=DELETE")  # nothing beside the file belongs to it
            _check(kept, source)
    except module.DatabaseError as error:
        target.unlink()
        msg = f"{source}: cannot be copied ({error})"
        raise BadBackup(msg) from error
    except BadBackup:
        target.unlink()
        raise
    flush(target)


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone can read; one that is there is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        msg = f"{path}: is there already; choose another name"
        raise MentoringError(msg) from error
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror})"
        raise MentoringError(msg) from error


def seal(path: Path) -> None:
    """Fold a database's side files into it and check it once more."""
    module = sqlite_module()
    with closing(module.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        _check(connection, path)
    flush(path)


def swap(database: Path, restored: Path, kept: Path) -> Path | None:
    """Put a sealed database in another's place; return where the other is kept.

    At any moment one whole database is in its place: the old one keeps a second name first, and
    the new one then takes over the first name.
    """
    if not database.exists():
        restored.replace(database)
        flush(database)
        return None
    with suppress(sqlite_module().DatabaseError):  # a broken one is kept as it is
        fold(database)
    os.link(database, kept)
    for ending in SIDE_FILES:
        side = Path(f"{database}{ending}")
        if side.exists():
            side.rename(f"{kept}{ending}")
    restored.replace(database)
    flush(database)
    return kept


def fold(database: Path) -> None:
    """Write what stands in a database's log into the database itself."""
    with closing(sqlite_module().connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def flush(path: Path) -> None:
    """Make sure that a file and its name survive a power cut."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check(connection: Any, name: Path) -> None:
    [(verdict,), *more] = connection.execute("PRAGMA integrity_check").fetchall()
    if verdict != "ok" or more:
        msg = f"{name}: is damaged ({verdict}); choose an earlier backup"
        raise BadBackup(msg)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        msg = f"{name}: holds rows that refer to nothing; choose an earlier backup"
        raise BadBackup(msg)
