"""Events whose organisers read sign-ups before they give places."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import LinkPurpose, Role, SignUpState
from app.errors import StaleVersion, TooLate
from app.models import AuditEntry, Event, OutboxMessage, SignUp
from app.services import access, signups
from app.services.signups import places, waitlist
from config import Config
from tests.app.services.test_signups import make_form
from tests.builders import make_event, make_sign_up

ACTOR = "organiser 1"


@pytest.fixture
def how(now: datetime, key: bytes, settings: Config) -> dict[str, Any]:
    return {"now": now, "key": key, "settings": settings}


def make_asking(session: Session, *, confirms_address: bool = False, most: int = 1) -> Event:
    event = make_event(session, capacities={Role.MENTEE: most}, confirms_address=confirms_address)
    event.asks_approval = True
    session.flush()
    return event


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_a_sign_up_waits_for_a_yes_and_takes_no_place(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_asking(session)

    sign_up = signups.register(session, event.id, make_form(event), **how)

    assert sign_up.state is SignUpState.ASKED
    assert sign_up.held_until is None
    assert places.free(session, event.id, Role.MENTEE) == 1
    assert event.roster_version == 0
    assert kinds(session) == ["asked"]


def test_an_unconfirmed_one_holds_no_place_and_ends_by_itself(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_asking(session, confirms_address=True)

    sign_up = signups.register(session, event.id, make_form(event), **how)

    assert sign_up.state is SignUpState.ASKED
    assert places.free(session, event.id, Role.MENTEE) == 1
    assert kinds(session) == ["confirm_address"]
    with pytest.raises(signups.NotConfirmed):
        signups.approve(session, sign_up, now=how["now"], actor=ACTOR)

    waitlist.release_expired(session, how["now"] + timedelta(hours=48))

    assert sign_up.state is SignUpState.RELEASED


def test_a_confirmed_address_still_waits_for_the_yes(session: Session, how: dict[str, Any]) -> None:
    event = make_asking(session, confirms_address=True)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    token = access.link_for(
        session, sign_up.person_id, LinkPurpose.CONFIRM, key=how["key"], now=how["now"]
    )

    signups.confirm(session, token, now=how["now"], key=how["key"])

    assert sign_up.state is SignUpState.ASKED
    assert kinds(session) == ["confirm_address", "asked"]


def test_confirming_where_nobody_asks_for_approval_any_more_gives_a_place(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_asking(session, confirms_address=True)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    event.asks_approval = False
    token = access.link_for(
        session, sign_up.person_id, LinkPurpose.CONFIRM, key=how["key"], now=how["now"]
    )

    signups.confirm(session, token, now=how["now"], key=how["key"])

    assert sign_up.state is SignUpState.PLACED


def test_a_yes_gives_a_place_or_the_waitlist(session: Session, now: datetime) -> None:
    event = make_asking(session)
    asking = [make_sign_up(session, event, state=SignUpState.ASKED) for _ in range(2)]

    found = [signups.approve(session, one, now=now, actor=ACTOR) for one in asking]
    again = signups.approve(session, asking[0], now=now, actor=ACTOR)

    assert found == [SignUpState.PLACED, SignUpState.WAITING]
    assert again is SignUpState.PLACED
    assert [one.approved_at for one in asking] == [now, now]
    assert event.roster_version == 1
    assert kinds(session) == ["welcome", "waiting"]


def test_a_yes_does_not_overtake_who_waits(session: Session, now: datetime) -> None:
    event = make_asking(session, most=2)
    make_sign_up(session, event)
    waiting = make_sign_up(session, event, state=SignUpState.WAITING)
    asking = make_sign_up(session, event, state=SignUpState.ASKED)

    signups.approve(session, asking, now=now, actor=ACTOR)

    assert waiting.state is SignUpState.PLACED
    assert asking.state is SignUpState.WAITING


def test_a_no_is_told_and_final_for_the_person(session: Session, how: dict[str, Any]) -> None:
    event = make_asking(session)
    sign_up = signups.register(session, event.id, make_form(event), **how)

    for _ in range(2):
        signups.refuse(session, sign_up, now=how["now"], actor=ACTOR)
    later = how | {"now": how["now"] + timedelta(minutes=5)}
    again = signups.register(session, event.id, make_form(event), **later)

    assert again.id == sign_up.id
    assert sign_up.state is SignUpState.REFUSED
    assert kinds(session) == ["asked", "refused", "link_again"]
    entries = session.scalars(select(AuditEntry.what).where(AuditEntry.actor == ACTOR)).all()
    assert entries == ["refused"]


def test_a_yes_after_a_no_counts(session: Session, now: datetime) -> None:
    event = make_asking(session)
    sign_up = make_sign_up(session, event, state=SignUpState.ASKED)
    signups.refuse(session, sign_up, now=now, actor=ACTOR)

    assert signups.approve(session, sign_up, now=now, actor=ACTOR) is SignUpState.PLACED


def test_a_no_to_an_unconfirmed_address_is_not_mailed(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_asking(session, confirms_address=True)
    sign_up = signups.register(session, event.id, make_form(event), **how)

    signups.refuse(session, sign_up, now=how["now"], actor=ACTOR)

    assert sign_up.state is SignUpState.REFUSED
    assert kinds(session) == ["confirm_address"]


@pytest.mark.parametrize("state", [SignUpState.WITHDRAWN, SignUpState.RELEASED])
def test_nobody_is_approved_who_left(session: Session, now: datetime, state: SignUpState) -> None:
    sign_up = make_sign_up(session, make_asking(session), state=state)

    with pytest.raises(StaleVersion):
        signups.approve(session, sign_up, now=now, actor=ACTOR)


@pytest.mark.parametrize(
    "state", [SignUpState.PLACED, SignUpState.WAITING, SignUpState.OFFERED, SignUpState.WITHDRAWN]
)
def test_a_no_takes_nothing_away(session: Session, now: datetime, state: SignUpState) -> None:
    sign_up = make_sign_up(session, make_asking(session), state=state)

    with pytest.raises(StaleVersion):
        signups.refuse(session, sign_up, now=now, actor=ACTOR)

    assert sign_up.state is state


def test_nobody_is_approved_once_the_event_has_begun(session: Session) -> None:
    event = make_asking(session)
    sign_up: SignUp = make_sign_up(session, event, state=SignUpState.ASKED)

    with pytest.raises(TooLate):
        signups.approve(session, sign_up, now=event.starts_at, actor=ACTOR)
