"""The web server is killed again and again while people sign up; whom it thanked has a place."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine, func, select, text

from app.commands import serve
from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.enums import Role
from app.models import Base, OutboxMessage, Person, SignUp
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, planned_block
from tests.conftest import POSTGRES
from tests.ports import free_port
from tests.processes import environ_for

CLIENTS = 6
PLACES = 40


@dataclass
class Crowd:
    """People who keep signing up, each under a new address, whatever becomes of the server."""

    port: int
    rounds: list[int]
    thanked: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, client: int) -> None:
        cookie = token = ""
        number = 0
        while not self.stopped.is_set():
            number += 1
            email = f"c{client}n{number}@example.org"
            try:
                if not token:
                    cookie, token = self.open(client)
                status, where = self.post(email, cookie, token, source=f"10.1.{client}.{number}")
            except (OSError, HTTPException):
                self.stopped.wait(0.02)  # it is dead; the next one is being born
                continue
            with self.changed:
                if status == 303:
                    self.thanked.append(email)
                else:
                    self.refused.append((status, where))
                self.changed.notify_all()

    def open(self, client: int) -> tuple[str, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/e/race", headers={"X-Forwarded-For": f"10.0.0.{client}"})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        if found is None:
            raise HTTPException(answer.status)
        return str(answer.headers["Set-Cookie"]).split(";")[0], found[1]

    def post(self, email: str, cookie: str, token: str, *, source: str) -> tuple[int, str]:
        form = {
            "csrf_token": token,
            "name": "Racer",
            "email": email,
            "stage": "student",
            "question": "How?",
            "topic1": "Career planning",
            "rounds": self.rounds,
            "consent_plan": "y",
        }
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": source,
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/e/race?role=mentee", urlencode(form, doseq=True), headers)
        answer = connection.getresponse()
        connection.close()
        return answer.status, str(answer.headers.get("Location", ""))

    def wait_for_thanks(self, more: int) -> None:
        with self.changed:
            wanted = len(self.thanked) + more
            assert self.changed.wait_for(lambda: len(self.thanked) >= wanted, 240), self.refused


@dataclass
class Mortal:
    """The web server, killed and started again."""

    parent: subprocess.Popen[str]
    pid: int = 0

    def start(self) -> None:
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write("live\n")
        self.parent.stdin.flush()
        self.pid = int(self.parent.stdout.readline())

    def kill(self) -> None:
        """Kill the process that serves; its parent only waits for the next life."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
        self.pid = 0


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installed(request: pytest.FixtureRequest, settings: Config) -> Config:
    if request.param == "postgres":
        engine: Engine = request.getfixturevalue("postgres")
        Base.metadata.drop_all(engine)
        engine.dispose()
        settings = replace(settings, database_url=POSTGRES)
    serve.prepare(settings)
    return settings


@pytest.fixture
def factory(installed: Config) -> Iterator[SessionFactory]:
    engine = make_engine(installed.database_url)
    yield make_session_factory(engine, tenant=UNSCOPED)
    engine.dispose()


def make_race(factory: SessionFactory) -> list[int]:
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
    with unit_of_work(factory) as session:
        event = make_event(
            session,
            slug="race",
            confirms_address=False,
            starts_at=starts_at,
            capacities={Role.MENTEE: PLACES},
        )
        return [round_.id for round_ in planned_block(event).rounds]


@contextmanager
def running(settings: Config, crowd: Crowd) -> Iterator[Mortal]:
    """Let the crowd in front of a server that is not there yet."""
    environ = environ_for(
        settings.data,
        crowd.port,
        ROUNDABOUT_DATABASE_URL=settings.database_url,
        ROUNDABOUT_SECRET_KEY=settings.secret_key,
        ROUNDABOUT_PROXY_COUNT="1",  # everybody comes from an address of their own
    )
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.reborn"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    people = [threading.Thread(target=crowd.run, args=(number,)) for number in range(CLIENTS)]
    for person in people:
        person.start()
    try:
        with parent:
            server = Mortal(parent)
            try:
                yield server
            finally:
                server.kill()
    finally:
        crowd.stopped.set()
        for person in people:
            person.join()


def check_rows(factory: SessionFactory, thanked: list[str]) -> None:
    """Whoever was thanked has one row in each table; nothing is half there, nothing oversold."""
    with unit_of_work(factory, write=False) as session:
        emails = set(session.scalars(select(Person.email)))
        rows = session.execute(
            select(SignUp.seq, SignUp.state, func.count(OutboxMessage.id))
            .outerjoin(OutboxMessage, OutboxMessage.person_id == SignUp.person_id)
            .group_by(SignUp.id)
            .order_by(SignUp.seq)
        ).all()
        if session.get_bind().dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert set(thanked) - emails == set()
    assert len(thanked) == len(set(thanked))
    assert len(rows) == len(emails)
    assert [(seq, state.value, mails) for seq, state, mails in rows] == [
        (seq, "placed" if seq <= PLACES else "waiting", 1) for seq in range(1, len(rows) + 1)
    ]


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.night)])
def test_nobody_who_was_thanked_is_lost(
    installed: Config, factory: SessionFactory, kills: int
) -> None:
    crowd = Crowd(free_port(), make_race(factory))
    chance = random.Random(8)

    with running(installed, crowd) as server:
        for _ in range(kills):
            server.start()
            crowd.wait_for_thanks(chance.randint(1, 8))
            server.kill()

    assert crowd.refused == []
    assert len(crowd.thanked) >= kills
    check_rows(factory, crowd.thanked)
