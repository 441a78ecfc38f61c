"""Whether the installation can do its work at this moment; nothing here is about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from app import schema
from app.db import SessionFactory, sqlite_is_sound, sqlite_module, unit_of_work
from app.errors import Busy, CannotStore
from app.models import Lease
from app.services import leases, outbox, pauses
from app.tenancy import UNSCOPED

PATIENCE_S = 2.0
LATEST_TICK = timedelta(seconds=90)
LATEST_BEAT = timedelta(seconds=90)
LATEST_MAIL = timedelta(minutes=15)
PROBE = "probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must hold; ``seconds`` is how long ago, where that is the question."""

    name: str
    is_good: bool
    seconds: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    checks: tuple[Check, ...]

    @property
    def is_ready(self) -> bool:
        """Whether everything holds that must."""
        return all(check.is_good for check in self.checks)


def read(factory: SessionFactory, *, now: datetime) -> Readiness:
    """Look at the database, the schema, the ticker, the worker and the mail."""
    storage = _storage(factory, now)
    if not storage.is_good:
        return Readiness(checks=(storage,))
    with unit_of_work(factory, write=False, tenant=UNSCOPED) as session:
        return Readiness(
            checks=(
                storage,
                _schema(session),
                _journal(session),
                _alive(session, leases.TICKER, LATEST_TICK, now),
                _alive(session, leases.WORKER, LATEST_BEAT, now),
                _mail(session, now),
            )
        )


def _storage(factory: SessionFactory, now: datetime) -> Check:
    """Write a row and take it back."""
    try:
        with unit_of_work(factory, wait_s=PATIENCE_S, tenant=UNSCOPED) as session:
            session.execute(delete(Lease).where(Lease.name == PROBE))
            with session.begin_nested() as attempt:
                session.add(Lease(name=PROBE, owner=PROBE, until=now))
                session.flush()
                attempt.rollback()
    except (Busy, CannotStore) as error:
        return Check(name="database", is_good=False, remark=type(error).__name__)
    return Check(name="database", is_good=True)


def _schema(session: Session) -> Check:
    is_head = schema.current(session.connection()) == schema.head()
    return Check(name="schema", is_good=is_head, remark="" if is_head else "run migrate")


def _journal(session: Session) -> Check:
    """Hold SQLite's log against the releases whose log can lose pages."""
    if session.get_bind().dialect.name != "sqlite":
        return Check(name="journal", is_good=True)
    mode = session.execute(text("PRAGMA journal_mode")).scalar()
    is_sound = mode != "wal" or sqlite_is_sound(sqlite_module().sqlite_version_info)
    return Check(name="journal", is_good=is_sound, remark="" if is_sound else "unsound SQLite")


def _alive(session: Session, name: str, latest: timedelta, now: datetime) -> Check:
    seen = leases.renewed_at(session, name)
    if seen is None:
        return Check(name=name, is_good=False, remark="never seen")
    age = now - seen
    return Check(name=name, is_good=age < latest, seconds=max(0, int(age.total_seconds())))


def _mail(session: Session, now: datetime) -> Check:
    if pauses.is_paused(session, pauses.OUTBOX):
        return Check(name="mail", is_good=True, remark="paused")
    since = outbox.overdue_since(session, now=now)
    if since is None:
        return Check(name="mail", is_good=True, seconds=0)
    age = now - since
    return Check(name="mail", is_good=age < LATEST_MAIL, seconds=int(age.total_seconds()))
