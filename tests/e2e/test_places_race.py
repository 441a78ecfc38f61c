"""Everybody presses the button at once, through the server people really use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.models import OutboxMessage, Person, SignUp
from app.tenancy import UNSCOPED
from config import Config
from tests.conftest import Clock
from tests.e2e.lockless import without_lock
from tests.e2e.racing import Browser, answers_for, at_once, make_race, serving

SIZES = [
    pytest.param(50, 10, id="50 for 10"),
    pytest.param(500, 100, id="500 for 100", marks=[pytest.mark.night, pytest.mark.timeout(900)]),
]


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


@pytest.fixture
def browser(settings: Config, any_engine: Engine, clock: Clock) -> Iterator[Browser]:
    with serving(settings, any_engine, clock) as browser:
        yield browser


def race(browser: Browser, factory: SessionFactory, racers: int, places: int) -> list[int]:
    """Let everybody ask for a place at once; return the answers' statuses."""
    with unit_of_work(factory) as session:
        fields = answers_for(make_race(session, places=places))

    def sign_up(number: int, ready: Any) -> int:
        form = fields | {"email": f"racer{number}@example.org"}
        return browser.submit("/e/race?role=mentee", form, ready=ready)[0]

    return at_once(racers, sign_up)


def placed(factory: SessionFactory) -> int:
    with unit_of_work(factory, write=False) as session:
        count = select(func.count()).where(SignUp.state == "placed")
        return session.scalar(count) or 0


@pytest.mark.parametrize(("racers", "places"), SIZES)
def test_no_place_too_many_and_none_left_empty(
    browser: Browser, factory: SessionFactory, racers: int, places: int
) -> None:
    statuses = race(browser, factory, racers, places)

    assert statuses == [303] * racers
    with unit_of_work(factory, write=False) as session:
        rows = session.execute(
            select(SignUp.seq, SignUp.state, OutboxMessage.kind)
            .join(OutboxMessage, OutboxMessage.person_id == SignUp.person_id)
            .order_by(SignUp.id)
        )
        found = [(seq, state.value, kind) for seq, state, kind in rows]
        people = session.scalar(select(func.count(Person.email_canonical.distinct())))
    assert people == racers
    assert found == [
        (seq, "placed", "welcome") if seq <= places else (seq, "waiting", "waiting")
        for seq in range(1, racers + 1)
    ]


@pytest.mark.parametrize(("racers", "places"), SIZES)
def test_without_the_lock_places_are_oversold(
    settings: Config, any_engine: Engine, clock: Clock, racers: int, places: int
) -> None:
    """The control: if this race sold no place too many, the one above would prove nothing."""
    lockless = make_engine(any_engine.url.render_as_string(hide_password=False))
    event.listen(lockless, "do_connect", without_lock)
    factory = make_session_factory(lockless, tenant=UNSCOPED)

    with serving(settings, lockless, clock) as browser:
        statuses = race(browser, factory, racers, places)

    assert statuses == [303] * racers
    assert placed(factory) > places
    lockless.dispose()
