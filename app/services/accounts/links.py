"""One-time links of organisers: in a mail they are derived when it leaves, never stored.

The outbox keeps ``{{link:invitation:17}}`` and the database the SHA-256 of the token, so neither a
backup nor whoever reads the outbox table holds a link that works. When a link is renewed, its end
moves, and with it the token: the one before is worth nothing.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.models import OrganiserInvitation, PasswordLink
from app.services.accounts.sessions import digest
from app.tenancy import ACROSS
from config import keys_of

TOKEN_LENGTH = 32
"""Characters of base64url: 192 bits."""


def derive(kind: str, number: int, expires_at: datetime, *, key: bytes) -> str:
    """Return the token of a link row."""
    text = f"{kind}|{number}|{round(expires_at.timestamp() * 1_000_000)}".encode()
    return urlsafe_b64encode(hmac.new(key, text, sha256).digest()).decode("ascii")[:TOKEN_LENGTH]


def seal(kind: str, link: OrganiserInvitation | PasswordLink, *, key: bytes) -> None:
    """Make the derived token the one that opens a link."""
    link.token_hash = digest(derive(kind, link.id, link.expires_at, key=key))


def mailed_token(session: Session, kind: str, number: int, *, key: bytes) -> str | None:
    """Return the token a mail carries, None when the link was used, taken back or made anew."""
    link: OrganiserInvitation | PasswordLink | None
    if kind == "invitation":
        link = session.get(OrganiserInvitation, number, execution_options=ACROSS)
    else:
        link = session.get(PasswordLink, number, execution_options=ACROSS)
    if link is None or link.used_at is not None:
        return None
    tokens = (derive(kind, link.id, link.expires_at, key=known) for known in keys_of(key))
    return next((token for token in tokens if link.token_hash == digest(token)), None)
