"""What can happen to an evening, each after each: every mailbox ends with a calendar that is true.

Mails leave after each change, or only once both are made: then the first may be dropped unread.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import Engine

from app.db import make_session_factory, unit_of_work
from app.tenancy import UNSCOPED
from config import Config
from tests.app.services.changing_evening import (
    CHANGES,
    Change,
    World,
    call_off,
    come_again,
    erase,
    meet_elsewhere,
    merge,
    move,
    plan_anew,
    put_back_on,
    withdraw,
)
from tests.conftest import Clock
from tests.published import make_evening, publish

TELLING = (
    (move, meet_elsewhere), (meet_elsewhere, move), (plan_anew, move), (merge, move),
    (withdraw, come_again), (call_off, put_back_on), (erase, plan_anew),
)  # fmt: skip


@pytest.fixture
def make_world(
    engine: Engine, settings: Config, clock: Clock, key: bytes
) -> Iterator[Callable[[], World]]:
    """Return what brings back the evening as it is published, told, and in all calendars."""
    factory = make_session_factory(engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        evening = make_evening(session)
        publish(session, evening, now=clock())
        ids = tuple(one.id for one in (*evening.mentors, *evening.mentees))
        event_id = evening.event.id
    first = World(
        factory=factory, clock=clock, settings=settings, key=key, event_id=event_id, sign_ups=ids
    )
    first.do(World.sync)
    first.deliver()
    engine.dispose()
    file, begun = settings.data / "roundabout.sqlite", clock.at
    shutil.copyfile(file, kept := settings.data / "kept.sqlite")

    def make() -> World:
        engine.dispose()
        for old in settings.data.glob("roundabout.sqlite*"):
            old.unlink()
        shutil.copyfile(kept, file)
        clock.at = begun
        return replace(first, entries=dict(first.entries), marks=dict(first.marks))

    yield make
    engine.dispose()


def live_through(world: World, changes: tuple[Change, ...], *, sends_between: bool) -> None:
    for change in changes:
        world.do(change)
        if sends_between:
            world.deliver()
    world.deliver()
    world.do(World.sync)
    world.deliver()


def is_true(world: World) -> bool:
    """Return whether each calendar says what is so, and nobody is to be told anything more."""
    with unit_of_work(world.factory) as session:
        wanted, untold = world.wanted(session), world.sync(session)
    return (world.entries, untold) == (wanted, 0)


@pytest.mark.parametrize("changes", TELLING, ids=lambda pair: "-".join(c.__name__ for c in pair))
def test_calendars_are_true_after_two_changes_that_left_together(
    make_world: Callable[[], World], changes: tuple[Change, ...]
) -> None:
    world = make_world()

    live_through(world, changes, sends_between=False)

    assert is_true(world)


@pytest.mark.night
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("sends_between", [True, False])
def test_calendars_are_true_after_every_two_changes(
    make_world: Callable[[], World], *, sends_between: bool
) -> None:
    for changes in product(CHANGES, repeat=2):
        world = make_world()

        live_through(world, changes, sends_between=sends_between)

        assert is_true(world), [change.__name__ for change in changes]
