"""The audit entry of what happened to a sign-up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Event, SignUp
from app.services import audit


def record(
    session: Session, event: Event, sign_up: SignUp, what: str, now: datetime, *, actor: str = ""
) -> None:
    """Note what happened to a sign-up, and the state it is in now."""
    audit.record(
        session,
        actor=actor or f"person {sign_up.person_id}",
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
        state=sign_up.state,
    )
