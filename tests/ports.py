"""Ports of this machine for servers that tests start, and waiting until one listens."""

from __future__ import annotations

import itertools
import os
import re
import socket
import time

FIRST, EACH = 20_000, 1_000
"""Below the ports that a system gives to outgoing connections (32768 on): none takes ours away."""
SLICES = 12
LISTENS_WITHIN_S = 240.0


def _worker() -> int:
    found = re.search(r"\d+$", os.environ.get("PYTEST_XDIST_WORKER", ""))
    return int(found[0]) if found else 0


_turns = itertools.count(os.getpid())


def free_port() -> int:
    """Return a port on which nobody listens; tests that run side by side never get the same."""
    for turn in itertools.islice(_turns, EACH):
        port = FIRST + EACH * (_worker() % SLICES) + turn % EACH
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    msg = f"all {EACH} ports from {FIRST} on are taken"
    raise RuntimeError(msg)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until_listening(port: int) -> None:
    """Return when something answers there; a server that does not come is an error."""
    until = time.monotonic() + LISTENS_WITHIN_S
    while not is_listening(port):
        if time.monotonic() > until:
            msg = f"nothing listens on port {port} after {LISTENS_WITHIN_S:.0f} s"
            raise TimeoutError(msg)
        time.sleep(0.02)
