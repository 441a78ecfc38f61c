from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role, SignUpState
from app.errors import NotFound
from app.models import BlockRole, Event
from app.queries import roster_view
from app.queries.roster_answers import ShownAnswer
from app.queries.roster_filter import QuickFilter, RosterFilter
from app.queries.roster_rounds import presence_in_words, rounds_in_words
from app.services import roster_edit
from tests.app.queries.counting import statements
from tests.builders import make_event, make_schedule, make_sign_up, planned_block
from tests.questions import answer, make_question


def names(session: Session, event: Event, **wanted: object) -> list[str]:
    page = roster_view.read(session, event.id, RosterFilter(**wanted))  # type: ignore[arg-type]
    return [row.name for row in page.rows]


def make_people(session: Session) -> Event:
    event = make_event(session)
    make_sign_up(session, event, name="Zoë Placed")
    make_sign_up(session, event, name="Ada Waits", state=SignUpState.WAITING)
    make_sign_up(session, event, name="Bea Waits", state=SignUpState.WAITING)
    make_sign_up(session, event, name="Наталія Held", state=SignUpState.HELD)
    make_sign_up(session, event, name="Max Mentor", role=Role.MENTOR, affiliation="Charité Mitte")
    make_sign_up(session, event, name="Gone Girl", state=SignUpState.WITHDRAWN)
    return event


@pytest.mark.parametrize("count", [1, 3])
def test_roster_sends_seven_statements(session: Session, count: int) -> None:
    event = make_event(session)
    question = make_question(session, event)
    for _ in range(count):
        answer(session, make_sign_up(session, event), question, "Surgery")
    event_id = event.id

    with statements(session) as sent:
        page = roster_view.read(session, event_id, RosterFilter())

    assert (len(page.rows), len(sent)) == (count, 7)


def test_roster_stands_by_place_then_role_then_name(session: Session) -> None:
    event = make_people(session)

    assert names(session, event) == [
        "Max Mentor", "Zoë Placed", "Наталія Held", "Ada Waits", "Bea Waits",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("mentor", ["Max Mentor"]),
        ("waiting", ["Ada Waits", "Bea Waits"]),
        ("held", ["Наталія Held"]),
        ("gone", ["Gone Girl"]),
    ],
)
def test_quick_filters(session: Session, show: str, expected: list[str]) -> None:
    assert names(session, make_people(session), show=show) == expected


@pytest.mark.parametrize("text", ["наталія", "НАТАЛІЯ h", "наталія".upper(), "held"])
def test_search_finds_any_script_and_case(session: Session, text: str) -> None:
    assert names(session, make_people(session), text=text) == ["Наталія Held"]


@pytest.mark.parametrize("text", ["charité", "CHARITE", "mitte char"])
def test_search_finds_place_of_work_without_accents(session: Session, text: str) -> None:
    assert names(session, make_people(session), text=text) == ["Max Mentor"]


def test_filters_fit_together(session: Session) -> None:
    event = make_people(session)
    first, last = planned_block(event).rounds[0].id, planned_block(event).rounds[-1].id
    make_sign_up(session, event, name="Comes Late", absent_rounds=(first,), stage="senior")
    make_sign_up(session, event, name="Leaves Early", absent_rounds=(last,))

    assert names(session, event, role="mentee", rounds="some") == ["Comes Late", "Leaves Early"]
    assert names(session, event, rounds="late") == ["Comes Late"]
    assert names(session, event, rounds="early") == ["Leaves Early"]
    assert names(session, event, stage="Senior", show="placed") == ["Comes Late"]
    assert names(session, event, role="mentor", rounds="some") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Ada", "Émile", "Zoë"]),
        ("newest", ["Ada", "Émile", "Zoë"]),
        ("stage", ["Émile", "Ada", "Zoë"]),
        ("affiliation", ["Zoë", "Émile", "Ada"]),
        ("nonsense", ["Ada", "Zoë", "Émile"]),
    ],
)
def test_people_stand_in_the_order_asked_for(
    session: Session, sort: str, expected: list[str]
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Zoë", stage="senior", affiliation="Aachen")
    make_sign_up(session, event, name="Émile", stage="student", affiliation="Äbtissin")
    make_sign_up(session, event, name="Ada", stage="fellow", affiliation="")

    assert names(session, event, sort=sort) == expected


def test_what_wants_a_decision_is_found(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Lucy Turner")
    make_sign_up(session, event, name="lucy turner")
    absent = make_sign_up(session, event, name="Ill")
    seated = make_sign_up(session, event, name="Seated")
    make_sign_up(session, event, name="Unseated", needs=("quiet",))
    roster_edit.mark_absent(session, absent, now=now, actor="organiser 1")
    make_schedule(session, event, seats={seated.id: {1: 1}})

    assert names(session, event, show="twice") == ["Lucy Turner", "lucy turner"]
    assert names(session, event, show="absent") == ["Ill"]
    assert names(session, event, show="no_seat") == ["Lucy Turner", "lucy turner", "Unseated"]
    assert names(session, event, show="table_needs") == ["Unseated"]
    assert len(names(session, event, show="needs_you")) == 3


def test_counts_stand_beside_the_filters(session: Session) -> None:
    page = roster_view.read(session, make_people(session).id, RosterFilter(show="mentor"))

    assert page.filters == (
        QuickFilter(key="everybody", label="everybody", number=5),
        QuickFilter(key="needs_you", label="needs you", number=1),
        QuickFilter(key="mentor", label="mentors", number=1),
        QuickFilter(key="mentee", label="mentees", number=4),
        QuickFilter(key="waiting", label="waitlist", number=2),
        QuickFilter(key="held", label="not confirmed", number=1),
        QuickFilter(key="gone", label="not coming", number=1),
    )
    assert (page.placed, page.waiting, page.everybody, page.found) == (2, 2, 5, 1)


def test_waitlist_has_a_number_in_each_role(session: Session) -> None:
    event = make_people(session)
    make_sign_up(session, event, name="Mo", role=Role.MENTOR, state=SignUpState.WAITING)

    page = roster_view.read(session, event.id, RosterFilter(show="waiting"))

    assert [(row.name, row.waiting_number, row.waiting_of) for row in page.rows] == [
        ("Mo", 1, 1),
        ("Ada Waits", 1, 2),
        ("Bea Waits", 2, 2),
    ]


def test_long_roster_comes_in_pages(session: Session) -> None:
    event = make_event(session)
    for number in range(51):
        make_sign_up(session, event, name=f"Person {number:02}")

    page = roster_view.read(session, event.id, RosterFilter(page=2))

    assert ([row.name for row in page.rows], page.pages) == (["Person 50"], 2)


def test_person_tells_rounds_and_needs(session: Session) -> None:
    event = make_event(session, rounds=3)
    first = planned_block(event).rounds[0].id
    sign_up = make_sign_up(session, event, absent_rounds=(first,), needs=("step_free",))

    row = roster_view.person(session, event.id, sign_up.id)

    assert (row.rounds, row.needs, row.stage) == ("from 2", ("step free",), "Student")


def test_person_of_another_event_is_not_found(session: Session) -> None:
    sign_up = make_sign_up(session, make_event(session))
    other = make_event(session)

    with pytest.raises(NotFound):
        roster_view.person(session, other.id, sign_up.id)
    with pytest.raises(NotFound):
        roster_view.sign_up_of(session, other.id, sign_up.id)


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        (set(), "all"),
        ({11}, "from 2"),
        ({14}, "1 to 3"),
        ({11, 14}, "2 to 3"),
        ({12}, "1, 3, 4"),
        ({11, 12, 13}, "4"),
        ({11, 12, 13, 14}, "none"),
    ],
)
def test_rounds_in_words(absent: set[int], expected: str) -> None:
    assert rounds_in_words({11: 1, 12: 2, 13: 3, 14: 4}, frozenset(absent)) == expected


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        (set(), ""),
        ({11}, "comes late"),
        ({13, 14}, "leaves early"),
        ({11, 14}, "comes late and leaves early"),
        ({12}, ""),
        ({11, 12, 13, 14}, ""),
    ],
)
def test_presence_in_words(absent: set[int], expected: str) -> None:
    assert presence_in_words({11: 1, 12: 2, 13: 3, 14: 4}, frozenset(absent)) == expected


def test_who_waits_for_a_yes_stands_first_in_the_order_of_sign_up(session: Session) -> None:
    event = make_people(session)
    make_sign_up(session, event, name="Zita Asks", state=SignUpState.ASKED, question="How?")
    make_sign_up(session, event, name="Adam Asks", state=SignUpState.ASKED, question="Why?")
    make_sign_up(session, event, name="Rob Refused", state=SignUpState.REFUSED)

    page = roster_view.read(session, event.id, RosterFilter())
    asked = roster_view.read(session, event.id, RosterFilter(show="asked"))
    gone = roster_view.read(session, event.id, RosterFilter(show="gone"))

    assert [row.name for row in page.rows[:3]] == ["Zita Asks", "Adam Asks", "Max Mentor"]
    assert (page.asked, [row.question for row in page.rows[:3]]) == (2, ["How?", "Why?", ""])
    assert page.filters[2] == QuickFilter(key="asked", label="to answer", number=2)
    assert [row.name for row in asked.rows] == ["Zita Asks", "Adam Asks"]
    assert [row.name for row in gone.rows] == ["Gone Girl", "Rob Refused"]


def test_every_state_has_its_place_in_the_roster(session: Session) -> None:
    event = make_event(session)
    for state in SignUpState:
        make_sign_up(session, event, state=state)

    page = roster_view.read(session, event.id, RosterFilter())
    gone = roster_view.read(session, event.id, RosterFilter(show="gone"))

    assert len(page.rows) + len(gone.rows) == len(SignUpState)


def test_private_answers_stand_nowhere_but_on_an_owners_page(session: Session) -> None:
    event = make_event(session)
    food = make_question(session, event, label="Food", kind=QuestionKind.YES_NO, is_private=True)
    field = make_question(session, event, label="Specialty")
    sign_up = make_sign_up(session, event)
    answer(session, sign_up, food, "yes")
    answer(session, sign_up, field, "Surgery")

    row = roster_view.read(session, event.id, RosterFilter()).rows[0]
    seen = roster_view.person(session, event.id, sign_up.id)
    by_owner = roster_view.person(session, event.id, sign_up.id, sees_private=True)

    public = ShownAnswer(label="Specialty", value="Surgery", is_private=False)
    assert row.answers == seen.answers == (public,)
    assert by_owner.answers == (
        ShownAnswer(label="Food", value="Yes", is_private=True),
        public,
    )


def test_other_roles_in_parts_of_the_agenda_are_named(session: Session) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    welcome, speed, _ = event.blocks
    sign_up.block_roles = [
        BlockRole(block_id=speed.id, role=Role.MENTOR),
        BlockRole(block_id=welcome.id, role=None),
    ]
    session.flush()

    row = roster_view.person(session, event.id, sign_up.id)

    assert row.parts == ("not in Welcome", "mentor in Speed mentoring")
