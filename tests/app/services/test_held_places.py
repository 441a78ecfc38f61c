from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.enums import ConsentKind, LinkPurpose, Role, SignUpState
from app.errors import TooLate
from app.services import access, signups
from app.services.signups.form import SignUpForm
from config import Config
from tests.builders import make_event, make_sign_up, planned_block


def test_nothing_is_held_or_confirmed_once_the_event_began(
    session: Session, now: datetime, key: bytes, settings: Config
) -> None:
    event = make_event(session, starts_at=now + timedelta(hours=1))
    form = SignUpForm(
        role=Role.MENTEE,
        name="Róża Tylus",
        email="roza.tylus@example.org",
        stage="student",
        question="What now?",
        topics=("Career planning",),
        rounds=tuple(one.id for one in planned_block(event).rounds),
        consents=frozenset({ConsentKind.PLAN}),
    )
    sign_up = signups.register(session, event.id, form, now=now, key=key, settings=settings)
    token = access.link_for(session, sign_up.person_id, LinkPurpose.CONFIRM, key=key, now=now)

    with pytest.raises(TooLate, match="This event has begun"):
        signups.confirm(session, token, now=event.starts_at, key=key)

    assert sign_up.held_until == event.starts_at
    assert sign_up.state is SignUpState.HELD


def test_who_has_a_place_keeps_it_when_they_confirm_late(
    session: Session, now: datetime, key: bytes
) -> None:
    event = make_event(session, confirms_address=False, capacities={Role.MENTEE: 1})
    sign_up = make_sign_up(session, event)
    sign_up.confirmed_at = None
    event.confirms_address = True  # the organiser asks for it from now on
    token = access.link_for(session, sign_up.person_id, LinkPurpose.CONFIRM, key=key, now=now)

    signups.confirm(session, token, now=now, key=key)

    assert (sign_up.state, sign_up.confirmed_at) == (SignUpState.PLACED, now)
