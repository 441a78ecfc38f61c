"""Start the real command in its own processes, as an organiser would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.ports import free_port

START_WITHIN_S = 240.0
"""And end within: limits that are reached only when something hangs, however busy a machine is."""


@dataclass(frozen=True)
class Served:
    """A running installation."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def descendants(self) -> list[int]:
        """Return the ids of all living processes below the command."""
        parents = dict(_processes())
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found[1:]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Signal the command and return how many seconds it took to end."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(START_WITHIN_S)
        return time.monotonic() - begun


def environ_for(data: Path, port: int, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ROUNDABOUT_")}
    return kept | {"ROUNDABOUT_DATA": str(data), "ROUNDABOUT_PORT": str(port)} | more


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def answers(port: int, path: str = "/health") -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return answer.status == 200


@contextmanager
def serving(data: Path, **environ: str) -> Iterator[Served]:
    """Run `roundabout serve` on a free port until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve"], env=environ_for(data, port, **environ)
    )
    served = Served(process, port, data)
    try:
        until = time.monotonic() + START_WITHIN_S
        while not answers(port):
            assert process.poll() is None, "the command ended at once"
            assert time.monotonic() < until, "the server did not answer in time"
            time.sleep(0.1)
        yield served
    finally:
        if process.poll() is None:
            served.stop()


def _processes() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it ended meanwhile
            if fields[0] != "Z":
                yield int(entry.name), int(fields[1])
