from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role, SignUpState
from app.models import Event
from app.queries import roster_export as read
from app.queries.roster_filter import RosterFilter
from app.services import roster_csv
from app.services.presets import PresetStage
from app.services.roster_export import HEADINGS, ExportLine, write_csv, write_xlsx
from tests.builders import STAGES, make_event, make_sign_up, planned_block
from tests.questions import answer, make_question

LINE = ExportLine(
    name="Róża Tylus",
    email="roza@example.org",
    role="mentee",
    stage="Student",
    affiliation="Northern General",
    topics=("Career planning", "Research methods"),
    available="from round 2",
    needs=("quiet",),
    place="has a place",
    waitlist="",
    answer="accepted",
    comes="",
)
NAMES = ("Róża Tylus", "Νίκος Ανδρουλάκης", "Наталія Пушкар", "三浦 翼", "دكتور سمير", "ทดสอบ")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A1")  # noqa: RUF001


def cells_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_stay_as_they_are(name: str) -> None:
    line = replace(LINE, name=name)

    assert name in write_csv([line]).decode("utf-8-sig")
    assert cells_of(write_xlsx([line]))[1][0] == name


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_computes_a_cell(text: str) -> None:
    line = replace(LINE, affiliation=text)

    first = write_csv([line]).decode("utf-8-sig").splitlines()[1].split(",")[4]
    sheet = load_workbook(io.BytesIO(write_xlsx([line]))).active

    assert sheet is not None
    assert first.lstrip('"').startswith("'")
    assert sheet["E2"].data_type == "s"


def test_every_cell_of_the_workbook_is_text() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx([LINE], ("Years",)))).active

    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_text_that_no_workbook_takes_is_cut_or_left_out() -> None:
    line = replace(LINE, affiliation="a\x0bb\x00c", topics=("x" * 40_000,))

    row = cells_of(write_xlsx([line]))[1]

    assert row[4] == "a b c"
    assert len(str(row[5])) == 32_767


def make_people(session: Session) -> Event:
    event = make_event(session)
    first = planned_block(event).rounds[0].id
    food = make_question(session, event, label="Food", kind=QuestionKind.TEXT, is_private=True)
    field = make_question(session, event, label="Specialty")
    make_sign_up(session, event, name="Max Mentor", role=Role.MENTOR, needs=("step_free",))
    late = make_sign_up(
        session, event, name="=Róża", absent_rounds=(first,), question="CANARY", not_with=("CROW",)
    )
    answer(session, late, food, "FINCH")
    answer(session, late, field, "Surgery")
    make_sign_up(session, event, name="Wei Chen", state=SignUpState.WAITING)
    return event


def test_the_file_holds_what_the_filter_shows_and_nothing_private(session: Session) -> None:
    event = make_people(session)

    lines, questions = read.lines(session, event.id, RosterFilter(role="mentee"))
    text = write_csv(lines, questions).decode("utf-8-sig")

    assert questions == ("Specialty",)
    assert [(one.name, one.place, one.waitlist, one.own) for one in lines] == [
        ("=Róża", "has a place", "", ("Surgery",)),
        ("Wei Chen", "waits", "1 of 1", ("",)),
    ]
    assert [word for word in ("CANARY", "CROW", "FINCH", "Food") if word in text] == []


def test_our_own_file_can_be_read_again_without_a_fault(session: Session) -> None:
    event = make_people(session)
    lines, questions = read.lines(session, event.id, RosterFilter())

    found = roster_csv.read_people(
        write_csv(lines, questions),
        rounds=3,
        roles=(Role.MENTOR, Role.MENTEE),
        stages=tuple(PresetStage(key=key, label=label) for key, label in STAGES),
    )

    assert found.errors == ()
    assert [(one.name, one.role, one.stage) for one in found.people] == [
        ("Max Mentor", Role.MENTOR, "student"),
        ("=Róża", Role.MENTEE, "student"),
        ("Wei Chen", Role.MENTEE, "student"),
    ]
    assert [one.rounds for one in found.people] == [None, frozenset({2, 3}), None]
    assert found.people[0].needs == frozenset({"step_free"})
    assert found.people[1].topics == ("Career planning",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("all", "all"),
        ("from 2", "from round 2"),
        ("1 to 3", "until round 3"),
        ("2 to 4", "rounds 2,3,4"),
        ("1, 3", "rounds 1,3"),
        ("4", "rounds 4"),
    ],
)
def test_rounds_are_written_as_they_are_read(words: str, expected: str) -> None:
    assert read.available(words) == expected


def test_the_headings_stand_first() -> None:
    assert tuple(cells_of(write_xlsx([]))[0]) == HEADINGS
