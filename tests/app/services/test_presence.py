"""Who will be late or leave early says so until the event ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, SignUpState
from app.errors import InvalidInput, SignUpClosed, TooLate
from app.models import AuditEntry, Event
from app.services import signups
from app.services.signups import opening
from tests.app.services.test_signups import make_form
from tests.builders import make_event, make_sign_up, planned_block


def round_ids(event: Event) -> tuple[int, ...]:
    return tuple(round_.id for round_ in planned_block(event).rounds)


def test_a_missed_round_is_noted_once_and_counted(session: Session, now: datetime) -> None:
    event = make_event(session, state=EventState.CLOSED)
    sign_up = make_sign_up(session, event)
    first, *rest = round_ids(event)

    found = [
        signups.change_presence(session, sign_up, tuple(rounds), now=now)
        for rounds in (rest, rest, [first, *rest])
    ]

    assert found == [True, False, True]
    assert sign_up.absent_rounds == []
    assert event.roster_version == 1 + 2
    assert session.scalars(select(AuditEntry.what)).all() == ["presence changed"] * 2


def test_who_has_no_place_changes_no_roster(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, state=SignUpState.WAITING)

    assert signups.change_presence(session, sign_up, round_ids(event)[1:], now=now)

    assert event.roster_version == 0


def test_rounds_that_are_over_stay_as_they_were(session: Session) -> None:
    event = make_event(session)
    first, second, third = round_ids(event)
    sign_up = make_sign_up(session, event, absent_rounds=(second,))
    over = planned_block(event).rounds[0].starts_at + timedelta(minutes=10)

    signups.change_presence(session, sign_up, (second,), now=over)
    assert sign_up.absent_rounds == [third]

    signups.change_presence(session, sign_up, (), now=over)
    assert sign_up.absent_rounds == [second, third]
    assert first not in sign_up.absent_rounds


def test_missing_every_round_is_withdrawing(session: Session, now: datetime) -> None:
    sign_up = make_sign_up(session, make_event(session))

    with pytest.raises(InvalidInput) as caught:
        signups.change_presence(session, sign_up, (), now=now)

    assert "withdraw" in caught.value.fields["rounds"]
    assert sign_up.absent_rounds == []


def test_a_round_of_another_event_is_refused(session: Session, now: datetime) -> None:
    sign_up = make_sign_up(session, make_event(session))
    others = round_ids(make_event(session))

    with pytest.raises(InvalidInput):
        signups.change_presence(session, sign_up, others, now=now)


def test_it_ends_with_the_event_and_for_who_left(session: Session, now: datetime) -> None:
    event = make_event(session)
    here, gone = (
        make_sign_up(session, event, state=state)
        for state in (SignUpState.PLACED, SignUpState.WITHDRAWN)
    )

    for sign_up, at in ((here, event.ends_at), (gone, now)):
        with pytest.raises(TooLate):
            signups.change_presence(session, sign_up, round_ids(event), now=at)
    last = event.ends_at - timedelta(minutes=1)
    assert not signups.change_presence(session, here, (), now=last)


@pytest.mark.parametrize(
    ("state", "hours", "can"),
    [
        (EventState.OPEN, 9, True),
        (EventState.OPEN, 10, False),
        (EventState.CLOSED, 9, True),
        (EventState.CANCELLED, 9, False),
        (EventState.DRAFT, 9, False),
    ],
)
def test_answers_can_be_changed_until_the_end_named_for_that(
    session: Session, now: datetime, state: EventState, hours: int, *, can: bool
) -> None:
    event = make_event(session, state=state, signup_closes_at=now + timedelta(hours=5))
    event.changes_until = now + timedelta(hours=10)

    assert opening.can_change(event, now + timedelta(hours=hours)) is can


def test_answers_follow_sign_up_where_no_end_is_named(session: Session, now: datetime) -> None:
    event = make_event(session, signup_closes_at=now + timedelta(hours=5))

    assert opening.changes_end(event) == now + timedelta(hours=5)
    assert opening.can_change(event, now)
    assert not opening.can_change(event, now + timedelta(hours=5))


def test_edit_keeps_to_the_end_named(session: Session, now: datetime) -> None:
    event = make_event(session, signup_closes_at=now + timedelta(hours=1))
    sign_up = make_sign_up(session, event)
    event.changes_until = now + timedelta(hours=2)
    session.flush()

    assert signups.edit(session, sign_up, make_form(event), now=now + timedelta(minutes=90))
    with pytest.raises(SignUpClosed):
        signups.edit(session, sign_up, make_form(event), now=now + timedelta(hours=2))
