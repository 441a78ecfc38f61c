"""Two tickers and three workers, started at once on a new PostgreSQL: every mail once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import OutboxState, ReminderKind
from app.models import Event, Invite, Lease, OutboxMessage, Reminder
from app.services import invites, reminders
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_organisation, make_schedule, make_sign_up
from tests.conftest import POSTGRES
from tests.mail_processes import SinkProcess, Taken, sinking
from tests.ports import free_port
from tests.processes import environ_for

PARTS = ("tick", "worker", "worker", "tick", "worker")
KEY = "a key for tests, of 32 characters"
BEFORE, AFTER = "before they start", "once they run"
READY_WITHIN_S = 240.0
DONE_WITHIN_S = 500.0
pytestmark = pytest.mark.postgres


@dataclass
class Machines:
    """Processes that share a database and nothing else: each has a folder of its own."""

    folder: Path
    smtp_url: str
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environ(self, name: str) -> dict[str, str]:
        return environ_for(
            self.folder / name,
            free_port(),
            ROUNDABOUT_DATABASE_URL=POSTGRES,
            ROUNDABOUT_SMTP_URL=self.smtp_url,
            ROUNDABOUT_SECRET_KEY=KEY,
        )

    def migrate(self) -> None:
        command = [sys.executable, "-m", "app.cli", "migrate"]
        subprocess.run(command, env=self.environ("migrate"), check=True, stdout=subprocess.PIPE)

    def start(self) -> None:
        for at, part in enumerate(PARTS):
            with self.log(at).open("wb") as output:
                self.running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "app.cli", part],
                        env=self.environ(f"machine-{at}"),
                        stdout=output,
                        stderr=output,
                    )
                )

    def log(self, at: int) -> Path:
        return self.folder / f"said-{at}"

    def said(self) -> str:
        return "\n".join(self.log(at).read_text("utf-8") for at in range(len(self.running)))

    def wait(self, is_done: Callable[[], bool], seconds: float) -> None:
        """Wait until something holds; nobody may end meanwhile."""
        until = time.monotonic() + seconds
        while not is_done():
            assert [one.poll() for one in self.running] == [None] * len(PARTS), self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def stop(self) -> list[int]:
        """Ask all to end; return their exit statuses."""
        for process in self.running:
            process.terminate()
        return [process.wait(READY_WITHIN_S) for process in self.running]


@contextmanager
def machines(folder: Path, sink: SinkProcess) -> Iterator[Machines]:
    found = Machines(folder, sink.url)
    try:
        yield found
    finally:
        for process in found.running:
            process.kill()
            process.wait()


@pytest.fixture
def bare() -> Iterator[Engine]:
    """Return a PostgreSQL database without a single table."""
    if not POSTGRES:
        pytest.skip("needs PostgreSQL: set ROUNDABOUT_TEST_POSTGRES to its address")
    engine = make_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


def write(engine: Engine, people: int, settings: Config) -> None:
    """Seat people at an event whose reminder of the day before is due, and tell them of it."""
    now = datetime.now(UTC)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        starts_at = now + timedelta(days=1, seconds=-1)
        house = make_organisation(session)
        event = make_event(session, organisation=house, starts_at=starts_at, zone="UTC", tables=6)
        reminders.plan(session, event, now=now - timedelta(minutes=1))
        seats = {}
        for at in range(people):
            who = make_sign_up(session, event, email=f"ann{at}@example.org", at=now)
            seats[who.id] = dict.fromkeys((1, 2, 3), at % 6 + 1)
        make_schedule(session, event, seats=seats, at=now)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = session.scalars(select(Event)).one()
        give_uids(session, seats)
        invites.sync(session, event, now=now, settings=settings)


@pytest.mark.parametrize(
    ("people", "moment"),
    [
        pytest.param(20, BEFORE),
        pytest.param(1000, AFTER, marks=[pytest.mark.night, pytest.mark.timeout(600)]),
    ],
)
def test_everything_leaves_once(
    bare: Engine, tmp_path: Path, settings: Config, people: int, moment: str
) -> None:
    with sinking(tmp_path) as sink, machines(tmp_path, sink) as all_of_them:
        all_of_them.migrate()
        if moment == BEFORE:
            write(bare, people, settings)
        all_of_them.start()
        all_of_them.wait(lambda: all_of_them.said().count(" ready") == len(PARTS), READY_WITHIN_S)
        if moment == AFTER:
            write(bare, people, settings)
        all_of_them.wait(lambda: sink.count() >= 2 * people and left(bare) == 0, DONE_WITHIN_S)

        leader = owners(bare)
        ends = all_of_them.stop()

        taken = sink.taken()
    assert (ends, "Traceback" in all_of_them.said()) == ([0] * len(PARTS), False)
    assert leader == 1
    assert Counter(one.recipient for one in taken) == {
        f"ann{at}@example.org": 2 for at in range(people)
    }
    assert set(Counter(one.message_id for one in taken).values()) == {1}
    assert (invited(taken), told(bare)) == (people, people)


def give_uids(session: Session, sign_up_ids: Iterable[int]) -> None:
    session.add_all(Invite(sign_up_id=one, uid=f"uid-{one}") for one in sign_up_ids)
    session.flush()


def left(engine: Engine) -> int:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        rows = select(func.count()).select_from(OutboxMessage)
        return session.scalar(rows.where(OutboxMessage.state != OutboxState.SENT)) or 0


def owners(engine: Engine) -> int:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        ticking = select(func.count()).select_from(Lease).where(Lease.name == "ticker")
        return session.scalar(ticking) or 0


def told(engine: Engine) -> int:
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        day_before = Reminder.kind == ReminderKind.DAY_BEFORE
        return session.scalars(select(Reminder.told_people).where(day_before)).one()


def invited(taken: list[Taken]) -> int:
    return len({one.uid for one in taken if one.uid})
