"""The demo, made and served once for all tests that look at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.processes import answers, environ_for

MADE_WITHIN_S = 600.0


@dataclass(frozen=True)
class RunningDemo:
    """The demo's address, and what the command printed."""

    url: str
    said: str

    @property
    def password(self) -> str:
        found = re.search(r"password +(.+)", self.said)
        assert found is not None, self.said
        return found.group(1)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run `roundabout demo` in an empty folder, as the README says."""
    folder = tmp_path_factory.mktemp("newcomer")
    port = free_port()
    log = folder / "said"
    environ = environ_for(folder / "unused", port) | {"COLUMNS": "100"}
    command = [sys.executable, "-m", "app.cli", "demo", "--data", "demo", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environ | source_path(), stdout=output, stderr=output
        )
    try:
        yield RunningDemo(f"http://127.0.0.1:{port}", wait_for(process, port, log))
    finally:
        process.terminate()
        process.wait(120)


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> str:
    """Return what the command said by the time it serves."""
    until = time.monotonic() + MADE_WITHIN_S
    while time.monotonic() < until:
        said = log.read_text("utf-8", errors="replace")
        assert process.poll() is None, said
        if answers(port) and "Ctrl-C stops it" in said:
            return said
        time.sleep(0.2)
    pytest.fail(f"the demo was not ready in {MADE_WITHIN_S} s: {log.read_text('utf-8')}")


def source_path() -> dict[str, str]:
    """Let the command find the package from another folder when it is not installed."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
