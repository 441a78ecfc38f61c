from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import InvalidInput, NotFound
from app.models import AuditEntry
from app.services import event_settings
from app.services.event_settings import Outcome, RoleSettings, Saving
from tests.app.services.event_settings.saving import (
    agree,
    kinds,
    make_full,
    save,
    states,
    texts,
    with_role,
)
from tests.builders import make_event, make_sign_up


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


def test_role_is_added_and_dropped_again(session: Session, now: datetime) -> None:
    event = make_event(session)
    before = event_settings.stored(event)
    more = replace(before, roles=(*before.roles, RoleSettings(role=Role.PEER, places=5)))

    added = save(session, event, more, now)
    dropped = save(session, event, before, now)

    assert (added.state, dropped.state) == (Saving.SAVED, Saving.SAVED)
    assert event_settings.stored(event) == before


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
