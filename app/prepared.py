"""Statements compiled once and run straight on the driver, for the few places where each counts.

SQLAlchemy spends several times longer on a small statement than the database does: it looks the
compiled text up, makes an execution context and a result, and asks every listener. A sign-up is a
dozen statements that hundreds of people wait for in one line, so it runs these instead. They are
written as any other statement, on the tables of the models; types are converted by the models'
own; errors arrive as SQLAlchemy's. What listens to executed statements does not hear of them.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeEngine

Converter = Callable[[Any], Any]
_Result = tuple[Callable[[Sequence[Any]], Any], tuple[Converter | None, ...]]


class Prepared:
    """One statement; `run` gives its rows, with the names of its columns.

    An insert names in ``columns`` what it is given; other columns take their scalar defaults.
    """

    def __init__(
        self, statement: Insert | Select[Any] | Update | TextClause, columns: Sequence[str] = ()
    ) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    def run(self, session: Session, values: Mapping[str, Any]) -> list[Any]:
        """Execute in the session's transaction; return all rows."""
        connection = session.connection()
        compiled = self.compiled_for(connection.dialect)
        with _cursor(connection, compiled.text) as cursor:
            cursor.execute(compiled.text, compiled.bind(values))
            if cursor.description is None:
                return []
            return compiled.rows(cursor, connection.dialect)

    def run_many(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute once for each row of values."""
        connection = session.connection()
        compiled = self.compiled_for(connection.dialect)
        with _cursor(connection, compiled.text) as cursor:
            cursor.executemany(compiled.text, [compiled.bind(values) for values in rows])

    def compiled_for(self, dialect: Dialect) -> _Compiled:
        """Return the statement as a database takes it."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compile(self._statement, self._columns, dialect)
        return found


def run_together(
    session: Session, asked: Sequence[tuple[Prepared, Mapping[str, Any]]]
) -> list[list[Any]]:
    """Execute statements that return rows, in their order; return the rows of each.

    Where the driver can, the server gets all of them before it has answered the first; each still
    sees what those before it did, and what others committed while one of them waited for a lock.
    """
    if not sends_at_once(session):
        return [statement.run(session, values) for statement, values in asked]
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    with _raising(connection, ""), driver.pipeline(), ExitStack() as stack:
        sent = []
        for statement, values in asked:
            compiled = statement.compiled_for(connection.dialect)
            cursor = stack.enter_context(closing(connection.connection.cursor()))
            cursor.execute(compiled.text, compiled.bind(values))
            sent.append((compiled, cursor))
        return [compiled.rows(cursor, connection.dialect) for compiled, cursor in sent]


@contextmanager
def all_at_once(session: Session) -> Iterator[None]:
    """Send what is run inside to the server without waiting for each answer, where that can be.

    Nothing inside may need a row back; what went wrong is raised at the end.
    """
    if not sends_at_once(session):
        yield
        return
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    with _raising(connection, ""), driver.pipeline():
        yield


def sends_at_once(session: Session) -> bool:
    """Return whether the driver can send several statements before the first is answered."""
    dialect = session.connection().dialect
    pipeline = getattr(dialect.loaded_dbapi, "Pipeline", None)
    return pipeline is not None and bool(pipeline.is_supported())


@dataclass(slots=True)
class _Compiled:
    text: str
    order: tuple[str, ...] | None
    defaults: Mapping[str, Any]
    converters: tuple[tuple[str, Converter], ...]
    types: tuple[TypeEngine[Any], ...]
    result: _Result | None = None

    def bind(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver takes them."""
        filled = {**self.defaults, **values}
        for name, convert in self.converters:
            filled[name] = convert(filled[name])
        return filled if self.order is None else [filled[name] for name in self.order]

    def rows(self, cursor: Any, dialect: Dialect) -> list[Any]:
        """Return the rows, their values converted as the columns say."""
        found = cursor.fetchall()  # what is sent at once has its columns' names only then
        if self.result is None:
            self.result = _result(cursor.description, self.types, dialect)
        make, converters = self.result
        if not any(converters):
            return [make(row) for row in found]
        return [
            make([each(one) if each else one for each, one in zip(converters, row, strict=True)])
            for row in found
        ]


def _compile(statement: Any, columns: list[str] | None, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    defaults = dict(compiled.params)
    for column in getattr(compiled, "insert_prefetch", None) or ():
        made = column.default
        defaults[column.key] = made.arg if made.is_scalar else made.arg(None)
    converters = [
        (name, convert)
        for bound, name in compiled.bind_names.items()
        if (convert := bound.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    is_text = isinstance(statement, TextClause)
    return _Compiled(
        text=compiled.string,
        order=tuple(compiled.positiontup) if compiled.positional else None,
        defaults=defaults,
        converters=tuple(converters),
        types=() if is_text else tuple(column.type for column in statement.exported_columns),
    )


def _result(description: Any, types: Sequence[TypeEngine[Any]], dialect: Dialect) -> _Result:
    """Return how a row is made of what the driver gives; a plain text's values stay as they are."""
    names = [column[0] for column in description]
    row: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024 -- named at run time
    converters = tuple(
        kind.dialect_impl(dialect).result_processor(dialect, column[1])
        for kind, column in zip(types, description, strict=False)
    )
    return row._make, converters


@contextmanager
def _cursor(connection: Connection, text: str) -> Iterator[Any]:
    """Give a cursor of the driver; its errors leave as SQLAlchemy's, nothing people wrote in it."""
    with _raising(connection, text):
        cursor = connection.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


@contextmanager
def _raising(connection: Connection, text: str) -> Iterator[None]:
    dialect = connection.dialect
    driver = dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        is_gone = dialect.is_disconnect(error, connection.connection, None)
        raise DBAPIError.instance(
            text, None, error, driver.Error, hide_parameters=True,
            connection_invalidated=is_gone, dialect=dialect,
        ) from error  # fmt: skip
