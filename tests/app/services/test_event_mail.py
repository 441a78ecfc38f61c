"""Who is told of mails that came to nothing: the event's contact, once a day, and about no mail of
its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import OrganiserRole, OutboxState
from app.mail.message import RenderedMail
from app.models import Event, Organisation, OutboxMessage
from app.services import event_mail, outbox
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_organiser
from tests.conftest import Clock

LATER = event_mail.GATHER


def fail(session: Session, event: Event, number: int, *, clock: Clock, prefix: str = "a") -> None:
    for at in range(number):
        row = outbox.enqueue(
            session,
            kind="invite",
            event_id=event.id,
            person_id=None,
            to_name="Ann",
            to_address=f"ann{at}@example.org",
            mail=RenderedMail(subject="Hello", text="Hello", html="<p>Hello</p>"),
            order_key=f"{prefix}{at}",
            idempotency_key=f"{prefix}{at}",
            now=clock(),
        )
        row.state = OutboxState.BOUNCED if at % 2 else OutboxState.FAILED
        row.failed_at, row.last_error = clock(), f"550 no ann{at}@example.org"


def tell(factory: SessionFactory, clock: Clock, settings: Config) -> int:
    with unit_of_work(factory) as session:
        return event_mail.tell_failures(session, now=clock(), settings=settings)


def reports(factory: SessionFactory) -> list[OutboxMessage]:
    with unit_of_work(factory, write=False) as session:
        return list(
            session.scalars(
                select(OutboxMessage)
                .where(OutboxMessage.kind == event_mail.REPORT)
                .order_by(OutboxMessage.id)
            )
        )


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


def test_the_contact_is_told_how_many_and_not_who(
    factory: SessionFactory, clock: Clock, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        fail(session, event, 3, clock=clock)
    at_once = tell(factory, clock, settings)
    clock.at += LATER

    later = tell(factory, clock, settings)

    assert (at_once, later) == (0, 1)
    [report] = reports(factory)
    assert report.to_address == event.contact_email
    assert report.subject == f"3 mails could not be delivered: {event.name}"
    assert f"http://localhost/events/{event.id}/mail" in report.text
    assert "ann" not in report.text + report.html


def test_the_contact_is_told_once_a_day_and_of_what_is_new(
    factory: SessionFactory, clock: Clock, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        fail(session, event, 2, clock=clock)
    clock.at += LATER
    told = [tell(factory, clock, settings), tell(factory, clock, settings)]
    clock.advance(hours=1)
    with unit_of_work(factory) as session:
        fail(session, session.merge(event), 1, clock=clock, prefix="b")
    clock.at += LATER
    told.append(tell(factory, clock, settings))
    clock.at += timedelta(days=1)

    told.append(tell(factory, clock, settings))
    clock.at += timedelta(days=1)
    told.append(tell(factory, clock, settings))

    assert told == [1, 0, 0, 1, 0]
    assert [report.subject.split(" could")[0] for report in reports(factory)] == [
        "2 mails",
        "1 mail",
    ]


def test_nobody_is_told_that_the_telling_failed(
    factory: SessionFactory, clock: Clock, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        fail(session, make_event(session), 1, clock=clock)
    clock.at += LATER
    tell(factory, clock, settings)
    with unit_of_work(factory) as session:
        report = session.merge(reports(factory)[0])
        report.state, report.failed_at = OutboxState.FAILED, clock()
    clock.at += timedelta(days=2)

    assert tell(factory, clock, settings) == 0


def test_without_a_contact_each_owner_is_told(
    factory: SessionFactory, clock: Clock, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        event.contact_email = ""
        house = session.get_one(Organisation, event.organisation_id)
        for name, role in (
            ("ada", OrganiserRole.OWNER),
            ("ben", OrganiserRole.ORGANISER),
            ("cleo", OrganiserRole.OWNER),
            ("dan", OrganiserRole.OWNER),
        ):
            one = make_organiser(
                session, organisation=house, email=f"{name}@example.org", role=role
            )
            one.left_at = clock() if name == "dan" else None
        make_organiser(session, email="other@example.org")  # of another house
        fail(session, event, 1, clock=clock)
    clock.at += LATER

    told = tell(factory, clock, settings), tell(factory, clock, settings)

    assert told == (1, 0)
    assert [report.to_address for report in reports(factory)] == [
        "ada@example.org",
        "cleo@example.org",
    ]


def test_an_event_without_contact_and_owner_is_told_on_its_page_only(
    factory: SessionFactory, clock: Clock, settings: Config
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        event.contact_email = ""
        fail(session, event, 1, clock=clock)
    clock.at += LATER

    assert tell(factory, clock, settings) == 0
    assert reports(factory) == []
