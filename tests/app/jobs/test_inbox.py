"""Fetching, with a stand-in for the mailbox here and a real Dovecot in the last test."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Self

import pytest
from sqlalchemy import Engine, event, select

from app.db import SessionFactory, unit_of_work
from app.enums import IncomingKind, InviteState, LinkPurpose, Method, PartStat
from app.jobs import inbox
from app.jobs.queue import make_immediate_queue
from app.jobs.runtime import Runtime
from app.jobs.tasks import fetch_mail, register
from app.mail.inbox import ImapAddress, ImapInbox, InboxRefused, InboxUnreachable, Letter
from app.models import IncomingMail, Invite
from app.services import access, addresses, leases
from config import Config
from tests.app.mail.test_inbox import needs_dovecot
from tests.builders import make_event, make_sign_up
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.imap_server import running


@dataclass
class FakeInbox:
    """Keeps letters in order; those in ``stuck`` cannot be put away."""

    waiting: dict[str, bytes] = field(default_factory=dict)
    away: dict[str, bool] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)
    is_down: bool = False
    closed: int = 0

    def open(self) -> Self:
        if self.is_down:
            raise InboxUnreachable
        return self

    def letters(self) -> Iterator[Letter]:
        for uid, raw in list(self.waiting.items()):
            yield Letter(uid=uid, raw=raw)

    def put_away(self, uid: str, *, is_odd: bool = False) -> None:
        if uid in self.stuck:
            raise InboxRefused
        self.away[uid] = is_odd
        del self.waiting[uid]

    def close(self) -> None:
        self.closed += 1


def letter(number: int) -> bytes:
    return f"From: a@b.example\nTo: roundabout@example.org\n\nLetter {number}\n".encode()


@pytest.fixture
def box() -> FakeInbox:
    return FakeInbox(waiting={str(number): letter(number) for number in range(1, 6)})


@pytest.fixture
def runtime(
    session_factory: SessionFactory, settings: Config, key: bytes, clock: Clock, box: FakeInbox
) -> Runtime:
    return Runtime(
        settings=settings,
        session_factory=session_factory,
        transport=MemoryTransport(),
        key=key,
        clock=clock,
        inbox=box,
    )


def kinds(runtime: Runtime) -> list[IncomingKind]:
    with unit_of_work(runtime.session_factory, write=False) as session:
        return list(session.scalars(select(IncomingMail.kind).order_by(IncomingMail.id)))


def test_fetch_takes_each_letter_and_puts_it_away(runtime: Runtime, box: FakeInbox) -> None:
    assert inbox.fetch(runtime, "w1") == 5
    assert inbox.fetch(runtime, "w1") == 0

    assert kinds(runtime) == [IncomingKind.IGNORED] * 5
    assert (box.waiting, set(box.away.values()), box.closed) == ({}, {False}, 2)


def test_a_letter_that_stays_is_taken_once_and_stops_nobody(
    runtime: Runtime, box: FakeInbox
) -> None:
    box.stuck = {"1"}

    inbox.fetch(runtime, "w1")
    inbox.fetch(runtime, "w1")

    assert (list(box.waiting), len(kinds(runtime))) == (["1"], 5)


def test_a_poisoned_letter_is_flagged_and_stops_nobody(
    runtime: Runtime, box: FakeInbox, engine: Engine
) -> None:
    poison = sha256(letter(2)).digest()

    def refuse(
        _connection: object, _cursor: object, _text: str, values: object, *_: object
    ) -> None:
        if isinstance(values, tuple) and poison in values and "INSERT" in _text:
            msg = "a fault of ours"
            raise RuntimeError(msg)

    event.listen(engine, "before_cursor_execute", refuse)
    inbox.fetch(runtime, "w1")
    event.remove(engine, "before_cursor_execute", refuse)

    assert box.away == {"1": False, "2": True, "3": False, "4": False, "5": False}
    assert len(kinds(runtime)) == 4


def test_a_locked_database_leaves_the_letters_where_they_are(
    runtime: Runtime, box: FakeInbox
) -> None:
    with unit_of_work(runtime.session_factory) as session:
        assert leases.take(
            session, inbox.LEASE, owner="w2", now=runtime.clock(), lasts=timedelta(minutes=1)
        )

    assert inbox.fetch(runtime, "w1") == 0

    assert len(box.waiting) == 5
    runtime.clock.advance(minutes=2)  # type: ignore[attr-defined]
    assert inbox.fetch(runtime, "w1") == 5


def test_a_mailbox_that_is_down_is_tried_again(runtime: Runtime, box: FakeInbox) -> None:
    box.is_down = True
    assert inbox.fetch(runtime, "w1") == 0

    box.is_down = False

    assert inbox.fetch(runtime, "w2") == 5


def test_the_ticker_wakes_the_worker_where_there_is_a_mailbox(runtime: Runtime) -> None:
    queue = make_immediate_queue()
    without = dataclasses.replace(runtime, inbox=None)
    fetch_mail(queue, register(queue, without), without)
    none_yet = kinds(runtime)

    fetch_mail(queue, register(make_immediate_queue(), runtime), runtime)

    assert (none_yet, len(kinds(runtime))) == ([], 5)


@needs_dovecot
def test_an_answer_in_a_real_mailbox_reaches_the_roster(runtime: Runtime) -> None:
    with unit_of_work(runtime.session_factory) as session:
        sign_up = make_sign_up(session, make_event(session))
        session.add(
            Invite(sign_up_id=sign_up.id, uid="u-1", state=InviteState.LIVE, method=Method.REQUEST)
        )
        token = access.link_for(
            session, sign_up.person_id, LinkPurpose.REPLY, key=runtime.key, now=runtime.clock()
        )
    to = addresses.reply_address(runtime.settings.mail_from, token)
    answer = (
        f"From: x@mail.example\r\nTo: {to}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u-1\r\n"
        "DTSTAMP:20270301T085000Z\r\nATTENDEE;PARTSTAT=DECLINED:mailto:x@mail.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    with running() as dovecot:
        dovecot.deliver(letter(1), answer.encode(), letter(2))
        found = dataclasses.replace(runtime, inbox=ImapInbox(ImapAddress.parse(dovecot.url)))
        taken = [inbox.fetch(found, "w1"), inbox.fetch(found, "w1")]
        away = len(dovecot.flags("Roundabout"))

    assert (taken, away) == ([3, 0], 3)
    assert sorted(kinds(runtime)) == ["ignored", "ignored", "reply"]
    with unit_of_work(runtime.session_factory, write=False) as session:
        assert session.scalars(select(Invite.partstat)).one() is PartStat.DECLINED
