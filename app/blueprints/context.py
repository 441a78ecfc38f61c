"""What a view may reach: settings, clock, key, and one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from app.db import Session, SessionFactory, unit_of_work
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


def key() -> bytes:
    """Return the server's key, from which personal links are derived."""
    return wiring().key


def wake_worker(run_id: int) -> None:
    """Tell the worker about a plan run; call it after the transaction is committed."""
    wiring().wake(run_id)


@contextmanager
def write_session() -> Iterator[Session]:
    """Open the request's one transaction for reading and writing."""
    with unit_of_work(wiring().session_factory) as session:
        yield session


@contextmanager
def read_session() -> Iterator[Session]:
    """Open a transaction that only reads; writers are not held up."""
    with unit_of_work(wiring().session_factory, write=False) as session:
        yield session
