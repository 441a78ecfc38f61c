from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.models import Event
from app.services import roster_files
from app.services.roster_import import faulty, reporting
from app.services.roster_import.fields import Field
from app.services.roster_import.guessing import guess
from app.services.roster_import.mapping import EMPTY, SKIP, Decisions
from app.services.roster_import.opening import Opened
from app.services.roster_import.reporting import Outcome, Report
from app.services.roster_import.standing import standing_of
from app.services.signups.form import choices_of
from tests.app.queries.counting import statements
from tests.app.services.roster_import.files import HEADINGS, as_csv, as_xlsx, table
from tests.builders import make_event, make_sign_up

SAMPLES = Path(__file__).parents[3] / "samples"


def opened(event: Event, content: bytes, decisions: Decisions | None = None) -> Opened:
    sheet = roster_files.read_sheet(content, most_rows=5_000)
    choices = choices_of(event)
    return Opened(
        upload_id=1,
        file_name="x",
        sheet=sheet,
        columns=guess(sheet, choices.roles),
        decisions=decisions or Decisions(),
        choices=choices,
    )


def report(
    session: Session,
    event: Event,
    content: bytes,
    now: datetime,
    decisions: Decisions | None = None,
) -> Report:
    file = opened(event, content, decisions)
    return reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)


def outcomes(found: Report) -> dict[str, int]:
    return dict(Counter(row.outcome.value for row in found.rows))


def errors(found: Report) -> list[str]:
    return [
        f"{fault.row} {fault.column}: {fault.found!r}, expected {fault.expected}"
        for row in found.rows
        for fault in row.faults
        if fault.is_error
    ]


def test_messy_export_is_reported_whole_with_the_rows_of_the_file(
    session: Session, now: datetime
) -> None:
    event = make_event(session, rounds=5, capacities={Role.MENTOR: 20, Role.MENTEE: 60})

    found = report(session, event, (SAMPLES / "messy_export.csv").read_bytes(), now)

    assert errors(found) == [
        "9 E-mail address: 'not-an-address', expected an e-mail address",
        "16 E-mail address: 'as in row 15', expected one row for each address",
        "20 I come as a: 'observer', expected mentee or mentor"
        if event.capacities[0].role is Role.MENTEE
        else "20 I come as a: 'observer', expected mentor or mentee",
        "23 Full name: '', expected a name",
        "27 Career stage: 'professor emeritus', expected student, resident, fellow, mid or senior",
        "30 Availability: 'from round 9', expected a round from 1 to 5",
        (
            "38 Please not with: 'francois.jacob.blanchard@example.org', "
            "expected somebody else than the person of this row"
        ),
    ]
    assert outcomes(found) == {"place": 45, "wrong": 7}
    assert [row.number for row in found.rows if row.is_tidied] == [5, 11]


def test_a_file_without_a_fault_gives_everybody_a_place(session: Session, now: datetime) -> None:
    event = make_event(session, rounds=5, capacities={Role.MENTOR: None, Role.MENTEE: None})

    found = report(session, event, (SAMPLES / "conference_hour.csv").read_bytes(), now)

    assert outcomes(found) == {"place": 120}
    assert (found.new, found.known, found.tidied) == (120, 0, 0)


def test_who_finds_no_place_waits_and_is_counted(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 1})

    found = report(session, event, as_csv(table()), now)

    assert [(row.who, row.outcome.value) for row in found.rows] == [
        ("Meg Tor", "place"),
        ("Ann Bee", "place"),
        ("Zoë Müller", "wait"),
    ]
    [mentors, mentees] = found.allotment.roles
    assert (mentees.new, mentees.placed, mentees.waits, mentees.enough) == (2, 1, 1, 2)
    assert reporting.with_room(found, frozenset({Role.MENTEE})).count(Outcome.WAIT) == 0
    assert mentors.waits == 0


def test_mentors_of_the_file_bring_places_first_to_who_waits_already(
    session: Session, now: datetime
) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: None})
    event.capacities[1].per_mentor = 2.0
    make_sign_up(session, event, state=SignUpState.WAITING)
    session.flush()

    found = report(session, event, as_csv(table()), now)

    [_, mentees] = found.allotment.roles
    assert (mentees.promoted, mentees.placed, mentees.waits, mentees.enough) == (1, 1, 1, None)


def test_people_on_the_roster_change_only_where_the_file_says_something_else(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Ann Bee", email="Ann@Example.org", stage="student")
    make_sign_up(session, event, name="Zoë Mueller", email="zoe@example.org", stage="resident")
    rows = [
        ("Ann Bee", "ann@example.org", "mentee", "student", "", "nobody@example.org"),
        ("Zoë Müller", "zoe@example.org", "mentee", "resident", "Career planning", ""),
    ]

    found = report(session, event, as_csv(table(*rows)), now)

    assert outcomes(found) == {"same": 1, "change": 1}
    assert [row.changes.told for row in found.rows if row.changes] == [(), (Field.NAME,)]
    assert found.known == 2


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (SignUpState.WITHDRAWN, "left_out"),
        (SignUpState.REFUSED, "left_out"),
        (SignUpState.RELEASED, "place"),
        (SignUpState.WAITING, "same"),
        (SignUpState.HELD, "same"),
    ],
)
def test_who_left_is_not_taken_back_by_a_file(
    session: Session, now: datetime, state: SignUpState, outcome: str
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Ann Bee", email="ann@example.org", state=state)

    found = report(session, event, as_csv(table(("Ann Bee", "ann@example.org", "mentee"))), now)

    assert outcomes(found) == {outcome: 1}
    assert bool(found.rows[0].why) == (outcome == "left_out")


def test_another_role_is_noted_and_not_written(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Ann Bee", email="ann@example.org", role=Role.MENTEE)

    found = report(session, event, as_csv(table(("Ann Bee", "ann@example.org", "mentor"))), now)

    assert outcomes(found) == {"same": 1}
    [note] = found.rows[0].faults
    assert (note.is_error, note.found) == (False, "mentor")


def test_words_and_rows_are_understood_as_decided(session: Session, now: datetime) -> None:
    event = make_event(session)
    rows = [
        ("Ann", "ann@example.org", "guest", "intern", "Cooking; Career planning", ""),
        ("Bob", "bob@example.org", "boss", "student", "", ""),
        ("", "cal@example.org", "mentee", "student", "", ""),
        ("Dan", "ann@example.org", "mentee", "student", "", ""),
    ]
    decisions = Decisions(
        words={
            Field.ROLE: {"guest": "mentee", "boss": SKIP},
            Field.STAGE: {"intern": "resident"},
            Field.TOPICS: {"cooking": EMPTY},
        },
        fixes={4: {Field.NAME: "Cal Dee"}},
        left_out=frozenset({5}),
    )

    found = report(session, event, as_csv(table(*rows)), now, decisions)

    assert outcomes(found) == {"place": 2, "left_out": 2}
    ann = found.rows[0].person
    assert ann is not None
    assert (ann.role, ann.stage, ann.topics) == (Role.MENTEE, "resident", ("Career planning",))
    assert found.rows[2].who == "Cal Dee"


def test_a_row_that_stands_there_twice_is_left_out_without_a_fault(
    session: Session, now: datetime
) -> None:
    found = report(session, make_event(session), as_csv(table(*table()[1:], table()[1])), now)

    assert outcomes(found) == {"place": 3, "left_out": 1}
    assert found.rows[3].why == "the same as row 2"


def test_a_formula_without_its_value_is_a_fault_and_a_merged_cell_a_note(
    session: Session, now: datetime
) -> None:
    def change(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet["B3"] = '=LOWER("ANN@EXAMPLE.ORG")'
        sheet.merge_cells("D2:D4")

    found = report(session, make_event(session), as_xlsx(table(), change), now)

    assert errors(found) == [
        (
            "3 E-mail address: '=LOWER(\"ANN@EXAMPLE.ORG\")', "
            "expected the value; this formula was saved without one"
        ),
    ]
    assert found.notes == ("Cells D2:D4 were merged; each row took the value of the first.",)


def test_marks_that_turn_text_do_not_make_another_address(session: Session, now: datetime) -> None:
    row = ("\u202eAnn\u202c", "\u200fann@example.org\u200e", "mentee\u200b", "", "", "")

    found = report(session, make_event(session), as_csv(table(row)), now)

    person = found.rows[0].person
    assert person is not None
    assert (person.name, person.key, person.role) == ("Ann", "ann@example.org", Role.MENTEE)


def test_whom_somebody_would_avoid_stands_on_no_page(session: Session, now: datetime) -> None:
    event = make_event(session)
    rows = [("Ann Bee", "ann@example.org", "mentee", "", "", "ann@example.org")]
    [fault] = report(session, event, as_csv(table(*rows)), now).rows[0].faults

    assert fault.found == "ann@example.org"
    assert fault.shown(to_owner=True).found == "not shown"
    shown = fault.shown(to_owner=False)
    assert (shown.column, shown.found) == ("The rules of this event", "not shown")


def test_faulty_rows_come_back_safe_with_a_reason(session: Session, now: datetime) -> None:
    event = make_event(session)
    rows = [("=1+1", "nowhere", "mentee", "", "", "zoe@example.org"), *table()[1:]]
    file = opened(event, as_csv(table(*rows)))
    found = report(session, event, as_csv(table(*rows)), now)

    everything = faulty.write_faulty(file, found, shows_all=True).decode("utf-8-sig")
    public = faulty.write_faulty(file, found, shows_all=False).decode("utf-8-sig")

    assert everything.splitlines()[1:] == [
        (
            "'=1+1,nowhere,mentee,,,zoe@example.org,"
            '"E-mail address: found ""nowhere"", expected an e-mail address",2'
        ),
    ]
    assert public.splitlines()[0] == ",".join((*HEADINGS[:-1], "What to put right", "Row"))
    assert "zoe@example.org" not in public


def test_the_mark_is_another_once_the_roster_is(session: Session, now: datetime) -> None:
    event = make_event(session)
    content = as_csv(table())
    before = report(session, event, content, now)

    again = report(session, event, content, now)
    make_sign_up(session, event, email="ann@example.org")
    after = report(session, event, content, now)

    assert before.mark == again.mark
    assert before.mark != after.mark


def test_the_same_statements_read_one_person_and_many(session: Session) -> None:
    event = make_event(session, capacities={Role.MENTOR: None, Role.MENTEE: None})
    make_sign_up(session, event, wishes=("meg@example.org",))
    with statements(session) as one:
        standing_of(session, event)
    for _ in range(3):
        make_sign_up(session, event, wishes=("meg@example.org",))
    with statements(session) as many:
        standing_of(session, event)

    assert (len(one), len(many)) == (6, 6)
