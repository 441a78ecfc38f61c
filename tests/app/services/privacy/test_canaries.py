"""Nothing that an erased person told us is left anywhere: files, dump, outbox, logs."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import SessionFactory, empty_log, make_session_factory, unit_of_work
from app.jobs.queue import make_queue, sender
from app.models import Person
from app.services import delivery, privacy, publishing
from app.tenancy import UNSCOPED
from config import Config
from tests.app.services.privacy.scene import CANARIES, OTHERS, Scene, make_scene
from tests.builders import make_event, make_sign_up
from tests.conftest import POSTGRES, Clock
from tests.fakes import MemoryTransport
from tests.published import publish

PG_DUMP = Path("/usr/lib/postgresql/15/bin/pg_dump")


def found_in(content: bytes) -> list[str]:
    text = content.lower()
    return [canary for canary in CANARIES if canary.lower().encode() in text]


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def crowd(session: Session, number: int) -> None:
    """Fill pages around the marked rows, so that the database has to split and move them."""
    event = make_event(session, slug=f"crowd-{number}", name="Another evening")
    for at in range(number):
        make_sign_up(
            session, event, name=f"Crowd {at}", question=f"What of {at}? " * 30, wishes=(f"x{at}",)
        )


def live(
    factory: SessionFactory, *, clock: Clock, settings: Config, key: bytes, many: int
) -> tuple[Scene, MemoryTransport]:
    """Let the marked person live a life: signed up, planned, invited, replanned, written to."""
    transport = MemoryTransport()

    def deliver() -> None:
        delivery.deliver_due(
            factory, transport, clock=clock, settings=settings, key=key, owner="w", limit=500
        )

    with unit_of_work(factory) as session:
        crowd(session, many)
        scene = make_scene(session, now=clock(), settings=settings, key=key)
    with unit_of_work(factory) as session:
        crowd(session, many + 1)
    deliver()
    clock.advance(hours=1)
    with unit_of_work(factory) as session:
        evening = scene.evening
        session.add_all([evening.event, *evening.mentors, *evening.mentees])
        publish(session, evening, now=clock(), tables=[[1, 2, 3], [2, 3, 0], [3, 0, 1], [0, 1, 2]])
        assert publishing.current(session, evening.event.id).version == 2
    with unit_of_work(factory) as session:
        person = session.get_one(Person, scene.marked.person_id)
        privacy.erase(
            session,
            person,
            now=clock(),
            actor=f"person {person.id}",
            journal=privacy.journal_path(settings.data),
            settings=settings,
        )
    deliver()
    return scene, transport


@pytest.mark.parametrize("many", [3, pytest.param(2_000, marks=pytest.mark.night)])
def test_canaries_are_in_no_file_after_erasure(
    engine: Engine, settings: Config, clock: Clock, caplog: pytest.LogCaptureFixture, many: int
) -> None:
    factory, key = make_session_factory(engine, tenant=UNSCOPED), b"k" * 32
    queue = make_queue(settings)
    caplog.set_level(logging.DEBUG)

    scene, transport = live(factory, clock=clock, settings=settings, key=key, many=many)
    sender(queue, "deliver", lambda _id: None)(scene.marked.id)
    assert empty_log(engine)
    engine.dispose()

    paths = list(files_below(settings.data))
    assert {path.name for path in paths} >= {
        "roundabout.sqlite",
        "erasures.jsonl",
        "queue.sqlite",
    }
    assert {path.name: found_in(path.read_bytes()) for path in paths} == {
        path.name: [] for path in paths
    }
    assert found_in(caplog.text.encode()) == []
    kept = b"".join(path.read_bytes() for path in paths)
    assert [other for other in OTHERS if other.encode() not in kept] == []
    assert any("Kanaria" in mail.text for mail in transport.delivered)  # they were there


def test_canaries_are_in_the_file_before_erasure(
    engine: Engine, settings: Config, key: bytes, clock: Clock
) -> None:
    factory = make_session_factory(engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        make_scene(session, now=clock(), settings=settings, key=key)
    assert empty_log(engine)

    assert found_in((settings.data / "roundabout.sqlite").read_bytes()) == list(CANARIES)


@pytest.mark.postgres
def test_canaries_are_not_in_a_dump_after_erasure(
    postgres: Engine, settings: Config, key: bytes, clock: Clock
) -> None:
    if not PG_DUMP.exists():
        pytest.skip("needs pg_dump of PostgreSQL 15")
    factory = make_session_factory(postgres, tenant=UNSCOPED)

    live(factory, clock=clock, settings=settings, key=key, many=3)

    command = [str(PG_DUMP), "--data-only", POSTGRES]
    dump = subprocess.run(command, capture_output=True, check=True, env=dict(os.environ)).stdout
    assert found_in(dump) == []
    assert [other for other in OTHERS if other.encode() not in dump] == []
