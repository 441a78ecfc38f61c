"""One-time links that give their holder an account in an organisation.

An invitation makes an account for an address that has none. Who has an account in that organisation
signs in first, and then has the new role; name and password stay theirs, so that a mail that went
astray takes over nobody. An account in another organisation is never touched.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.errors import InvalidInput, LinkExpired, NotFound
from app.mail.render import OwnText, render
from app.models import Organisation, Organiser, OrganiserInvitation
from app.services import audit, limits, outbox
from app.services.accounts import links
from app.services.accounts.organisers import (
    OrganiserView,
    add_organiser,
    clean_name,
    create_organisation,
    find_by_address,
    is_same_address,
)
from app.services.accounts.sessions import digest, open_session
from app.services.addresses import clean_address
from app.tenancy import ACROSS, Tenant, narrow

INVITATION_LASTS = timedelta(days=7)
INVITATIONS = limits.Limit(name="invite-organiser", tries=30, window=timedelta(minutes=15))
GONE = (
    f"This invitation was used or taken back, or it is older than {INVITATION_LASTS.days} days. "
    "Ask who invited you for a new one."
)
ELSEWHERE = "This address belongs to another organisation here"


class Reader(StrEnum):
    """Who the address of an invitation is to us."""

    NEW = "new"
    KNOWN = "known"  # has an account in that organisation
    ELSEWHERE = "elsewhere"  # has one in another organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """What a one-time link offers, and to whom."""

    organisation_name: str
    email: str
    role: OrganiserRole
    reader: Reader


def invite_owner(session: Session, *, organisation_name: str, email: str, now: datetime) -> str:
    """Return the token of a one-time link that makes its holder owner of an organisation."""
    organisation = session.scalar(
        select(Organisation).where(Organisation.name == organisation_name)
    ) or create_organisation(session, organisation_name, now=now)
    known = find_by_address(session, email)
    if known is not None and known.organisation_id != organisation.id:
        raise InvalidInput({"email": ELSEWHERE})
    token = secrets.token_urlsafe(24)
    _add(
        session,
        OrganiserInvitation(
            organisation_id=organisation.id,
            email=clean_address(email),
            role=OrganiserRole.OWNER,
            token_hash=digest(token),
            expires_at=now + INVITATION_LASTS,
        ),
    )
    return token


def invite(
    session: Session,
    by: OrganiserView,
    email: str,
    *,
    role: OrganiserRole,
    now: datetime,
    key: bytes,
) -> OrganiserInvitation:
    """Invite an address by mail; a pending invitation of it is renewed instead.

    Nobody learns here whether the address has an account in another organisation.
    """
    address = clean_address(email)
    known = find_by_address(session, address)
    if known is not None and known.organisation_id == by.organisation_id:
        message = f"{known.name} has an account with this address. Change the role in the list"
        raise InvalidInput({"email": message})
    found = _pending_of(session, by.organisation_id, address, now=now)
    if found is None:
        found = OrganiserInvitation(
            organisation_id=by.organisation_id,
            email=address,
            token_hash=secrets.token_bytes(32),  # the token needs the row's id first
            expires_at=now,
        )
        _add(session, found)
    found.role, found.invited_by = role, by.id
    _send(session, found, by, now=now, key=key)
    return found


def resend(
    session: Session, by: OrganiserView, invitation_id: int, *, now: datetime, key: bytes
) -> str:
    """Send a pending invitation again with a new link, good for a week; return its address."""
    found = _own(session, by, invitation_id)
    if found.used_at is not None:
        raise NotFound
    _send(session, found, by, now=now, key=key)
    return found.email


def revoke(session: Session, by: OrganiserView, invitation_id: int, *, now: datetime) -> str:
    """Take a pending invitation back: its link opens nothing from now on; return its address."""
    found = _own(session, by, invitation_id)
    _use_up(session, found, now=now)
    _record(session, f"organiser {by.id}", "organiser's invitation taken back", found, now)
    return found.email


def find_invitation(session: Session, token: str, *, now: datetime) -> InvitationView:
    """Return what a link offers; raise `LinkExpired` when it was used or is too old."""
    invitation = _open(session, token, now=now)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    known = find_by_address(session, invitation.email)
    reader = Reader.NEW
    if known is not None:
        is_here = known.organisation_id == organisation.id
        reader = Reader.KNOWN if is_here else Reader.ELSEWHERE
    return InvitationView(
        organisation_name=organisation.name,
        email=invitation.email,
        role=invitation.role,
        reader=reader,
    )


def accept_invitation(
    session: Session,
    token: str,
    *,
    name: str,
    password_hash: str,
    now: datetime,
    browser: str = "",
    instead_of: str = "",
) -> str:
    """Use a link up: its holder has an account now and is signed in; return the session's token.

    Raises ``InvalidInput`` when the address has an account already, here or elsewhere.
    """
    invitation = _open(session, token, now=now)
    name = clean_name(name)
    _use_up(session, invitation, now=now)
    if find_by_address(session, invitation.email) is not None:
        raise InvalidInput({"email": "This address has an account already"})
    try:
        with session.begin_nested():
            organiser = add_organiser(
                session,
                organisation_id=invitation.organisation_id,
                name=name,
                email=invitation.email,
                password_hash=password_hash,
                role=invitation.role,
                now=now,
            )
    except IntegrityError as error:  # another invitation of the address was used at this moment
        raise InvalidInput({"email": "This address has an account already"}) from error
    _record(session, f"organiser {organiser.id}", "organiser joined", invitation, now)
    return open_session(session, organiser.id, now=now, browser=browser, instead_of=instead_of)


def accept_as(session: Session, token: str, by: OrganiserView, *, now: datetime) -> None:
    """Use a link up for who is signed in: it raises their role and changes nothing else.

    Raises ``NotFound`` unless the invitation is for their own address and organisation.
    """
    invitation = _open(session, token, now=now)
    is_theirs = is_same_address(invitation.email, by.email)
    if not is_theirs or invitation.organisation_id != by.organisation_id:
        raise NotFound
    _use_up(session, invitation, now=now)
    if invitation.role is OrganiserRole.OWNER:
        session.get_one(Organiser, by.id).role = OrganiserRole.OWNER
        session.flush()
    _record(session, f"organiser {by.id}", "organiser's role accepted", invitation, now)


def _send(
    session: Session, found: OrganiserInvitation, by: OrganiserView, *, now: datetime, key: bytes
) -> None:
    limits.check(session, INVITATIONS, by.organisation_id, now=now)
    found.expires_at = now + INVITATION_LASTS
    links.seal("invitation", found, key=key)
    organisation = session.get_one(Organisation, by.organisation_id)
    mail = render(
        "invited_organiser",
        link_number=found.id,
        event_name=OwnText(organisation.name),
        inviter=by.name,
        is_owner=found.role is OrganiserRole.OWNER,
        days=INVITATION_LASTS.days,
    )
    outbox.enqueue(
        session,
        kind="invited_organiser",
        event_id=None,
        person_id=None,
        organisation_id=organisation.id,
        to_name="",
        to_address=found.email,
        reply_to=by.email,
        mail=mail,
        order_key=f"invitation:{found.id}",
        idempotency_key=f"invited_organiser:{found.id}:{secrets.token_hex(8)}",
        now=now,
        give_up_at=found.expires_at,
    )
    _record(session, f"organiser {by.id}", "organiser invited", found, now)


def _add(session: Session, invitation: OrganiserInvitation) -> None:
    session.add(invitation)
    session.flush()


def _pending_of(
    session: Session, organisation_id: int, address: str, *, now: datetime
) -> OrganiserInvitation | None:
    pending = session.scalars(
        select(OrganiserInvitation).where(
            OrganiserInvitation.organisation_id == organisation_id,
            OrganiserInvitation.used_at.is_(None),
            OrganiserInvitation.expires_at > now,
        )
    )
    return next((one for one in pending if is_same_address(one.email, address)), None)


def _own(session: Session, by: OrganiserView, invitation_id: int) -> OrganiserInvitation:
    found = session.get(OrganiserInvitation, invitation_id)
    if found is None or found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def _open(session: Session, token: str, *, now: datetime) -> OrganiserInvitation:
    found = session.scalar(
        select(OrganiserInvitation)
        .where(OrganiserInvitation.token_hash == digest(token))
        .execution_options(**ACROSS)
    )
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise LinkExpired(GONE)
    narrow(session, Tenant(organisation_id=found.organisation_id))
    return found


def _use_up(session: Session, invitation: OrganiserInvitation, *, now: datetime) -> None:
    """Use a link; of two at once, the second raises `LinkExpired`."""
    used = session.execute(
        update(OrganiserInvitation)
        .where(OrganiserInvitation.id == invitation.id, OrganiserInvitation.used_at.is_(None))
        .values(used_at=now)
        .returning(OrganiserInvitation.id)
    )
    if used.first() is None:
        raise LinkExpired(GONE)


def _record(
    session: Session, actor: str, what: str, invitation: OrganiserInvitation, now: datetime
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=invitation.organisation_id,
        invitation_id=invitation.id,
        role=invitation.role.value,
    )
