from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from app.commands import import_
from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import ConsentKind, EventState, Role, SignUpState
from app.models import Person, SignUp
from app.services import events
from app.tenancy import UNSCOPED
from tests.builders import make_event

PEOPLE = (
    "name,email,role,stage,available,wishes,consent_share,needs\n"
    "Meg Tor,meg@example.org,mentor,senior,all,,,\n"
    "Ann Bee,ann@example.org,mentee,student,from round 2,meg@example.org,yes,quiet table\n"
    "Cal Dee,cal@example.org,mentee,student,all,later@example.org,no,\n"
)
BAD = "Bad Row,no-address,mentee,,,,,\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder with one event of two places for mentees."""
    for key in ("ROUNDABOUT_DATA", "ROUNDABOUT_DATABASE_URL", "ROUNDABOUT_MODE"):
        monkeypatch.delenv(key, raising=False)
    from app import schema  # noqa: PLC0415 -- slow import

    folder = tmp_path / "data"
    folder.mkdir()
    engine = make_engine(f"sqlite:///{folder / 'roundabout.sqlite'}")
    schema.upgrade(engine)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        make_event(session, slug="evening", capacities={Role.MENTOR: 4, Role.MENTEE: 1})
    engine.dispose()
    return folder


def run(data: Path, text: str, *options: str) -> Result:
    path = data / "people.csv"
    path.write_text(text, "utf-8")
    return CliRunner().invoke(
        import_.import_people, [str(path), "--event", "evening", "--data", str(data), *options]
    )


def read(data: Path) -> list[tuple[str, SignUpState]]:
    engine = make_engine(f"sqlite:///{data / 'roundabout.sqlite'}")
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        found = [
            (one.person.name, one.state)
            for one in session.scalars(select(SignUp).order_by(SignUp.seq))
        ]
    engine.dispose()
    return found


def test_people_are_placed_while_there_are_places(data: Path) -> None:
    result = run(data, PEOPLE)

    assert result.exit_code == 0, result.output
    assert "2 placed, 1 on the waitlist, 0 known before" in result.output
    assert read(data) == [
        ("Meg Tor", SignUpState.PLACED),
        ("Ann Bee", SignUpState.PLACED),
        ("Cal Dee", SignUpState.WAITING),
    ]


def test_importing_again_adds_nobody(data: Path) -> None:
    run(data, PEOPLE)

    result = run(data, PEOPLE)

    assert "0 placed, 0 on the waitlist, 3 known before" in result.output
    assert len(read(data)) == 3


def test_one_bad_row_keeps_everybody_out(data: Path) -> None:
    result = run(data, PEOPLE + BAD)

    assert result.exit_code == 2
    assert 'error row 4 email: found "no-address", expected an e-mail address\n' in result.output
    assert read(data) == []


def test_bad_rows_are_skipped_on_demand(data: Path) -> None:
    result = run(data, PEOPLE + BAD, "--skip-bad")

    assert result.exit_code == 0, result.output
    assert len(read(data)) == 3


def test_a_dry_run_imports_nothing(data: Path) -> None:
    result = run(data, PEOPLE, "--dry-run")

    assert result.exit_code == 0
    assert "3 people could be imported; nothing was." in result.output
    assert read(data) == []


def test_answers_are_kept_as_they_were_written(data: Path) -> None:
    run(data, PEOPLE)

    engine = make_engine(f"sqlite:///{data / 'roundabout.sqlite'}")
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED), write=False) as session:
        people = {one.name: one for one in session.scalars(select(Person))}
        ann, cal = people["Ann Bee"].sign_up, people["Cal Dee"].sign_up
        wishes = [one.target for one in (*ann.wishes, *cal.wishes)]
        consents = [one.kind for one in ann.consents]
        absent = list(ann.absent_rounds)
        needs = list(ann.needs)
    engine.dispose()

    assert wishes == ["meg@example.org", "later@example.org"]
    assert consents == [ConsentKind.QUESTION]
    assert absent == [1]
    assert needs == ["quiet"]


def test_an_unknown_event_is_told_with_those_there_are(data: Path) -> None:
    path = data / "people.csv"
    path.write_text(PEOPLE, "utf-8")

    answer = CliRunner().invoke(
        import_.import_people, [str(path), "--event", "morning", "--data", str(data)]
    )

    assert str(answer.exception) == 'event: found "morning", expected one of evening'


def test_an_event_that_is_not_open_yet_takes_a_file(data: Path) -> None:
    engine = make_engine(f"sqlite:///{data / 'roundabout.sqlite'}")
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        events.named(session, "evening").state = EventState.DRAFT
    engine.dispose()

    answer = run(data, PEOPLE)

    assert answer.exit_code == 0, answer.output
    assert len(read(data)) == 3
