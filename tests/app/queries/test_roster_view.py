from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import NotFound
from app.models import Event
from app.queries import roster_view
from app.queries.roster_view import QuickFilter, RosterFilter, rounds_in_words
from tests.app.queries.counting import statements
from tests.builders import make_event, make_sign_up, planned_block


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
def test_roster_sends_three_statements(session: Session, count: int) -> None:
    event = make_event(session)
    for _ in range(count):
        make_sign_up(session, event)
    event_id = event.id

    with statements(session) as sent:
        page = roster_view.read(session, event_id, RosterFilter())

    assert (len(page.rows), len(sent)) == (count, 3)


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


@pytest.mark.parametrize("text", ["наталія", "НАТАЛІЯ h", "held"])
def test_search_finds_any_script_and_case(session: Session, text: str) -> None:
    assert names(session, make_people(session), text=text) == ["Наталія Held"]


def test_search_finds_place_of_work(session: Session) -> None:
    assert names(session, make_people(session), text="charité") == ["Max Mentor"]


def test_counts_stand_beside_the_filters(session: Session) -> None:
    page = roster_view.read(session, make_people(session).id, RosterFilter(show="mentor"))

    assert page.filters == (
        QuickFilter(key="everybody", label="everybody", number=5),
        QuickFilter(key="mentor", label="mentors", number=1),
        QuickFilter(key="mentee", label="mentees", number=4),
        QuickFilter(key="waiting", label="waitlist", number=2),
        QuickFilter(key="held", label="not confirmed", number=1),
        QuickFilter(key="gone", label="withdrawn", number=1),
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
