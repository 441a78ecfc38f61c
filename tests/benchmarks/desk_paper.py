"""K1: rotation cards for 600 people, from the database to a PDF."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Engine

from app.db import make_session_factory, unit_of_work
from app.models import Event
from app.services import paper
from app.services.paper import Kind, Order, pdf
from app.tenancy import UNSCOPED
from config import Config
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import database
from tests.benchmarks.web_server import NOW
from tests.builders import make_event
from tests.paper import SCRIPTS, make_hall, publish_hall

ROUNDS = 8
TABLE = 5


def k1(bench: Bench) -> Iterator[Row]:
    """Print everybody's card: names of eight scripts, eight rounds, five mentees at a table."""
    people = 60 if bench.tenth else 600
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with database(f"sqlite:///{data}/paper.sqlite") as engine:
            event_id = _seat(engine, people)
            begun, busy = time.perf_counter(), time.process_time()
            sheets, made, document = _print(engine, event_id, _settings(data))
            seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
    assert len(re.findall(rb"/Type ?/Page\b", document)) == sheets
    yield Row(
        case="K1",
        part=f"{people} rotation cards",
        figures=(
            Figure(name="PDF s", value=round(seconds, 2), most=20),
            Figure(name="sheets s", value=round(made, 2)),
            Figure(name="cpu s", value=round(cpu, 2)),
            Figure(name="sheets", value=sheets),
            Figure(name="MB", value=round(len(document) / 1e6, 1)),
        ),
        took=Took(seconds=seconds, load=0.0),
    )


def _seat(engine: Engine, people: int) -> int:
    mentors = people // (TABLE + 1)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = make_event(session, rounds=ROUNDS, tables=mentors)
        names = [f"{SCRIPTS[at % len(SCRIPTS)]} {at}" for at in range(people - mentors)]
        hosts = [f"Mentor with a name {at}" for at in range(mentors)]
        hall = make_hall(session, event=event, mentors=hosts, mentees=names)
        publish_hall(session, hall)
        return event.id


def _print(engine: Engine, event_id: int, settings: Config) -> tuple[int, float, bytes]:
    """Return how many sheets there are, the seconds until they are known, and the file."""
    begun = time.perf_counter()
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        event = session.get_one(Event, event_id)
        order = Order(kinds=(Kind.CARDS,))
        bundle = paper.make(session, event, order, now=NOW, settings=settings)
    made = time.perf_counter() - begun
    return bundle.sheets, made, pdf.write(asdict(bundle), now=NOW)


def _settings(data: Path) -> Config:
    return Config.from_env(
        {"ROUNDABOUT_DATA": str(data), "ROUNDABOUT_BASE_URL": "https://roundabout.example.org"}
    )


PAPER: dict[str, Callable[[Bench], Iterator[Row]]] = {"K1": k1}
