"""A queued reminder leaves only while it is true, and says how to stop the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import EventState, LinkPurpose, OutboxState, ReminderKind
from app.models import Event, OutboxMessage, SignUp
from app.services import access, delivery, events, reminders, signups
from config import Config
from tests.builders import STARTS_AT, make_event, make_sign_up
from tests.fakes import MemoryTransport

DAY_BEFORE = STARTS_AT - timedelta(days=1)
Change = Callable[[Session, Event, SignUp], object]


def queue_one(factory: SessionFactory, now: datetime, settings: Config) -> tuple[int, int]:
    """Queue the reminder of one person; return the event and the sign-up."""
    with unit_of_work(factory) as session:
        event = make_event(session)
        person = make_sign_up(session, event, email="wei@example.org")
        reminders.choose(session, event, [ReminderKind.DAY_BEFORE], now=now, actor="test")
        reminders.send_due(session, now=DAY_BEFORE, settings=settings)
        return event.id, person.id


def deliver(
    factory: SessionFactory, settings: Config, key: bytes, *, at: datetime = DAY_BEFORE
) -> list[EmailMessage]:
    transport = MemoryTransport()
    delivery.deliver_due(
        factory, transport, clock=lambda: at, settings=settings, key=key, owner="test"
    )
    return transport.messages


def state_of_reminder(factory: SessionFactory) -> tuple[OutboxState, str]:
    with unit_of_work(factory, write=False) as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.is_reminder)).one()
        return row.state, row.last_error


def stop(session: Session, _event: Event, person: SignUp) -> None:
    reminders.stop(session, person.person_id, now=DAY_BEFORE)


def withdraw(session: Session, _event: Event, person: SignUp) -> None:
    signups.withdraw(session, person, now=DAY_BEFORE)


def move(session: Session, event: Event, _person: SignUp) -> None:
    later = STARTS_AT + timedelta(hours=1)
    events.move(session, event, later, now=DAY_BEFORE, actor="test")


def cancel(_session: Session, event: Event, _person: SignUp) -> None:
    event.state = EventState.CANCELLED


def test_a_reminder_that_is_true_leaves(
    session_factory: SessionFactory, now: datetime, settings: Config, key: bytes
) -> None:
    queue_one(session_factory, now, settings)

    [mail] = deliver(session_factory, settings, key)

    assert (len(mail["To"].addresses), mail["Auto-Submitted"]) == (1, "auto-generated")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (stop, "it no longer concerns its reader, or they want no reminders"),
        (withdraw, "it no longer concerns its reader, or they want no reminders"),
        (move, "the event has another time now"),
        (cancel, "it is too late to remind of this"),
    ],
)
def test_one_that_became_untrue_is_dropped(  # noqa: PLR0917 -- fixtures
    session_factory: SessionFactory,
    now: datetime,
    settings: Config,
    key: bytes,
    change: Change,
    reason: str,
) -> None:
    event_id, sign_up_id = queue_one(session_factory, now, settings)
    with unit_of_work(session_factory) as session:
        change(session, session.get_one(Event, event_id), session.get_one(SignUp, sign_up_id))

    left = deliver(session_factory, settings, key)

    assert [mail for mail in left if "List-Unsubscribe" in mail] == []
    assert state_of_reminder(session_factory) == (OutboxState.DROPPED, reason)


def test_one_that_stood_still_until_the_event_began_is_dropped(
    session_factory: SessionFactory, now: datetime, settings: Config, key: bytes
) -> None:
    queue_one(session_factory, now, settings)

    left = deliver(session_factory, settings, key, at=STARTS_AT)

    assert (left, state_of_reminder(session_factory)[0]) == ([], OutboxState.DROPPED)


@pytest.mark.parametrize(
    ("base_url", "post"),
    [("https://tables.example.org", "List-Unsubscribe=One-Click"), ("http://localhost", None)],
)
def test_its_header_names_the_link_that_its_text_holds(  # noqa: PLR0917 -- fixtures
    session_factory: SessionFactory,
    now: datetime,
    settings: Config,
    key: bytes,
    base_url: str,
    post: str | None,
) -> None:
    _, sign_up_id = queue_one(session_factory, now, settings)

    [mail] = deliver(session_factory, replace(settings, base_url=base_url), key)

    with unit_of_work(session_factory) as session:
        person_id = session.get_one(SignUp, sign_up_id).person_id
        token = access.existing_token(session, person_id, LinkPurpose.UNSUBSCRIBE, key=key)
    link = f"{base_url}/u/{token}"
    text = mail.get_body(("plain",))
    assert text is not None
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (f"<{link}>", post)
    assert f"No more reminders of this event: {link}" in text.get_content()
