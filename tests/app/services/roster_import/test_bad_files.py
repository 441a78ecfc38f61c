from __future__ import annotations

import time
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.models import Base, Event
from app.services.roster_import import adding, faulty, opening, reporting, uploads, words
from app.services.roster_import.opening import Opened
from app.services.roster_import.reporting import Report
from tests.app.services.roster_import.bad_files import BAD_FILES, REPORT
from tests.builders import make_event, make_organiser

MOST_SECONDS = 30
"""Of the processor: a busy machine is no slower program."""
QUICK = tuple(BAD_FILES)[::10]
SMALL = tuple(name for name in BAD_FILES if "rows" not in name and "megabyte" not in name)


def counts(session: Session) -> dict[str, int]:
    session.flush()
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def look(
    session: Session, event: Event, content: bytes, by: int, now: datetime
) -> tuple[Opened, Report]:
    """Upload a file and go through all that is shown of it."""
    upload = uploads.keep(
        session, event, file_name="x.csv", content=content, organiser_id=by, now=now
    )
    file = opening.opened(event, upload)
    words.unknown_words(file.sheet, file.columns, file.decisions, file.choices)
    found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)
    faulty.write_faulty(file, found, shows_all=True)
    return file, found


def check(session: Session, name: str, now: datetime) -> None:
    make, wanted = BAD_FILES[name]
    content, event = make(), make_event(session, rounds=5)
    by = make_organiser(session).id
    before, begun = counts(session), time.process_time()

    if wanted == REPORT:
        file, found = look(session, event, content, by, now)
        shown = len(found.rows)
        assert shown == len(file.sheet.rows)
        own = {"roster_upload": 1}
    else:
        with pytest.raises(InvalidInput) as caught:
            look(session, event, content, by, now)
        assert wanted in caught.value.fields["file"]
        own = {}

    assert time.process_time() - begun < MOST_SECONDS
    after = counts(session)
    assert {table: after[table] - before[table] for table in after} == dict.fromkeys(after, 0) | own


@pytest.mark.parametrize("name", QUICK)
def test_a_bad_file_gets_a_report_or_a_refusal(session: Session, now: datetime, name: str) -> None:
    check(session, name, now)


@pytest.mark.night
@pytest.mark.parametrize("name", BAD_FILES)
def test_every_bad_file_gets_a_report_or_a_refusal(
    session: Session, now: datetime, name: str
) -> None:
    check(session, name, now)


@pytest.mark.night
@pytest.mark.parametrize("name", SMALL)
def test_what_is_good_in_a_bad_file_can_be_added_once(
    session: Session, now: datetime, name: str
) -> None:
    make, wanted = BAD_FILES[name]
    if wanted != REPORT:
        return
    event = make_event(session, rounds=5)
    organiser = make_organiser(session)
    content = make()

    totals = []
    for _ in range(2):
        upload = uploads.keep(
            session, event, file_name="x", content=content, organiser_id=organiser.id, now=now
        )
        file = opening.opened(event, upload)
        found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)
        done = adding.add(
            session, event, upload, adding.Yes(seen=found.mark), now=now, actor="organiser 1"
        )
        totals.append((found.new, done.added, done.changed))

    assert totals[0][0] == totals[0][1]
    assert totals[1] == (0, 0, 0)


def test_there_are_sixty_bad_files() -> None:
    assert len(BAD_FILES) >= 60
    assert sum(wanted != REPORT for _, wanted in BAD_FILES.values()) >= 20
