from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, select

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import LinkPurpose, OutboxState, SignUpState
from app.mail.message import MailMessage, RenderedMail
from app.mail.transport import Deferred, NotAuthorised, Rejected, Unreachable
from app.models import OutboxMessage
from app.services import access, addresses, delivery, invites, outbox
from app.tenancy import UNSCOPED
from config import Config
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.mail_invariants import assert_private
from tests.published import Evening, make_evening, publish


@dataclass
class Desk:
    """Everything a delivery needs, with a transport that keeps what left."""

    factory: SessionFactory
    transport: MemoryTransport
    clock: Clock
    settings: Config
    key: bytes

    def deliver(self, *, owner: str = "w1", limit: int = 50) -> int:
        return delivery.deliver_due(
            self.factory,
            self.transport,
            clock=self.clock,
            settings=self.settings,
            key=self.key,
            owner=owner,
            limit=limit,
        )

    def invite(self) -> Evening:
        with unit_of_work(self.factory) as session:
            evening = make_evening(session)
            publish(session, evening, now=self.clock())
            invites.sync(session, evening.event, now=self.clock(), settings=self.settings)
        return evening

    def states(self) -> list[OutboxState]:
        with unit_of_work(self.factory, write=False) as session:
            return list(
                session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)).all()
            )

    def rows(self) -> list[OutboxMessage]:
        with unit_of_work(self.factory, write=False) as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all())


@pytest.fixture
def desk(session_factory: SessionFactory, clock: Clock, settings: Config, key: bytes) -> Desk:
    return Desk(
        factory=session_factory,
        transport=MemoryTransport(),
        clock=clock,
        settings=settings,
        key=key,
    )


def test_deliver_due_sends_each_message_once_to_its_reader(desk: Desk) -> None:
    evening = desk.invite()

    assert desk.deliver() == 8
    assert desk.deliver() == 0

    people = {one.person.email for one in (*evening.mentors, *evening.mentees)}
    assert {mail.to_address for mail in desk.transport.delivered} == people
    assert set(desk.states()) == {OutboxState.SENT}
    for mail, message in zip(desk.transport.delivered, desk.transport.messages, strict=True):
        assert_private(message, mail.to_address, (mail.from_address, "evening@example.org"))


def test_deliver_due_puts_the_reader_s_own_link_in_place(desk: Desk) -> None:
    evening = desk.invite()
    desk.deliver()
    with unit_of_work(desk.factory) as session:
        token = access.link_for(
            session,
            evening.mentees[0].person_id,
            LinkPurpose.ACCESS,
            key=desk.key,
            now=desk.clock(),
        )

    mail = next(
        mail
        for mail in desk.transport.delivered
        if mail.to_address == evening.mentees[0].person.email
    )

    assert f"http://localhost/me/{token}\n" in mail.text
    assert f"http://localhost/me/{token}/withdraw\n" in mail.text
    assert f'href="http://localhost/me/{token}"' in mail.html
    assert "{{" not in mail.text + mail.html
    assert not [row for row in desk.rows() if token in row.text + row.html + (row.calendar or "")]


def test_deliver_due_waits_longer_after_each_refusal(desk: Desk) -> None:
    desk.invite()
    desk.transport.failures = [Deferred("451 later"), Deferred("451 later")]

    assert desk.deliver() == 6
    waiting = [row for row in desk.rows() if row.state is OutboxState.QUEUED]
    assert [row.last_error for row in waiting] == ["451 later"] * 2
    assert [row.next_attempt_at - desk.clock() for row in waiting] == [timedelta(minutes=1)] * 2
    desk.clock.advance(minutes=1)
    assert desk.deliver() == 2
    assert {row.message_id for row in waiting} < {
        mail.message_id for mail in desk.transport.delivered
    }


def test_deliver_due_gives_up_at_once_on_a_final_no(desk: Desk) -> None:
    desk.invite()
    desk.transport.failures = [Rejected("550 5.1.1 no such user")]

    assert desk.deliver() == 7
    [failed] = [row for row in desk.rows() if row.state is OutboxState.FAILED]
    assert failed.last_error == "550 5.1.1 no such user"


@pytest.mark.parametrize(
    ("failure", "attempts"), [(Unreachable("no route"), 1), (NotAuthorised("535 no"), 0)]
)
def test_deliver_due_stops_when_no_message_could_leave(
    desk: Desk, failure: Unreachable | NotAuthorised, attempts: int
) -> None:
    desk.invite()
    desk.transport.failures = [failure]

    assert desk.deliver() == 0

    assert max(row.attempts for row in desk.rows()) == attempts
    assert desk.states() == [OutboxState.QUEUED] * 8
    assert desk.transport.closed == 1


def test_deliver_due_gives_up_when_the_event_has_begun(desk: Desk) -> None:
    desk.invite()
    desk.clock.at = desk.rows()[0].give_up_at - timedelta(seconds=30)
    desk.transport.failures = [Deferred("451 later")]

    desk.deliver()

    assert desk.states().count(OutboxState.FAILED) == 1


def test_deliver_due_sends_again_what_a_dead_worker_held(desk: Desk) -> None:
    desk.invite()
    with unit_of_work(desk.factory) as session:
        [held] = outbox.claim_due(
            session, owner="dead", now=desk.clock(), limit=1, lease_s=delivery.LEASE_S
        )

    assert desk.deliver() == 7
    desk.clock.advance(seconds=delivery.LEASE_S + 1)
    assert desk.deliver() == 1
    assert desk.transport.delivered[-1].message_id == held.message_id


def withdraw_first(desk: Desk, evening: Evening) -> None:
    with unit_of_work(desk.factory) as session:
        gone = session.merge(evening.mentees[0])
        gone.state = SignUpState.WITHDRAWN
        session.flush()
        invites.cancel_for(session, gone, now=desk.clock(), settings=desk.settings)


def test_deliver_due_never_lets_a_cancel_overtake_its_request(desk: Desk) -> None:
    evening = desk.invite()
    address = evening.mentees[0].person.email
    desk.transport.failures = [Deferred("451 later") for _ in range(8)]
    desk.deliver()
    withdraw_first(desk, evening)

    desk.deliver()
    assert [mail.to_address for mail in desk.transport.delivered] == []
    desk.clock.advance(minutes=1)
    desk.deliver()

    sent = [mail for mail in desk.transport.delivered if mail.to_address == address]
    assert [mail.calendar.method for mail in sent if mail.calendar] == ["CANCEL"]
    assert desk.states().count(OutboxState.DROPPED) == 1


def test_deliver_due_sends_request_then_cancel(desk: Desk) -> None:
    evening = desk.invite()
    address = evening.mentees[0].person.email
    desk.deliver()
    withdraw_first(desk, evening)

    desk.deliver()

    sent = [mail for mail in desk.transport.delivered if mail.to_address == address]
    assert [mail.calendar.method for mail in sent if mail.calendar] == ["REQUEST", "CANCEL"]
    assert_private(
        desk.transport.messages[-1], address, (sent[0].from_address, "evening@example.org")
    )


def test_deliver_due_drops_mail_to_an_erased_person(desk: Desk) -> None:
    evening = desk.invite()
    with unit_of_work(desk.factory) as session:
        session.merge(evening.mentees[0].person).erased_at = desk.clock()

    assert desk.deliver() == 7
    assert desk.states().count(OutboxState.DROPPED) == 1


def test_deliver_due_is_not_blocked_by_a_message_that_cannot_be_written(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        for number, address in enumerate(("a@b.example,c@d.example", "ann@example.org")):
            outbox.enqueue(
                session,
                kind="test",
                event_id=None,
                person_id=None,
                to_name="Ann",
                to_address=address,
                mail=RenderedMail(subject="Hello", text="Hello", html="<p>Hello</p>"),
                order_key=str(number),
                idempotency_key=str(number),
                now=desk.clock(),
            )

    assert desk.deliver() == 1
    assert desk.states() == [OutboxState.FAILED, OutboxState.SENT]


def test_deliver_due_on_both_databases(
    any_engine: Engine, clock: Clock, settings: Config, key: bytes
) -> None:
    desk = Desk(
        factory=make_session_factory(any_engine, tenant=UNSCOPED),
        transport=MemoryTransport(),
        clock=clock,
        settings=settings,
        key=key,
    )
    evening = desk.invite()
    desk.deliver()
    withdraw_first(desk, evening)

    desk.deliver()

    address = evening.mentees[0].person.email
    sent = [mail for mail in desk.transport.delivered if mail.to_address == address]
    assert [mail.calendar.method for mail in sent if mail.calendar] == ["REQUEST", "CANCEL"]
    assert desk.states() == [OutboxState.SENT] * 9


class Fallen(MemoryTransport):
    """Ends in an error that nobody thought of, at one reader's mail."""

    def __init__(self, poison: str) -> None:
        super().__init__()
        self.poison = poison

    def deliver(self, mail: MailMessage) -> str:
        if mail.to_address == self.poison:
            msg = "nobody thought of this"
            raise RuntimeError(msg)
        return super().deliver(mail)


def test_deliver_due_goes_on_past_a_message_that_ends_it(desk: Desk) -> None:
    desk.invite()
    poison = desk.rows()[0].to_address
    desk.transport = Fallen(poison)

    with pytest.raises(RuntimeError):
        desk.deliver()
    held = [row.attempts for row in desk.rows() if row.state is OutboxState.QUEUED]
    left = desk.deliver()
    desk.clock.at = desk.rows()[0].give_up_at + timedelta(seconds=1)
    desk.deliver()

    assert held == [0] * 7
    assert left == 7
    assert desk.states() == [OutboxState.FAILED] + [OutboxState.SENT] * 7
    assert desk.rows()[0].last_error == delivery.TOO_LATE


def test_deliver_due_asks_a_server_that_refused_us_once_in_a_while(desk: Desk) -> None:
    desk.invite()
    desk.transport.failures = [NotAuthorised("535 no") for _ in range(8)]

    tries = []
    for _ in range(3):
        tries.append(len(desk.transport.failures))
        desk.deliver()
        desk.deliver()
        desk.clock.advance(seconds=delivery.ASK_AGAIN_S)

    assert tries == [8, 7, 6]


HOSTILE_NAMES = (
    "Click https://evil.example/now",
    "www.evil.example",
    "[you won](https://evil.example)",
    '<a href="https://evil.example">you won</a>',
    "thief@evil.example",
    "Ann\r\nBcc: thief@evil.example",
    "Ann =?UTF-8?Q?=0ABcc:_thief@evil.example?=",
    "{{link:confirm}} {{link:access}}",
    'Ann" ; , ^ \\ \u202e \u2028 BEGIN:VEVENT',
)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_deliver_due_makes_nothing_of_a_name(desk: Desk, name: str) -> None:
    with unit_of_work(desk.factory) as session:
        evening = make_evening(session)
        for one in (evening.mentors[0], evening.mentees[0]):
            one.person.name = name
        publish(session, evening, now=desk.clock())
        invites.sync(session, evening.event, now=desk.clock(), settings=desk.settings)

    assert desk.deliver() == 8

    for mail, message in zip(desk.transport.delivered, desk.transport.messages, strict=True):
        assert_private(message, mail.to_address, (mail.from_address, "evening@example.org"))
        assert "evil.example" not in mail.text + mail.html
        assert "/c/" not in mail.text + mail.html
        links = re.findall(r"https?://[^\s\"<]+", mail.text + mail.html)
        assert {link.split("/")[2] for link in links} == {"localhost"}
        assert mail.html.count("<a ") == 3


def organizers(desk: Desk) -> dict[str, str]:
    found = {}
    for mail in desk.transport.delivered:
        assert mail.calendar is not None
        [event] = Calendar.from_ical(mail.calendar.content).walk("VEVENT")
        found[mail.to_address] = str(event["ORGANIZER"])
    return found


def test_deliver_due_gives_everybody_an_address_of_their_own_to_answer(desk: Desk) -> None:
    desk.settings = replace(desk.settings, imap_url="imaps://us:pass@mail.example.org")
    evening = desk.invite()

    desk.deliver()

    found = organizers(desk)
    assert len(set(found.values())) == 8
    for sign_up in (*evening.mentors, *evening.mentees):
        address = found[sign_up.person.email].removeprefix("mailto:")
        token = addresses.token_of(address, desk.settings.mail_from)
        assert token is not None
        with unit_of_work(desk.factory) as session:
            link = access.resolve(session, token, LinkPurpose.REPLY, key=desk.key, now=desk.clock())
            assert link.person_id == sign_up.person_id
        assert not [row for row in desk.rows() if token in str(row.calendar).replace("\r\n ", "")]
    assert {mail.from_address for mail in desk.transport.delivered} == {desk.settings.mail_from}
    for mail, message in zip(desk.transport.delivered, desk.transport.messages, strict=True):
        assert_private(message, mail.to_address, (mail.from_address, "evening@example.org"))


def test_deliver_due_without_a_mailbox_for_answers_names_the_sender(desk: Desk) -> None:
    desk.invite()

    desk.deliver()

    assert set(organizers(desk).values()) == {f"mailto:{desk.settings.mail_from}"}
