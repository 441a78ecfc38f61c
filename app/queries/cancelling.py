"""Who hears that a cancelled event takes place after all."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Person, SignUp
from app.services.signups.moved import TAKING_PART


def count_taking_part(session: Session, event_id: int) -> int:
    """Return how many people have a place, wait for one, or ask for one."""
    statement = (
        select(func.count())
        .select_from(SignUp)
        .join(Person, Person.id == SignUp.person_id)
        .where(
            SignUp.event_id == event_id,
            SignUp.state.in_(TAKING_PART),
            Person.erased_at.is_(None),
        )
    )
    return session.scalar(statement) or 0
