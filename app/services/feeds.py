"""Addresses of the feed that an organiser subscribes to: derived, kept nowhere, made anew at will.

The agenda of one event is public and needs no secret; a person's rounds have a personal link.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.enums import FeedKind
from app.errors import NotFound
from app.models import FeedLink, Organiser
from app.services import audit
from app.services.access import TOKEN_LENGTH
from app.tenancy import ACROSS, Tenant, narrow
from config import keys_of

_LINK = (
    select(FeedLink, Organiser.organisation_id)
    .join(Organiser, Organiser.id == FeedLink.organiser_id)
    .where(
        FeedLink.token_hash == bindparam("digest"),
        FeedLink.kind == FeedKind.ORGANISER,
        Organiser.left_at.is_(None),
    )
)


def existing_token(session: Session, organiser_id: int, *, key: bytes) -> str | None:
    """Return the token of an organiser's feed without making a row for it."""
    link = _find(session, organiser_id)
    return None if link is None else _token_of(link, key=key)


def link_for_organiser(session: Session, organiser_id: int, *, key: bytes, now: datetime) -> str:
    """Return the token of an organiser's feed; its row is made at the first call."""
    link = _find(session, organiser_id) or _make(session, organiser_id, key=key, now=now)
    return _token_of(link, key=key) or _sign(session, link, key=key)


def renew(
    session: Session, organiser_id: int, organisation_id: int, *, key: bytes, now: datetime
) -> str:
    """Make the old address worthless, if there is one, and return the token of the new one."""
    link = _find(session, organiser_id)
    if link is None:
        return link_for_organiser(session, organiser_id, key=key, now=now)
    link.version += 1
    audit.record(
        session,
        actor=f"organiser {organiser_id}",
        what="feed address renewed",
        now=now,
        organisation_id=organisation_id,
    )
    return _sign(session, link, key=key)


def resolve(session: Session, token: str, *, key: bytes) -> int:
    """Return the organisation whose events a token shows, and give the session to it.

    Raises ``NotFound`` for a token that was never good, is renewed, or whose account is closed.
    """
    digest = sha256(token.encode()).digest()
    found = session.execute(_LINK, {"digest": digest}, execution_options=ACROSS).one_or_none()
    if found is None or _token_of(found[0], key=key) != token:
        raise NotFound
    narrow(session, Tenant(organisation_id=found[1]))
    return int(found[1])


def _derive(link: FeedLink, *, key: bytes) -> str:
    text = f"feed-{link.kind}|{link.id}|{link.version}".encode()
    digest = hmac.new(key, text, sha256).digest()
    return urlsafe_b64encode(digest).decode("ascii")[:TOKEN_LENGTH]


def _token_of(link: FeedLink, *, key: bytes) -> str | None:
    """Return the token, derived with the key it was made with; None when that is not listed."""
    for known in keys_of(key):
        token = _derive(link, key=known)
        if hmac.compare_digest(sha256(token.encode()).digest(), link.token_hash):
            return token
    return None


def _sign(session: Session, link: FeedLink, *, key: bytes) -> str:
    token = _derive(link, key=key)
    link.token_hash = sha256(token.encode()).digest()
    session.flush()
    return token


def _find(session: Session, organiser_id: int) -> FeedLink | None:
    return session.scalar(select(FeedLink).where(FeedLink.organiser_id == organiser_id))


def _make(session: Session, organiser_id: int, *, key: bytes, now: datetime) -> FeedLink:
    link = FeedLink(
        kind=FeedKind.ORGANISER,
        organiser_id=organiser_id,
        version=1,
        token_hash=secrets.token_bytes(32),  # the token needs the row's id first
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()
    except IntegrityError:  # another transaction made it meanwhile
        other = _find(session, organiser_id)
        if other is None:
            raise
        return other
    _sign(session, link, key=key)
    return link
