"""Organisations, and the accounts of those who run their events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.errors import InvalidInput
from app.models import Organisation, Organiser
from app.services.addresses import canonical_address, clean_line
from app.services.passwords import check_new_password, hash_password
from app.tenancy import ACROSS

MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganiserView:
    """Who is signed in."""

    id: int
    organisation_id: int
    name: str
    email: str
    role: OrganiserRole


def view_of(organiser: Organiser) -> OrganiserView:
    """Return what pages know of an organiser."""
    return OrganiserView(
        id=organiser.id,
        organisation_id=organiser.organisation_id,
        name=organiser.name,
        email=organiser.email,
        role=organiser.role,
    )


def canonical(email: str) -> str:
    """Return the form of an address under which an account is found."""
    try:
        return canonical_address(email)
    except InvalidInput:
        return email.strip().casefold()  # no account has it, and nobody is told so


def is_same_address(one: str, other: str) -> bool:
    """Return whether two spellings mean the same account."""
    return canonical(one) == canonical(other)


def find_by_address(session: Session, email: str) -> Organiser | None:
    """Return the open account of an address, in whichever organisation."""
    return session.scalar(
        select(Organiser)
        .where(Organiser.email_canonical == canonical(email), Organiser.left_at.is_(None))
        .execution_options(**ACROSS)
    )


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
    check_new_password(password, email=email, known=(name,))
    return add_organiser(
        session,
        organisation_id=organisation_id,
        name=name,
        email=email,
        password_hash=hash_password(password),
        role=role,
        now=now,
    )


def add_organiser(
    session: Session,
    *,
    organisation_id: int,
    name: str,
    email: str,
    password_hash: str,
    role: OrganiserRole,
    now: datetime,
) -> Organiser:
    """Add an organiser whose password was checked and hashed before."""
    organiser = Organiser(
        organisation_id=organisation_id,
        name=clean_name(name),
        email=email.strip(),
        email_canonical=canonical(email),
        password_hash=password_hash,
        role=role,
        created_at=now,
    )
    session.add(organiser)
    session.flush()
    return organiser


def rename(session: Session, organiser_id: int, name: str) -> None:
    """Give an organiser another name."""
    session.get_one(Organiser, organiser_id).name = clean_name(name)
    session.flush()


def clean_name(name: str) -> str:
    """Return a name as one line; raise `InvalidInput` when nothing is left of it."""
    cleaned = clean_line(name)
    if not cleaned:
        raise InvalidInput({"name": "Write your name"})
    return cleaned[:MAX_NAME]
