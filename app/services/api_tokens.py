"""Keys with which programs read or write one organisation's events: made, shown once, ended.

A key is 256 bits of chance and nobody guesses it: a wrong one costs one look-up and is not counted.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound, TooManyTries
from app.models import ApiToken
from app.services import audit, limits
from app.services.addresses import clean_line
from app.services.limits import Limit
from app.tenancy import ACROSS

BEGINS_WITH = "rb_"
"""By which people, and programs that look for lost keys, know one when they see it."""
MAX_NAME = 80
MOST = 50
LATEST = timedelta(days=731)
USED_STEP = timedelta(minutes=1)
REQUESTS = Limit(name="api", tries=600, window=timedelta(minutes=1))


class TooManyRequests(TooManyTries):
    """This key has asked more often than it may within a minute. Wait, then go on."""

    retry_after_s = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """Which program asks, and for whom."""

    id: int
    organisation_id: int
    may_write: bool

    @property
    def actor(self) -> str:
        """How the record of changes names it."""
        return f"api key {self.id}"


def make(
    session: Session,
    organisation_id: int,
    *,
    name: str,
    may_write: bool,
    expires_at: datetime | None,
    now: datetime,
    organiser_id: int,
) -> str:
    """Return a new key; it is kept nowhere and cannot be shown again."""
    name = clean_line(name)[:MAX_NAME]
    if not name:
        raise InvalidInput({"name": "Write what uses it, like our website"})
    if expires_at is not None and not now < expires_at <= now + LATEST:
        message = "Choose a day within the next two years, or leave it empty"
        raise InvalidInput({"expires_on": message})
    if _live(session, organisation_id, now) >= MOST:
        message = f"There are {MOST} keys already. Revoke one that nobody uses, then make this one"
        raise InvalidInput({"name": message})
    token = BEGINS_WITH + secrets.token_urlsafe(32)
    row = ApiToken(
        organisation_id=organisation_id,
        name=name,
        token_hash=_digest(token),
        may_write=may_write,
        created_by=organiser_id,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    _record(session, row, "API key made", by=organiser_id, now=now, may_write=may_write)
    return token


def revoke(
    session: Session, organisation_id: int, token_id: int, *, now: datetime, organiser_id: int
) -> str:
    """End a key now and return its name; a second time changes nothing."""
    row = session.scalar(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.organisation_id == organisation_id)
    )
    if row is None:
        raise NotFound
    if row.revoked_at is None:
        row.revoked_at = now
        _record(session, row, "API key revoked", by=organiser_id, now=now)
    return row.name


def use(session: Session, token: str, *, now: datetime) -> TokenView | None:
    """Return what a key opens, counted as one request; None when it opens nothing (any more).

    Raises `TooManyRequests` when it asks too often. When it was last used is noted once a minute.
    """
    row = session.scalar(
        select(ApiToken)
        .where(ApiToken.token_hash == _digest(token), ApiToken.revoked_at.is_(None))
        .execution_options(**ACROSS)
    )
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    if not limits.is_allowed(session, REQUESTS, row.id, now=now):
        raise TooManyRequests
    if row.last_used_at is None or now - row.last_used_at >= USED_STEP:
        row.last_used_at = now
    return TokenView(id=row.id, organisation_id=row.organisation_id, may_write=row.may_write)


def _live(session: Session, organisation_id: int, now: datetime) -> int:
    return session.scalars(
        select(func.count(ApiToken.id)).where(
            ApiToken.organisation_id == organisation_id,
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at.is_(None) | (ApiToken.expires_at > now),
        )
    ).one()


def _record(
    session: Session, row: ApiToken, what: str, *, by: int, now: datetime, **detail: bool
) -> None:
    audit.record(
        session,
        actor=f"organiser {by}",
        what=what,
        now=now,
        organisation_id=row.organisation_id,
        api_token=row.id,
        **detail,
    )


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
