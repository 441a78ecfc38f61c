"""The real server in this process, and people who press its buttons at the same moment."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TypeVar
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.enums import Role
from app.factory import create_app
from app.jobs import web
from app.models import Event
from config import Config
from tests.builders import make_event, planned_block
from tests.conftest import Clock
from tests.ports import free_port, wait_until_listening

Fields = dict[str, object]
Got = TypeVar("Got")
PATIENCE_S = 300
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody at the running server."""

    port: int

    def submit(
        self,
        path: str,
        fields: Fields,
        *,
        to: str = "",
        ready: Callable[[], object] = lambda: None,
    ) -> tuple[int, str]:
        """Open a page, and send its form once everybody is ready; return status and answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        with closing(connection):
            connection.request("GET", path)
            page = connection.getresponse()
            cookie = str(page.headers["Set-Cookie"]).split(";")[0]
            found = _TOKEN.search(page.read().decode())
            form = fields | {"csrf_token": found[1] if found else ""}
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            ready()
            connection.request("POST", to or path, urlencode(form, doseq=True), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


@contextmanager
def serving(settings: Config, engine: Engine, clock: Clock) -> Iterator[Browser]:
    """Serve the application by waitress, as `roundabout serve` does, until the block ends."""
    port = free_port()
    app = create_app(settings, engine=engine, clock=clock)
    stopped = threading.Event()
    server = threading.Thread(target=web.run, args=(app, "127.0.0.1", port, stopped))
    server.start()
    try:
        wait_until_listening(port)
        yield Browser(port)
    finally:
        stopped.set()
        server.join()


def at_once(racers: int, run: Callable[[int, Callable[[], object]], Got]) -> list[Got]:
    """Let everybody run; what each does after calling ``ready`` begins at the same moment."""
    start = threading.Barrier(racers, timeout=PATIENCE_S)
    with ThreadPoolExecutor(racers) as pool:
        return list(pool.map(lambda number: run(number, start.wait), range(racers)))


def make_race(session: Session, *, places: int, confirms: bool = False) -> Event:
    """Return an open event at /e/race with so many places for mentees."""
    return make_event(
        session, slug="race", confirms_address=confirms, capacities={Role.MENTEE: places}
    )


def answers_for(event: Event) -> Fields:
    """Return what a mentee's form holds, but for the address."""
    return {
        "name": "Racer",
        "stage": "student",
        "question": "How?",
        "topic1": "Career planning",
        "rounds": [round_.id for round_ in planned_block(event).rounds],
        "consent_plan": "y",
    }
