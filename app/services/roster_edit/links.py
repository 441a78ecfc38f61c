"""A person's own link in an organiser's hand: looked at, or made anew; both are written down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import LinkPurpose
from app.models import Event, SignUp
from app.services import access, audit
from app.services.signups.record import record


def show_link(
    session: Session, event: Event, sign_up: SignUp, *, now: datetime, actor: str, key: bytes
) -> str:
    """Return the token of somebody's own page, to be handed over."""
    audit.record(
        session,
        actor=actor,
        what="personal link shown",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
    )
    return access.link_for(session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=now)


def renew_link(
    session: Session, event: Event, sign_up: SignUp, *, now: datetime, actor: str, key: bytes
) -> str:
    """Return a new token; whoever has the old one can open nothing with it any more.

    The address that confirms the sign-up, and the one that a calendar subscribes to, die with it.
    """
    for purpose in (LinkPurpose.CONFIRM, LinkPurpose.FEED):
        link = access.find(session, sign_up.person_id, purpose)
        if link is not None:
            access.revoke(session, link, key=key, expires_at=link.expires_at)
    record(session, event, sign_up, "personal link made anew", now, actor=actor)
    return access.renew(session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=now)
