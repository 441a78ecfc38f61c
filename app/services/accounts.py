"""Organisers' accounts: signing in and out, and the link that makes somebody an owner."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.errors import InvalidInput, LinkExpired
from app.models.organisation import Organisation, Organiser, OrganiserInvitation, OrganiserSession
from app.services import limits
from app.services.addresses import canonical_address
from app.services.passwords import check_new_password, hash_password, is_outdated, password_fits

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
SEEN_STEP = timedelta(minutes=5)
"""How far ``seen_at`` may lag, so that not every page view writes."""
INVITATION_LASTS = timedelta(days=7)
TRIES_PER_ADDRESS = limits.Limit(name="sign-in", tries=10, window=timedelta(minutes=15))
TRIES_PER_SOURCE = limits.Limit(name="sign-in-from", tries=50, window=timedelta(minutes=15))
TRIES_FROM_EVERYWHERE = limits.Limit(name="sign-in-to", tries=100, window=timedelta(minutes=15))
"""Wide enough that a stranger cannot lock an organiser out by trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganiserView:
    """Who is signed in."""

    id: int
    organisation_id: int
    name: str
    email: str
    role: OrganiserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Whose a session is; ``wants_noting`` when `resolve_session` would write something down."""

    organiser: OrganiserView | None
    wants_noting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who says who they are; ``organiser_id`` is None for an unknown address."""

    email: str
    source: str
    organiser_id: int | None
    password_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """What an owner's one-time link offers."""

    organisation_name: str
    email: str


def canonical(email: str) -> str:
    """Return the form of an address under which an account is found."""
    try:
        return canonical_address(email)
    except InvalidInput:
        return email.strip().casefold()  # no account has it, and nobody is told so


def create_organisation(session: Session, name: str, *, now: datetime) -> Organisation:
    """Add an organisation."""
    organisation = Organisation(name=name, created_at=now)
    session.add(organisation)
    session.flush()
    return organisation


def create_organiser(
    session: Session,
    *,
    organisation_id: int,
    name: str,
    email: str,
    password: str,
    now: datetime,
    role: OrganiserRole = OrganiserRole.ORGANISER,
) -> Organiser:
    """Add an organiser who signs in with a password."""
    check_new_password(password, email=email)
    return _add_organiser(
        session,
        organisation_id=organisation_id,
        name=name,
        email=email,
        password_hash=hash_password(password),
        role=role,
        now=now,
    )


def begin_sign_in(session: Session, email: str, *, source: str, now: datetime) -> Candidate:
    """Count the try and look the address up; raise `TooManyTries` after too many."""
    address = canonical(email)
    limits.check(session, TRIES_PER_SOURCE, source, now=now)
    limits.check(session, TRIES_FROM_EVERYWHERE, address, now=now)
    limits.check(session, TRIES_PER_ADDRESS, address, source, now=now)
    organiser = session.scalar(select(Organiser).where(Organiser.email_canonical == address))
    return Candidate(
        email=address,
        source=source,
        organiser_id=organiser.id if organiser else None,
        password_hash=organiser.password_hash if organiser else None,
    )


def is_genuine(candidate: Candidate, password: str) -> bool:
    """Return whether the password is theirs. Slow on purpose: call it outside any transaction."""
    return password_fits(password, candidate.password_hash) and candidate.organiser_id is not None


def open_session(session: Session, organiser_id: int, *, now: datetime) -> str:
    """Sign an organiser in and return the token for their browser."""
    token = secrets.token_urlsafe(32)
    session.execute(
        delete(OrganiserSession).where(
            or_(OrganiserSession.expires_at <= now, OrganiserSession.seen_at <= now - IDLE)
        )
    )
    session.add(
        OrganiserSession(
            organiser_id=organiser_id,
            token_hash=_digest(token),
            created_at=now,
            seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.flush()
    return token


def complete_sign_in(
    session: Session, candidate: Candidate, password: str, *, now: datetime
) -> str:
    """Open the session of a genuine candidate; renew an outdated hash on the way."""
    assert candidate.organiser_id is not None  # noqa: S101 -- is_genuine said so
    assert candidate.password_hash is not None  # noqa: S101 -- is_genuine said so
    limits.forget(session, TRIES_PER_ADDRESS, candidate.email, candidate.source)
    if is_outdated(candidate.password_hash):
        organiser = session.get_one(Organiser, candidate.organiser_id)
        organiser.password_hash = hash_password(password)
    return open_session(session, candidate.organiser_id, now=now)


def sign_in(session: Session, email: str, password: str, *, now: datetime) -> str | None:
    """Sign in within one transaction; for a command line, where nobody else waits."""
    candidate = begin_sign_in(session, email, source="here", now=now)
    if not is_genuine(candidate, password):
        return None
    return complete_sign_in(session, candidate, password, now=now)


def look_up_session(session: Session, token: str, *, now: datetime) -> SessionView:
    """Return who holds a token, without changing anything."""
    found = _find_session(session, token)
    if found is None:
        return SessionView(organiser=None)
    row, organiser = found
    if _is_over(row, now):
        return SessionView(organiser=None, wants_noting=True)
    return SessionView(organiser=_view(organiser), wants_noting=now - row.seen_at >= SEEN_STEP)


def resolve_session(session: Session, token: str, *, now: datetime) -> OrganiserView | None:
    """Return who holds a token, None when it was signed out, idle for long or too old.

    A session that is over is deleted; one in use has it noted every few minutes.
    """
    found = _find_session(session, token)
    if found is None:
        return None
    row, organiser = found
    if _is_over(row, now):
        session.delete(row)
        return None
    if now - row.seen_at >= SEEN_STEP:
        row.seen_at = now
    return _view(organiser)


def sign_out(session: Session, token: str) -> None:
    """End a session on the server, so that a copied cookie is worth nothing."""
    session.execute(delete(OrganiserSession).where(OrganiserSession.token_hash == _digest(token)))


def invite_owner(session: Session, *, organisation_name: str, email: str, now: datetime) -> str:
    """Return the token of a one-time link that makes its holder owner of an organisation."""
    organisation = session.scalar(
        select(Organisation).where(Organisation.name == organisation_name)
    ) or create_organisation(session, organisation_name, now=now)
    _check_free(session, email, organisation_id=organisation.id)
    token = secrets.token_urlsafe(24)
    session.add(
        OrganiserInvitation(
            organisation_id=organisation.id,
            email=email.strip(),
            token_hash=_digest(token),
            expires_at=now + INVITATION_LASTS,
        )
    )
    session.flush()
    return token


def find_invitation(session: Session, token: str, *, now: datetime) -> InvitationView:
    """Return what a link offers; raise `LinkExpired` when it was used or is too old."""
    invitation = _invitation(session, token, now=now)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    return InvitationView(organisation_name=organisation.name, email=invitation.email)


def accept_owner_invitation(
    session: Session, token: str, *, name: str, password_hash: str, now: datetime
) -> str:
    """Use a link up: its holder is owner now and signed in; return the session's token.

    Somebody who has an account in that organisation already gets the new name and password, and
    all their sessions end.
    """
    invitation = _invitation(session, token, now=now)
    invitation.used_at = now
    known = _check_free(session, invitation.email, organisation_id=invitation.organisation_id)
    if known is None:
        known = _add_organiser(
            session,
            organisation_id=invitation.organisation_id,
            name=name,
            email=invitation.email,
            password_hash=password_hash,
            role=OrganiserRole.OWNER,
            now=now,
        )
    else:
        known.name, known.password_hash, known.role = name, password_hash, OrganiserRole.OWNER
        session.execute(delete(OrganiserSession).where(OrganiserSession.organiser_id == known.id))
    return open_session(session, known.id, now=now)


def _find_session(session: Session, token: str) -> tuple[OrganiserSession, Organiser] | None:
    found = session.execute(
        select(OrganiserSession, Organiser)
        .join(Organiser, Organiser.id == OrganiserSession.organiser_id)
        .where(OrganiserSession.token_hash == _digest(token))
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def _is_over(row: OrganiserSession, now: datetime) -> bool:
    return now >= row.expires_at or now - row.seen_at >= IDLE


def _view(organiser: Organiser) -> OrganiserView:
    return OrganiserView(
        id=organiser.id,
        organisation_id=organiser.organisation_id,
        name=organiser.name,
        email=organiser.email,
        role=organiser.role,
    )


def _add_organiser(
    session: Session,
    *,
    organisation_id: int,
    name: str,
    email: str,
    password_hash: str,
    role: OrganiserRole,
    now: datetime,
) -> Organiser:
    organiser = Organiser(
        organisation_id=organisation_id,
        name=name.strip(),
        email=email.strip(),
        email_canonical=canonical(email),
        password_hash=password_hash,
        role=role,
        created_at=now,
    )
    session.add(organiser)
    session.flush()
    return organiser


def _check_free(session: Session, email: str, *, organisation_id: int) -> Organiser | None:
    """Return the account of an address here; raise `InvalidInput` when it has one elsewhere."""
    known = session.scalar(select(Organiser).where(Organiser.email_canonical == canonical(email)))
    if known is not None and known.organisation_id != organisation_id:
        raise InvalidInput({"email": "This address belongs to another organisation here"})
    return known


def _invitation(session: Session, token: str, *, now: datetime) -> OrganiserInvitation:
    found = session.scalar(
        select(OrganiserInvitation).where(OrganiserInvitation.token_hash == _digest(token))
    )
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise LinkExpired
    return found


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
