from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Admission, Role, SignUpState
from app.models import SignUp
from app.services import event_settings
from app.services.event_settings import RoleSettings
from tests.app.services.event_settings.saving import (
    MANY,
    agree,
    kinds,
    make_full,
    save,
    states,
    texts,
    with_role,
)
from tests.builders import make_event, make_sign_up


@pytest.mark.parametrize(
    ("waiting", "places", "confirms", "expected"),
    [
        (1, 3, True, "1 mentee waits; that one is offered a place for 24 hours and told."),
        (2, 9, True, "2 mentees wait; both are offered a place for 24 hours and told."),
        (2, 3, False, "2 mentees wait; the first moves up at once and is told."),
        (3, None, False, "3 mentees wait; all 3 move up at once and are told."),
    ],
)
def test_sentence_about_the_waitlist(
    session: Session,
    now: datetime,
    *,
    waiting: int,
    places: int | None,
    confirms: bool,
    expected: str,
) -> None:
    event = make_full(session, waiting=waiting, confirms=confirms)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=places)

    assert texts(save(session, event, wanted, now)) == [expected]


def test_fewer_places_take_nobodys_away(session: Session, now: datetime) -> None:
    event = make_full(session, waiting=0)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=1)

    outcome = agree(session, event, wanted, now)

    assert texts(outcome) == [
        (
            "2 mentees have a place or are promised one: 1 more than the limit of 1. "
            "Nobody loses it. Nobody moves up until fewer than 1 are left."
        )
    ]
    assert states(session, event) == [SignUpState.PLACED] * 2
    assert (event.capacities[1].places, outcome.told, kinds(session)) == (1, 0, [])


def test_places_can_follow_the_mentors(session: Session, now: datetime) -> None:
    event = make_full(session, waiting=3)
    make_sign_up(session, event, role=Role.MENTOR)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=None, per_mentor=3.0)

    outcome = agree(session, event, wanted, now)

    assert texts(outcome) == [
        "3 mentees wait; the first is offered a place for 24 hours and told.",
        (
            "1 mentor has a place, so there are 3 places for mentees now. "
            "The number follows the mentors by itself."
        ),
    ]
    assert outcome.told == len(kinds(session)) == 1


def test_another_rule_is_said_to_count_for_those_who_wait(session: Session, now: datetime) -> None:
    event = make_full(session, waiting=1)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, admission=Admission.PLAN)

    outcome = agree(session, event, wanted, now)

    assert texts(outcome)[0].startswith("1 mentee waits under the rule that stood there at sign-up")
    assert event.capacities[1].admission is Admission.PLAN


def test_no_approval_any_more_answers_everybody_in_order(session: Session, now: datetime) -> None:
    event = make_event(session, capacities=dict(MANY))
    event.asks_approval = True
    make_sign_up(session, event)
    asked = [make_sign_up(session, event, state=SignUpState.ASKED) for _ in range(3)]
    asked[2].confirmed_at, asked[2].held_until = None, now + timedelta(hours=1)
    wanted = replace(event_settings.stored(event), asks_approval=False)

    outcome = agree(session, event, wanted, now)

    assert texts(outcome) == [
        (
            "3 people wait for your yes. In the order of sign-up, 1 gets a place, 1 goes on the "
            "waitlist and 1 confirms the address first. "
            "To say no to somebody, do so on the roster first."
        )
    ]
    placed, waiting = SignUpState.PLACED, SignUpState.WAITING
    assert states(session, event) == [placed, placed, waiting, waiting]
    assert (outcome.told, kinds(session)) == (2, ["welcome", "waiting"])


def test_role_that_no_table_takes_is_named(session: Session, now: datetime) -> None:
    event = make_event(session, rules={"roles": ["mentor", "mentee"]})
    before = event_settings.stored(event)
    more = replace(before, roles=(*before.roles, RoleSettings(role=Role.PEER, places=5)))

    assert texts(save(session, event, more, now)) == [
        (
            "No part of the agenda seats peers: who signs up as one has a place at the event and "
            "no table."
        )
    ]


def test_shorter_keeping_is_said_to_be_for_good(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    outcome = agree(session, event, replace(event_settings.stored(event), retention_days=30), now)

    assert texts(outcome) == [
        (
            "Everybody is made anonymous 30 days after the event instead of 90. "
            "It cannot be made longer again."
        )
    ]
    assert event.retention_days == 30


def test_shorter_keeping_after_the_event_is_said_to_be_at_once(session: Session) -> None:
    event = make_event(session)
    make_sign_up(session, event)
    later = event.ends_at + timedelta(days=40)

    outcome = save(session, event, replace(event_settings.stored(event), retention_days=30), later)

    assert "everybody is made anonymous as soon as you save" in texts(outcome)[0]


def test_confirming_from_now_on_asks_those_who_wait(session: Session, now: datetime) -> None:
    event = make_full(session, waiting=2, confirms=False)
    for sign_up in session.scalars(select(SignUp)):
        sign_up.confirmed_at = None
    wanted = replace(event_settings.stored(event), confirms_address=True)

    outcome = agree(session, event, wanted, now)

    assert texts(outcome) == [
        (
            "2 people who wait never had to confirm their address: they get a mail that asks for "
            "it and have 48 hours to do so, or lose their place in the queue."
        )
    ]
    assert (outcome.told, kinds(session)) == (2, ["confirm_address"] * 2)
    waiting = session.scalars(select(SignUp).where(SignUp.state == SignUpState.WAITING)).all()
    assert [one.held_until for one in waiting] == [now + timedelta(hours=48)] * 2
