"""What an event comes to next, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.blueprints.organiser.wording import ahead
from app.enums import EventState
from app.queries import organiser
from tests.builders import make_event


def test_next_date_of_an_event(session: Session, now: datetime) -> None:
    event = make_event(session)
    frame = organiser.frame(session, event.organisation_id, event.id, now=now)
    closes, begins = now + timedelta(days=3), now + timedelta(days=9)
    frame = replace(frame, signup_closes_at=closes, starts_at=begins)

    found = [
        ahead(replace(frame, **changes), now=now)
        for changes in (
            {"state": EventState.OPEN},
            {"state": EventState.CLOSED},
            {"state": EventState.OPEN, "signup_closes_at": None},
            {"state": EventState.CANCELLED},
            {"starts_at": now, "state": EventState.CLOSED},
        )
    ]

    assert [(one.what, one.days) if one else None for one in found] == [
        ("Until sign-up closes", 3),
        ("Until it begins", 9),
        ("Until it begins", 9),
        None,
        None,
    ]
