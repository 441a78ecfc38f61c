"""Who runs an organisation's events: its name, changing a role, closing an account.

An organisation always keeps an owner. Whoever changes the owners locks the organisation's row
first, so that two who leave at the same moment are counted one after the other.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.errors import InvalidInput, LastOwner, NotFound
from app.models import Organisation, Organiser
from app.services import addresses, audit
from app.services.accounts.organisers import OrganiserView
from app.services.accounts.password import forget_password_links
from app.services.accounts.sessions import sign_out_everywhere

LONGEST_NAME = 120
_LOCK = {"key_share": True}
"""Against those who change the same organisation, not against rows that only name it."""


def rename_organisation(session: Session, by: OrganiserView, name: str, *, now: datetime) -> str:
    """Give the organisation another name and return it; raises ``InvalidInput``."""
    name = addresses.clean_line(name)
    if not name:
        raise InvalidInput({"name": "Write what your organisation is called"})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": f"Write {LONGEST_NAME} characters at most"})
    session.get_one(Organisation, by.organisation_id, with_for_update=_LOCK).name = name
    session.flush()
    audit.record(
        session,
        actor=f"organiser {by.id}",
        what="organisation renamed",
        now=now,
        organisation_id=by.organisation_id,
    )
    return name


def change_role(
    session: Session, by: OrganiserView, organiser_id: int, role: OrganiserRole, *, now: datetime
) -> str:
    """Give an organiser another role and return their name; the last owner stays owner."""
    organiser = _locked(session, by, organiser_id)
    if organiser.role is role:
        return organiser.name
    if organiser.role is OrganiserRole.OWNER:
        _check_other_owner(session, organiser)
    organiser.role = role
    _record(session, by, f"organiser made {role}", organiser, now)
    return organiser.name


def close_account(session: Session, by: OrganiserView, organiser_id: int, *, now: datetime) -> str:
    """Close an account and return its name: signed out everywhere, its address free again.

    The row stays, so that the record of changes still says who did what.
    """
    organiser = _locked(session, by, organiser_id)
    if organiser.role is OrganiserRole.OWNER:
        _check_other_owner(session, organiser)
    organiser.left_at = now
    organiser.email_canonical = f"closed {organiser.id}"  # no address looks like this
    organiser.password_hash = ""
    forget_password_links(session, organiser.id)
    sign_out_everywhere(session, organiser.id)
    _record(session, by, "organiser's account closed", organiser, now)
    return organiser.name


def _locked(session: Session, by: OrganiserView, organiser_id: int) -> Organiser:
    session.get_one(Organisation, by.organisation_id, with_for_update=_LOCK)
    found = session.scalar(
        select(Organiser)
        .where(
            Organiser.id == organiser_id,
            Organiser.organisation_id == by.organisation_id,
            Organiser.left_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _check_other_owner(session: Session, organiser: Organiser) -> None:
    others = session.scalar(
        select(func.count()).where(
            Organiser.organisation_id == organiser.organisation_id,
            Organiser.id != organiser.id,
            Organiser.role == OrganiserRole.OWNER,
            Organiser.left_at.is_(None),
        )
    )
    if not others:
        raise LastOwner


def _record(
    session: Session, by: OrganiserView, what: str, organiser: Organiser, now: datetime
) -> None:
    session.flush()
    audit.record(
        session,
        actor=f"organiser {by.id}",
        what=what,
        now=now,
        organisation_id=by.organisation_id,
        organiser_id=organiser.id,
    )
