from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import StaleVersion, TooLate
from app.services import reminders, roster_edit
from app.services.roster import close_roster
from tests.builders import make_event, make_sign_up, planned_block


def test_absent_people_are_left_out_of_the_next_plan(session: Session, now: datetime) -> None:
    event = make_event(session)
    stays, goes = make_sign_up(session, event), make_sign_up(session, event)
    before = event.roster_version

    did = roster_edit.mark_absent(session, goes, now=now, actor="organiser 1")
    again = roster_edit.mark_absent(session, goes, now=now, actor="organiser 1")

    roster = close_roster(session, event, planned_block(event), now)
    assert [person.id for person in roster.people] == [f"p{stays.id}"]
    assert (did, again, event.roster_version - before) == (True, False, 1)
    assert (goes.state, goes.absent_at) == (SignUpState.PLACED, now)


def test_present_again_they_are_planned_again(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    roster_edit.mark_absent(session, sign_up, now=now, actor="organiser 1")
    before = event.roster_version

    did = roster_edit.mark_present(session, sign_up, now=now, actor="organiser 1")

    roster = close_roster(session, event, planned_block(event), now)
    assert [person.id for person in roster.people] == [f"p{sign_up.id}"]
    assert (did, event.roster_version - before, sign_up.absent_at) == (True, 1, None)


def test_nobody_moves_up_for_who_is_absent(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    placed = make_sign_up(session, event)
    waits = make_sign_up(session, event, state=SignUpState.WAITING)

    roster_edit.mark_absent(session, placed, now=now, actor="organiser 1")

    assert waits.state is SignUpState.WAITING


def test_absent_people_count_as_nobody_without_a_seat(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event)
    roster_edit.mark_absent(session, make_sign_up(session, event), now=now, actor="organiser 1")

    assert reminders.unplanned(session, event).people == 1


def test_who_has_no_place_cannot_be_absent(session: Session, now: datetime) -> None:
    sign_up = make_sign_up(session, make_event(session), state=SignUpState.WAITING)

    with pytest.raises(StaleVersion):
        roster_edit.mark_absent(session, sign_up, now=now, actor="organiser 1")


def test_nothing_is_marked_once_the_event_is_over(session: Session) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)

    with pytest.raises(TooLate):
        roster_edit.mark_absent(session, sign_up, now=event.ends_at, actor="organiser 1")
