"""The ticker's reminders, from the tick to the mailbox, with a standstill in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.jobs.runtime import Runtime
from app.jobs.tasks import remind
from app.jobs.ticker import EVERY_S
from app.models import Event
from app.services import delivery, events
from config import Config
from tests.builders import STARTS_AT, make_event, make_sign_up
from tests.conftest import Clock
from tests.fakes import MemoryTransport

PEOPLE = 3


@pytest.fixture
def transport() -> MemoryTransport:
    return MemoryTransport()


@pytest.fixture
def runtime(
    session_factory: SessionFactory,
    settings: Config,
    clock: Clock,
    key: bytes,
    transport: MemoryTransport,
) -> Runtime:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        event.contact_email = ""
        for _ in range(PEOPLE):
            make_sign_up(session, event)
    return Runtime(
        settings=settings,
        session_factory=session_factory,
        transport=transport,
        key=key,
        clock=clock,
    )


def run(runtime: Runtime) -> None:
    """Tick once, and let the worker deliver."""
    remind(runtime)
    delivery.deliver_due(
        runtime.session_factory,
        runtime.transport,
        clock=runtime.clock,
        settings=runtime.settings,
        key=runtime.key,
        owner="test",
    )


def test_reminders_are_looked_for_twice_a_minute() -> None:
    assert EVERY_S["remind"] == 30.0


def test_after_a_standstill_everybody_is_reminded_late_and_once(
    runtime: Runtime, clock: Clock, transport: MemoryTransport
) -> None:
    run(runtime)
    before = len(transport.delivered)
    clock.at = STARTS_AT - timedelta(days=1) + timedelta(minutes=10)

    for _ in range(3):
        run(runtime)
        clock.advance(seconds=30)

    addresses = [mail.to_address for mail in transport.delivered]
    assert (before, len(addresses), len(set(addresses))) == (0, PEOPLE, PEOPLE)


def test_a_move_that_nobody_told_the_reminders_of_counts(
    runtime: Runtime, clock: Clock, transport: MemoryTransport
) -> None:
    run(runtime)
    with unit_of_work(runtime.session_factory) as session:
        event = session.scalars(select(Event)).one()
        later = STARTS_AT + timedelta(days=7)
        events.move(session, event, later, now=clock(), actor="test")
    clock.at = STARTS_AT - timedelta(days=1)
    run(runtime)
    before = len(transport.delivered)

    clock.advance(days=7)
    run(runtime)

    assert (before, len(transport.delivered)) == (0, PEOPLE)
