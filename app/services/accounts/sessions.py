"""Signed-in browsers: kept on the server, so that one can be ended from everywhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.models import Organiser, OrganiserSession
from app.services.accounts.organisers import OrganiserView, view_of
from app.tenancy import ACROSS

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
SEEN_STEP = timedelta(minutes=5)
"""How far ``seen_at`` may lag, so that not every page view writes."""
MAX_BROWSER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Whose a session is; ``wants_noting`` when `resolve_session` would write something down."""

    organiser: OrganiserView | None
    wants_noting: bool = False


def open_session(
    session: Session, organiser_id: int, *, now: datetime, browser: str = "", instead_of: str = ""
) -> str:
    """Sign an organiser in and return the token for their browser.

    ``instead_of`` is the token that the browser had before: it is worth nothing from now on.
    """
    token = secrets.token_urlsafe(32)
    is_over = or_(OrganiserSession.expires_at <= now, OrganiserSession.seen_at <= now - IDLE)
    session.execute(delete(OrganiserSession).where(is_over).execution_options(**ACROSS))
    if instead_of:
        sign_out(session, instead_of)
    session.add(
        OrganiserSession(
            organiser_id=organiser_id,
            token_hash=digest(token),
            browser=browser[:MAX_BROWSER],
            created_at=now,
            seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.get_one(Organiser, organiser_id, execution_options=ACROSS).seen_at = now
    session.flush()
    return token


def look_up_session(session: Session, token: str, *, now: datetime) -> SessionView:
    """Return who holds a token, without changing anything."""
    found = _find(session, token)
    if found is None:
        return SessionView(organiser=None)
    row, organiser = found
    if _is_over(row, now):
        return SessionView(organiser=None, wants_noting=True)
    wants_noting = now - row.seen_at >= SEEN_STEP
    return SessionView(organiser=view_of(organiser), wants_noting=wants_noting)


def resolve_session(session: Session, token: str, *, now: datetime) -> OrganiserView | None:
    """Return who holds a token, None when it was signed out, idle for long or too old.

    A session that is over is deleted; one in use has it noted every few minutes.
    """
    found = _find(session, token)
    if found is None:
        return None
    row, organiser = found
    if _is_over(row, now):
        session.delete(row)
        return None
    if now - row.seen_at >= SEEN_STEP:
        row.seen_at = organiser.seen_at = now
    return view_of(organiser)


def sign_out(session: Session, token: str) -> None:
    """End a session on the server, so that a copied cookie is worth nothing."""
    session.execute(
        delete(OrganiserSession)
        .where(OrganiserSession.token_hash == digest(token))
        .execution_options(**ACROSS)
    )


def sign_out_everywhere(session: Session, organiser_id: int) -> None:
    """End all sessions of an organiser."""
    session.execute(
        delete(OrganiserSession)
        .where(OrganiserSession.organiser_id == organiser_id)
        .execution_options(**ACROSS)
    )


def digest(token: str) -> bytes:
    """Return what is stored of a token."""
    return sha256(token.encode()).digest()


def _find(session: Session, token: str) -> tuple[OrganiserSession, Organiser] | None:
    found = session.execute(
        select(OrganiserSession, Organiser)
        .join(Organiser, Organiser.id == OrganiserSession.organiser_id)
        .where(OrganiserSession.token_hash == digest(token), Organiser.left_at.is_(None))
        .execution_options(**ACROSS)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def _is_over(row: OrganiserSession, now: datetime) -> bool:
    return now >= row.expires_at or now - row.seen_at >= IDLE
