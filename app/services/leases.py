"""Leases: rows that let one process at a time do a thing, and another take over when it dies."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Lease

TICKER, WORKER = "ticker", "worker"
LASTS = {TICKER: timedelta(seconds=30), WORKER: timedelta(seconds=60)}
"""How long each is held after it was renewed; so the end of it tells when that was."""


def take(session: Session, name: str, *, owner: str, now: datetime, lasts: timedelta) -> bool:
    """Take or renew a lease; return False when somebody else holds it.

    When several take the first at once, one of them makes the row. The others look again: it may
    be their own process that made it.
    """
    return (
        _renew(session, name, owner, now, lasts)
        or _make(session, name, owner, now + lasts)
        or _renew(session, name, owner, now, lasts)
    )


def _renew(session: Session, name: str, owner: str, now: datetime, lasts: timedelta) -> bool:
    free = or_(Lease.owner == owner, Lease.until <= now)
    renewed = session.execute(
        update(Lease).where(Lease.name == name, free).values(owner=owner, until=now + lasts)
    )
    return bool(renewed.rowcount)  # type: ignore[attr-defined]


def _make(session: Session, name: str, owner: str, until: datetime) -> bool:
    if session.get(Lease, name) is not None:
        return False
    with session.begin_nested() as attempt:
        session.add(Lease(name=name, owner=owner, until=until))
        try:
            session.flush()
        except IntegrityError:
            attempt.rollback()
            return False
    return True


def renewed_at(session: Session, name: str) -> datetime | None:
    """Return when a lease of ``LASTS`` was renewed last, None when nobody holds or left it."""
    until = session.scalar(select(Lease.until).where(Lease.name == name))
    return None if until is None else until - LASTS[name]


def give_back(session: Session, name: str, *, owner: str) -> None:
    """End a lease early, if it is still the owner's."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.owner == owner))
