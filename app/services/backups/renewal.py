"""What a restored database must not say any more, and what it must be told again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from app import schema
from app.db import make_session_factory, unit_of_work
from app.enums import OutboxState
from app.models import AccessLink, Lease, OrganiserSession, OutboxMessage, PasswordLink
from app.services import access, pauses, privacy
from app.services.backups.files import BadBackup
from app.tenancy import UNSCOPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What became of a restored database before anybody may use it."""

    schema_was: str
    erased: int  # people who had been erased since the backup
    unread: tuple[str, ...]  # lines of the journal that say nothing
    waiting: int  # mails that wait for an owner
    key_fits: bool  # the personal links of the backup open with this installation's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a restored database has to be told."""

    journal: Path  # who was erased since
    key: bytes
    why: str
    now: datetime


def renew(engine: Engine, wanted: Wanted) -> Renewed:
    """Bring a restored database up to date and make it harmless, before it takes its place."""
    with engine.connect() as connection:
        was = schema.current(connection)
        schema.check_not_newer(connection)
    if was is None:
        msg = "holds no database of Roundabout"
        raise BadBackup(msg)
    schema.upgrade(engine)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        pauses.set(session, pauses.OUTBOX, why=wanted.why, now=wanted.now)
        # Whoever signed out, changed a password or died since must not come to life again.
        for model in (OrganiserSession, PasswordLink, Lease):
            session.execute(delete(model))
        return Renewed(
            schema_was=was,
            erased=privacy.replay(session, wanted.journal, now=wanted.now),
            unread=privacy.journal_faults(wanted.journal),
            waiting=_count_waiting(session),
            key_fits=_key_fits(session, wanted.key),
        )


def _count_waiting(session: Session) -> int:
    waiting = OutboxMessage.state.in_((OutboxState.QUEUED, OutboxState.SENDING))
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(waiting)) or 0


def _key_fits(session: Session, key: bytes) -> bool:
    link = session.scalar(select(AccessLink).order_by(AccessLink.id.desc()).limit(1))
    return link is None or access.token_of(link, key=key) is not None
