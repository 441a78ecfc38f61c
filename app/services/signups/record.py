"""The audit entry of what happened to a sign-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.enums import SignUpState
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


def record_new(
    session: Session, event: Any, ids: tuple[int, int], state: SignUpState, now: datetime
) -> None:
    """Note that somebody new signed up; ``ids`` are those of the person and the sign-up."""
    person_id, sign_up_id = ids
    audit.record_new(
        session,
        organisation_id=event.organisation_id,
        event_id=event.id,
        actor=f"person {person_id}",
        what="signed up",
        detail={"sign_up_id": sign_up_id, "state": state},
        at=now,
    )
