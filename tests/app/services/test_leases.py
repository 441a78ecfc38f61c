from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from app.db import make_session_factory, unit_of_work
from app.services import leases
from app.tenancy import UNSCOPED

LASTS = timedelta(seconds=30)


def take_at_once(engine: Engine, owners: list[str], now: datetime) -> list[bool]:
    """Let each owner ask in a thread of its own, all at the same moment."""
    factory, together = make_session_factory(engine, tenant=UNSCOPED), Barrier(len(owners))

    def ask(owner: str) -> bool:
        together.wait(120)
        with unit_of_work(factory) as session:
            return leases.take(session, "first", owner=owner, now=now, lasts=LASTS)

    with ThreadPoolExecutor(len(owners)) as pool:
        return list(pool.map(ask, owners))


@pytest.mark.parametrize("turn", range(3))
def test_jobs_of_one_process_all_have_the_lease_they_take_at_once(
    any_engine: Engine, now: datetime, turn: int
) -> None:
    later = now + turn * LASTS

    taken = take_at_once(any_engine, ["me"] * 4, later)

    assert taken == [True] * 4


def test_of_processes_that_take_it_at_once_one_has_it(any_engine: Engine, now: datetime) -> None:
    taken = take_at_once(any_engine, ["a", "b", "c", "d"], now)

    assert sorted(taken) == [False, False, False, True]


def test_another_takes_it_when_it_ends_or_is_given_back(any_engine: Engine, now: datetime) -> None:
    def ask(owner: str, at: datetime) -> bool:
        with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
            return leases.take(session, "first", owner=owner, now=at, lasts=LASTS)

    first = (ask("a", now), ask("b", now), ask("b", now + LASTS), ask("a", now + LASTS))
    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        leases.give_back(session, "first", owner="b")

    assert (first, ask("a", now + LASTS)) == ((True, False, True, False), True)
