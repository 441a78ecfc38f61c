"""Backups: one file that holds the whole database and never the server's key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from app.db import make_engine
from app.errors import MentoringError
from app.services import privacy
from app.services.backups import files, postgres
from app.services.backups.renewal import Renewed, Wanted, renew
from config import Config

FOLDER = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did, for whoever reads what to do next."""

    renewed: Renewed
    kept: str  # where the replaced database is; empty when there was none


def make(
    settings: Config, target: Path | None, *, environ: Mapping[str, str], now: datetime
) -> Path:
    """Write a checked backup into a file of its own and return where it is."""
    path = target or settings.data / FOLDER / f"roundabout-{stamp(now)}{ending(settings)}"
    unfinished = path.with_name(f"{path.name}.unfinished")
    if path.exists():
        msg = f"{path}: is there already; choose another name"
        raise MentoringError(msg)
    unfinished.unlink(missing_ok=True)
    try:
        if is_sqlite(settings):
            files.copy(sqlite_path(settings), unfinished)
        else:
            postgres.dump(settings.database_url, unfinished, environ=environ)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    files.flush(path)
    return path


def keep_before_upgrade(settings: Config, *, schema_now: str, now: datetime) -> Path | None:
    """Copy a SQLite database beside itself before its schema changes."""
    if not is_sqlite(settings):
        return None
    database = sqlite_path(settings)
    kept = database.with_name(f"before-upgrade-from-{schema_now}-{stamp(now)}.sqlite")
    files.copy(database, kept)
    return kept


def thin_out(settings: Config, *, keep: int) -> tuple[Path, ...]:
    """Remove all but the newest backups in our own folder; return what was removed."""
    found = sorted((settings.data / FOLDER).glob(f"roundabout-*{ending(settings)}"))
    gone = tuple(found[: max(0, len(found) - keep)])
    for path in gone:
        path.unlink()
    return gone


def restore(
    settings: Config, source: Path, *, key: bytes, environ: Mapping[str, str], now: datetime
) -> Restored:
    """Put a backup in the database's place, whole or not at all; the caller has it alone.

    The mail stands still afterwards, everybody is signed out, and whoever was erased since the
    backup is erased again, all before the restored database takes its place.
    """
    if not source.is_file():
        msg = f"{source}: there is no such file"
        raise files.BadBackup(msg)
    why = f"the backup {source.name} was restored."
    wanted = Wanted(journal=privacy.journal_path(settings.data), key=key, why=why, now=now)
    if is_sqlite(settings):
        return _restore_file(settings, source, wanted)
    with postgres.restoring(settings.database_url, source, environ=environ, stamp=stamp(now)) as (
        engine,
        kept,
    ):
        renewed = renew(engine, wanted)
    return Restored(renewed=renewed, kept=kept)


def _restore_file(settings: Config, source: Path, wanted: Wanted) -> Restored:
    database = sqlite_path(settings)
    aside = database.with_name(f"replaced-{stamp(wanted.now)}.sqlite")
    work = database.with_name(f"{database.stem}.restoring")
    for leftover in ("", *files.SIDE_FILES):
        Path(f"{work}{leftover}").unlink(missing_ok=True)
    files.copy(source, work)
    try:
        engine = make_engine(f"sqlite:///{work}")
        try:
            renewed = renew(engine, wanted)
        finally:
            engine.dispose()
        files.seal(work)
        kept = files.swap(database, work, aside)
    finally:
        work.unlink(missing_ok=True)
    return Restored(renewed=renewed, kept="" if kept is None else str(kept))


def stamp(now: datetime) -> str:
    """Return an instant as part of a file's name; names sort as instants do."""
    return f"{now:%Y%m%dT%H%M%S}Z"


def is_sqlite(settings: Config) -> bool:
    return make_url(settings.database_url).get_backend_name() == "sqlite"


def ending(settings: Config) -> str:
    return ".sqlite" if is_sqlite(settings) else ".pgdump"


def sqlite_path(settings: Config) -> Path:
    """Return the database's file."""
    name = make_url(settings.database_url).database
    if not name or name == ":memory:":
        msg = "a database in memory cannot be backed up"
        raise MentoringError(msg)
    return Path(name)
