"""M3: how soon a calendar that has a feed already hears that nothing changed.

2,000 people at one event, published three times. Server time is that of the whole application from
the request to the last byte, in this process, beside the page that says only that it is there.
The limit of the 95th percentile is on the processor's time, which others on the machine leave as
it is; the time on the wall is told beside it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.db import make_session_factory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, PlanRunState, Role
from app.factory import create_app
from app.models import Event, Invite, PlanRun, Schedule, ScheduledRound, ScheduledSeat, SignUp
from app.services import access, feeds
from app.tenancy import UNSCOPED
from config import Config, server_key
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import database, p95
from tests.benchmarks.web_server import NOW
from tests.builders import (
    make_event,
    make_organisation,
    make_organiser,
    make_sign_up,
    planned_block,
)
from tests.conftest import POSTGRES

ROUNDS = 6
VERSIONS = 3
TABLE = 4
"""People at a table: a mentor and three mentees."""
READERS = 20


def m3(bench: Bench) -> Iterator[Row]:
    """Answer 304 to personal feeds, to an agenda and to an organiser's feed."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        yield from _cases(bench, "SQLite", f"sqlite:///{data}/feeds.sqlite", data)
        if POSTGRES:
            yield from _cases(bench, "PostgreSQL", POSTGRES, data)


def _cases(bench: Bench, kind: str, url: str, data: Path) -> Iterator[Row]:
    people, times = (200, 60) if bench.tenth else (2000, 1000)
    settings = Config.from_env(
        {
            "ROUNDABOUT_DATA": str(data),
            "ROUNDABOUT_BASE_URL": "http://localhost",
            "ROUNDABOUT_DATABASE_URL": url,
        }
    )
    with database(url) as engine:
        paths = _make(engine, people, server_key(settings))
        app = create_app(settings, engine=engine, clock=lambda: NOW)
        for name, some in paths.items():
            yield _measure(app, f"{name}, {kind}", some, times)


def _measure(app: Flask, part: str, paths: Sequence[str], times: int) -> Row:
    begun = time.perf_counter()
    ask(app, "/health")
    first = [ask(app, path) for path in paths]
    etags = {path: etag for path, (_, _, etag) in zip(paths, first, strict=True)}
    took, busy, health = [], [], []
    for turn in range(times):
        path = paths[turn % len(paths)]
        worked = time.thread_time()
        status, seconds, _ = ask(app, path, etags[path])
        busy.append((time.thread_time() - worked) * 1000)
        assert status == 304, f"{path}: {status}"
        took.append(seconds * 1000)
        health.append(ask(app, "/health")[1] * 1000)
    median, written = statistics.median(took), statistics.median(one[1] for one in first)
    return Row(
        case="M3",
        part=part,
        figures=(
            Figure(name="median ms", value=round(median, 2), most=5),
            Figure(name="cpu p95 ms", value=round(p95(busy), 2), most=5),
            Figure(name="p95 ms", value=round(p95(took), 2)),
            Figure(name="x health", value=round(median / statistics.median(health), 1)),
            Figure(name="written ms", value=round(written * 1000, 1)),
        ),
        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
    )


def ask(app: Callable[..., object], path: str, etag: str = "") -> tuple[int, float, str]:
    """Return status, seconds and ETag of one request."""
    headers = {"If-None-Match": etag} if etag else {}
    environ = EnvironBuilder(path, headers=headers).get_environ()
    begun = time.perf_counter()
    body, status, found = run_wsgi_app(app, environ, buffered=True)  # type: ignore[arg-type]
    list(body)
    seconds = time.perf_counter() - begun
    return int(status[:3]), seconds, found.get("ETag", "")


def _make(engine: Engine, people: int, key: bytes) -> dict[str, list[str]]:
    """Make an event that was published a few times; return the addresses of its feeds."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        house = make_organisation(session)
        tables = people // TABLE
        event = make_event(session, organisation=house, slug="feeds", rounds=ROUNDS, tables=tables)
        roles = [Role.MENTOR if at < tables else Role.MENTEE for at in range(people)]
        consents = (ConsentKind.PLAN, ConsentKind.NAME)
        everybody = [make_sign_up(session, event, role=role, consents=consents) for role in roles]
        run = make_run(session, event)
        for version in range(1, VERSIONS + 1):
            make_version(session, event, run, everybody, version)
        session.add_all(
            Invite(sign_up_id=one.id, uid=f"uid-{one.id}", stamped_at=NOW) for one in everybody
        )
        session.flush()
        readers = everybody[:: people // READERS]
        personal = [
            access.link_for(session, one.person_id, LinkPurpose.FEED, key=key, now=NOW)
            for one in readers
        ]
        organiser = make_organiser(session, organisation=house)
        own = feeds.link_for_organiser(session, organiser.id, key=key, now=NOW)
    return {
        "personal": [f"/feed/{token}.ics" for token in personal],
        "agenda": ["/e/feeds/agenda.ics"],
        "organiser": [f"/agenda/{own}.ics"],
    }


def make_run(session: Session, event: Event) -> PlanRun:
    run = PlanRun(
        event_id=event.id,
        block_id=planned_block(event).id,
        state=PlanRunState.DONE,
        problem="",
        problem_digest="",
        roster_version=0,
        seed=1,
        time_limit_s=1,
        created_at=NOW,
    )
    session.add(run)
    session.flush()
    return run


def make_version(
    session: Session, event: Event, run: PlanRun, everybody: Sequence[SignUp], version: int
) -> None:
    """Seat mentors at home, and each mentee a few tables further in every round and version."""
    rounds, tables = planned_block(event).rounds, planned_block(event).tables
    schedule = Schedule(
        event_id=event.id, version=version, published_at=NOW + timedelta(minutes=version)
    )
    session.add(schedule)
    session.flush()
    for number, one in enumerate(rounds):
        session.add(
            ScheduledRound(
                schedule_id=schedule.id,
                plan_run_id=run.id,
                round_id=one.id,
                number=number + 1,
                starts_at=one.starts_at,
                minutes=one.minutes,
            )
        )
        step = number * (version + 1)
        seats = [
            {
                "schedule_id": schedule.id,
                "sign_up_id": who.id,
                "round_id": one.id,
                "table_id": tables[(at + (step if at >= len(tables) else 0)) % len(tables)].id,
            }
            for at, who in enumerate(everybody)
        ]
        session.execute(insert(ScheduledSeat), seats)


FEEDS: dict[str, Callable[[Bench], Iterator[Row]]] = {"M3": m3}
