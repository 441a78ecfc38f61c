"""The web server."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Callable
from typing import Any

from waitress.server import create_server

from app.errors import MentoringError

THREADS = 16
CONNECTIONS = 1_000
IDLE_S = 60
"""So long a connection may be silent: nobody holds all of them by doing nothing."""
LARGEST_BODY = 10_000_000
"""Up to here an answer is a page of ours; what is longer the server itself cuts off."""


class PortInUse(MentoringError):
    """Another program listens on that port already."""


def check_port(host: str, port: int) -> None:
    """Raise `PortInUse` when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = (
                f"port {port} on {host} cannot be used ({error.strerror}): "
                "stop the program that has it, or choose another with --port"
            )
            raise PortInUse(msg) from error


def settle() -> None:
    """Leave what start-up made out of every later collection: it lives as long as the process.

    A full one looks at half a million objects of libraries, in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()


def run(app: Callable[..., Any], host: str, port: int, stopped: threading.Event) -> None:
    """Serve until ``stopped`` is set; requests under way are answered first."""
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        backlog=CONNECTIONS,
        asyncore_use_poll=True,  # select() fails beyond 1,024 open files, and databases hold some
        channel_timeout=IDLE_S,
        max_request_body_size=LARGEST_BODY,
        ident="",
        clear_untrusted_proxy_headers=False,  # the application counts its proxies itself
    )
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    stopped.wait()
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=3)
    server.close()
