"""Who runs an organisation's events, who is invited to, and where an organiser is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.enums import OrganiserRole
from app.errors import NotFound
from app.models import Organisation, Organiser, OrganiserInvitation, OrganiserSession
from app.queries import times
from app.services.accounts.sessions import IDLE, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One organiser; ``is_last_owner`` when nobody else could give roles any more."""

    id: int
    name: str
    email: str
    role: OrganiserRole
    seen: str
    is_you: bool
    is_last_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An invitation that was not used yet."""

    id: int
    email: str
    role: OrganiserRole
    by: str
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """Everybody with an account, and everybody who may soon have one."""

    organisation_name: str
    members: tuple[Member, ...]
    pending: tuple[Pending, ...]

    def member(self, organiser_id: int) -> Member:
        """Return one of them; raise ``NotFound`` for anybody else."""
        for member in self.members:
            if member.id == organiser_id:
                return member
        raise NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A browser in which an organiser is signed in."""

    browser: str
    began: str
    seen: str
    is_this: bool


def read(session: Session, organisation_id: int, you: int, *, now: datetime) -> TeamPage:
    """Return an organisation's team: owners first, then by name."""
    organisers = session.scalars(
        select(Organiser).where(
            Organiser.organisation_id == organisation_id, Organiser.left_at.is_(None)
        )
    ).all()
    owners = sum(one.role is OrganiserRole.OWNER for one in organisers)
    members = (
        Member(
            id=one.id,
            name=one.name,
            email=one.email,
            role=one.role,
            seen="not yet" if one.seen_at is None else times.ago(one.seen_at, now),
            is_you=one.id == you,
            is_last_owner=one.role is OrganiserRole.OWNER and owners == 1,
        )
        for one in organisers
    )
    return TeamPage(
        organisation_name=session.get_one(Organisation, organisation_id).name,
        members=tuple(sorted(members, key=_owners_and_name)),
        pending=_pending(session, organisation_id, now),
    )


def sessions(
    session: Session, organiser_id: int, token: str, *, now: datetime
) -> tuple[SessionRow, ...]:
    """Return where an organiser is signed in, this browser first, then the last used."""
    rows = session.scalars(
        select(OrganiserSession)
        .where(
            OrganiserSession.organiser_id == organiser_id,
            OrganiserSession.expires_at > now,
            OrganiserSession.seen_at > now - IDLE,
        )
        .order_by(OrganiserSession.seen_at.desc(), OrganiserSession.id)
    )
    this = digest(token)
    found = [
        SessionRow(
            browser=row.browser or "A browser that says no name",
            began=times.ago(row.created_at, now),
            seen=times.ago(row.seen_at, now),
            is_this=row.token_hash == this,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: not row.is_this))


def _pending(session: Session, organisation_id: int, now: datetime) -> tuple[Pending, ...]:
    inviter = aliased(Organiser)
    found = session.execute(
        select(OrganiserInvitation, inviter.name)
        .outerjoin(inviter, inviter.id == OrganiserInvitation.invited_by)
        .where(
            OrganiserInvitation.organisation_id == organisation_id,
            OrganiserInvitation.used_at.is_(None),
            OrganiserInvitation.expires_at > now,
        )
        .order_by(OrganiserInvitation.id)
    )
    return tuple(
        Pending(
            id=row.id,
            email=row.email,
            role=row.role,
            by=name or "the server's command line",
            days_left=ceil((row.expires_at - now) / timedelta(days=1)),
        )
        for row, name in found
    )


def _owners_and_name(member: Member) -> tuple[bool, str, int]:
    return member.role is not OrganiserRole.OWNER, member.name.casefold(), member.id
