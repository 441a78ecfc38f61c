"""An event's mail page: what became of each mail, and what an organiser does about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import Method, Mode, OutboxState
from app.factory import create_app
from app.mail.message import RenderedMail
from app.models import AuditEntry, Event, OutboxMessage
from app.services import accounts, blanking, outbox, pauses
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.conftest import Clock

WORDS = "550 5.1.1 no such user"
MAIL = RenderedMail(subject="Your plan", text="My page: {{link:access}}\n", html="<p>Hello</p>")


@pytest.fixture
def event_id(desk: Desk, clock: Clock) -> int:
    """Make an event with a mail in each state, to people called Ann 0 and so on."""
    states = (OutboxState.QUEUED, OutboxState.SENT, OutboxState.FAILED, OutboxState.BOUNCED)
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        for at, state in enumerate((*states, OutboxState.DROPPED)):
            write(session, event, at, clock, state)
        return event.id


def write(  # noqa: PLR0917
    session: Session, event: Event, at: int, clock: Clock, state: OutboxState, uid: str = ""
) -> OutboxMessage:
    sign_up = make_sign_up(session, event, name=f"Ann {at}")
    row = outbox.enqueue(
        session,
        kind="invite",
        event_id=event.id,
        person_id=sign_up.person_id,
        to_name=f"Ann {at}",
        to_address=sign_up.person.email,
        mail=MAIL,
        method=Method.REQUEST if uid else None,
        uid=uid or None,
        sequence=at if uid else None,
        order_key=uid or str(at),
        idempotency_key=str(at),
        now=clock(),
        give_up_at=event.starts_at,
    )
    row.state, row.attempts = state, 0 if state is OutboxState.QUEUED else 3
    is_bad = state in {OutboxState.FAILED, OutboxState.BOUNCED}
    row.last_error, row.failed_at = (WORDS, clock()) if is_bad else ("", None)
    return row


def states(desk: Desk) -> list[OutboxState]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def row_of(desk: Desk, state: OutboxState) -> OutboxMessage:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalars(select(OutboxMessage).where(OutboxMessage.state == state)).one()


def test_the_page_says_per_person_what_the_server_answered(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/mail").text

    assert "5 mails, each to one person. 2 failed or came back." in page
    assert page.count(WORDS) == 2
    assert page.index("Ann 3") < page.index("Ann 2") < page.index("Ann 4") < page.index("Ann 0")
    assert page.count("Try again") == 2
    assert "{{link" not in page


def test_the_page_shows_one_state_or_one_person(desk: Desk, event_id: int) -> None:
    failed = desk.client.get(f"/events/{event_id}/mail?state=failed").text
    one = desk.client.get(f"/events/{event_id}/mail?q=ann+1").text
    nobody = desk.client.get(f"/events/{event_id}/mail?q=nobody").text

    assert ("Ann 2" in failed, "Ann 3" in failed) == (True, False)
    assert ("Ann 1" in one, "Ann 2" in one) == (True, False)
    assert "No mail like this." in nobody


def test_the_page_of_an_event_without_mail(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id

    assert "No mail yet" in desk.client.get(f"/events/{event_id}/mail").text


def test_the_overview_needs_somebody_to_look(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}").text

    assert "2 mails were not delivered." in page
    assert f'<a href="/events/{event_id}/mail">See who<span' in page


def test_a_failed_mail_is_tried_again_as_the_same_mail(
    desk: Desk, event_id: int, clock: Clock
) -> None:
    before = row_of(desk, OutboxState.FAILED)
    clock.advance(hours=5)

    page = desk.client.post(
        f"/events/{event_id}/mail/{before.id}/retry", follow_redirects=True
    ).text

    assert "1 mail is tried again now." in page
    with unit_of_work(desk.factory, write=False) as session:
        after = session.get_one(OutboxMessage, before.id)
        starts_at = session.get_one(Event, event_id).starts_at
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (after.state, after.attempts, after.failed_at) == (OutboxState.QUEUED, 0, None)
    assert (after.message_id, after.text) == (before.message_id, before.text)
    assert (after.next_attempt_at, after.give_up_at) == (clock(), starts_at)
    assert last is not None
    assert (last.what, last.detail) == ("mail queued again", {"mails": 1})


def test_all_that_came_to_nothing_is_tried_again_at_once(desk: Desk, event_id: int) -> None:
    page = desk.client.post(f"/events/{event_id}/mail/retry", follow_redirects=True).text

    assert "2 mails are tried again now." in page
    assert states(desk).count(OutboxState.QUEUED) == 3


def test_a_mail_that_a_later_one_replaced_is_not_tried_again(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        old = write(session, event, 0, clock, OutboxState.FAILED, "one")
        write(session, event, 1, clock, OutboxState.SENT, "one")
        gone = write(session, event, 2, clock, OutboxState.FAILED)
        session.flush()
        blanking.blank_texts(session, OutboxMessage.id == gone.id)

    answers = [desk.client.post(f"/events/{event.id}/mail/{row.id}/retry") for row in (old, gone)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert states(desk) == [OutboxState.FAILED, OutboxState.SENT, OutboxState.FAILED]


def test_nothing_is_tried_again_once_the_event_is_over(
    desk: Desk, event_id: int, clock: Clock
) -> None:
    clock.advance(days=4)
    with unit_of_work(desk.factory) as session:
        owner = make_organiser(session, organisation=desk.house(session), email="late@example.org")
        token = accounts.open_session(session, owner.id, now=clock())
    with desk.client.session_transaction() as browser:
        browser[SESSION_KEY] = token

    answer = desk.client.post(f"/events/{event_id}/mail/retry")

    assert answer.status_code == 409
    assert "Try again" not in desk.client.get(f"/events/{event_id}/mail").text


def test_a_mail_set_aside_asks_for_nothing_more(desk: Desk, event_id: int) -> None:
    failed = row_of(desk, OutboxState.FAILED)

    desk.client.post(f"/events/{event_id}/mail/{failed.id}/aside")

    assert "1 mail was not delivered." in desk.client.get(f"/events/{event_id}").text
    assert "set aside by an organiser" in desk.client.get(f"/events/{event_id}/mail").text


def test_a_mail_of_another_event_is_not_there(desk: Desk, event_id: int, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        other = make_event(session, organisation=make_organisation(session))
        theirs = write(session, other, 9, clock, OutboxState.FAILED)

    answers = [
        desk.client.post(f"/events/{event_id}/mail/{theirs.id}/{what}")
        for what in ("retry", "aside")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_test_mail_goes_to_who_asked_for_it(desk: Desk, event_id: int) -> None:
    page = desk.client.post(f"/events/{event_id}/mail/test", follow_redirects=True).text

    with unit_of_work(desk.factory, write=False) as session:
        row = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
        event = session.get_one(Event, event_id)
    assert row is not None
    assert f"An example of the invite is on its way to {row.to_address}." in page
    assert row.subject == f"Your plan for Test: {event.name}"
    assert (row.person_id, row.method, row.sequence) == (None, Method.REQUEST, 0)
    [entry] = Calendar.from_ical(str(row.calendar)).walk("VEVENT")
    assert entry["UID"] == row.uid
    assert str(entry["SUMMARY"]).startswith("Test: ")
    assert [str(one) for one in [entry["ATTENDEE"]]] == [f"mailto:{row.to_address}"]


def test_test_mails_are_not_endless(desk: Desk, event_id: int) -> None:
    answers = [desk.client.post(f"/events/{event_id}/mail/test") for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]


def test_a_server_has_the_page_too(
    settings: Config, engine: Engine, clock: Clock, desk: Desk, event_id: int
) -> None:
    app = create_app(replace(settings, mode=Mode.SERVER), engine=engine, clock=clock)

    assert WORDS in browser_of(app, desk, clock).get(f"/events/{event_id}/mail").text


def browser_of(app: Flask, desk: Desk, clock: Clock) -> FlaskClient:
    with unit_of_work(desk.factory) as session:
        owner = make_organiser(session, organisation=desk.house(session), email="otto@example.org")
        token = accounts.open_session(session, owner.id, now=clock())
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    return browser


def test_an_owner_drops_what_waited_in_the_backup(desk: Desk, event_id: int, clock: Clock) -> None:
    clock.advance(minutes=1)
    with unit_of_work(desk.factory) as session:
        pauses.set(session, pauses.OUTBOX, why="a backup was restored.", now=clock())
        other = make_event(session, organisation=make_organisation(session))
        written = write(session, other, 5, clock, OutboxState.QUEUED)
        written.created_at -= timedelta(days=1)
        clock.advance(minutes=1)
        write(session, session.get_one(Event, event_id), 6, clock, OutboxState.QUEUED)

    before = desk.client.get("/mail").text
    after = desk.client.post("/mail/drop", follow_redirects=True).text

    assert "1 mail of yours was waiting when the backup was made." in before
    assert "Dropped 1 that waited." in after
    assert "Drop what waits" not in after
    assert [states(desk)[at] for at in (0, 5, 6)] == [
        OutboxState.DROPPED,
        OutboxState.QUEUED,
        OutboxState.QUEUED,
    ]


def test_nothing_is_dropped_while_mail_goes_out(desk: Desk) -> None:
    assert desk.client.post("/mail/drop").status_code == 409


def test_a_refused_password_is_told_on_every_page(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        pauses.set(session, pauses.LOGIN, why="the mail server does not take it", now=clock())

    page = desk.client.get("/mail").text

    assert "Mail stands still: the mail server does not take it" in desk.client.get("/events").text
    assert "Let mail go out again" not in page
    assert "goes out by itself" in page
