"""Processes for tests of mail under way: a server that keeps what it takes, a worker to kill."""

from __future__ import annotations

import email
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from icalendar import Calendar

from app.db import make_engine, make_session_factory
from app.mail.smtp import SmtpTransport
from app.services import delivery
from app.tenancy import UNSCOPED
from config import Config, server_key
from tests.ports import free_port
from tests.processes import START_WITHIN_S, environ_for

READY = "ready"


@dataclass(frozen=True, slots=True)
class Taken:
    """One copy of a message that a mail server said yes to."""

    recipient: str
    message_id: str
    uid: str
    sequence: int


@dataclass(frozen=True, slots=True)
class SinkProcess:
    url: str
    target: Path

    def taken(self) -> list[Taken]:
        if not self.target.exists():
            return []
        lines = self.target.read_text("utf-8").splitlines()
        return [Taken(*json.loads(line)) for line in lines]

    def count(self) -> int:
        return self.target.read_bytes().count(b"\n") if self.target.exists() else 0


@contextmanager
def sinking(folder: Path, *, reads: bool = True) -> Iterator[SinkProcess]:
    """Run a mail server in a process of its own; one that does not read is faster."""
    port, target = free_port(), folder / "taken.jsonl"
    arguments = ["sink" if reads else "swallow", str(port), str(target)]
    with _running(arguments, folder):
        yield SinkProcess(f"smtp://127.0.0.1:{port}", target)


@contextmanager
def _running(arguments: list[str], data: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.mail_processes", *arguments],
        env=environ_for(data, free_port()),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == READY
        yield process
    finally:
        process.kill()
        process.wait(START_WITHIN_S)
        if process.stdout is not None:
            process.stdout.close()


def start_worker(data: Path, url: str, speed: float) -> subprocess.Popen[bytes]:
    """Start a worker that delivers until it is killed, its clock ``speed`` times as fast."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.mail_processes", "worker", url, str(speed)],
        env=environ_for(data, free_port()),
    )


class _Keeper:
    """Writes one line for each message, before it says yes."""

    def __init__(self, target: Path) -> None:
        self._file = target.open("a", encoding="utf-8")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=SMTP)
        [recipient] = envelope.rcpt_tos
        uid, sequence = "", 0
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                [entry] = Calendar.from_ical(content).walk("VEVENT")
                uid, sequence = str(entry["UID"]), int(str(entry["SEQUENCE"]))
        line = json.dumps([recipient, str(message["Message-ID"]), uid, sequence])
        self._file.write(line + "\n")
        self._file.flush()
        return "250 2.0.0 kept"


class _Swallower:
    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802
        return "250 2.0.0 kept"


def _sink(handler: object, port: int) -> None:
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=120)
    controller.start()
    print(READY, flush=True)  # noqa: T201 -- whoever started it waits for this
    signal.pause()


def fast_clock(speed: float) -> Callable[[], datetime]:
    """Return a clock that all processes share, so that leases end while a test waits."""
    base = datetime(2026, 1, 1, tzinfo=UTC)
    return lambda: base + timedelta(seconds=(time.time() - base.timestamp()) * speed)


def _worker(url: str, speed: float) -> None:
    settings = Config.from_env(os.environ)
    factory = make_session_factory(make_engine(settings.database_url), tenant=UNSCOPED)
    transport = SmtpTransport(url)
    clock = fast_clock(speed)
    while True:
        delivery.deliver_due(
            factory,
            transport,
            clock=clock,
            settings=settings,
            key=server_key(settings),
            owner=f"worker-{time.time_ns()}",
        )
        time.sleep(0.02)


def _main(role: str, *arguments: str) -> None:
    if role == "worker":
        _worker(arguments[0], float(arguments[1]))
    port, target = int(arguments[0]), Path(arguments[1])
    _sink(_Keeper(target) if role == "sink" else _Swallower(), port)


if __name__ == "__main__":
    _main(*sys.argv[1:])
