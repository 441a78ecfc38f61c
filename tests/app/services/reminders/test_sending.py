"""Each reminder goes once, late rather than never, to whom it concerns at that moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, ReminderKind, SignUpState
from app.models import Event, OutboxMessage, Reminder, SignUp
from app.services import events, reminders
from config import Config
from tests.builders import STARTS_AT, make_event, make_sign_up
from tests.published import make_evening, publish

DAY_BEFORE = STARTS_AT - timedelta(days=1)
DAY = ReminderKind.DAY_BEFORE


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.kind, row.to_address) for row in rows]


def rows_of(session: Session, event: Event) -> dict[ReminderKind, Reminder]:
    found = session.scalars(select(Reminder).where(Reminder.event_id == event.id))
    return {row.kind: row for row in found}


def make_planned(
    session: Session, now: datetime, *kinds: ReminderKind, **facts: Any
) -> tuple[Event, SignUp]:
    """Return an event with one placed person and these reminders."""
    event = make_event(session, **facts)
    person = make_sign_up(session, event, name="Wei Chen", email="wei@example.org")
    reminders.choose(session, event, kinds, now=now, actor="test")
    return event, person


def test_a_new_event_has_a_row_of_each_kind_and_three_of_them_on(
    session: Session, now: datetime
) -> None:
    event = make_event(session)

    rows = reminders.plan(session, event, now=now)

    assert set(rows) == set(ReminderKind)
    assert {kind for kind, row in rows.items() if row.is_on} == reminders.DEFAULT_ON
    assert rows[DAY].due_at == DAY_BEFORE


def test_planning_twice_makes_no_second_row(session: Session, now: datetime) -> None:
    event = make_event(session)

    first = reminders.plan(session, event, now=now)
    again = reminders.plan(session, event, now=now)

    assert {row.id for row in first.values()} == {row.id for row in again.values()}


def test_a_reminder_goes_when_it_is_due_and_not_before(
    session: Session, now: datetime, settings: Config
) -> None:
    make_planned(session, now, DAY)

    early = reminders.send_due(session, now=DAY_BEFORE - timedelta(seconds=1), settings=settings)
    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)
    again = reminders.send_due(session, now=DAY_BEFORE + timedelta(minutes=1), settings=settings)

    assert (early, told, again) == (0, 1, 0)
    assert mails(session) == [("reminder_day_before", "wei@example.org")]


def test_the_row_says_when_and_to_how_many(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)

    reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    row = rows_of(session, event)[DAY]
    assert (row.sent_at, row.told_people) == (DAY_BEFORE, 1)


def test_an_event_that_nobody_planned_is_planned_at_the_tick(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    reminders.send_due(session, now=now, settings=settings)
    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    assert len(rows_of(session, event)) == len(ReminderKind)
    assert told == 1 + 1  # the person, and the contact: there is no plan yet


def test_after_ten_minutes_of_standstill_it_goes_late_and_once(
    session: Session, now: datetime, settings: Config
) -> None:
    make_planned(session, now, ReminderKind.HOUR_BEFORE)
    late = STARTS_AT - timedelta(minutes=50)

    told = [
        reminders.send_due(session, now=late + timedelta(seconds=30 * at), settings=settings)
        for at in range(4)
    ]

    assert told == [1, 0, 0, 0]


def test_nothing_goes_once_the_event_has_begun(
    session: Session, now: datetime, settings: Config
) -> None:
    kinds = set(ReminderKind) - {ReminderKind.AFTER}
    event, _ = make_planned(session, now, *kinds)

    told = reminders.send_due(session, now=STARTS_AT, settings=settings)

    assert (told, mails(session)) == (0, [])
    assert {row.sent_at for kind, row in rows_of(session, event).items() if kind in kinds} == {
        STARTS_AT,
        now,  # a week before was past as the event was made
    }


def test_of_several_that_are_late_one_goes(
    session: Session, now: datetime, settings: Config
) -> None:
    start = STARTS_AT + timedelta(days=30)
    kinds = (ReminderKind.WEEK_BEFORE, DAY, ReminderKind.HOUR_BEFORE)
    make_planned(session, now, *kinds, starts_at=start)

    reminders.send_due(session, now=start - timedelta(hours=20), settings=settings)

    assert mails(session) == [("reminder_day_before", "wei@example.org")]


def test_what_was_past_as_the_event_was_made_is_never_sent(
    session: Session, settings: Config
) -> None:
    made = DAY_BEFORE + timedelta(hours=2)
    event = make_event(session)
    make_sign_up(session, event)
    reminders.plan(session, event, now=made)

    told = reminders.send_due(session, now=made + timedelta(minutes=1), settings=settings)

    assert (told, mails(session)) == (0, [])


def test_what_is_switched_on_after_its_time_is_never_sent(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now)
    later = DAY_BEFORE + timedelta(hours=1)

    reminders.choose(session, event, [DAY], now=later, actor="test")

    assert reminders.send_due(session, now=later, settings=settings) == 0


def test_a_moved_event_takes_its_reminders_along(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)
    week = timedelta(days=7)
    events.move(session, event, STARTS_AT + week, now=now, actor="test")

    early = reminders.send_due(session, now=DAY_BEFORE, settings=settings)
    told = reminders.send_due(session, now=DAY_BEFORE + week, settings=settings)

    assert (early, told) == (0, 1)


def test_a_reminder_that_went_does_not_go_again_after_a_move(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)
    week = timedelta(days=7)
    reminders.send_due(session, now=DAY_BEFORE, settings=settings)
    events.move(session, event, STARTS_AT + week, now=DAY_BEFORE, actor="test")

    told = reminders.send_due(session, now=DAY_BEFORE + week, settings=settings)

    assert told == 0


def test_a_reminder_that_was_too_late_goes_when_the_event_moves_on(
    session: Session, settings: Config
) -> None:
    made, week = DAY_BEFORE + timedelta(hours=2), timedelta(days=7)
    event, _ = make_planned(session, made, DAY)
    events.move(session, event, STARTS_AT + week, now=made, actor="test")

    reminders.send_due(session, now=made, settings=settings)
    told = reminders.send_due(session, now=DAY_BEFORE + week, settings=settings)

    assert told == 1


def test_another_closing_time_moves_its_reminder(
    session: Session, now: datetime, settings: Config
) -> None:
    kind = ReminderKind.SIGN_UP_CLOSES
    event, _ = make_planned(session, now, kind)
    closes = STARTS_AT - timedelta(hours=30)
    event.signup_closes_at = closes

    reminders.send_due(session, now=now, settings=settings)

    assert rows_of(session, event)[kind].due_at == closes - timedelta(days=1)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_an_event_that_does_not_take_place_reminds_nobody(
    session: Session, now: datetime, settings: Config, state: EventState
) -> None:
    event, _ = make_planned(session, now, *ReminderKind)
    event.state = state

    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    assert (told, mails(session)) == (0, [])


def test_only_people_with_a_place_who_want_reminders_get_one(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)
    for state in SignUpState:
        if state is not SignUpState.PLACED:
            make_sign_up(session, event, state=state)
    quiet, erased = make_sign_up(session, event), make_sign_up(session, event)
    reminders.stop(session, quiet.person_id, now=now)
    erased.person.erased_at = now

    reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    assert mails(session) == [("reminder_day_before", "wei@example.org")]


def test_who_switched_reminders_off_and_on_gets_them(
    session: Session, now: datetime, settings: Config
) -> None:
    _, person = make_planned(session, now, DAY)
    reminders.stop(session, person.person_id, now=now)
    reminders.stop(session, person.person_id, now=now + timedelta(hours=1))
    off = person.person.reminders_off_at
    reminders.take_again(session, person.person_id)

    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    assert (off, told) == (now, 1)


def test_before_sign_up_closes_only_the_unfinished_are_told(
    session: Session, now: datetime, settings: Config
) -> None:
    closes = STARTS_AT - timedelta(hours=30)
    event, _ = make_planned(session, now, ReminderKind.SIGN_UP_CLOSES, signup_closes_at=closes)
    due = closes - timedelta(days=1)
    make_sign_up(session, event, state=SignUpState.HELD, email="held@example.org", at=due)
    make_sign_up(session, event, state=SignUpState.OFFERED, email="offered@example.org", at=due)
    make_sign_up(session, event, state=SignUpState.WAITING)
    make_sign_up(session, event, state=SignUpState.HELD, at=due - timedelta(days=3))

    reminders.send_due(session, now=due, settings=settings)

    kind = "reminder_sign_up_closes"
    assert mails(session) == [(kind, "held@example.org"), (kind, "offered@example.org")]


def test_to_an_address_that_nobody_confirmed_no_name_is_written(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, ReminderKind.SIGN_UP_CLOSES)
    make_sign_up(session, event, name="Buy now", state=SignUpState.HELD, at=DAY_BEFORE)

    reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    row = session.scalars(select(OutboxMessage)).one()
    assert (row.to_name, "Buy now" in row.text + row.html) == ("", False)
    assert "{{link:confirm}}" in row.text


def test_nobody_is_told_that_sign_up_closes_when_it_has_been_closed(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, ReminderKind.SIGN_UP_CLOSES)
    make_sign_up(session, event, state=SignUpState.HELD, at=DAY_BEFORE)
    events.close_signup(session, event, now=now, actor="test")

    assert reminders.send_due(session, now=DAY_BEFORE, settings=settings) == 0


def test_a_reminder_says_when_where_and_at_which_table_one_begins(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    reminders.choose(session, evening.event, [DAY], now=now, actor="test")

    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    mentee = evening.mentees[0].person
    row = session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == mentee.id)).one()
    assert (told, row.is_reminder, row.subject) == (8, True, "Thursday, 18:00: An evening")
    for part in (
        "Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)",
        "Atrium",
        "You begin at 18:15: Table 1",
        "{{link:access}}",
        "{{link:unsubscribe}}",
        mentee.name,
    ):
        assert part in row.text


def test_the_contact_hears_of_people_without_a_seat(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    make_sign_up(session, evening.event, name="Late Comer")
    absent = [round_.id for block in evening.event.blocks for round_ in block.rounds]
    make_sign_up(session, evening.event, absent_rounds=tuple(absent))
    reminders.choose(session, evening.event, [ReminderKind.UNPLANNED], now=now, actor="test")

    reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    row = session.scalars(select(OutboxMessage)).one()
    assert (row.to_address, row.person_id) == ("evening@example.org", None)
    assert row.subject == "1 person has a place and no seat: An evening"
    assert "1 mentee." in row.text
    assert "Late Comer" not in row.text + row.html


def test_the_contact_hears_nothing_when_everybody_has_a_seat(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    reminders.choose(session, evening.event, [ReminderKind.UNPLANNED], now=now, actor="test")

    assert reminders.send_due(session, now=DAY_BEFORE, settings=settings) == 0


def test_the_contact_hears_that_no_plan_is_published(
    session: Session, now: datetime, settings: Config
) -> None:
    make_planned(session, now, ReminderKind.UNPLANNED)

    reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    subjects = session.scalars(select(OutboxMessage.subject)).all()
    assert subjects == ["No plan is published yet: An evening of good questions"]


@pytest.mark.parametrize(("days", "told"), [(0, 1), (6, 1), (7, 0)])
def test_thanks_come_within_a_week(
    session: Session, now: datetime, settings: Config, days: int, told: int
) -> None:
    make_planned(session, now, ReminderKind.AFTER)
    morning = datetime(2027, 3, 5, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin

    found = reminders.send_due(session, now=morning + timedelta(days=days), settings=settings)

    assert found == told


def test_many_people_are_told_in_portions_each_once(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)
    for _ in range(5):
        make_sign_up(session, event)

    told = [
        reminders.send_due(session, now=DAY_BEFORE, settings=settings, portion=3) for _ in range(4)
    ]

    row = rows_of(session, event)[DAY]
    assert (told, row.told_people, row.sent_at) == ([3, 3, 0, 0], 6, DAY_BEFORE)
    assert len(set(mails(session))) == 6


def test_a_portion_goes_over_several_events(
    session: Session, now: datetime, settings: Config
) -> None:
    for _ in range(3):
        make_planned(session, now, DAY)

    told = [
        reminders.send_due(session, now=DAY_BEFORE, settings=settings, portion=2) for _ in range(3)
    ]

    assert (told, len(mails(session))) == ([2, 1, 0], 3)
