"""A mail server that misbehaves as each recipient's address says: ``c4-17@example.org``."""

from __future__ import annotations

import asyncio
import email
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.ports import free_port

LATER = "451 4.7.1 come back later"
FULL = "432 4.3.2 too many connections"
HOURLY = "452 4.7.1 so many an hour and no more"
FINAL = {"c4": "550 5.1.1 no such user", "c5": "554 5.6.0 content refused"}
OK = "250 2.0.0 kept"


@dataclass
class Sink:
    """What the server knows: which messages it said yes to, and how often each was tried."""

    clock: Callable[[], datetime]
    kept: list[tuple[str, str]] = field(default_factory=list)
    """Recipient and Message-ID of each message that was taken whole."""
    tries: Counter[str] = field(default_factory=Counter)
    by_hour: Counter[datetime] = field(default_factory=Counter)
    greeting_421: int = 0
    """How many connections are refused before anything is said."""
    takes_password: bool = True
    an_hour: int = 10**9

    def fault(self, address: str) -> str:
        """Return how this try goes wrong, empty when it goes well.

        A quarter of the recipients fare badly once, a quarter twice, a quarter for good.
        """
        name, _, number = address.partition("@")[0].partition("-")
        times = (0, 1, 2, 10**9)[int(number) % 4]
        self.tries[address] += 1
        return name if self.tries[address] <= times else ""

    def authenticate(self, *_: object) -> AuthResult:
        return AuthResult(success=self.takes_password, handled=False)

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        hour = self.clock().replace(minute=0, second=0, microsecond=0)
        self.by_hour[hour] += 1
        if self.by_hour[hour] > self.an_hour:
            return HOURLY
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        server.fault = fault = self.fault(address)
        if fault in FINAL and fault == "c4":
            return FINAL[fault]
        if fault in {"c2", "c15"}:
            return LATER if fault == "c2" else FULL
        if fault == "c6rcpt":
            await asyncio.Event().wait()
        if fault == "c10":
            await server.drip(b"250-")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if server.fault == "c5":
            return FINAL["c5"]
        if server.fault == "c6data":
            await asyncio.Event().wait()
        if server.fault == "c3":
            return "421 4.3.2 going down"
        [recipient] = envelope.rcpt_tos
        self.kept.append((recipient, str(email.message_from_bytes(envelope.content)["Message-ID"])))
        if server.fault == "c8":
            server.transport.abort()
        if server.fault == "c9":
            server.loop.call_later(0.001, server.transport.abort)
        return OK


class Server(SMTP):
    """The parts of the protocol that a handler cannot bend."""

    fault = ""

    async def _handle_client(self) -> None:
        sink: Sink = self.event_handler
        if sink.greeting_421 > 0:
            sink.greeting_421 -= 1
            await self.push("421 4.3.2 too busy")
            assert self.transport is not None
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.fault == "c7":
            await self.push("354 go on")
            await self._reader.readline()
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def drip(self, piece: bytes) -> None:
        """Say something all the time and never come to an end."""
        self._writer.write(piece)
        while True:
            self._writer.write(b"x")
            await self._writer.drain()
            await asyncio.sleep(0.02)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def running(sink: Sink, port: int = 0, **how: Any) -> Iterator[int]:
    """Serve on a port of this machine until the block ends; gives the port."""
    port = port or free_port()
    controller = _Controller(
        sink, hostname="127.0.0.1", port=port, ready_timeout=120, **({"decode_data": False} | how)
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


HOUR = timedelta(hours=1)
