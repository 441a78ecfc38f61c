"""R1: how soon the roster of 2,000 people stands while the planner works."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine

from app.db import make_session_factory, unit_of_work
from app.enums import Role, SignUpState
from app.tenancy import UNSCOPED
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Row
from tests.benchmarks.web import Server, Visit, costs, database, planning, serve
from tests.builders import make_event, make_organiser, make_sign_up
from tests.conftest import POSTGRES

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
        if POSTGRES and not bench.tenth:
            yield from _on(bench, "PostgreSQL", POSTGRES, data)


def _on(bench: Bench, part: str, url: str, data: Path) -> Iterator[Row]:
    people, times = (PEOPLE // 10, 2) if bench.tenth else (PEOPLE, 60)
    begun = time.perf_counter()
    with database(url) as engine:
        event_id = _make_roster(engine, people)
        with serve("roundabout", engine, data) as server:
            cookie = server.sign_in()
            with planning():
                for name, path in PAGES.items():
                    visits = _visits(server, path.format(event_id), cookie, times)
                    most = SLOWEST_MS if name in PROMISED else None
                    yield Row(
                        case="R1",
                        part=f"{name}, {people} people, {part}",
                        figures=costs(visits, most_ms=most),
                        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
                    )


def _visits(server: Server, path: str, cookie: str, times: int) -> list[Visit]:
    server.visit(path, cookie)  # what is loaded and compiled once is not the speed
    return [server.visit(path, cookie) for _ in range(times)]


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
