"""100 people press the button at once, for 20 places, through the server people really use."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine, func, select

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import Role
from app.factory import create_app
from app.jobs import web
from app.models import OutboxMessage, Person, SignUp
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, planned_block
from tests.conftest import Clock

RACERS = 100
PLACES = 20


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


@pytest.fixture
def port(settings: Config, any_engine: Engine, clock: Clock) -> Iterator[int]:
    """Serve the application by waitress on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    app = create_app(settings, engine=any_engine, clock=clock)
    stopped = threading.Event()
    server = threading.Thread(target=web.run, args=(app, "127.0.0.1", number, stopped))
    server.start()
    while not is_listening(number):
        stopped.wait(0.02)
    yield number
    stopped.set()
    server.join()


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def sign_up(port: int, number: int, fields: dict[str, object], start: threading.Barrier) -> int:
    """Open the page, fill the form in, press the button when everybody is ready."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/e/race")
    page = connection.getresponse()
    cookie = str(page.headers["Set-Cookie"]).split(";")[0]
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', page.read().decode())
    form = fields | {"csrf_token": token, "email": f"racer{number}@example.org"}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    start.wait()
    connection.request("POST", "/e/race?role=mentee", urlencode(form, doseq=True), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_100_racers_for_20_places(port: int, factory: SessionFactory) -> None:
    with unit_of_work(factory) as session:
        event = make_event(
            session, slug="race", confirms_address=False, capacities={Role.MENTEE: PLACES}
        )
        rounds = [round_.id for round_ in planned_block(event).rounds]
    fields: dict[str, object] = {
        "name": "Racer",
        "stage": "student",
        "question": "How?",
        "topic1": "Career planning",
        "rounds": rounds,
        "consent_plan": "y",
    }
    start = threading.Barrier(RACERS)

    with ThreadPoolExecutor(RACERS) as pool:
        statuses = list(
            pool.map(lambda number: sign_up(port, number, fields, start), range(RACERS))
        )

    assert statuses == [303] * RACERS
    with unit_of_work(factory, write=False) as session:
        rows = session.execute(
            select(SignUp.seq, SignUp.state, OutboxMessage.kind)
            .join(OutboxMessage, OutboxMessage.person_id == SignUp.person_id)
            .order_by(SignUp.id)
        )
        found = [(seq, state.value, kind) for seq, state, kind in rows]
        people = session.scalar(select(func.count(Person.email_canonical.distinct())))
    assert people == RACERS
    assert found == [
        (seq, "placed", "welcome") if seq <= PLACES else (seq, "waiting", "waiting")
        for seq in range(1, RACERS + 1)
    ]
