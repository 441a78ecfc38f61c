from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import TooManyTries
from app.models import Attempt
from app.services import limits

LIMIT = limits.Limit(name="link", tries=2, window=timedelta(minutes=15))


def test_as_many_as_the_limit_says(session: Session, now: datetime) -> None:
    tries = [limits.is_allowed(session, LIMIT, 1, "a", now=now) for _ in range(4)]

    assert tries == [True, True, False, False]


def test_others_are_counted_apart(session: Session, now: datetime) -> None:
    for who in ("a", "b"):
        for event_id in (1, 2):
            limits.check(session, LIMIT, event_id, who, now=now)
            limits.check(session, LIMIT, event_id, who, now=now)

    with pytest.raises(TooManyTries):
        limits.check(session, LIMIT, 1, "a", now=now)


def test_the_window_moves_on(session: Session, now: datetime) -> None:
    limits.check(session, LIMIT, "a", now=now)
    limits.check(session, LIMIT, "a", now=now + timedelta(minutes=10))

    assert not limits.is_allowed(session, LIMIT, "a", now=now + timedelta(minutes=14))
    assert limits.is_allowed(session, LIMIT, "a", now=now + timedelta(minutes=15))


def test_no_address_is_kept_in_the_clear(session: Session, now: datetime) -> None:
    limits.check(session, LIMIT, "ann@example.org", now=now)

    assert "ann" not in session.scalars(select(Attempt.key)).one()


def test_old_tries_are_forgotten(session: Session, now: datetime) -> None:
    limits.check(session, LIMIT, "a", now=now)

    limits.forget_old(session, now + timedelta(days=1, seconds=1))

    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
