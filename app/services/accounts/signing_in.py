"""Signing in with a password, as slow for a stranger as for an organiser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import StaleVersion
from app.models import Organiser
from app.services import audit, limits
from app.services.accounts.organisers import canonical, find_by_address
from app.services.accounts.sessions import open_session
from app.services.passwords import hash_password, is_outdated, password_fits
from app.tenancy import ACROSS, Tenant, narrow

TRIES_PER_ADDRESS = limits.Limit(name="sign-in", tries=10, window=timedelta(minutes=15))
TRIES_PER_SOURCE = limits.Limit(name="sign-in-from", tries=50, window=timedelta(minutes=15))
TRIES_FROM_EVERYWHERE = limits.Limit(name="sign-in-to", tries=100, window=timedelta(minutes=15))
"""Wide enough that a stranger cannot lock an organiser out by trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who says who they are; ``organiser_id`` is None for an unknown address."""

    email: str
    source: str
    organiser_id: int | None
    password_hash: str | None


def begin_sign_in(session: Session, email: str, *, source: str, now: datetime) -> Candidate:
    """Count the try and look the address up; raise `TooManyTries` after too many."""
    address = canonical(email)
    limits.check(session, TRIES_PER_SOURCE, source, now=now)
    limits.check(session, TRIES_FROM_EVERYWHERE, address, now=now)
    limits.check(session, TRIES_PER_ADDRESS, address, source, now=now)
    organiser = find_by_address(session, email)
    return Candidate(
        email=address,
        source=source,
        organiser_id=organiser.id if organiser else None,
        password_hash=organiser.password_hash if organiser else None,
    )


def is_genuine(candidate: Candidate, password: str) -> bool:
    """Return whether the password is theirs. Slow on purpose: call it outside any transaction."""
    return password_fits(password, candidate.password_hash) and candidate.organiser_id is not None


def renewed_hash(candidate: Candidate, password: str) -> str | None:
    """Return today's hash of a genuine password, None when the one kept is good. Slow as well."""
    is_good = candidate.password_hash is None or not is_outdated(candidate.password_hash)
    return None if is_good else hash_password(password)


def complete_sign_in(
    session: Session,
    candidate: Candidate,
    *,
    now: datetime,
    renewed: str | None = None,
    browser: str = "",
    instead_of: str = "",
) -> str:
    """Open the session of a genuine candidate and return its token.

    Raises ``StaleVersion`` when their password was changed, or the account closed, meanwhile.
    """
    organiser = session.scalar(
        select(Organiser)
        .where(
            Organiser.id == candidate.organiser_id,
            Organiser.password_hash == candidate.password_hash,
            Organiser.left_at.is_(None),
        )
        .execution_options(**ACROSS)
    )
    if organiser is None:
        raise StaleVersion
    narrow(session, Tenant(organisation_id=organiser.organisation_id))
    limits.forget(session, TRIES_PER_ADDRESS, candidate.email, candidate.source)
    if renewed is not None:
        organiser.password_hash = renewed
    audit.record(
        session,
        actor=f"organiser {organiser.id}",
        what="signed in",
        now=now,
        organisation_id=organiser.organisation_id,
    )
    return open_session(session, organiser.id, now=now, browser=browser, instead_of=instead_of)


def sign_in(session: Session, email: str, password: str, *, now: datetime) -> str | None:
    """Sign in within one transaction; for a command line, where nobody else waits."""
    candidate = begin_sign_in(session, email, source="here", now=now)
    if not is_genuine(candidate, password):
        return None
    return complete_sign_in(session, candidate, renewed=renewed_hash(candidate, password), now=now)
