"""Tickers that remind at the same moment, on a file SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import ReminderKind
from app.models import OutboxMessage, Reminder
from app.services import reminders
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import STARTS_AT, make_event, make_sign_up

TICKERS, PEOPLE = 2, 20
DAY_BEFORE = STARTS_AT - timedelta(days=1)


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


def tick_together(factory: SessionFactory, now: datetime, settings: Config) -> list[int]:
    """Return to how many people each of the tickers wrote."""
    start = threading.Barrier(TICKERS)

    def tick(_number: int) -> int:
        start.wait()
        with unit_of_work(factory) as session:
            return reminders.send_due(session, now=now, settings=settings)

    with ThreadPoolExecutor(TICKERS) as pool:
        return list(pool.map(tick, range(TICKERS)))


def test_two_tickers_at_once_remind_everybody_once(
    factory: SessionFactory, now: datetime, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        for _ in range(PEOPLE):
            make_sign_up(session, event)
        reminders.choose(session, event, [ReminderKind.DAY_BEFORE], now=now, actor="test")

    told = tick_together(factory, DAY_BEFORE, settings)

    with unit_of_work(factory, write=False) as session:
        mails = session.scalars(select(OutboxMessage.to_address)).all()
    assert (sorted(told), len(mails), len(set(mails))) == ([0, PEOPLE], PEOPLE, PEOPLE)


def test_two_tickers_at_once_plan_a_new_event_once(
    factory: SessionFactory, now: datetime, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        for _ in range(3):
            make_event(session)

    tick_together(factory, now, settings)

    with unit_of_work(factory, write=False) as session:
        rows = session.scalar(select(func.count()).select_from(Reminder))
    assert rows == 3 * len(ReminderKind)
