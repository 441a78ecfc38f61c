"""W1 and W2: how many sign-ups a second, and how soon the page stands while a plan is made."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Engine, text

from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import ConsentKind, Role
from app.models import Base
from app.tenancy import UNSCOPED
from tests.benchmarks.measure import ROOT, Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web_server import CPU_TIME, LINES, SERVER_TIME
from tests.builders import PASSWORD, make_event, make_sign_up, planned_block
from tests.conftest import POSTGRES
from tests.ports import free_port
from tests.processes import START_WITHIN_S

CLIENTS = 8
PLACES = 100
Fields = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """How many forms were taken a second, and what one cost the server."""

    rate: float
    cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one page cost the server."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return how long it has kept a processor busy: what a loaded machine leaves as it is."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def get(self, path: str) -> tuple[str, str, float]:
        """Return a page, its cookie and the server's seconds for it."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            page = answer.read().decode()
        assert answer.status == 200, f"{path}: {answer.status}"
        cookie = str(answer.headers["Set-Cookie"] or "").split(";")[0]
        return page, cookie, float(answer.headers[SERVER_TIME])

    def visit(self, path: str, cookie: str) -> Visit:
        """Open a page as somebody who is signed in."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        cost = answer.headers
        return Visit(seconds=float(cost[SERVER_TIME]), cpu_seconds=float(cost[CPU_TIME]))

    def sign_in(self) -> str:
        """Return the cookie of the owner that builders make."""
        page, cookie, _ = self.get("/sign-in")
        (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', page)
        form = {"csrf_token": token, "email": "olivia@example.org", "password": PASSWORD}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("POST", "/sign-in", urlencode(form), headers)
            answer = connection.getresponse()
            answer.read()
        assert answer.status in {302, 303}, f"sign in: {answer.status}"
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def costs(visits: Sequence[Visit], *, most_ms: float | None) -> tuple[Figure, ...]:
    """Return how long the server took for pages, on the wall and of the processor."""
    took, busy = [one.seconds for one in visits], [one.cpu_seconds for one in visits]
    return (
        Figure(name="p95 ms", value=round(p95(took) * 1000, 1), most=most_ms),
        Figure(name="median ms", value=round(statistics.median(took) * 1000, 1)),
        Figure(name="cpu p95 ms", value=round(p95(busy) * 1000, 1), most=most_ms),
        Figure(name="cpu median ms", value=round(statistics.median(busy) * 1000, 1)),
    )


@contextmanager
def database(url: str) -> Iterator[Engine]:
    """Give an empty database with all tables."""
    engine = make_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    Base.metadata.create_all(engine)
    LINES.metadata.create_all(engine)
    yield engine
    engine.dispose()


@contextmanager
def serve(kind: str, engine: Engine, data: Path) -> Iterator[Server]:
    """Serve the product, or the bare view, until the block ends."""
    port = free_port()
    url = engine.url.render_as_string(hide_password=False)
    module = "tests.benchmarks.web_server"
    command = [sys.executable, "-m", module, kind, url, str(data), str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        until = time.monotonic() + START_WITHIN_S
        while not _listens(port):
            assert process.poll() is None, "the server ended at once"
            assert time.monotonic() < until, "the server did not answer in time"
            time.sleep(0.05)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(120)


def _listens(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.connect()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def send(server: Server, path: str, forms: list[Fields], cookie: str = "") -> Lap:
    """Send the forms by several clients at once."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    shares = [forms[client::CLIENTS] for client in range(CLIENTS)]

    def run(share: list[Fields]) -> None:
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
            for form in share:
                connection.request("POST", path, urlencode(form, doseq=True), headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 303, f"{path}: {answer.status}"

    begun, busy = time.perf_counter(), server.cpu_seconds()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(run, shares))
    seconds, cpu = time.perf_counter() - begun, server.cpu_seconds() - busy
    return Lap(rate=len(forms) / seconds, cpu_ms=1000 * cpu / len(forms))


def w1(bench: Bench) -> Iterator[Row]:
    """Sign-ups a second against a bare view with one insert, lap by lap in turn."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        yield _throughput(bench, "SQLite", f"sqlite:///{data}/race.sqlite", data)
        if POSTGRES:
            yield _throughput(bench, "PostgreSQL", POSTGRES, data)


def _throughput(bench: Bench, part: str, url: str, data: Path) -> Row:
    laps, size = (1, 16) if bench.tenth else (7, 200)
    begun = time.perf_counter()
    with database(url) as engine:
        fields = _make_race(engine)
        with serve("bare", engine, data) as plain, serve("roundabout", engine, data) as product:
            page, cookie, _ = product.get("/e/race")
            (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', page)
            fields |= {"csrf_token": token}

            def lap(number: int) -> tuple[Lap, Lap]:
                forms = [
                    fields | {"email": f"racer{number}-{at}@example.org"} for at in range(size)
                ]
                theirs = send(plain, "/", forms)
                return theirs, send(product, "/e/race?role=mentee", forms, cookie)

            lap(0)  # what is loaded and compiled once is not the speed
            pairs = [lap(number) for number in range(1, laps + 1)]
    return Row(
        case="W1",
        part=part,
        figures=(
            Figure(name="ratio", value=_median(o.rate / t.rate for t, o in pairs), least=0.5),
            Figure(name="cpu ratio", value=_median(t.cpu_ms / o.cpu_ms for t, o in pairs)),
            Figure(name="sign-ups/s", value=_median(ours.rate for _, ours in pairs)),
            Figure(name="bare/s", value=_median(theirs.rate for theirs, _ in pairs)),
            Figure(name="cpu ms", value=_median(ours.cpu_ms for _, ours in pairs)),
        ),
        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
    )


def _median(values: Iterable[float]) -> float:
    return round(statistics.median(values), 3)


def _make_race(engine: Engine) -> Fields:
    """Open an event with a few places; return what a form for it holds."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = make_event(session, slug="race", capacities={Role.MENTEE: PLACES})
        rounds = [round_.id for round_ in planned_block(event).rounds]
    return {
        "name": "Racer",
        "stage": "student",
        "question": "How do I begin?",
        "topic1": "Career planning",
        "rounds": rounds,
        "consent_plan": "y",
    }


def w2(bench: Bench) -> Iterator[Row]:
    """The public page's server time, while the planner works in another process."""
    pages = 21 if bench.tenth else 300
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with database(f"sqlite:///{data}/page.sqlite") as engine:
            _make_listed(engine)
            with serve("roundabout", engine, data) as server:
                alone = _page_times(server, pages // 3)
                with planning():
                    times = _page_times(server, pages)
    yield Row(
        case="W2",
        part="event page while planning",
        figures=(
            Figure(name="p95 ms", value=round(p95(times) * 1000, 1), most=100),
            Figure(name="median ms", value=round(statistics.median(times) * 1000, 1)),
            Figure(name="p95 ms alone", value=round(p95(alone) * 1000, 1)),
        ),
        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
    )


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _page_times(server: Server, pages: int) -> list[float]:
    server.get("/e/page")
    return [server.get("/e/page")[2] for _ in range(pages)]


@contextmanager
def planning() -> Iterator[None]:
    """Keep a planner busy in another process until the block ends."""
    command = [sys.executable, "-m", "tests.benchmarks.busy_planner"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        time.sleep(1)  # until it has loaded and begun
        yield
        assert process.poll() is None, "the planner ended before the last page"
    finally:
        process.kill()
        process.wait(120)


def _make_listed(engine: Engine) -> None:
    """Make an event of 40 listed mentors and 160 mentees, some of whom wait."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        event = make_event(
            session,
            slug="page",
            rounds=6,
            tables=40,
            capacities={Role.MENTEE: 120, Role.MENTOR: 40},
        )
        consents = (ConsentKind.PLAN, ConsentKind.LISTED)
        for _ in range(40):
            make_sign_up(session, event, role=Role.MENTOR, consents=consents)
        for _ in range(160):
            make_sign_up(session, event)


WEB: dict[str, Callable[[Bench], Iterator[Row]]] = {"W1": w1, "W2": w2}
