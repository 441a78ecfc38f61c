"""A client of the API for a small event with a published schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.db import SessionFactory, unit_of_work
from app.models import Organisation
from app.services import api_tokens
from tests.builders import default_rules, make_event, make_organiser
from tests.published import make_evening, publish


@dataclass(frozen=True, kw_only=True)
class Program:
    """Something that asks the API with a key."""

    app: Flask
    key: str
    event_id: int = 0
    organisation_id: int = 0

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, body: object = None, **headers: str) -> TestResponse:
        return self.send("POST", path, body, headers)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        named = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        named |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        sent: dict[str, Any] = {} if body is None else {"json": body}
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=named, **sent)


def make_key(
    factory: SessionFactory,
    organisation_id: int,
    organiser_id: int,
    *,
    now: datetime,
    may_write: bool = True,
) -> str:
    with unit_of_work(factory) as session:
        return api_tokens.make(
            session,
            organisation_id,
            name="website",
            may_write=may_write,
            expires_at=None,
            now=now,
            organiser_id=organiser_id,
        )


@pytest.fixture
def program(app: Flask, session_factory: SessionFactory, now: datetime) -> Program:
    """Return a program that may write, of an organisation with one published event."""
    with unit_of_work(session_factory) as session:
        house = Organisation(name="House", created_at=now)
        session.add(house)
        session.flush()
        organiser = make_organiser(session, organisation=house)
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        event = make_event(session, organisation=house, rules=rules)
        evening = make_evening(session, event=event)
        publish(session, evening, now=now)
        ids = (house.id, organiser.id, evening.event.id)
    key = make_key(session_factory, ids[0], ids[1], now=now)
    return Program(app=app, key=key, event_id=ids[2], organisation_id=ids[0])
