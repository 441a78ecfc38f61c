"""What stands still for the whole installation until somebody lets it go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Pause
from app.services import audit

OUTBOX = "outbox"
"""No mail leaves until an owner lets it."""
LOGIN = "mail login"
"""The mail server refuses us; it is asked again every so often, and the pause ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseView:
    """Since when something stands still, and why."""

    since: datetime
    why: str
    name: str = OUTBOX


def standing(session: Session) -> PauseView | None:
    """Return why no mail leaves; a pause that somebody has to end comes first."""
    found = session.scalars(select(Pause).where(Pause.name.in_((OUTBOX, LOGIN)))).all()
    views = [PauseView(since=row.since, why=row.why, name=row.name) for row in found]
    return min(views, key=lambda view: view.name != OUTBOX, default=None)


def find(session: Session, name: str) -> PauseView | None:
    """Return the pause of this name, None while the thing goes on."""
    row = session.get(Pause, name)
    return None if row is None else PauseView(since=row.since, why=row.why, name=name)


def is_paused(session: Session, name: str) -> bool:
    """Return whether the thing of this name stands still."""
    return session.get(Pause, name) is not None


def set(  # noqa: A001 -- read as pauses.set
    session: Session, name: str, *, why: str, now: datetime
) -> None:
    """Make the thing of this name stand still; a later reason replaces the earlier one."""
    session.merge(Pause(name=name, since=now, why=why))
    audit.record(session, actor="system", what=f"{name} paused", now=now)
    session.flush()


def lift(
    session: Session,
    name: str,
    *,
    now: datetime,
    actor: str,
    organisation_id: int | None = None,
) -> bool:
    """Let it go on; return False when it did not stand still."""
    row = session.get(Pause, name)
    if row is None:
        return False
    session.delete(row)
    audit.record(
        session,
        actor=actor,
        what=f"{name} goes on",
        now=now,
        organisation_id=organisation_id,
        paused_since=row.since.isoformat(),
    )
    session.flush()
    return True
