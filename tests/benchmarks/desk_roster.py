"""R1: how soon the roster of 2,000 people stands while the planner works."""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Engine

from app.db import make_session_factory, unit_of_work
from app.enums import Role, SignUpState
from app.tenancy import UNSCOPED
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import POSTGRES, Server, database, p95, planning, serve
from tests.benchmarks.web_server import SERVER_TIME
from tests.builders import PASSWORD, make_event, make_organiser, make_sign_up

PEOPLE = 2_000
SLOWEST_MS = 300
PAGES = {
    "roster": "/events/{}/roster",
    "last page, by name": "/events/{}/roster?sort=name&page=40",
    "search": "/events/{}/roster?q=muller+karolinska",
    "needs you": "/events/{}/roster?show=needs_you",
    "overview": "/events/{}",
    "export": "/events/{}/roster/export.csv",
}
"""The overview and the export are measured beside it, without a promise."""
PROMISED = ("roster", "last page, by name", "search", "needs you")
NAMES = (
    "Łucja Müller",
    "Νίκος Ανδρουλάκης",
    "Наталія Пушкар",
    "三浦 翼",
    "Wei Chen",
    "Ann O'Neill",
)
PLACES = ("Karolinska Huddinge", "Charité Mitte", "CHU de Liège", "Northern General")


def r1(bench: Bench) -> Iterator[Row]:
    """The server's time for each page of the roster, on each database."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        yield from _on(bench, "SQLite", f"sqlite:///{data}/roster.sqlite", data)
        if POSTGRES:
            yield from _on(bench, "PostgreSQL", POSTGRES, data)


def _on(bench: Bench, part: str, url: str, data: Path) -> Iterator[Row]:
    people, times = (PEOPLE // 10, 3) if bench.tenth else (PEOPLE, 60)
    begun = time.perf_counter()
    with database(url) as engine:
        event_id = _make_roster(engine, people)
        with serve("roundabout", engine, data) as server:
            cookie = _sign_in(server)
            with planning(data):
                for name, path in PAGES.items():
                    took = _times(server, path.format(event_id), cookie, times)
                    most = SLOWEST_MS if name in PROMISED else None
                    yield Row(
                        case="R1",
                        part=f"{name}, {people} people, {part}",
                        figures=(
                            Figure(name="p95 ms", value=round(p95(took) * 1000, 1), most=most),
                            Figure(name="median ms", value=round(_ms(took), 1)),
                        ),
                        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
                    )


def _ms(times: list[float]) -> float:
    return statistics.median(times) * 1000


def _times(server: Server, path: str, cookie: str, times: int) -> list[float]:
    _get(server, path, cookie)  # what is loaded and compiled once is not the speed
    return [_get(server, path, cookie)[1] for _ in range(times)]


def _get(server: Server, path: str, cookie: str) -> tuple[str, float]:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
    assert answer.status == 200, f"{path}: {answer.status}"
    return page, float(answer.headers[SERVER_TIME])


def _sign_in(server: Server) -> str:
    """Return the cookie of a signed-in owner."""
    page, cookie, _ = server.get("/sign-in")
    (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
    form = {"email": "olivia@example.org", "password": PASSWORD, "csrf_token": token}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("POST", "/sign-in", urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
    assert answer.status in {302, 303}, f"sign in: {answer.status}"
    return str(answer.headers["Set-Cookie"]).split(";")[0]


def _make_roster(engine: Engine, people: int) -> int:
    """Make an event of many people with names in many scripts; a few look like one another."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        organiser = make_organiser(session)
        event = make_event(
            session,
            organisation=organiser.organisation,
            slug="roster",
            rounds=6,
            tables=people // 5,
            capacities={Role.MENTEE: people, Role.MENTOR: people},
        )
        for number in range(people):
            make_sign_up(
                session,
                event,
                name=f"{NAMES[number % len(NAMES)]} {number // 2 if number < 40 else number}",
                affiliation=PLACES[number % len(PLACES)],
                role=Role.MENTOR if number % 5 == 0 else Role.MENTEE,
                state=SignUpState.WAITING if number % 11 == 0 else SignUpState.PLACED,
                needs=("quiet",) if number % 20 == 0 else (),
            )
        return event.id


ROSTER: dict[str, Callable[[Bench], Iterator[Row]]] = {"R1": r1}
