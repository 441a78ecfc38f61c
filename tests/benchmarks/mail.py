"""M1 and M2: 2,000 invites rendered and queued in one go, and how many mails leave a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select

from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import ConsentKind, OutboxState, Role
from app.mail.smtp import SmtpTransport
from app.models import Event, Invite, OutboxMessage
from app.services import delivery, invites
from app.tenancy import UNSCOPED
from config import Config, server_key
from tests.benchmarks.feeds import ROUNDS, TABLE, make_run, make_version
from tests.benchmarks.measure import LAUNCH, ROOT, Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import database
from tests.benchmarks.web_server import NOW
from tests.builders import make_event, make_organisation, make_sign_up
from tests.conftest import POSTGRES
from tests.mail_processes import sinking


def m1(bench: Bench) -> Iterator[Row]:
    """Render and queue everybody's invite, in a process of its own for its memory."""
    people = 200 if bench.tenth else 2000
    for kind, data, settings in _places(bench):
        begun = time.perf_counter()
        with database(settings.database_url) as engine:
            _seat(engine, people)
            seconds, took = _publish(data, settings)
            assert _count(engine) == people
        yield Row(
            case="M1",
            part=f"{people} invites, {kind}",
            figures=(
                Figure(name="queued s", value=round(seconds, 2), most=10),
                Figure(name="MB", value=round(took.peak_mb or 0), most=300),
                Figure(name="cpu s", value=round(took.cpu_seconds or 0, 2)),
            ),
            took=Took(seconds=time.perf_counter() - begun, load=took.load),
        )


def m2(bench: Bench) -> Iterator[Row]:
    """Deliver invites to a mail server in another process, with one worker."""
    people = 200 if bench.tenth else 2000
    for kind, data, settings in _places(bench):
        with database(settings.database_url) as engine, sinking(data, reads=False) as sink:
            _seat(engine, people)
            _queue(engine, settings)
            begun, busy = time.perf_counter(), time.process_time()
            left = _deliver(engine, settings, sink.url, people)
            seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
            assert left == _count(engine, OutboxState.SENT) == people
        yield Row(
            case="M2",
            part=f"{people} mails, {kind}",
            figures=(
                Figure(name="mails/s", value=round(people / seconds, 1), least=100),
                Figure(name="cpu ms", value=round(1000 * cpu / people, 2)),
            ),
            took=Took(seconds=seconds, load=os.getloadavg()[0]),
        )


def _places(bench: Bench) -> Iterator[tuple[str, Path, Config]]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        yield "SQLite", data, _settings(data, f"sqlite:///{data}/mail.sqlite")
        if POSTGRES and not bench.tenth:
            yield "PostgreSQL", data, _settings(data, POSTGRES)


def _settings(data: Path, url: str) -> Config:
    return Config.from_env(
        {
            "ROUNDABOUT_DATA": str(data),
            "ROUNDABOUT_BASE_URL": "http://localhost",
            "ROUNDABOUT_DATABASE_URL": url,
        }
    )


def _seat(engine: Engine, people: int) -> None:
    """Make an event whose first schedule is out, and nobody told of it."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        house, tables = make_organisation(session), people // TABLE
        event = make_event(session, organisation=house, slug="mail", rounds=ROUNDS, tables=tables)
        roles = [Role.MENTOR if at < tables else Role.MENTEE for at in range(people)]
        consents = (ConsentKind.PLAN, ConsentKind.NAME)
        everybody = [make_sign_up(session, event, role=role, consents=consents) for role in roles]
        make_version(session, event, make_run(session, event), everybody, 1)
        session.add_all(Invite(sign_up_id=one.id, uid=f"uid-{one.id}") for one in everybody)


def _queue(engine: Engine, settings: Config) -> None:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = session.scalars(select(Event)).one()
        invites.sync(session, event, now=NOW, settings=settings)


def _publish(data: Path, settings: Config) -> tuple[float, Took]:
    target, load = data / "took.json", os.getloadavg()[0]
    command = [sys.executable, "-m", __name__, str(data), settings.database_url]
    done = subprocess.run(
        [sys.executable, LAUNCH, target, *command],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout), Took(**json.loads(target.read_text(encoding="utf-8")), load=load)


def _deliver(engine: Engine, settings: Config, url: str, people: int) -> int:
    transport, left = SmtpTransport(url), 0
    for _ in range(people):
        portion = delivery.deliver_due(
            make_session_factory(engine, tenant=UNSCOPED),
            transport,
            clock=lambda: NOW + timedelta(seconds=1),
            settings=settings,
            key=server_key(settings),
            owner="worker",
        )
        left += portion
        if not portion:
            break
    return left


def _count(engine: Engine, state: OutboxState = OutboxState.QUEUED) -> int:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        counted = select(func.count()).select_from(OutboxMessage)
        return session.scalar(counted.where(OutboxMessage.state == state)) or 0


MAIL: dict[str, Callable[[Bench], Iterator[Row]]] = {"M1": m1, "M2": m2}

if __name__ == "__main__":
    own = _settings(Path(sys.argv[1]), sys.argv[2])
    opened = make_engine(own.database_url)
    started = time.perf_counter()
    _queue(opened, own)
    print(time.perf_counter() - started)  # noqa: T201 -- whoever started it reads this
    opened.dispose()
