"""Reminders go to whom they concern, and say what they need to know."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole, ReminderKind, SignUpState
from app.models import Organisation, OutboxMessage
from app.services import events, reminders
from config import Config
from tests.app.services.reminders.scene import DAY, DAY_BEFORE, mails, make_planned
from tests.builders import STARTS_AT, make_organiser, make_sign_up
from tests.published import make_evening, publish


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


def test_without_a_contact_address_every_owner_hears_it(
    session: Session, now: datetime, settings: Config
) -> None:
    event, _ = make_planned(session, now, ReminderKind.UNPLANNED)
    event.contact_email = ""
    house = session.get_one(Organisation, event.organisation_id)
    make_organiser(session, organisation=house, email="first@example.org")
    make_organiser(session, organisation=house, email="second@example.org")
    member = OrganiserRole.ORGANISER
    make_organiser(session, organisation=house, email="member@example.org", role=member)
    gone = make_organiser(session, organisation=house, email="gone@example.org")
    gone.left_at = now
    make_organiser(session, email="elsewhere@example.org")

    counted = reminders.count(session, ReminderKind.UNPLANNED, event, now=now)
    told = reminders.send_due(session, now=DAY_BEFORE, settings=settings)

    assert (counted, told) == (2, 2)
    assert mails(session) == [
        ("reminder_unplanned", "first@example.org"),
        ("reminder_unplanned", "second@example.org"),
    ]
