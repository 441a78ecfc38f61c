"""One page of rows in the order of their ids: what is added meanwhile comes later, none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked:
    """How many rows, and after which id."""

    limit: int = 50
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf(Generic[T]):
    """The rows, and what to ask for the next ones with; None when these are the last."""

    items: tuple[T, ...]
    next_cursor: str | None


def take(
    session: Session,
    statement: Select[Any],
    key: InstrumentedAttribute[int],
    asked: PageAsked,
    make: Callable[[Any], tuple[int, T]],
) -> PageOf[T]:
    """Return a page of a statement's rows; ``make`` gives the key and the value of a row."""
    found = session.execute(
        statement.where(key > asked.after).order_by(key).limit(asked.limit + 1)
    ).all()
    return cut((make(row) for row in found), asked)


def cut(rows: Iterable[tuple[int, T]], asked: PageAsked) -> PageOf[T]:
    """Return the page of rows that may hold one more than was asked for."""
    made = list(rows)
    shown = made[: asked.limit]
    more = len(made) > asked.limit
    return PageOf(
        items=tuple(row for _, row in shown),
        next_cursor=str(shown[-1][0]) if more else None,
    )
