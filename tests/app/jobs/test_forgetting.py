from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.jobs.runtime import Runtime
from app.jobs.tasks import FORGET_EVERY, forget_over
from app.models import Event, Person
from app.services import privacy
from config import Config
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock
from tests.fakes import MemoryTransport


@pytest.fixture
def runtime(session_factory: SessionFactory, settings: Config, clock: Clock, key: bytes) -> Runtime:
    return Runtime(
        settings=settings,
        session_factory=session_factory,
        transport=MemoryTransport(),
        key=key,
        clock=clock,
    )


def make_over(runtime: Runtime, clock: Clock) -> None:
    with unit_of_work(runtime.session_factory) as session:
        event = make_event(session, starts_at=clock() - timedelta(days=100))
        make_sign_up(session, event)


def names(runtime: Runtime) -> list[str]:
    with unit_of_work(runtime.session_factory, write=False) as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def test_forgetting_happens_at_the_first_tick_and_then_once_an_hour(
    runtime: Runtime, clock: Clock
) -> None:
    make_over(runtime, clock)
    forget_over(runtime)
    make_over(runtime, clock)

    clock.at += FORGET_EVERY - timedelta(seconds=1)
    forget_over(runtime)
    early = names(runtime)
    clock.at += timedelta(seconds=1)
    forget_over(runtime)

    assert early[0] == privacy.ERASED_NAME
    assert early[1] != privacy.ERASED_NAME
    assert names(runtime) == [privacy.ERASED_NAME] * 2


def test_forgetting_that_failed_is_tried_again_at_the_next_tick(
    runtime: Runtime, clock: Clock, settings: Config
) -> None:
    make_over(runtime, clock)
    journal = privacy.journal_path(settings.data)
    journal.mkdir()

    with pytest.raises(OSError, match="directory"):
        forget_over(runtime)
    before = names(runtime)
    journal.rmdir()
    forget_over(runtime)

    assert before != [privacy.ERASED_NAME]
    assert names(runtime) == [privacy.ERASED_NAME]
    with unit_of_work(runtime.session_factory, write=False) as session:
        assert session.scalars(select(Event.anonymised_at)).one() == clock()
