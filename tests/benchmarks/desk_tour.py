"""R2: how soon every page of an event of 2,000 people stands while the planner works.

Every address that the route matrix knows is opened. The pages in `PROMISED` keep the limit; of the
others those are told that take a third of it or more, so that none grows slow unseen.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.blueprints.guards import SESSION_KEY, STEWARD_KEY
from app.enums import OrganiserRole
from app.factory import create_app
from config import Config
from tests.benchmarks.desk_event import make_big_event
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Row
from tests.benchmarks.web import Server, Visit, costs, database, planning, serve
from tests.conftest import POSTGRES
from tests.security.routes import Kind, routes
from tests.security.world import Side

PEOPLE = 2_000
SLOWEST_MS = 300
PROMISED = frozenset(
    {
        "agenda_desk.tables",
        "desk.event",
        "desk.person",
        "desk.roster",
        "event_mail.page",
        "messages.index",
        "participant.edit",
        "participant.home",
        "participant.presence",
        "participant.withdraw",
        "plans.index",
        "public.event",
        "setup.details",
        "sign_up.settings",
        "steward.door",
        "versions.index",
    }
)
FILES = frozenset({"paper.pdf", "paper.sheets", "static"})
"""Sheets for every table and everybody: a file to print, megabytes long."""
OTHERS = frozenset({Kind.MACHINE, Kind.PROGRAM})


def r2(bench: Bench) -> Iterator[Row]:
    """The server's time for every page of a big event, on each database."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        yield from _on(bench, "SQLite", f"sqlite:///{data}/tour.sqlite", data)
        if POSTGRES and not bench.tenth:
            yield from _on(bench, "PostgreSQL", POSTGRES, data)


def _on(bench: Bench, part: str, url: str, data: Path) -> Iterator[Row]:
    people, times = (PEOPLE // 10, 1) if bench.tenth else (PEOPLE, 20)
    settings = Config.from_env(
        {"ROUNDABOUT_DATA": str(data), "ROUNDABOUT_BASE_URL": "http://localhost"}
    )
    with database(url) as engine:
        side = make_big_event(engine, people, settings)
        app = create_app(settings, engine=engine)
        cookie = _cookie(app, side)
        with serve("roundabout", engine, data) as server, planning():
            for name, path in _pages(app, side):
                if bench.tenth and name not in PROMISED:
                    continue
                begun = time.perf_counter()
                visits = _visits(server, path, cookie, times)
                if visits is None:
                    continue
                most = SLOWEST_MS if name in PROMISED else None
                line = Row(
                    case="R2",
                    part=f"{name}, {people} people, {part}",
                    figures=costs(visits, most_ms=most),
                    took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
                )
                if most or line["cpu median ms"] > SLOWEST_MS / 3:
                    yield line


def _cookie(app: Flask, side: Side) -> str:
    """Return the cookie of a browser that is signed in and began with the stewards' link."""
    writer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert writer is not None
    kept = {
        SESSION_KEY: side.browsers[OrganiserRole.OWNER],
        STEWARD_KEY: side.secret("steward_link"),
    }
    return f"{app.config['SESSION_COOKIE_NAME']}={writer.dumps(kept)}"


def _pages(app: Flask, side: Side) -> Iterator[tuple[str, str]]:
    """Return what each page is that only reads, and where."""
    for route in routes(app):
        name = route.rule.endpoint
        if route.method == "GET" and name not in FILES and route.row.kind not in OTHERS:
            yield name, route.url(side)


def _visits(server: Server, path: str, cookie: str, times: int) -> list[Visit] | None:
    """Open a page some times; None where it only leads elsewhere."""
    try:
        server.visit(path, cookie)  # what is loaded and compiled once is not the speed
    except AssertionError:
        return None
    return [server.visit(path, cookie) for _ in range(max(2, times))]


TOUR: dict[str, Callable[[Bench], Iterator[Row]]] = {"R2": r2}
