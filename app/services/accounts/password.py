"""A new password: with the old one, or by a one-time link for who forgot it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.errors import LinkExpired, NotFound, StaleVersion
from app.mail.message import RenderedMail
from app.mail.render import OwnText, render
from app.models import Attempt, Organisation, Organiser, PasswordLink
from app.services import audit, limits, outbox
from app.services.accounts import links
from app.services.accounts.organisers import OrganiserView, canonical, find_by_address
from app.services.accounts.sessions import digest, open_session, sign_out_everywhere
from app.services.accounts.signing_in import Candidate
from app.services.addresses import clean_address
from app.tenancy import ACROSS, Tenant, narrow

PASSWORD_LINK_LASTS = timedelta(minutes=10)  # ASVS 5, 6.5.5
ASKED_FROM = limits.Limit(name="forgot-from", tries=20, window=timedelta(minutes=15))
ASKED_FOR = limits.Limit(name="forgot-for", tries=3, window=timedelta(minutes=15))
CHANGES = limits.Limit(name="change-password", tries=10, window=timedelta(minutes=15))
GONE = (
    "This link was used, or it is older than 10 minutes. "
    "Ask for a new one on the page for a forgotten password."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkView:
    """Whose password a link sets."""

    name: str
    email: str
    organisation_name: str


def ask_for_link(session: Session, email: str, *, source: str, now: datetime, key: bytes) -> None:
    """Send a link to whose account an address is; for any other, do as much and send nothing.

    Raises ``InvalidInput`` for what is no address and ``TooManyTries`` after many from one place.
    An address that was asked for often gets no more mail, and nobody is told.
    """
    address = canonical(clean_address(email))
    limits.check(session, ASKED_FROM, source, now=now)
    is_allowed = limits.is_allowed(session, ASKED_FOR, address, now=now)
    organiser = find_by_address(session, address)
    _forget_old_links(session, now)
    if organiser is None or not is_allowed:
        _do_as_much_for_nobody(session, now)
        return
    narrow(session, Tenant(organisation_id=organiser.organisation_id))
    with session.begin_nested():
        link = _add_link(session, organiser.id, now=now)
        links.seal("password", link, key=key)
        _queue(session, organiser, link.id, now=now)
        _record(session, organiser, "new password asked for", now)


def _queue(session: Session, organiser: Organiser | None, number: int, *, now: datetime) -> None:
    outbox.enqueue(
        session,
        kind="new_password",
        event_id=None,
        person_id=None,
        organisation_id=None if organiser is None else organiser.organisation_id,
        to_name="" if organiser is None else organiser.name,
        to_address="nobody" if organiser is None else organiser.email,
        mail=_mail(number),
        order_key=f"password:{number}",
        idempotency_key=f"new_password:{number}:{secrets.token_hex(8)}",
        now=now,
        give_up_at=now + PASSWORD_LINK_LASTS,
    )


def _do_as_much_for_nobody(session: Session, now: datetime) -> None:
    """Write as many rows as for an organiser and take them back, so that it lasts as long."""
    with session.begin_nested() as step:
        session.add(Attempt(key="nobody", at=now))
        session.flush()
        _queue(session, None, 0, now=now)
        audit.record(session, actor="nobody", what="new password asked for", now=now)
        session.flush()
        step.rollback()


def link_for_console(session: Session, email: str, *, now: datetime) -> str:
    """Return the token of a link for whoever runs the server; raise `NotFound` for nobody."""
    organiser = find_by_address(session, email)
    if organiser is None:
        msg = f"{email}: nobody signs in with this address"
        raise NotFound(msg)
    token = secrets.token_urlsafe(24)
    _add_link(session, organiser.id, now=now).token_hash = digest(token)
    _record(session, organiser, "new password asked for on the server", now, actor="command line")
    session.flush()
    return token


def find_password_link(session: Session, token: str, *, now: datetime) -> PasswordLinkView:
    """Return whose password a link sets; raise `LinkExpired` when it was used or is too old."""
    _link, organiser = _open(session, token, now=now)
    organisation = session.get_one(Organisation, organiser.organisation_id)
    return PasswordLinkView(
        name=organiser.name, email=organiser.email, organisation_name=organisation.name
    )


def set_password(session: Session, token: str, *, password_hash: str, now: datetime) -> None:
    """Use a link up: its organiser has a new password, and everybody signed in is out."""
    link, organiser = _open(session, token, now=now)
    used = session.execute(
        update(PasswordLink)
        .where(PasswordLink.id == link.id, PasswordLink.used_at.is_(None))
        .values(used_at=now)
        .returning(PasswordLink.id)
    )
    if used.first() is None:
        raise LinkExpired(GONE)
    _replace(session, organiser, password_hash)
    _record(session, organiser, "password set by link", now)


def begin_password_change(session: Session, by: OrganiserView, *, now: datetime) -> Candidate:
    """Count the try; return what the old password is compared with, outside any transaction."""
    limits.check(session, CHANGES, by.id, now=now)
    organiser = session.get_one(Organiser, by.id)
    return Candidate(
        email=organiser.email_canonical,
        source="account",
        organiser_id=organiser.id,
        password_hash=organiser.password_hash,
    )


def complete_password_change(
    session: Session, candidate: Candidate, *, password_hash: str, now: datetime, browser: str = ""
) -> str:
    """Set the new password, end all sessions and return the token of the one that goes on."""
    organiser = session.get_one(Organiser, candidate.organiser_id)
    if organiser.password_hash != candidate.password_hash:
        raise StaleVersion
    limits.forget(session, CHANGES, organiser.id)
    _replace(session, organiser, password_hash)
    _record(session, organiser, "password changed", now)
    return open_session(session, organiser.id, now=now, browser=browser)


def forget_password_links(session: Session, organiser_id: int) -> None:
    """Make every link that would set this organiser's password worthless."""
    session.execute(delete(PasswordLink).where(PasswordLink.organiser_id == organiser_id))


def _replace(session: Session, organiser: Organiser, password_hash: str) -> None:
    organiser.password_hash = password_hash
    forget_password_links(session, organiser.id)
    sign_out_everywhere(session, organiser.id)
    session.flush()


def _forget_old_links(session: Session, now: datetime) -> None:
    session.execute(
        delete(PasswordLink).where(PasswordLink.expires_at <= now).execution_options(**ACROSS)
    )


def _add_link(session: Session, organiser_id: int, *, now: datetime) -> PasswordLink:
    link = PasswordLink(
        organiser_id=organiser_id,
        token_hash=secrets.token_bytes(32),  # the token needs the row's id first
        expires_at=now + PASSWORD_LINK_LASTS,
    )
    session.add(link)
    session.flush()
    return link


def _open(session: Session, token: str, *, now: datetime) -> tuple[PasswordLink, Organiser]:
    found = session.execute(
        select(PasswordLink, Organiser)
        .join(Organiser, Organiser.id == PasswordLink.organiser_id)
        .where(
            PasswordLink.token_hash == digest(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > now,
            Organiser.left_at.is_(None),
        )
        .execution_options(**ACROSS)
    ).one_or_none()
    if found is None:
        raise LinkExpired(GONE)
    narrow(session, Tenant(organisation_id=found[1].organisation_id))
    return found[0], found[1]


def _mail(number: int) -> RenderedMail:
    minutes = round(PASSWORD_LINK_LASTS.total_seconds() / 60)
    return render(
        "new_password", link_number=number, event_name=OwnText("Roundabout"), minutes=minutes
    )


def _record(
    session: Session, organiser: Organiser, what: str, now: datetime, *, actor: str = ""
) -> None:
    audit.record(
        session,
        actor=actor or f"organiser {organiser.id}",
        what=what,
        now=now,
        organisation_id=organiser.organisation_id,
        organiser_id=organiser.id,
    )
