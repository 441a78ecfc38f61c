"""Database connections that give the lock back between looking for a place and taking it."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
from sqlalchemy import Dialect

from app import db

LOOKS = " AS taken"
"""In the statement that counts who has a place already."""
PAUSE_S = 0.02


def without_lock(
    dialect: Dialect, _record: object, _arguments: object, options: dict[str, Any]
) -> None:
    """Let a new connection be one of these; listens to an engine's ``do_connect``."""
    if dialect.name == "sqlite":
        options["factory"] = _sqlite_connection()
    else:
        options["cursor_factory"] = PostgresCursor


class PostgresCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, *arguments: Any, **options: Any) -> PostgresCursor:
        super().execute(query, *arguments, **options)
        if LOOKS in str(query):
            self.connection.execute("COMMIT")
            threading.Event().wait(PAUSE_S)
            self.connection.execute("BEGIN")
        return self


def _sqlite_connection() -> type:
    """Return the class for the driver in use; what was read is closed before the lock is left."""
    driver: Any = db.sqlite_module()
    own = db._writer_lock  # noqa: SLF001 -- this lock is what the control is about

    class Cursor(driver.Cursor):  # type: ignore[misc]
        def execute(self, query: str, *arguments: Any) -> Any:
            if self.connection.has_looked:
                self.connection.has_looked = False
                super().execute("COMMIT")
                own.release()
                threading.Event().wait(PAUSE_S)
                own.acquire()
                super().execute("BEGIN IMMEDIATE")
            self.connection.has_looked = LOOKS in query
            return super().execute(query, *arguments)

    class Connection(driver.Connection):  # type: ignore[misc]
        has_looked = False

        def cursor(self, *_arguments: Any) -> Any:
            return super().cursor(Cursor)

    return Connection
