from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from app.errors import BadConfig
from app.mail.message import build
from app.mail.smtp import SmtpAddress, SmtpTransport
from app.mail.transport import Deferred, NotAuthorised, Rejected, Unreachable
from tests.app.mail.test_message import make_mail
from tests.ports import free_port


@dataclass
class Sink:
    """An SMTP server that says what it is told to, by the recipient's local part."""

    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("unknown"):
            return "550 5.1.1 no such\tuser"
        if address.startswith("login"):
            return "530 5.7.0 sign in first"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.rcpt_tos[0].startswith("grey"):
            return "451 4.7.1 come back later"
        self.sessions.add(id(session))
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 queued as 1"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    port = free_port()
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=120)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_smtp_delivers_the_bytes_to_one_recipient(sink: tuple[Sink, str]) -> None:
    handler, url = sink
    transport = SmtpTransport(url, timeout_s=60)

    remark = transport.deliver(make_mail())
    transport.deliver(make_mail())
    transport.close()

    assert remark == "250 2.0.0 queued as 1"
    [(sender, recipients, content), _] = handler.received
    assert sender == "events@example.org"
    assert recipients == ["roza@example.org"]
    assert content.count(b"Subject: Your evening") == 1
    assert content.endswith(b"--\r\n")
    assert content.splitlines()[0] == build(make_mail()).as_bytes().splitlines()[0]
    assert len(handler.sessions) == 1


@pytest.mark.parametrize(
    ("local", "failure", "words"),
    [
        ("unknown", Rejected, "550 5.1.1 no such user"),
        ("grey", Deferred, "451 4.7.1 come back later"),
        ("login", NotAuthorised, "530 5.7.0 sign in first"),
    ],
)
def test_smtp_names_what_went_wrong(
    sink: tuple[Sink, str], local: str, failure: type[Exception], words: str
) -> None:
    handler, url = sink
    transport = SmtpTransport(url, timeout_s=60)

    with pytest.raises(failure, match=words):
        transport.deliver(make_mail(to_address=f"{local}@example.org"))
    transport.deliver(make_mail())
    transport.close()

    assert [to for _, to, _ in handler.received] == [["roza@example.org"]]


def test_smtp_writes_to_an_address_beyond_ascii(sink: tuple[Sink, str]) -> None:
    handler, url = sink
    transport = SmtpTransport(url, timeout_s=60)

    transport.deliver(make_mail(to_address="zażółć@example.org"))
    transport.close()

    [(_, recipients, content)] = handler.received
    assert recipients == ["zażółć@example.org"]
    assert "<zażółć@example.org>".encode() in content


def test_threads_that_send_at_once_never_share_a_line(sink: tuple[Sink, str]) -> None:
    handler, url = sink
    transport = SmtpTransport(url)
    readers = [f"reader{at}@example.org" for at in range(40)]

    def send(reader: str) -> str:
        return transport.deliver(make_mail(to_address=reader, subject=f"For {reader}"))

    with ThreadPoolExecutor(4) as pool:
        words = list(pool.map(send, readers))
        list(pool.map(lambda _: transport.close(), range(8)))

    assert {word[:3] for word in words} == {"250"}
    assert sorted(to for _, [to], _ in handler.received) == sorted(readers)
    assert all(f"Subject: For {to}".encode() in content for _, [to], content in handler.received)


def test_smtp_without_a_server_is_unreachable() -> None:
    port = free_port()

    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        SmtpTransport(f"smtp://127.0.0.1:{port}", timeout_s=60).deliver(make_mail())


def test_smtp_never_goes_on_without_the_tls_it_was_told_to_use(sink: tuple[Sink, str]) -> None:
    handler, url = sink

    with pytest.raises(Unreachable, match="STARTTLS"):
        SmtpTransport(f"{url}?starttls", timeout_s=60).deliver(make_mail())

    assert handler.received == []


def test_smtp_refuses_an_address_that_is_two() -> None:
    with pytest.raises(Rejected):
        SmtpTransport("smtp://127.0.0.1:9").deliver(make_mail(to_address="a@b.example,c@d.example"))


def test_smtp_address_reads_the_url() -> None:
    read = SmtpAddress.parse("smtp://me%40org:p%3Ass@mail.example.org?starttls")

    assert read == SmtpAddress(
        host="mail.example.org",
        port=587,
        user="me@org",
        password="p:ss",
        tls_at_once=False,
        starttls=True,
    )
    assert SmtpAddress.parse("smtps://mail.example.org").port == 465


def test_smtp_address_refuses_another_scheme() -> None:
    with pytest.raises(BadConfig):
        SmtpAddress.parse("http://mail.example.org")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("", False), ("?starttls", True), ("?starttls=1", True), ("?starttls=0", False)],
)
def test_address_asks_for_starttls_as_the_readme_writes_it(query: str, wanted: bool) -> None:  # noqa: FBT001
    assert SmtpAddress.parse(f"smtp://mail.example.org{query}").starttls == wanted
