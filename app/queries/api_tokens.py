"""The page of an organisation's API keys: what uses them, who made them, whether they are good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ApiToken, Organiser
from app.queries import times


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """One key; the key itself is kept nowhere. ``until`` is empty for one that does not end."""

    id: int
    name: str
    by: str
    made: str
    used: str
    until: str
    may_write: bool
    is_live: bool
    was_revoked: bool


def read(session: Session, organisation_id: int, *, now: datetime) -> tuple[TokenRow, ...]:
    """Return an organisation's keys: the good ones first, then the newest."""
    found = session.execute(
        select(ApiToken, Organiser.name)
        .outerjoin(Organiser, Organiser.id == ApiToken.created_by)
        .where(ApiToken.organisation_id == organisation_id)
        .order_by(ApiToken.id.desc())
    )
    rows = [_row(token, by or "", now) for token, by in found]
    return tuple(sorted(rows, key=lambda row: not row.is_live))


def _row(token: ApiToken, by: str, now: datetime) -> TokenRow:
    is_over = token.expires_at is not None and token.expires_at <= now
    return TokenRow(
        id=token.id,
        name=token.name,
        by=by,
        made=times.date(token.created_at, "UTC"),
        used="never used" if token.last_used_at is None else times.ago(token.last_used_at, now),
        until="" if token.expires_at is None else times.date(token.expires_at, "UTC"),
        may_write=token.may_write,
        is_live=token.revoked_at is None and not is_over,
        was_revoked=token.revoked_at is not None,
    )
