"""An absent person without a seat: the entry goes with a kind word, and comes back in order."""

from __future__ import annotations

from datetime import datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import InviteState, Method, PartStat
from app.models import Invite, OutboxMessage, SignUp
from app.queries import publishing as publish_page
from app.services import delivery, invites, roster_edit
from app.tenancy import UNSCOPED
from config import Config
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.mail_invariants import assert_private
from tests.published import Evening, let_mail_leave, make_evening, make_run, publish, tables_in_turn

WITHOUT_FIRST = [[None, None, None], [1, 2, 3], [2, 3, 0], [3, 0, 1]]


@pytest.fixture
def evening(session: Session, now: datetime, settings: Config) -> Evening:
    return told(session, now, settings)


def told(session: Session, now: datetime, settings: Config) -> Evening:
    """Return a published evening of which everybody has heard."""
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    let_mail_leave(session)
    return evening


def publish_without_first(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> int:
    publish(session, evening, now=now, tables=WITHOUT_FIRST)
    return invites.sync(session, evening.event, now=now, settings=settings)


def mails_to(session: Session, sign_up: SignUp) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(OutboxMessage.person_id == sign_up.person_id)
    return list(session.scalars(rows.order_by(OutboxMessage.id)))


def invite_of(session: Session, sign_up: SignUp) -> Invite:
    return session.scalars(select(Invite).where(Invite.sign_up_id == sign_up.id)).one()


def test_marking_absent_sends_nothing_before_the_next_version(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    gone = evening.mentees[0]

    roster_edit.mark_absent(session, gone, now=now, actor="o")
    sent = invites.sync(session, evening.event, now=now, settings=settings)

    assert (sent, invite_of(session, gone).state) == (0, InviteState.LIVE)


def test_entry_of_an_absent_person_goes_with_the_version_without_them(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    gone = evening.mentees[0]
    roster_edit.mark_absent(session, gone, now=now, actor="o")

    publish_without_first(session, evening, now, settings)
    again = invites.sync(session, evening.event, now=now, settings=settings)

    mail = mails_to(session, gone)[-1]
    [entry] = Calendar.from_ical(mail.calendar or b"").walk("VEVENT")
    assert (mail.method, mail.sequence, entry["SEQUENCE"], again) == (Method.CANCEL, 1, 1, 0)
    assert "STATUS" not in entry
    assert mail.subject == "No seat for you in the plan: An evening"
    assert "the organisers know that you cannot come to An evening" in mail.text
    assert "Your place is still yours." in mail.text
    assert "no longer have a place" not in mail.text + mail.html


def test_present_again_they_get_the_same_entry_with_a_higher_sequence(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    back = evening.mentees[0]
    uid = invite_of(session, back).uid
    roster_edit.mark_absent(session, back, now=now, actor="o")
    publish_without_first(session, evening, now, settings)
    let_mail_leave(session)

    roster_edit.mark_present(session, back, now=now, actor="o")
    early = invites.sync(session, evening.event, now=now, settings=settings)
    publish(session, evening, now=now, tables=tables_in_turn(evening))
    invites.sync(session, evening.event, now=now, settings=settings)

    rows = mails_to(session, back)
    assert [(row.method, row.sequence, row.uid) for row in rows] == [
        (Method.REQUEST, 0, uid),
        (Method.CANCEL, 1, uid),
        (Method.REQUEST, 2, uid),
    ]
    stamps = [
        Calendar.from_ical(row.calendar or b"").walk("VEVENT")[0].decoded("DTSTAMP") for row in rows
    ]
    assert stamps == sorted(set(stamps))
    assert early == 0
    assert invite_of(session, back).partstat is PartStat.NEEDS_ACTION
    assert "we wrote that you had no seat any more; that no longer holds" in rows[-1].text


def test_somebody_who_comes_keeps_the_entry_when_the_plan_has_no_seat(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    publish_without_first(session, evening, now, settings)

    mail = mails_to(session, evening.mentees[0])[-1]
    assert (mail.method, mail.sequence) == (Method.REQUEST, 0)
    assert invite_of(session, evening.mentees[0]).state is InviteState.LIVE


@pytest.mark.parametrize("is_absent", [True, False])
def test_publish_page_says_what_becomes_of_the_entry(
    session: Session, evening: Evening, now: datetime, settings: Config, *, is_absent: bool
) -> None:
    if is_absent:
        roster_edit.mark_absent(session, evening.mentees[0], now=now, actor="o")
    run = make_run(session, evening, now=now, tables=WITHOUT_FIRST)

    page = publish_page.read(session, evening.event, [run], settings=settings)

    [left] = [one for one in page.differences if one.kind == "leaves"]
    assert (left.about, left.remark) == (
        ("Mentee, absent", "The calendar entry is taken out.")
        if is_absent
        else ("Mentee", "The calendar entry stays, without rounds.")
    )


def leave(factory: SessionFactory, clock: Clock, settings: Config, key: bytes) -> MemoryTransport:
    """Have somebody absent, publish without them, and return all mail that left."""
    transport = MemoryTransport()
    with unit_of_work(factory) as session:
        evening = told(session, clock(), settings)
        roster_edit.mark_absent(session, evening.mentees[0], now=clock(), actor="o")
        publish_without_first(session, evening, clock(), settings)
    delivery.deliver_due(factory, transport, clock=clock, settings=settings, key=key, owner="w")
    return transport


def test_mail_of_an_absence_tells_nobody_else_s_address(
    session_factory: SessionFactory, clock: Clock, settings: Config, key: bytes
) -> None:
    transport = leave(session_factory, clock, settings, key)

    assert "No seat for you in the plan: An evening" in [
        str(message["Subject"]) for message in transport.messages
    ]
    for mail, message in zip(transport.delivered, transport.messages, strict=True):
        assert_private(message, mail.to_address, (mail.from_address, "evening@example.org"))


@pytest.mark.postgres
def test_absence_is_told_on_postgres(
    postgres: object, clock: Clock, settings: Config, key: bytes
) -> None:
    factory = make_session_factory(postgres, tenant=UNSCOPED)  # type: ignore[arg-type]

    transport = leave(factory, clock, settings, key)

    methods = [mail.calendar.method for mail in transport.delivered if mail.calendar]
    assert methods.count("CANCEL") == 1
