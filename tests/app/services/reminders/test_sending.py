"""Each reminder goes once, late rather than never, at the time that holds at that moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.enums import EventState, ReminderKind
from app.services import events, reminders
from config import Config
from tests.app.services.reminders.scene import DAY, DAY_BEFORE, mails, make_planned, rows_of
from tests.builders import STARTS_AT, make_event, make_sign_up


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


def test_after_a_move_a_reminder_that_went_goes_again_for_the_new_time(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, DAY)
    week = timedelta(days=7)
    first = reminders.send_due(session, now=DAY_BEFORE, settings=settings)
    events.move(session, event, STARTS_AT + week, now=DAY_BEFORE, actor="test")

    told = [
        reminders.send_due(session, now=DAY_BEFORE + after, settings=settings)
        for after in (timedelta(hours=1), week - timedelta(minutes=1), week, week)
    ]

    assert (first, told) == (1, [0, 0, 1, 0])


@pytest.mark.parametrize("step", [timedelta(hours=1), -timedelta(hours=1)])
def test_a_reminder_that_went_does_not_go_again_when_its_new_time_is_past(
    session: Session, now: datetime, settings: Config, step: timedelta
) -> None:
    event, _ = make_planned(session, now, DAY)
    reminders.send_due(session, now=DAY_BEFORE, settings=settings)
    noon = DAY_BEFORE + timedelta(hours=2)
    events.move(session, event, STARTS_AT + step, now=noon, actor="test")

    told = reminders.send_due(session, now=noon, settings=settings)

    assert (told, rows_of(session, event)[DAY].told_people) == (0, 1)


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
