"""What of a file stays behind once it was taken in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import RosterUpload
from app.services.roster_import import leftover, reporting, uploads
from app.services.roster_import.opening import opened
from tests.app.services.roster_import.files import as_csv, as_xlsx, table
from tests.app.services.roster_import.test_adding import bring
from tests.builders import make_event

ROWS = (
    ("Meg Tor", "meg@example.org", "mentor", "senior", "", ""),
    ("Bad\nRow", "no-address", "mentee", "student", "", "ann@example.org"),
    ("Meg Tor", "meg@example.org", "mentor", "senior", "", ""),
    ("Ann Bee", "ann@example.org", "mentee", "student", "", ""),
    ("No Role", "no@example.org", "wizard", "student", "", ""),
)


def test_rows_to_put_right_are_kept_with_their_numbers_and_nobody_else(
    session: Session, now: datetime
) -> None:
    event = make_event(session)

    done = bring(session, event, as_xlsx(table(*ROWS)), now)

    assert (done.added, done.stayed) == (2, 3)
    rest = session.get_one(RosterUpload, done.rest)
    file = opened(event, rest)
    assert [(row.number, row.cells[1]) for row in file.sheet.rows] == [
        (3, "no-address"),
        (6, "no@example.org"),
    ]
    assert b"ann bee" not in rest.content.lower()
    assert b"meg" not in rest.content.lower()
    assert file.is_chosen
    found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)
    assert found.count(reporting.Outcome.WRONG) == 2


def test_why_each_row_stayed_is_kept(session: Session, now: datetime) -> None:
    event = make_event(session)
    done = bring(session, event, as_csv(table(*ROWS)), now)
    upload = next(one for one in session.query(RosterUpload) if uploads.done_of(one) == done)

    stayed = leftover.from_json(uploads.stayed_of(upload))

    assert [(one.number, one.who, one.why) for one in stayed] == [
        (3, "Bad Row", ""),
        (4, "Meg Tor", "the same as row 2"),
        (6, "No Role", ""),
    ]
    assert [fault.found for one in stayed for fault in one.faults] == ["no-address", "wizard"]
    assert leftover.from_json(leftover.as_json(stayed)) == stayed


def test_nothing_is_kept_where_nothing_is_to_put_right(session: Session, now: datetime) -> None:
    event = make_event(session)

    done = bring(session, event, as_csv(table()), now)

    assert (done.added, done.stayed, done.rest) == (3, 0, None)
    assert session.query(RosterUpload).count() == 1
    assert not uploads.waits(session, done.rest, now=now)
