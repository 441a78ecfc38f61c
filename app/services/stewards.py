"""Links for those who help on the day: one event, read only, until an hour that is set."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, LinkExpired, NotFound
from app.models import Event, StewardLink
from app.services import audit
from app.services.addresses import clean_line
from app.tenancy import ACROSS, Tenant, narrow

AFTER_EVENT = timedelta(hours=2)
LATEST = timedelta(days=7)
MAX_LABEL = 80
GONE = "This link has ended. Ask the organisers for a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardView:
    """Who helps, as far as we know them: by the name their link was given."""

    link_id: int
    event_id: int
    label: str
    expires_at: datetime


def usual_end(event: Event, now: datetime) -> datetime:
    """Return until when a link is good unless somebody says otherwise."""
    return max(event.ends_at, now) + AFTER_EVENT


def make_link(
    session: Session,
    event: Event,
    *,
    label: str,
    expires_at: datetime,
    now: datetime,
    organiser_id: int,
) -> str:
    """Return the token of a new link; it is kept nowhere and cannot be shown again."""
    label = clean_line(label)[:MAX_LABEL]
    if not label:
        raise InvalidInput({"label": "Write who gets it, like front desk"})
    if expires_at <= now:
        raise InvalidInput({"until_date": "Choose a time that is still to come"})
    if expires_at > max(event.ends_at, now) + LATEST:
        message = f"Choose a time within {LATEST.days} days after the event"
        raise InvalidInput({"until_date": message})
    token = secrets.token_urlsafe(24)
    link = StewardLink(
        event_id=event.id,
        label=label,
        token_hash=_digest(token),
        created_by=organiser_id,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(link)
    session.flush()
    _record(session, event, link, "stewards' link made", by=organiser_id, now=now)
    return token


def revoke(
    session: Session, event: Event, link_id: int, *, now: datetime, organiser_id: int
) -> str:
    """End a link now, for everybody who holds it, and return its label."""
    link = session.get(StewardLink, link_id)
    if link is None or link.event_id != event.id:
        raise NotFound
    if link.revoked_at is None:
        link.revoked_at = now
        _record(session, event, link, "stewards' link ended", by=organiser_id, now=now)
    return link.label


def find(session: Session, token: str, *, now: datetime) -> StewardView:
    """Return what a token opens; raise `LinkExpired` when it has ended, or never was."""
    link = session.scalar(
        select(StewardLink)
        .where(
            StewardLink.token_hash == _digest(token),
            StewardLink.revoked_at.is_(None),
            StewardLink.expires_at > now,
        )
        .execution_options(**ACROSS)
    )
    if link is None:
        raise LinkExpired(GONE)
    narrow(session, Tenant(event_id=link.event_id))
    return StewardView(
        link_id=link.id, event_id=link.event_id, label=link.label, expires_at=link.expires_at
    )


def begin(session: Session, token: str, *, now: datetime) -> StewardView:
    """Note that a browser begins to help with a link."""
    found = find(session, token, now=now)
    event = session.get_one(Event, found.event_id)
    audit.record(
        session,
        actor=f"steward {found.link_id}",
        what="steward began",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
    )
    return found


def _record(
    session: Session, event: Event, link: StewardLink, what: str, *, by: int, now: datetime
) -> None:
    audit.record(
        session,
        actor=f"organiser {by}",
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        link_id=link.id,
    )


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
