"""Whose rows a session sees: one organisation's, one event's, or, said aloud, everybody's.

A session of a request begins with no tenant and then reads nothing that belongs to one: `NoTenant`.
Who is signed in, or what a public address or a personal link names, gives it its tenant; from then
on every statement carries the condition by itself, whatever its author forgot. Work outside a
request (worker, ticker, command line) is `UNSCOPED`. The one statement that finds out whose a link
or an address is says so: ``.execution_options(**ACROSS)``.

Which rows are whose is read off the tables: those with ``organisation_id`` or ``event_id``, and
those that lead to such a table by their foreign keys. A new table is fenced in without a word here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Table,
    bindparam,
    event,
    exists,
    false,
    inspect,
    or_,
    select,
    true,
)
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

KEY = "tenant"
ACROSS: Final[Mapping[str, Any]] = MappingProxyType({"across_tenants": True})
"""Execution options of a statement that finds the tenant itself, by a secret or a public name."""


class NoTenant(RuntimeError):
    """A statement reads tenants' rows in a session that has no tenant (see app/tenancy.py)."""


class WrongTenant(RuntimeError):
    """A row or a lookup belongs to another tenant than the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One organisation or one event; neither: no fence."""

    organisation_id: int | None = None
    event_id: int | None = None


UNSCOPED: Final = Tenant()
"""For work that goes over all tenants on purpose; never for a page that somebody opened."""

_Row = Mapping[str, Any]
_current: ContextVar[Tenant] = ContextVar("tenant")
_organisation_id = bindparam(
    "own_organisation_id", type_=Integer, callable_=lambda: _current.get().organisation_id
)
_event_id = bindparam("own_event_id", type_=Integer, callable_=lambda: _current.get().event_id)


def narrow(session: Session, tenant: Tenant) -> None:
    """Give a session its tenant, once it is known; one that has a tenant keeps it."""
    known = session.info.get(KEY)
    if known is None:
        session.info[KEY] = tenant
    elif known.event_id not in {None, tenant.event_id}:
        raise WrongTenant


def fence(factory: sessionmaker[Session], base: type) -> None:
    """Fence in all sessions of a factory, for all models of a base."""
    plain: dict[str, Any] = {
        "include_aliases": True,
        "propagate_to_loaders": False,
        "track_closure_variables": False,  # the ids are bound when a statement is executed
    }
    # SQLAlchemy reads the code of what it is given, so these stay lambdas that call.
    nobody = with_loader_criteria(base, lambda cls: _refuse(cls), **plain)  # noqa: PLW0108
    organisation = with_loader_criteria(base, lambda cls: _restrict(cls, _organisations), **plain)
    one_event = with_loader_criteria(base, lambda cls: _restrict(cls, _events), **plain)

    def restrict(state: ORMExecuteState) -> None:
        if state.is_column_load or state.is_relationship_load:
            return  # of a row that the fence let through
        tenant = state.session.info.get(KEY)
        if tenant == UNSCOPED or state.execution_options.get("across_tenants"):
            return
        if tenant is None:
            option = nobody
        else:
            _current.set(tenant)
            option = organisation if tenant.event_id is None else one_event
        state.statement = state.statement.options(option)

    event.listen(factory, "do_orm_execute", restrict)
    event.listen(factory, "before_flush", _check_new)


def is_owned(table: Table) -> bool:
    """Return whether a table's rows belong to a tenant."""
    return bool(_roads(table))


def _check_new(session: Session, _context: object, _instances: object) -> None:
    """Refuse to write a row into another tenant's."""
    tenant = session.info.get(KEY)
    if tenant is None or tenant == UNSCOPED:
        return
    name = "organisation_id" if tenant.event_id is None else "event_id"
    own = getattr(tenant, name)
    for row in (*session.new, *session.dirty):
        if getattr(row, name, None) not in {None, own}:
            msg = f"{type(row).__name__} belongs to another tenant than the session"
            raise WrongTenant(msg)


def _refuse(cls: Any) -> ColumnElement[bool]:
    table = _table(cls)
    if table is not None and is_owned(table):
        msg = f"{table.name} is read in a session without a tenant: see app/tenancy.py"
        raise NoTenant(msg)
    return true()


def _restrict(
    cls: Any, condition: Callable[[Table, _Row], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Return the condition for a model, set where its roads to a tenant end."""
    table = _table(cls)
    if table is None or not is_owned(table):
        return true()
    return or_(*(_follow(cls, table, road, condition) for road in _roads(table)))


def _follow(
    cls: Any,
    table: Table,
    road: tuple[Column[Any], ...],
    condition: Callable[[Table, _Row], ColumnElement[bool]],
) -> ColumnElement[bool]:
    if not road:
        return condition(table, {column.name: getattr(cls, column.name) for column in table.c})
    ends = [_target(foreign) for foreign in road]
    steps = [end.alias(f"own_{end.name}") for end in ends]
    joined: Any = steps[0]
    for near, far, foreign in zip(steps, steps[1:], road[1:], strict=False):
        joined = joined.join(far, near.c[foreign.name] == far.c.id)
    begins = steps[0].c.id == getattr(cls, road[0].name)
    belongs = condition(ends[-1], dict(steps[-1].c.items()))
    return exists(select(1).select_from(joined).where(begins, belongs))


def _organisations(table: Table, row: _Row) -> ColumnElement[bool]:
    if table.name == "organisation":
        return row["id"] == _organisation_id  # type: ignore[no-any-return]
    ways = []
    if "organisation_id" in row:
        ways.append(row["organisation_id"] == _organisation_id)
    if "event_id" in row:
        own = table.metadata.tables["event"].alias("own_event")
        ids = select(own.c.id).where(own.c.organisation_id == _organisation_id)
        ways.append(row["event_id"].in_(ids))
    return or_(*ways)


def _events(table: Table, row: _Row) -> ColumnElement[bool]:
    if "event_id" in row:
        return row["event_id"] == _event_id  # type: ignore[no-any-return]
    if table.name == "event":
        return row["id"] == _event_id  # type: ignore[no-any-return]
    if table.name == "organisation":
        own = table.metadata.tables["event"].alias("own_event")
        ids = select(own.c.organisation_id).where(own.c.id == _event_id)
        return row["id"].in_(ids)  # type: ignore[no-any-return]
    return false()  # of the organisation at large: organisers, their invitations


@cache
def _roads(table: Table) -> tuple[tuple[Column[Any], ...], ...]:
    """Return the ways a row says whose it is, each by its foreign keys; none for nobody's.

    One way is enough, unless the column that would say it may be empty.
    """
    nearest = _nearest(table)
    if nearest is None:
        return ()
    names = [table.c[name] for name in ("organisation_id", "event_id") if name in table.c]
    if nearest or not names or not all(column.nullable for column in names):
        return (nearest,)
    others = [column for column in table.c if column.foreign_keys and column not in names]
    roads = [(column, *road) for column in others for road in _roads(_target(column))[:1]]
    return ((), *roads)


def _nearest(table: Table) -> tuple[Column[Any], ...] | None:
    """Return the foreign keys to the nearest table that names its tenant; None when none does."""
    roads: list[tuple[Table, tuple[Column[Any], ...]]] = [(table, ())]
    seen = {table}
    for here, road in roads:
        if here.name == "organisation" or {"organisation_id", "event_id"} & set(here.c.keys()):
            return road
        foreign = [column for column in here.c if column.foreign_keys]
        for column in sorted(foreign, key=lambda column: bool(column.nullable)):
            if (target := _target(column)) not in seen:
                seen.add(target)
                roads.append((target, (*road, column)))
    return None


def _target(column: Column[Any]) -> Table:
    [key] = column.foreign_keys
    return key.column.table


def _table(cls: Any) -> Table | None:
    """Return a model's table; None for the base of all models, which SQLAlchemy tries first."""
    found = inspect(cls, raiseerr=False)
    return None if found is None else found.mapper.local_table
