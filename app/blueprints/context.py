"""What a view may reach: settings, clock, key, and one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app, g, request

from app.db import Session, SessionFactory, empty_log, unit_of_work
from app.queries.kept_feeds import FeedCache
from app.services.forecasts import Memory
from app.tenancy import KEY, UNSCOPED, Tenant
from config import Config

EXTENSION = "roundabout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the application was built with.

    ``wake`` tells the worker that a plan run was committed; nothing is lost when nobody listens,
    because the ticker finds the row.
    """

    settings: Config
    session_factory: SessionFactory
    clock: Callable[[], datetime]
    key: bytes
    wake: Callable[[int], None]
    feeds: FeedCache = field(default_factory=FeedCache)
    forecasts: Memory = field(default_factory=Memory)


def wire(app: Flask, wiring: Wiring) -> None:
    """Attach the wiring to an application."""
    app.extensions[EXTENSION] = wiring


def wiring() -> Wiring:
    """Return what the current application was built with."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Wiring)  # noqa: S101 -- set by the factory
    return found


def settings() -> Config:
    """Return the configuration."""
    return wiring().settings


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return wiring().clock()


def clear_log() -> None:
    """Leave nothing of what was just erased in the database's log; call it after the commit."""
    empty_log(wiring().session_factory.kw["bind"])


def key() -> bytes:
    """Return the server's key, from which personal links are derived."""
    return wiring().key


def feeds() -> FeedCache:
    """Return the calendar feeds that this process has in memory."""
    return wiring().feeds


def forecasts() -> Memory:
    """Return what this process has worked out of what events allow."""
    return wiring().forecasts


def wake_worker(run_id: int) -> None:
    """Tell the worker about a plan run; call it after the transaction is committed."""
    wiring().wake(run_id)


@contextmanager
def write_session(tenant: Tenant | None = None) -> Iterator[Session]:
    """Open the request's one transaction for reading and writing."""
    with unit_of_work(wiring().session_factory, tenant=tenant or _tenant()) as session:
        yield session
        _remember(session)


@contextmanager
def read_session(tenant: Tenant | None = None, *, one_by_one: bool = False) -> Iterator[Session]:
    """Open a transaction that only reads; writers are not held up."""
    factory, tenant = wiring().session_factory, tenant or _tenant()
    with unit_of_work(factory, write=False, one_by_one=one_by_one, tenant=tenant) as session:
        yield session
        _remember(session)


def _tenant() -> Tenant | None:
    """Return whose rows this request may read, as far as it is known yet.

    Whoever is signed in sees their organisation; else an event's address or a personal link says
    it. Only the account's own pages look over all, because nobody has signed in there yet.
    """
    if (organiser := g.get("organiser")) is not None:
        return Tenant(organisation_id=organiser.organisation_id)
    if request.blueprint == "account":
        return UNSCOPED
    found: Tenant | None = g.get("tenant")
    return found


def _remember(session: Session) -> None:
    """Keep what a link or an address said for the request's next transaction."""
    found = session.info.get(KEY)
    if found is not None and found.event_id is not None:
        g.tenant = found
