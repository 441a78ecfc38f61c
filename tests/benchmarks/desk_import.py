"""I1: an XLSX list of 5,000 people, from its upload to the report, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import select

from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import Role
from app.models import Event, Organiser
from app.services.roster_import import adding, opening, reporting, uploads, words
from app.tenancy import UNSCOPED
from tests.app.services.roster_import.files import as_xlsx, people, table
from tests.benchmarks.measure import LAUNCH, ROOT, Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import database
from tests.benchmarks.web_server import NOW
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.conftest import POSTGRES

KNOWN = 5
"""One in so many of the list is on the roster already."""


def i1(bench: Bench) -> Iterator[Row]:
    """Check a list against a roster that knows a fifth of it, then take it in."""
    count = 500 if bench.tenth else 5_000
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "people.xlsx").write_bytes(as_xlsx(table(*people(count))))
        yield _measure(data, f"sqlite:///{data}/import.sqlite", count, "SQLite")
        if POSTGRES and not bench.tenth:
            yield _measure(data, POSTGRES, count, "PostgreSQL")


def _measure(data: Path, url: str, count: int, kind: str) -> Row:
    with database(url) as engine:
        with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
            house = make_organisation(session)
            make_organiser(session, organisation=house)
            capacities: dict[Role, int | None] = {Role.MENTOR: None, Role.MENTEE: None}
            event = make_event(session, organisation=house, capacities=capacities)
            for at in range(0, count, KNOWN):
                make_sign_up(session, event, email=f"guest{at}@example.org", role=Role.MENTOR)
        found, took = _run(data, url)
    assert (found["rows"], found["added"]) == (count, count - count // KNOWN)
    return Row(
        case="I1",
        part=f"{count} rows of XLSX, {kind}",
        figures=(
            Figure(name="checked s", value=round(found["checked_s"], 2), most=10),
            Figure(name="checked cpu s", value=round(found["cpu_s"], 2), most=10),
            Figure(name="MB", value=round(took.peak_mb or 0), most=400),
            Figure(name="added s", value=round(found["added_s"], 2)),
        ),
        took=took,
    )


def _run(data: Path, url: str) -> tuple[dict[str, float], Took]:
    target, load = data / "took.json", os.getloadavg()[0]
    command = [sys.executable, "-m", __name__, str(data / "people.xlsx"), url]
    done = subprocess.run(
        [sys.executable, LAUNCH, target, *command],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    took = Took(**json.loads(target.read_text(encoding="utf-8")), load=load)
    return json.loads(done.stdout), took


def main(path: str, url: str) -> None:
    """Do what the four pages do, each in a unit of work of its own; print the seconds."""
    factory = make_session_factory(make_engine(url), tenant=UNSCOPED)
    content, begun, idle = Path(path).read_bytes(), time.perf_counter(), time.process_time()
    with unit_of_work(factory) as session:
        event, organiser = session.scalars(select(Event)).one(), session.scalars(select(Organiser))
        kept = uploads.keep(
            session,
            event,
            file_name="people.xlsx",
            content=content,
            organiser_id=organiser.one().id,
            now=NOW,
        )
        upload_id = kept.id
    with unit_of_work(factory) as session:
        event = session.scalars(select(Event)).one()
        kept = uploads.find(session, event.id, upload_id, now=NOW)
        opening.choose_columns(event, kept, opening.opened(event, kept).columns)
    with unit_of_work(factory, write=False) as session:
        event = session.scalars(select(Event)).one()
        file = opening.opened(event, uploads.find(session, event.id, upload_id, now=NOW))
        words.unknown_words(file.sheet, file.columns, file.decisions, file.choices)
        found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=NOW)
        mark, rows = found.mark, len(found.rows)
    checked, busy = time.perf_counter(), time.process_time() - idle
    with unit_of_work(factory) as session:
        event = session.scalars(select(Event)).one()
        kept = uploads.find(session, event.id, upload_id, now=NOW)
        done = adding.add(session, event, kept, adding.Yes(seen=mark), now=NOW, actor="bench")
    took = {"checked_s": checked - begun, "added_s": time.perf_counter() - checked, "cpu_s": busy}
    sys.stdout.write(json.dumps({"rows": rows, "added": done.added, **took}))


IMPORT: dict[str, Callable[[Bench], Iterator[Row]]] = {"I1": i1}

if __name__ == "__main__":
    main(*sys.argv[1:])
