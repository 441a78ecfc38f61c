"""Requests made up from the document: the application answers each as the document says."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from app.db import make_session_factory, unit_of_work
from app.factory import create_app
from app.models import Organisation
from app.tenancy import UNSCOPED
from config import Config
from tests.api import fuzzing
from tests.api.conftest import make_key
from tests.api.fuzzing import CHECKS, Outcome
from tests.builders import default_rules, make_event, make_organiser
from tests.published import make_evening, publish


def serve(engine: Engine, settings: Config) -> tuple[Flask, str]:
    """Return an application on a database of its own, and a key that may write."""
    clock = fuzzing.FastClock()
    if engine.dialect.name == "sqlite":  # nothing has to outlast a power cut here
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        engine.dispose()
    factory = make_session_factory(engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        house = Organisation(name="House", created_at=clock())
        session.add(house)
        session.flush()
        organiser = make_organiser(session, organisation=house)
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        evening = make_evening(session, event=make_event(session, organisation=house, rules=rules))
        publish(session, evening, now=clock())
        ids = house.id, organiser.id
    key = make_key(factory, *ids, now=clock())
    app = create_app(settings, engine=engine, clock=clock)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app, key


def was_thorough(outcome: Outcome) -> bool:
    """Return whether every operation was asked, much was answered, and every check was made."""
    good = sum(times for status, times in outcome.statuses.items() if status < 300)
    return len(outcome.requests) == 18 and good > 20 and set(CHECKS) <= outcome.checks


def test_generated_requests_find_nothing(engine: Engine, settings: Config) -> None:
    outcome = fuzzing.run(*serve(engine, settings), examples=2, covers=False)

    assert outcome.wrong == []
    assert was_thorough(outcome), outcome


def test_an_answer_that_the_document_does_not_know_is_found(
    engine: Engine, settings: Config
) -> None:
    """Otherwise the tests around could not fail."""
    app, key = serve(engine, settings)
    view = app.view_functions["api.list_events"]
    app.view_functions["api.list_events"] = lambda **_: ({"items": "none"}, 200)

    outcome = fuzzing.run(app, key, examples=2, only="GET /api/v1/events", covers=False)
    app.view_functions["api.list_events"] = view

    found = {text.split(":")[0] for text in outcome.wrong}
    assert {"response_schema_conformance", "ignored_auth"} <= found


@pytest.mark.night
@pytest.mark.timeout(3600)
@pytest.mark.postgres
def test_a_thousand_generated_requests_an_operation_find_nothing(
    any_engine: Engine, settings: Config
) -> None:
    outcome = fuzzing.run(*serve(any_engine, settings), examples=1000)

    assert outcome.wrong == []
    assert was_thorough(outcome), outcome
