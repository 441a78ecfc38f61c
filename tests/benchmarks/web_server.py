"""One web application in a process of its own, to be measured from outside.

``python -m tests.benchmarks.web_server bare|roundabout DATABASE_URL DATA PORT`` serves until it is
ended: the product, or a bare Flask view that inserts one row, both by the same server.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert

from app.db import make_engine, make_session_factory, unit_of_work
from app.factory import create_app
from app.jobs import web
from app.tenancy import UNSCOPED
from config import Config

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""Three days before the events that builders make."""

SERVER_TIME = "X-Server-Seconds"
CPU_TIME = "X-Server-Cpu-Seconds"
"""The processor's share of it, which others on the machine leave nearly as it is."""
LINES = Table(
    "bare_line",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("email", String),
    Column("name", String),
    Column("question", String),
)


def bare(engine: Engine) -> Flask:
    """Return the least that takes a form into a database: a view, an insert, a redirect."""
    app = Flask("bare")
    factory = make_session_factory(engine, tenant=UNSCOPED)

    @app.post("/")
    def keep() -> ResponseReturnValue:
        line = {name: request.form[name] for name in ("email", "name", "question")}
        with unit_of_work(factory) as session:
            session.execute(insert(LINES).values(line))
        return redirect("/thanks", 303)

    return app


def timed(app: Callable[..., Any]) -> Callable[..., Any]:
    """Return an application that says in a header how long it took, without waiting in line."""

    def run(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun, worked = time.perf_counter(), time.thread_time()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            took = f"{time.perf_counter() - begun:.6f}"
            busy = f"{time.thread_time() - worked:.6f}"
            return start_response(status, [*headers, (SERVER_TIME, took), (CPU_TIME, busy)], *rest)

        answer: Iterable[bytes] = app(environ, start)
        return answer

    return run


def main(kind: str, url: str, data: str, port: str) -> int:
    engine = make_engine(url)
    settings = Config.from_env(
        {"ROUNDABOUT_DATA": data, "ROUNDABOUT_BASE_URL": f"http://127.0.0.1:{port}"}
    )
    app = bare(engine) if kind == "bare" else create_app(settings, engine=engine, clock=lambda: NOW)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    web.settle()
    web.run(timed(app), "127.0.0.1", int(port), stopped)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
