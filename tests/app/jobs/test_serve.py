from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.processes import START_WITHIN_S, Served, answers, environ_for, is_alive, serving

TRIES = 3
"""How often a machine that is busy with other things may be late."""
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs /proc to look at processes"
)


def wait_until_ready(served: Served) -> None:
    """Wait until worker and ticker have been heard, too."""
    wait_until(lambda: answers(served.port, "/ready"))


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + START_WITHIN_S
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.night)]
)
def test_serve_stops_within_five_seconds_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    took = []
    while not took or (min(took) >= 5 and len(took) < TRIES):
        with serving(tmp_path / f"data{len(took)}") as served:
            wait_until_ready(served)
            below = served.descendants()

            took.append(served.stop(number))

        assert len(below) >= 3
        assert [pid for pid in below if is_alive(pid)] == []
        assert served.process.returncode == 0
    assert min(took) < 5


def test_serve_starts_a_part_again_that_died(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as served:
        wait_until_ready(served)
        before = served.descendants()
        victim = max(before)

        subprocess.run(["kill", "-9", str(victim)], check=True)

        wait_until(lambda: len(set(served.descendants()) - {victim}) == len(before))


def test_parts_end_when_the_command_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as served:
        below = served.descendants()

        served.stop(signal.SIGKILL)

        wait_until(lambda: not any(is_alive(pid) for pid in below))


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = subprocess.run(
            [sys.executable, "-m", "app.cli", "serve"],
            env=environ_for(tmp_path, port),
            capture_output=True,
            text=True,
            timeout=START_WITHIN_S,
            check=False,
        )

    assert answer.returncode == 2
    assert answer.stderr == (
        f"roundabout: port {port} on 127.0.0.1 cannot be used (Address already in use): "
        "stop the program that has it, or choose another with --port\n"
    )


def test_a_data_folder_of_a_newer_version_is_one_clear_line(tmp_path: Path) -> None:
    environ = environ_for(tmp_path, free_port())
    command = [sys.executable, "-m", "app.cli"]
    subprocess.run([*command, "migrate"], env=environ, check=True, capture_output=True)
    code = (
        "import sys; from app.db import make_engine; from sqlalchemy import text\n"
        "with make_engine('sqlite:///' + sys.argv[1]).begin() as c:\n"
        "    c.execute(text(\"UPDATE alembic_version SET version_num = '9999'\"))\n"
    )
    database = str(tmp_path / "roundabout.sqlite")
    subprocess.run([sys.executable, "-c", code, database], check=True)

    answer = subprocess.run(
        [*command, "serve"], env=environ, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 2
    assert answer.stderr.startswith("roundabout: the database is at schema 9999")
    assert answer.stderr.count("\n") == 1
