"""How often something may be tried, counted in the database so that every process counts alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.errors import TooManyTries
from app.models import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most ``tries`` within ``window``."""

    name: str
    tries: int
    window: timedelta


def is_allowed(session: Session, limit: Limit, *parts: object, now: datetime) -> bool:
    """Count one more try, unless the limit is reached; return whether it was not."""
    key = key_of(limit, *parts)
    tries = session.scalar(
        select(func.count()).where(Attempt.key == key, Attempt.at > now - limit.window)
    )
    if (tries or 0) >= limit.tries:
        return False
    session.add(Attempt(key=key, at=now))
    session.flush()
    return True


def check(session: Session, limit: Limit, *parts: object, now: datetime) -> None:
    """Count one more try; raises ``TooManyTries`` when the limit is reached."""
    if not is_allowed(session, limit, *parts, now=now):
        raise TooManyTries


def forget(session: Session, limit: Limit, *parts: object) -> None:
    """Begin to count from nothing, after it went well."""
    session.execute(delete(Attempt).where(Attempt.key == key_of(limit, *parts)))


def forget_old(session: Session, now: datetime) -> None:
    """Delete what no limit asks for any more."""
    session.execute(delete(Attempt).where(Attempt.at < now - KEPT))


def key_of(limit: Limit, *parts: object) -> str:
    """Name what is counted without keeping the address in the clear."""
    text = "|".join(str(part) for part in parts)
    return f"{limit.name}:{sha256(text.encode()).hexdigest()[:32]}"
