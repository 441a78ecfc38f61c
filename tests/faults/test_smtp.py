"""Sixteen ways in which mail goes wrong: each message is sent, or failed and shown (C1 to C16)."""

from __future__ import annotations

import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import Method, OutboxState
from app.mail.message import RenderedMail
from app.mail.smtp import SmtpTransport
from app.models import OutboxMessage
from app.services import delivery, outbox, pauses
from config import Config
from tests.conftest import Clock
from tests.faults.smtp_sink import FINAL, HOUR, Sink, running
from tests.ports import free_port

FEW, MANY = 4, 1000
MAIL = RenderedMail(subject="Your plan", text="Table 3\n", html="<p>Table 3</p>")
OVER = {OutboxState.SENT, OutboxState.FAILED, OutboxState.DROPPED}


@dataclass
class Office:
    """An outbox whose worker runs until nothing is on its way; time leaps over every wait."""

    factory: SessionFactory
    clock: Clock
    settings: Config
    key: bytes
    url: str
    timeout_s: float = 10.0
    patience_s: float = 10.0

    def write(self, fault: str, number: int, *, lasts: timedelta | None = None) -> None:
        lasts = lasts or timedelta(hours=8 if number == FEW else 72)
        with unit_of_work(self.factory) as session:
            for at in range(number):
                self._enqueue(session, f"{fault}-{at}", Method.REQUEST, 0, lasts)

    def follow_up(self) -> None:
        """Write a cancellation after every fourth invite, whatever became of that."""
        with unit_of_work(self.factory) as session:
            for row in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()[::4]:
                name = str(row.uid)
                self._enqueue(session, name, Method.CANCEL, 1, row.give_up_at - self.clock())

    def _enqueue(
        self, session: Session, name: str, method: Method, sequence: int, lasts: timedelta
    ) -> None:
        outbox.enqueue(
            session,
            kind="invite",
            event_id=None,
            person_id=None,
            to_name="Ann",
            to_address=f"{name}@example.org",
            mail=MAIL,
            calendar=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
            method=method,
            uid=name,
            sequence=sequence,
            order_key=name,
            idempotency_key=f"{name}:{sequence}",
            now=self.clock(),
            give_up_at=self.clock() + lasts,
        )

    def turn(self) -> int:
        """Deliver once, as the ticker does."""
        transport = SmtpTransport(self.url, timeout_s=self.timeout_s, patience_s=self.patience_s)
        return delivery.deliver_due(
            self.factory,
            transport,
            clock=self.clock,
            settings=self.settings,
            key=self.key,
            owner="worker",
        )

    def work(self, *, until_s: float = 10 * 24 * 3600.0) -> None:
        """Deliver until nothing waits, or this long has passed on the clock."""
        end = self.clock() + timedelta(seconds=until_s)
        while (next_at := self._next_at()) is not None and next_at <= end:
            self.clock.at = max(self.clock.at, next_at)
            self.turn()

    def _next_at(self) -> datetime | None:
        with unit_of_work(self.factory, write=False) as session:
            return session.scalar(
                select(
                    func.min(
                        func.coalesce(OutboxMessage.lease_until, OutboxMessage.next_attempt_at)
                    )
                ).where(OutboxMessage.state.not_in(OVER))
            )

    def rows(self) -> list[OutboxMessage]:
        with unit_of_work(self.factory, write=False) as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def pause(self) -> pauses.PauseView | None:
        with unit_of_work(self.factory, write=False) as session:
            return pauses.find(session, pauses.LOGIN)


@pytest.fixture
def office(session_factory: SessionFactory, clock: Clock, settings: Config, key: bytes) -> Office:
    return Office(
        factory=session_factory,
        clock=clock,
        settings=settings,
        key=key,
        url=f"smtp://127.0.0.1:{free_port()}",
    )


@pytest.fixture(
    params=[FEW, pytest.param(MANY, marks=[pytest.mark.night, pytest.mark.timeout(3600)])]
)
def number(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@contextmanager
def served(office: Office, **how: object) -> Iterator[Sink]:
    sink = Sink(clock=office.clock)
    with running(sink, int(office.url.rpartition(":")[2]), **how):
        yield sink


def assert_all_told(office: Office, sink: Sink, *, may_double: bool = False) -> None:
    """Nothing is lost, nothing is stuck, nothing came in the wrong order or too often."""
    rows = office.rows()
    by_id = {row.message_id: row for row in rows}
    copies = Counter(message_id for _, message_id in sink.kept)
    assert {row.state for row in rows} <= OVER
    assert not [row for row in rows if row.owner or row.lease_until]
    assert not [row for row in rows if row.state is OutboxState.FAILED and not row.last_error]
    assert not [
        row for row in rows if (row.state is OutboxState.FAILED) != (row.failed_at is not None)
    ]
    sent = {row.message_id for row in rows if row.state is OutboxState.SENT}
    assert sent <= set(copies)
    assert may_double or (set(copies) == sent and set(copies.values()) <= {1})
    assert {by_id[message_id].to_address for message_id in copies} == {to for to, _ in sink.kept}
    last: dict[str, int] = {}
    for _, message_id in sink.kept:
        row = by_id[message_id]
        assert row.uid is not None
        assert row.sequence is not None
        assert last.get(row.uid, 0) <= row.sequence
        last[row.uid] = row.sequence


def states(office: Office) -> Counter[OutboxState]:
    return Counter(row.state for row in office.rows())


def test_c1_server_down_for_two_hours(office: Office, number: int) -> None:
    office.write("none", number)

    office.work(until_s=7200)
    assert states(office) == {OutboxState.QUEUED: number}
    with served(office) as sink:
        office.work()

    assert states(office) == {OutboxState.SENT: number}
    assert_all_told(office, sink)


@pytest.mark.parametrize("fault", ["c2", "c15"])
def test_c2_c15_asked_to_come_back(office: Office, fault: str, number: int) -> None:
    office.write(fault, number)

    with served(office) as sink:
        office.turn()
        office.follow_up()
        office.work()

    assert_all_told(office, sink)
    waits = [row for row in office.rows() if row.state is OutboxState.FAILED]
    assert {row.uid for row in waits} == {f"{fault}-{at}" for at in range(3, number, 4)}
    assert {row.attempts for row in waits} == {8 if number == FEW else 24}
    last_tries = {row.give_up_at - row.failed_at for row in waits if row.failed_at}
    assert all(timedelta(0) <= left <= timedelta(hours=4) for left in last_tries)


def test_c3_421_at_the_greeting_and_after_the_data(office: Office, number: int) -> None:
    office.write("c3", number)

    with served(office) as sink:
        sink.greeting_421 = 3
        office.work()

    assert_all_told(office, sink)
    assert states(office)[OutboxState.SENT] == number - number // 4


@pytest.mark.parametrize("fault", ["c4", "c5"])
def test_c4_c5_a_final_no_is_final(office: Office, fault: str, number: int) -> None:
    office.write(fault, number)

    with served(office) as sink:
        begun = office.clock()
        office.work()

    assert_all_told(office, sink)
    refused = [row for row in office.rows() if row.state is OutboxState.FAILED]
    assert len(refused) == number - number // 4
    assert {(row.last_error, row.attempts) for row in refused} == {(FINAL[fault], 1)}
    assert office.clock() == begun


@pytest.mark.parametrize("fault", ["c6rcpt", "c6data", "c10"])
def test_c6_c10_a_server_that_hangs_or_drips(office: Office, fault: str, number: int) -> None:
    office.write(fault, number, lasts=timedelta(minutes=30))
    office.timeout_s, office.patience_s = 0.1, 0.2

    with served(office) as sink:
        office.work()

    assert_all_told(office, sink, may_double=True)  # a busy machine is late with a yes, too
    failed = {row.last_error for row in office.rows() if row.state is OutboxState.FAILED}
    assert all("timed out" in words or "slowly" in words for words in failed)


@pytest.mark.parametrize("fault", ["c7", "c8", "c9"])
def test_c7_c8_c9_the_line_drops(office: Office, fault: str, number: int) -> None:
    office.write(fault, number)

    with served(office) as sink:
        office.work()

    assert_all_told(office, sink, may_double=fault == "c8")
    bad = 0 if fault == "c9" else number // 4
    assert states(office)[OutboxState.SENT] == number - bad


def test_c11_no_tls_where_tls_is_asked_for(office: Office, number: int) -> None:
    office.write("none", number)
    office.url += "?starttls=1"

    with plain(office) as sink:
        office.work()

    assert sink.kept == []
    assert states(office) == {OutboxState.FAILED: number}
    assert_all_told(office, sink)


@contextmanager
def plain(office: Office, **how: object) -> Iterator[Sink]:
    sink = Sink(clock=office.clock)
    with running(sink, int(office.url.partition("?")[0].rpartition(":")[2]), **how):
        yield sink


def test_c11_a_certificate_that_nobody_vouches_for(
    office: Office, number: int, tmp_path: Path
) -> None:
    office.write("none", number)
    office.url += "?starttls=1"

    with plain(office, tls_context=own_certificate(tmp_path)) as sink:
        office.work()

    assert sink.kept == []
    assert states(office) == {OutboxState.FAILED: number}
    assert all("CERTIFICATE_VERIFY_FAILED" in row.last_error for row in office.rows())


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate that no authority signed."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run(
        ["openssl", *made, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def test_c12_a_password_taken_back_stops_all_and_burns_no_try(office: Office, number: int) -> None:
    office.write("none", number)
    office.url = office.url.replace("smtp://", "smtp://us:secret@")
    sink = Sink(clock=office.clock, takes_password=False)
    how = {"authenticator": sink.authenticate, "auth_require_tls": False}

    with running(sink, int(office.url.rpartition(":")[2]), **how):
        office.work(until_s=3600)
        assert {(row.state, row.attempts) for row in office.rows()} == {(OutboxState.QUEUED, 0)}
        pause = office.pause()
        sink.takes_password = True
        office.work()

    assert pause is not None
    assert pause.why.startswith("the mail server does not take our name and password: 535")
    assert office.pause() is None
    assert states(office) == {OutboxState.SENT: number}
    assert_all_told(office, sink)


def test_c13_one_message_that_cannot_be_written(office: Office, number: int) -> None:
    office.write("none", number)
    with unit_of_work(office.factory) as session:
        poison = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
        assert poison is not None
        poison.to_address = "ann@example.org\r\nRCPT TO:<thief@evil.example>"

    with served(office) as sink:
        office.turn()
        office.work()

    assert states(office) == {OutboxState.FAILED: 1, OutboxState.SENT: number - 1}
    assert len(sink.kept) == number - 1


def test_c14_an_address_beyond_ascii_where_the_server_takes_none(
    office: Office, number: int
) -> None:
    office.write("zażółć", number)

    with served(office, enable_SMTPUTF8=False) as sink:
        office.work()

    assert {(row.state, row.last_error) for row in office.rows()} == {
        (OutboxState.FAILED, "the mail server takes no addresses beyond ASCII")
    }
    assert_all_told(office, sink)


def test_c16_a_server_that_takes_a_tenth_an_hour(office: Office, number: int) -> None:
    office.write("none", number)

    with served(office) as sink:
        sink.an_hour = max(1, number // 10)
        office.work()

    assert states(office) == {OutboxState.SENT: number}
    assert_all_told(office, sink)
    assert office.clock.at - office.rows()[0].created_at < 40 * HOUR
