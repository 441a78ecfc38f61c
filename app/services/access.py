"""Personal links: derived from the server's key, never stored, revoked by raising a version."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.enums import LinkPurpose
from app.errors import Erased, LinkExpired, NotFound
from app.models import AccessLink, Person
from app.tenancy import ACROSS, Tenant, narrow
from config import keys_of

TOKEN_LENGTH = 32
"""Characters of base64url: 192 bits; of base32, in reply addresses: 160 bits."""

_LINK = (
    select(AccessLink, Person.erased_at, Person.event_id)
    .join(Person, Person.id == AccessLink.person_id)
    .where(AccessLink.token_hash == bindparam("digest"), AccessLink.purpose == bindparam("purpose"))
)
_LINKS = select(AccessLink).where(
    AccessLink.person_id == bindparam("person"),
    AccessLink.purpose.in_(bindparam("purposes", expanding=True)),
)


def derive(link: AccessLink, *, key: bytes) -> str:
    """Return the token of a link row.

    That of a reply address is the same in lower and upper case, which calendars and mail servers
    do not keep apart in an address.
    """
    text = f"{link.purpose}|{link.id}|{link.version}".encode()
    digest = hmac.new(key, text, sha256).digest()
    if link.purpose is LinkPurpose.REPLY:
        return b32encode(digest).decode("ascii").lower()[:TOKEN_LENGTH]
    return urlsafe_b64encode(digest).decode("ascii")[:TOKEN_LENGTH]


def link_for(
    session: Session,
    person_id: int,
    purpose: LinkPurpose,
    *,
    key: bytes,
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Return a person's token for a purpose; its row is made at the first call."""
    link = find(session, person_id, purpose)
    if link is None:
        link = _make(session, person_id, purpose, key=key, now=now, expires_at=expires_at)
    token = token_of(link, key=key)
    if token is None:  # made with a key that is not listed any more
        token = derive(link, key=key)
        link.token_hash = sha256(token.encode()).digest()
        session.flush()
    return token


def ensure(
    session: Session,
    wanted: Collection[tuple[int, LinkPurpose]],
    *,
    key: bytes,
    now: datetime,
) -> None:
    """Make the rows of many people's links at once, as far as there are none yet.

    Nothing is made when somebody else makes one of them just now: `link_for` makes what is missing.
    """
    people, purposes = {person for person, _ in wanted}, {purpose for _, purpose in wanted}
    known = session.execute(
        select(AccessLink.person_id, AccessLink.purpose).where(
            AccessLink.person_id.in_(people), AccessLink.purpose.in_(purposes)
        )
    )
    missing = set(wanted) - {(person, purpose) for person, purpose in known}
    if not missing:
        return
    links = [_new(person, purpose, now=now) for person, purpose in sorted(missing)]
    with suppress(IntegrityError), session.begin_nested():
        session.add_all(links)
        session.flush()
        for link in links:
            link.token_hash = sha256(derive(link, key=key).encode()).digest()


def existing_tokens(
    session: Session, person_id: int, purposes: Collection[LinkPurpose], *, key: bytes
) -> dict[LinkPurpose, str]:
    """Return a person's tokens for some purposes, without making a row for any."""
    links = session.scalars(_LINKS, {"person": person_id, "purposes": list(purposes)})
    found = {link.purpose: token_of(link, key=key) for link in links}
    return {purpose: token for purpose, token in found.items() if token is not None}


def token_of(link: AccessLink, *, key: bytes) -> str | None:
    """Return the token that opens a link, derived with the key it was made with.

    None when that key is neither the server's own nor among the older ones it still lists.
    """
    for known in keys_of(key):
        token = derive(link, key=known)
        if hmac.compare_digest(sha256(token.encode()).digest(), link.token_hash):
            return token
    return None


def find(session: Session, person_id: int, purpose: LinkPurpose) -> AccessLink | None:
    """Return a person's link row for a purpose, if there is one."""
    return session.scalar(_LINKS, {"person": person_id, "purposes": [purpose]})


def resolve(
    session: Session, token: str, purpose: LinkPurpose, *, key: bytes, now: datetime
) -> AccessLink:
    """Return the link that a token names.

    Raises ``NotFound`` for a token that was never good or is revoked, ``LinkExpired`` for a late
    one, ``Erased`` when there is nothing behind it any more.
    """
    digest = sha256(token.encode()).digest()
    values = {"digest": digest, "purpose": purpose}
    found = session.execute(_LINK, values, execution_options=ACROSS).one_or_none()
    if found is None:
        raise NotFound
    link, erased_at, event_id = found
    if token_of(link, key=key) != token:
        raise NotFound
    if erased_at is not None:
        raise Erased
    if link.expires_at is not None and link.expires_at <= now:
        raise LinkExpired
    narrow(session, Tenant(event_id=event_id))
    return link


def person_of(session: Session, token: str, *, key: bytes, now: datetime) -> int:
    """Return whose personal page a token opens."""
    return resolve(session, token, LinkPurpose.ACCESS, key=key, now=now).person_id


def existing_token(
    session: Session, person_id: int, purpose: LinkPurpose, *, key: bytes
) -> str | None:
    """Return a person's token for a purpose without making a row for it."""
    link = find(session, person_id, purpose)
    return None if link is None else token_of(link, key=key)


def consume(session: Session, link: AccessLink, now: datetime) -> None:
    """Use a link that works once; raises ``LinkExpired`` for everybody but the first."""
    used = session.execute(
        update(AccessLink)
        .where(AccessLink.id == link.id, AccessLink.used_at.is_(None))
        .values(used_at=now)
        .returning(AccessLink.id)
    )
    if used.first() is None:
        raise LinkExpired


def revoke(
    session: Session, link: AccessLink, *, key: bytes, expires_at: datetime | None = None
) -> str:
    """Make the old token worthless and return the new one."""
    link.version += 1
    link.used_at = None
    link.expires_at = expires_at
    token = derive(link, key=key)
    link.token_hash = sha256(token.encode()).digest()
    session.flush()
    return token


def renew(
    session: Session, person_id: int, purpose: LinkPurpose, *, key: bytes, now: datetime
) -> str:
    """Return a person's new token for a purpose; the one before it, if any, is worthless."""
    link = find(session, person_id, purpose)
    if link is None:
        return link_for(session, person_id, purpose, key=key, now=now)
    return revoke(session, link, key=key)


def _make(
    session: Session,
    person_id: int,
    purpose: LinkPurpose,
    *,
    key: bytes,
    now: datetime,
    expires_at: datetime | None,
) -> AccessLink:
    link = _new(person_id, purpose, now=now, expires_at=expires_at)
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()
    except IntegrityError:  # another transaction made it meanwhile
        other = find(session, person_id, purpose)
        if other is None:
            raise
        return other
    link.token_hash = sha256(derive(link, key=key).encode()).digest()
    session.flush()
    return link


def _new(
    person_id: int, purpose: LinkPurpose, *, now: datetime, expires_at: datetime | None = None
) -> AccessLink:
    return AccessLink(
        person_id=person_id,
        purpose=purpose,
        version=1,
        token_hash=secrets.token_bytes(32),  # the token needs the row's id first
        expires_at=expires_at,
        created_at=now,
    )
