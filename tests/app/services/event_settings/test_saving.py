from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Admission, Role, SignUpState
from app.errors import InvalidInput, NotFound
from app.models import AuditEntry, Event, OutboxMessage, SignUp
from app.services import event_settings
from app.services.event_settings import Outcome, RoleSettings, Saving, SignUpSettings
from tests.builders import make_event, make_sign_up

MANY = {Role.MENTOR: 4, Role.MENTEE: 2}


def with_role(settings: SignUpSettings, role: Role, **changes: object) -> SignUpSettings:
    roles = tuple(
        replace(one, **changes) if one.role is role else one  # type: ignore[arg-type]
        for one in settings.roles
    )
    return replace(settings, roles=roles)


def save(
    session: Session,
    event: Event,
    wanted: SignUpSettings,
    now: datetime,
    *,
    agreed: str = "",
    seen: str = "",
) -> Outcome:
    return event_settings.save(
        session,
        event.id,
        wanted,
        seen=seen or event_settings.fingerprint(event_settings.stored(event)),
        agreed=agreed,
        now=now,
        actor="organiser 3",
    )


def agree(session: Session, event: Event, wanted: SignUpSettings, now: datetime) -> Outcome:
    """Read what happens, then say yes to it."""
    return save(session, event, wanted, now, agreed=save(session, event, wanted, now).mark)


def texts(outcome: Outcome) -> list[str]:
    return [effect.text for effect in outcome.effects]


def states(session: Session, event: Event) -> list[SignUpState]:
    return list(
        session.scalars(
            select(SignUp.state).where(SignUp.event_id == event.id).order_by(SignUp.seq)
        )
    )


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def make_full(session: Session, *, waiting: int = 3, confirms: bool = True) -> Event:
    """Return an event with both places for mentees taken, and some who wait."""
    event = make_event(session, capacities=dict(MANY), confirms_address=confirms)
    for _ in range(2):
        make_sign_up(session, event)
    for _ in range(waiting):
        make_sign_up(session, event, state=SignUpState.WAITING)
    return event


def test_what_happens_to_nobody_is_saved_at_once(session: Session, now: datetime) -> None:
    event = make_event(session)
    wanted = replace(
        event_settings.stored(event),
        confirms_address=False,
        asks_approval=True,
        contact_email="anna@example.org",
        changes_until=event.starts_at - timedelta(hours=1),
    )

    outcome = save(session, event, wanted, now)

    assert (outcome.state, outcome.effects) == (Saving.SAVED, ())
    assert event_settings.stored(event) == wanted


def test_saving_the_same_changes_nothing(session: Session, now: datetime) -> None:
    event = make_event(session)

    outcome = save(session, event, event_settings.stored(event), now)

    assert outcome == Outcome(state=Saving.SAME)
    assert session.scalars(select(AuditEntry)).all() == []


def test_more_places_say_first_who_moves_up(session: Session, now: datetime) -> None:
    event = make_full(session)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=4)

    outcome = save(session, event, wanted, now)

    assert outcome.state is Saving.ASKS
    assert texts(outcome) == [
        "3 mentees wait; the first 2 are offered a place for 24 hours and told."
    ]
    assert outcome.told == 2
    placed, waiting = SignUpState.PLACED, SignUpState.WAITING
    assert states(session, event) == [placed, placed, waiting, waiting, waiting]
    assert (kinds(session), event.capacities[1].places) == ([], 2)
    assert session.scalars(select(AuditEntry)).all() == []


def test_more_places_move_people_up_once_it_is_agreed(session: Session, now: datetime) -> None:
    event = make_full(session)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=4)

    outcome = agree(session, event, wanted, now)

    placed, offered = SignUpState.PLACED, SignUpState.OFFERED
    assert outcome.state is Saving.SAVED
    assert states(session, event) == [placed, placed, offered, offered, SignUpState.WAITING]
    assert kinds(session) == ["offered", "offered"]


def test_agreeing_to_something_else_asks_again(session: Session, now: datetime) -> None:
    event = make_full(session)
    wanted = with_role(event_settings.stored(event), Role.MENTEE, places=4)
    mark = save(session, event, wanted, now).mark
    make_sign_up(session, event, state=SignUpState.WAITING)  # meanwhile

    outcome = save(session, event, wanted, now, agreed=mark)

    assert outcome.state is Saving.ASKS
    assert texts(outcome)[0].startswith("4 mentees wait; the first 2 ")


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


def test_role_is_added_and_dropped_again(session: Session, now: datetime) -> None:
    event = make_event(session)
    before = event_settings.stored(event)
    more = replace(before, roles=(*before.roles, RoleSettings(role=Role.PEER, places=5)))

    added = save(session, event, more, now)
    dropped = save(session, event, before, now)

    assert (added.state, dropped.state) == (Saving.SAVED, Saving.SAVED)
    assert event_settings.stored(event) == before


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


def test_role_that_somebody_has_is_not_dropped(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, role=Role.MENTOR)
    make_sign_up(session, event, role=Role.MENTEE, state=SignUpState.WITHDRAWN)
    before = event_settings.stored(event)

    with pytest.raises(InvalidInput) as caught:
        save(session, event, replace(before, roles=()), now)

    assert caught.value.fields == {
        "asked_mentor": "1 mentor has signed up, so the event goes on asking for mentors. "
        "To take no more of them, lower the places.",
        "asked_mentee": "Ask for at least one role.",
    }


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


@pytest.mark.parametrize(
    ("now_kept", "has_people", "days", "is_good"),
    [
        (90, False, 7, True),
        (90, False, 6, False),
        (30, False, 90, True),
        (90, False, 91, False),
        (30, True, 31, False),
        (200, True, 150, True),
    ],
)
def test_nobody_is_kept_longer_than_they_were_told(
    session: Session, now: datetime, *, now_kept: int, has_people: bool, days: int, is_good: bool
) -> None:
    event = make_event(session)
    event.retention_days = now_kept
    if has_people:
        make_sign_up(session, event)
    wanted = replace(event_settings.stored(event), retention_days=days)

    if is_good:
        assert save(session, event, wanted, now).state is not Saving.STALE
    else:
        with pytest.raises(InvalidInput, match="Write a number of days from 7 to"):
            save(session, event, wanted, now)


def test_wrong_values_are_named_by_field(session: Session, now: datetime) -> None:
    event = make_event(session)
    wanted = replace(
        event_settings.stored(event),
        roles=(
            RoleSettings(role=Role.MENTOR, places=4, per_mentor=1.0),
            RoleSettings(role=Role.MENTEE, places=-1, per_mentor=0.0),
        ),
        signup_closes_at=now - timedelta(minutes=1),
        changes_until=event.starts_at + timedelta(minutes=1),
        contact_email="nobody",
    )

    with pytest.raises(InvalidInput) as caught:
        save(session, event, wanted, now)

    assert sorted(caught.value.fields) == [
        "changes_date",
        "closes_date",
        "contact_email",
        "per_mentor_mentee",
        "per_mentor_mentor",
        "places_mentee",
    ]


def test_time_that_is_past_may_stay_what_it_is(session: Session, now: datetime) -> None:
    event = make_event(session, signup_closes_at=now - timedelta(days=1, seconds=7))

    outcome = save(session, event, replace(event_settings.stored(event), asks_approval=True), now)

    assert outcome.state is Saving.SAVED
    assert event.signup_closes_at == now - timedelta(days=1, seconds=7)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    read_first = event_settings.stored(event)
    seen = event_settings.fingerprint(read_first)
    save(session, event, with_role(read_first, Role.MENTEE, places=20), now)

    outcome = save(session, event, replace(read_first, asks_approval=True), now, seen=seen)

    assert outcome.state is Saving.STALE
    assert [(one.field, one.old, one.new) for one in outcome.changes] == [
        ("places_mentee", 20, 12),
        ("asks_approval", False, True),
    ]
    assert event.asks_approval is False


def test_what_changed_is_written_down_without_what_was_written(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    wanted = replace(
        with_role(event_settings.stored(event), Role.MENTEE, places=20),
        contact_email="anna@example.org",
        signup_closes_at=now + timedelta(days=1),
    )

    save(session, event, wanted, now)

    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.what == "sign-up settings changed")
    ).one()
    assert (entry.actor, entry.event_id) == ("organiser 3", event.id)
    assert entry.detail == {
        "places_mentee": [12, 20],
        "signup_closes_at": [None, "2027-03-02T09:00:00+00:00"],
        "contact_email": "changed",
    }


def test_event_that_is_not_there(session: Session, now: datetime) -> None:
    event = make_event(session)

    with pytest.raises(NotFound):
        event_settings.save(
            session,
            event.id + 1,
            event_settings.stored(event),
            seen="",
            now=now,
            actor="organiser 3",
        )
