from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import OutboxState
from app.mail.transport import Deferred, Rejected
from app.models import OutboxMessage, Person
from app.services import blanking
from app.services.signups import mail as signup_mail
from config import Config
from tests.app.services.test_delivery import Desk
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock
from tests.fakes import MemoryTransport

BLANK = (blanking.BLANK_SUBJECT, blanking.BLANK_TEXT, blanking.BLANK_HTML, None)


@pytest.fixture
def desk(session_factory: SessionFactory, clock: Clock, settings: Config, key: bytes) -> Desk:
    transport = MemoryTransport()
    return Desk(
        factory=session_factory, transport=transport, clock=clock, settings=settings, key=key
    )


def texts(row: OutboxMessage) -> tuple[str, str, str, str | None]:
    return row.subject, row.text, row.html, row.calendar


def erase_reader(session: Session, row: OutboxMessage, *, may_leave: bool) -> None:
    session.get_one(Person, row.person_id).erased_at = row.created_at
    session.get_one(OutboxMessage, row.id).forget_after = may_leave


def first_two(desk: Desk) -> tuple[OutboxMessage, OutboxMessage]:
    """Queue a mail to each of two people, with something in every field that can name them."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session)
        for _ in range(2):
            sign_up = make_sign_up(session, event)
            signup_mail.queue(session, "welcome", event, sign_up, now=desk.clock())
        for row in session.scalars(select(OutboxMessage)):
            row.calendar = f"ATTENDEE:mailto:{row.to_address}"
    first, second = desk.rows()
    return first, second


def test_the_last_mail_to_an_erased_person_leaves_and_is_blank_then(desk: Desk) -> None:
    first, second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        erase_reader(session, first, may_leave=True)

    desk.deliver()

    gone, other = desk.rows()
    assert first.to_address in {mail.to_address for mail in desk.transport.delivered}
    assert (gone.state, gone.to_name, gone.to_address) == (OutboxState.SENT, "", "")
    assert texts(gone) == BLANK
    assert texts(other) == texts(second)


def test_any_other_mail_to_an_erased_person_is_dropped_and_blank(desk: Desk) -> None:
    first, _second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        erase_reader(session, first, may_leave=False)

    desk.deliver()

    gone, *_ = desk.rows()
    assert first.to_address not in {mail.to_address for mail in desk.transport.delivered}
    assert (gone.state, gone.to_address) == (OutboxState.DROPPED, "")
    assert texts(gone) == BLANK


def test_a_refused_mail_to_an_erased_person_is_blank_with_what_the_server_said(desk: Desk) -> None:
    first, _second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        erase_reader(session, first, may_leave=True)
    desk.transport.failures = [Rejected(f"550 {first.to_address} unknown")]

    desk.deliver()

    gone, *_ = desk.rows()
    assert (gone.state, gone.to_address, gone.last_error) == (OutboxState.FAILED, "", "")


def test_a_mail_that_is_tried_again_keeps_its_address_until_then(desk: Desk) -> None:
    first, _second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        erase_reader(session, first, may_leave=True)
    desk.transport.failures = [Deferred("451 later")]

    desk.deliver()

    waiting, *_ = desk.rows()
    assert (waiting.state, waiting.to_address) == (OutboxState.QUEUED, first.to_address)
    assert texts(waiting) == texts(first)


def test_a_mail_that_names_an_erased_person_loses_its_text_but_not_its_reader(desk: Desk) -> None:
    first, _second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        session.get_one(OutboxMessage, first.id).forget_after = True

    desk.deliver()

    gone, *_ = desk.rows()
    assert (gone.state, gone.to_address) == (OutboxState.SENT, first.to_address)
    assert texts(gone) == BLANK


def test_blank_old_takes_texts_that_left_long_ago_and_no_mail_that_waits(desk: Desk) -> None:
    first, second = first_two(desk)
    with unit_of_work(desk.factory) as session:
        row = session.get_one(OutboxMessage, first.id)
        row.state, row.sent_at = OutboxState.SENT, desk.clock()

    with unit_of_work(desk.factory) as session:
        blanking.blank_old(session, before=desk.clock() + timedelta(seconds=1))

    gone, waiting, *_ = desk.rows()
    assert (texts(gone), gone.to_address) == (BLANK, first.to_address)
    assert texts(waiting) == texts(second)


def test_blank_old_does_nothing_twice(desk: Desk) -> None:
    first_two(desk)
    desk.deliver()

    with unit_of_work(desk.factory) as session:
        found = [
            blanking.blank_old(session, before=desk.clock() + timedelta(seconds=1))
            for _ in range(2)
        ]

    assert found == [2, 0]
    with unit_of_work(desk.factory, write=False) as session:
        assert {texts(row) for row in session.scalars(select(OutboxMessage))} == {BLANK}
