"""An application whose patience is short, on each of the two databases, at the sign-up page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select
from werkzeug.test import TestResponse

from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.factory import create_app
from app.models import AuditEntry, OutboxMessage, Person, SignUp
from app.tenancy import UNSCOPED
from config import Config
from tests.app.blueprints.test_public import make_page, make_post
from tests.conftest import POSTGRES

WAIT_MS = 200


@dataclass
class Place:
    """A sign-up page on a database that is about to misbehave."""

    app: Flask
    client: FlaskClient
    engine: Engine
    factory: SessionFactory
    rounds: tuple[int, ...]

    def sign_up(self, name: str = "roza", **changes: Any) -> TestResponse:
        form = make_post(self.rounds, email=f"{name}@example.org", **changes)
        return self.client.post("/e/evening?role=mentee", data=form)

    def counts(self) -> tuple[int, ...]:
        """Return how many rows each table of a sign-up holds."""
        with unit_of_work(self.factory, write=False) as session:
            return tuple(
                session.scalar(select(func.count()).select_from(model)) or 0
                for model in (Person, SignUp, OutboxMessage, AuditEntry)
            )


def _make_place(engine: Engine, settings: Config, clock: Callable[[], datetime]) -> Place:
    app = create_app(settings, engine=engine, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    factory = make_session_factory(engine, tenant=UNSCOPED)
    return Place(app, app.test_client(), engine, factory, make_page(factory))


@pytest.fixture
def sqlite_place(
    settings: Config, engine: Engine, clock: Callable[[], datetime]
) -> Iterator[Place]:
    engine.dispose()
    short = make_engine(settings.database_url, wait_ms=WAIT_MS)
    yield _make_place(short, settings, clock)
    short.dispose()


@pytest.fixture
def postgres_place(
    settings: Config, postgres: Engine, clock: Callable[[], datetime]
) -> Iterator[Place]:
    postgres.dispose()
    short = make_engine(POSTGRES, wait_ms=WAIT_MS)
    yield _make_place(short, settings, clock)
    short.dispose()


@dataclass
class Pragma:
    """A pragma laid on every connection as it is handed out, until it is taken away."""

    text: str = ""
    undo: str = ""

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "checkout", self._lay)

    def _lay(self, connection: Any, _record: Any, _proxy: Any) -> None:
        for text in filter(None, (self.undo, self.text)):
            connection.execute(f"PRAGMA {text}")
