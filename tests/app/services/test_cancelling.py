from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, LinkPurpose, Method, Role, SignUpState
from app.errors import TooLate
from app.models import Event, Invite, OutboxMessage, SignUp
from app.services import access, cancelling, invites, signups
from app.services.signups import waitlist
from config import Config
from tests.builders import make_event, make_sign_up
from tests.published import Evening, make_evening, publish


@pytest.fixture
def evening(session: Session, now: datetime, settings: Config) -> Evening:
    """Return eight people with an entry, one who waits, one who did not confirm, one who left."""
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    make_sign_up(session, evening.event, name="Ida Waits", state=SignUpState.WAITING)
    held = make_sign_up(session, evening.event, name="Bo Held", state=SignUpState.HELD)
    held.confirmed_at = None
    make_sign_up(session, evening.event, name="Eva Left", state=SignUpState.WITHDRAWN)
    return evening


def after(session: Session, last: int) -> list[OutboxMessage]:
    return list(
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.id > last).order_by(OutboxMessage.id)
        )
    )


def last_id(session: Session) -> int:
    return max(row.id for row in after(session, 0))


def test_cancel_event_tells_everybody_once(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    last, sequence = last_id(session), evening.event.agenda_sequence

    told = cancelling.cancel_event(session, evening.event, now=now, actor="t", settings=settings)
    again = cancelling.cancel_event(session, evening.event, now=now, actor="t", settings=settings)

    rows = after(session, last)
    assert (told, again, len(rows)) == (10, 0, 10)
    assert evening.event.state is EventState.CANCELLED
    assert evening.event.agenda_sequence == sequence + 1
    assert len({row.to_address for row in rows}) == 10
    entries = [row for row in rows if row.calendar]
    assert {(row.kind, row.method, row.sequence) for row in entries} == {
        ("cancelled", Method.CANCEL, 1)
    }
    assert {str(event_of(row)["STATUS"]) for row in entries} == {"CANCELLED"}
    mails = {row.to_name: row for row in rows if not row.calendar}
    assert {row.subject for row in mails.values()} == {"Cancelled: An evening"}
    assert mails["Ida Waits"].text.startswith("Dear Ida Waits,\n\nAn evening does not take place.")
    assert mails[""].text.startswith("An evening does not take place.")


def event_of(row: OutboxMessage) -> Calendar:
    [event] = Calendar.from_ical(row.calendar or "").walk("VEVENT")
    return event


def test_cancel_event_after_the_start_is_too_late(
    session: Session, evening: Evening, settings: Config
) -> None:
    begun = evening.event.starts_at

    with pytest.raises(TooLate):
        cancelling.cancel_event(session, evening.event, now=begun, actor="t", settings=settings)


def test_reinstate_event_invites_under_the_same_uid_with_a_higher_sequence(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    uids = set(session.scalars(select(Invite.uid)))
    cancelling.cancel_event(session, evening.event, now=now, actor="t", settings=settings)
    last = last_id(session)

    told = cancelling.reinstate_event(session, evening.event, now=now, actor="t", settings=settings)
    again = cancelling.reinstate_event(
        session, evening.event, now=now, actor="t", settings=settings
    )

    rows = after(session, last)
    assert (told, again, len(rows)) == (10, 0, 10)
    assert evening.event.state is EventState.CLOSED
    entries = [row for row in rows if row.calendar]
    assert {(row.kind, row.method, row.sequence) for row in entries} == {
        ("invite", Method.REQUEST, 2)
    }
    assert {row.uid for row in entries} == uids
    assert all("that no longer holds" in row.text + row.html for row in entries)
    mails = {row.to_name: row for row in rows if not row.calendar}
    assert {row.kind for row in mails.values()} == {"event_on"}
    assert "{{link:access}}" in mails["Ida Waits"].text
    assert "{{link:confirm}}" in mails[""].text
    assert "{{link:access}}" not in mails[""].text


def test_cancel_event_before_a_plan_is_a_mail_to_each(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    make_sign_up(session, evening.event, role=Role.MENTOR, name="Late Mentor")

    told = cancelling.cancel_event(session, evening.event, now=now, actor="t", settings=settings)

    assert told == 9
    assert {row.kind for row in after(session, 0)} == {"event_off"}


@pytest.fixture
def off(session: Session, now: datetime, settings: Config) -> tuple[Event, SignUp, SignUp]:
    """Return an event that is off, with somebody offered a place and somebody to confirm."""
    event = make_event(session)
    offered = make_sign_up(session, event, state=SignUpState.OFFERED, at=now)
    held = make_sign_up(session, event, state=SignUpState.HELD, at=now)
    cancelling.cancel_event(session, event, now=now, actor="t", settings=settings)
    return event, offered, held


def test_nobody_takes_a_place_while_the_event_is_off(
    session: Session, off: tuple[Event, SignUp, SignUp], now: datetime, key: bytes
) -> None:
    _, offered, held = off
    last = last_id(session)
    token = access.link_for(session, held.person_id, LinkPurpose.CONFIRM, key=key, now=now)

    with pytest.raises(TooLate, match="does not take place"):
        signups.accept_offer(session, offered, now=now)
    with pytest.raises(TooLate, match="does not take place"):
        signups.confirm(session, token, now=now, key=key)

    assert (offered.state, held.state) == (SignUpState.OFFERED, SignUpState.HELD)
    assert after(session, last) == []


def test_nobody_is_too_late_while_the_event_is_off(
    session: Session, off: tuple[Event, SignUp, SignUp], now: datetime, settings: Config
) -> None:
    event, offered, held = off
    last, later = last_id(session), now + timedelta(hours=60)

    released = waitlist.release_expired(session, later)
    quiet = after(session, last)
    cancelling.reinstate_event(session, event, now=later, actor="t", settings=settings)
    waitlist.release_expired(session, later)

    assert (released, quiet) == (0, [])
    assert (offered.state, held.state) == (SignUpState.OFFERED, SignUpState.HELD)
    assert offered.offered_until == min(later + timedelta(hours=24), event.starts_at)
    assert held.held_until == min(later + timedelta(hours=48), event.starts_at)
    signups.accept_offer(session, offered, now=later)
    assert offered.state is SignUpState.PLACED
