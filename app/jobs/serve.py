"""Run web server, worker and ticker as children of one command, and end them together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
PARTS = ("web", "worker", "tick")
STOP_WITHIN_S = 4.0
PARENT = "ROUNDABOUT_PARENT_PID"
MOST_RESTARTS = 5
RESTARTS_WITHIN_S = 60.0


@dataclass(slots=True)
class Child:
    """One part of the installation and when it was started."""

    part: str
    environ: dict[str, str]
    starts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the parent only."""
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", self.part],
            env=self.environ | {PARENT: str(os.getpid())},
            start_new_session=True,
        )

    def fell(self) -> bool:
        """Return whether it ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def falls_too_often(self) -> bool:
        """Return whether starting it again is of no use."""
        since = time.monotonic() - RESTARTS_WITHIN_S
        return sum(start > since for start in self.starts) > MOST_RESTARTS

    def signal_group(self, number: int) -> None:
        """Signal it and everything it started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return  # all of it has ended


def serve(environ: dict[str, str], stopped: threading.Event, on_start: Callable[[], None]) -> int:
    """Run all parts until ``stopped`` is set; return the exit status."""
    children = [Child(part, environ) for part in PARTS]
    for child in children:
        child.start()
    threading.Thread(target=on_start, daemon=True).start()
    status = 0
    while not stopped.wait(0.3):
        fallen = [child for child in children if child.fell()]
        for child in fallen:
            if child.falls_too_often():
                log.error("%s ends again and again; see its messages above", child.part)
                status = 1
                stopped.set()
                break
            log.warning("%s ended; starting it again", child.part)
            child.signal_group(signal.SIGKILL)
            child.start()
    stop(children)
    return status


def stop(children: list[Child]) -> None:
    """Ask all parts to end, wait, and end what is left with everything it started."""
    for child in children:
        if child.process is not None:
            child.process.terminate()
    until = time.monotonic() + STOP_WITHIN_S
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.05, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not end in time", child.part)
        child.signal_group(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def stop_event() -> threading.Event:
    """Return an event that Ctrl-C, SIGTERM, or the death of the parent command sets."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())
    parent = os.environ.get(PARENT)
    if parent:
        threading.Thread(target=_watch, args=(int(parent), stopped), daemon=True).start()
    return stopped


def _watch(parent: int, stopped: threading.Event) -> None:
    while os.getppid() == parent:
        if stopped.wait(0.5):
            return
    stopped.set()
