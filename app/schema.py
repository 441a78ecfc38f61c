"""Bring a database to this version's schema, and refuse one from a later version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

import migrations
from app.errors import DataTooNew, MentoringError


class BrokenReferences(MentoringError):
    """A schema step left rows that refer to nothing; it was rolled back."""


def alembic_config(connection: Connection | None = None) -> AlembicConfig:
    """Return Alembic's configuration for the steps that ship with this version."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest schema step of this version."""
    found = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert found is not None  # noqa: S101 -- the steps ship with the package
    return found


def current(connection: Connection) -> str | None:
    """Return the schema step a database stands at, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def check_not_newer(connection: Connection) -> None:
    """Raise `DataTooNew` when the database was written by a later version."""
    found = current(connection)
    known = {
        step.revision for step in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    }
    if found is not None and found not in known:
        msg = (
            f"the database is at schema {found}, this version of Roundabout knows up to {head()}: "
            "install the newer version, or choose another data folder"
        )
        raise DataTooNew(msg)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the missing steps, all or none."""
    _run(engine, revision, command.upgrade)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo steps down to a revision, all or none."""
    _run(engine, revision, command.downgrade)


def _run(engine: Engine, revision: str, step: object) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    writer = engine.execution_options(sqlite_begin="IMMEDIATE") if is_sqlite else engine
    with writer.connect() as connection:
        if is_sqlite:
            # Outside a transaction, where this pragma is not silently ignored.
            driver = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if not is_sqlite:
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                check_not_newer(connection)
                step(alembic_config(connection), revision)  # type: ignore[operator]
                if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise BrokenReferences
        finally:
            if is_sqlite:
                driver.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
