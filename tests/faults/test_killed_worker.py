"""A worker killed while it sends: no mail is lost, and a copy too many is the same mail (B2)."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import Method, OutboxState, PartStat, Role, SignUpState
from app.ical.invite import write_request
from app.mail.message import RenderedMail
from app.models import OutboxMessage
from app.services import outbox
from app.services.invites.content import content_of, frame_of
from app.services.publishing.itinerary import Attendee
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event
from tests.mail_processes import SinkProcess, fast_clock, sinking, start_worker

SPEED = 100.0
"""A lease of three minutes ends in two seconds."""
WAIT_S = 600.0


@pytest.fixture
def data(tmp_path: Path, empty_database: Path) -> Path:
    shutil.copyfile(empty_database, tmp_path / "roundabout.sqlite")
    return tmp_path


@contextmanager
def opened(data: Path) -> Iterator[Engine]:
    settings = Config.from_env({"ROUNDABOUT_DATA": str(data)})
    engine = make_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def write(engine: Engine, number: int) -> None:
    """Queue invites as a publish does, each with a calendar entry."""
    now = fast_clock(SPEED)()
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = make_event(session)
        frame = frame_of(event, "House", base_url="http://localhost", mail_from="us@example.org")
        for at in range(number):
            uid = f"uid-{at}"
            entry = content_of(frame, reader(at), None, uid=uid, partstat=PartStat.NEEDS_ACTION)
            calendar = write_request(entry, sequence=at % 3, stamp=now)
            outbox.enqueue_first(
                session,
                kind="invite",
                event_id=event.id,
                person_id=None,
                to_name=f"Ann {at}",
                to_address=f"ann{at}@example.org",
                mail=RenderedMail(subject="Your plan", text="Table 3\n", html="<p>Table 3</p>"),
                calendar=calendar,
                method=Method.REQUEST,
                uid=uid,
                sequence=at % 3,
                order_key=uid,
                idempotency_key=uid,
                now=now,
            )


def reader(at: int) -> Attendee:
    return Attendee(
        sign_up_id=at,
        person_id=at,
        name=f"Ann {at}",
        address=f"ann{at}@example.org",
        role=Role.MENTEE,
        state=SignUpState.PLACED,
        shows_name=True,
        is_erased=False,
    )


def kill_often(data: Path, sink: SinkProcess, number: int, kills: int) -> int:
    """Kill workers at chance moments while mail is left; return how many were killed busy."""
    chance, busy = random.Random(5), 0
    every = max(1, number // (2 * kills))  # a slow test must not find a worker that has done all
    for at in range(kills):
        worker = start_worker(data, sink.url, SPEED)
        wait_for(sink, min(number, (at + 1) * every), worker)
        time.sleep(chance.uniform(0, 0.05))
        busy += worker.poll() is None and sink.count() < number
        worker.kill()
        worker.wait()
    return busy


def wait_for(sink: SinkProcess, count: int, worker: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_S
    while sink.count() < count:
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < until, "mail stands still"
        time.sleep(0.005)


def finish(data: Path, engine: Engine, sink: SinkProcess) -> None:
    """Let one worker live until nothing waits."""
    worker = start_worker(data, sink.url, SPEED)
    until = time.monotonic() + WAIT_S
    try:
        while left(engine):
            assert worker.poll() is None, "the worker ended by itself"
            assert time.monotonic() < until, "mail stands still"
            time.sleep(0.1)
    finally:
        worker.kill()
        worker.wait()


def left(engine: Engine) -> int:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        found = session.scalar(
            select(func.count())
            .select_from(OutboxMessage)
            .where(OutboxMessage.state != OutboxState.SENT)
        )
    return found or 0


@pytest.mark.parametrize(
    ("number", "kills"),
    [
        pytest.param(100, 5),
        pytest.param(3000, 200, marks=[pytest.mark.night, pytest.mark.timeout(3600)]),
    ],
)
def test_nothing_is_lost_and_copies_are_the_same_mail(data: Path, number: int, kills: int) -> None:
    with opened(data) as engine, sinking(data) as sink:
        write(engine, number)

        busy = kill_often(data, sink, number, kills)
        finish(data, engine, sink)

        taken = sink.taken()
    by_reader = {one.recipient: one for one in taken}
    copies = Counter(one.recipient for one in taken)
    print(f"{kills} kills, {busy} while busy, {len(taken) - number} copies")  # noqa: T201
    assert busy == kills
    assert set(copies) == {f"ann{at}@example.org" for at in range(number)}
    assert len(taken) - number <= kills
    assert set(taken) == set(by_reader.values())
    assert {(one.uid, one.sequence) for one in taken} == {
        (f"uid-{at}", at % 3) for at in range(number)
    }
