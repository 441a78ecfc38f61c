from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.enums import BlockKind, ConsentKind, EventState, Role, SignUpState
from app.errors import NotFound
from app.models import Event, SignUp
from app.queries.itinerary import Itinerary, Stop
from app.queries.participant import my_page
from app.queries.public_event import event_page, initials
from tests.builders import make_event, make_schedule, make_sign_up, planned_block


def make_published(session: Session) -> tuple[Event, SignUp, SignUp, SignUp]:
    """Return an event with one mentor at table 1 and two mentees.

    The first mentee sits there in rounds 1 and 3, the second in round 2.
    """
    found = make_event(session)
    mentor = make_sign_up(session, found, name="Diane Le Lévêque", role=Role.MENTOR, stage="senior")
    roza = make_sign_up(
        session,
        found,
        name="Róża Tylus",
        question="What now?",
        consents=(ConsentKind.PLAN, ConsentKind.QUESTION),
    )
    oskar = make_sign_up(session, found, name="Oskar Lind", question="CANARY", topics=())
    make_schedule(
        session,
        found,
        seats={mentor.id: {1: 1, 2: 1, 3: 1}, roza.id: {1: 1, 3: 1}, oskar.id: {2: 1}},
    )
    return found, mentor, roza, oskar


def way_of(session: Session, sign_up: SignUp, now: datetime) -> Itinerary:
    session.expire_all()
    found = my_page(session, sign_up.person_id, now=now).itinerary
    assert found is not None
    return found


def brief(stops: tuple[Stop, ...]) -> list[tuple[str, str, int | None, str]]:
    return [(stop.kind, stop.at, stop.table, stop.title) for stop in stops]


def test_a_mentee_reads_whom_they_meet(session: Session, now: datetime) -> None:
    _, _, roza, _ = make_published(session)

    way = way_of(session, roza, now)

    assert brief(way.stops) == [
        ("minor", "18:00", None, "Welcome"),
        ("seat", "18:15", 1, "Diane Le Lévêque"),
        ("rest", "18:27", None, "Your round to reflect"),
        ("seat", "18:39", 1, "Diane Le Lévêque"),
        ("minor", "18:51", None, "Close"),
    ]
    assert way.stops[1].people[0].about == "Northern General, senior"
    assert way.stops[1].why == "You both chose Career planning."
    assert way.summary == "One mentor, one round to yourself."
    assert (way.version, way.published) == (1, "Monday 1 February")


def test_a_round_sat_out_names_one_reason_only(session: Session, now: datetime) -> None:
    _, _, roza, _ = make_published(session)

    rest = way_of(session, roza, now).stops[2]

    assert rest.why.startswith("The rules of this event give you this round to yourself.")


def test_a_mentor_reads_who_comes_and_questions_where_agreed(
    session: Session, now: datetime
) -> None:
    _, mentor, _, _ = make_published(session)

    seats = [stop for stop in way_of(session, mentor, now).stops if stop.kind == "seat"]

    assert [(stop.title, stop.people[0].question) for stop in seats] == [
        ("Róża Tylus", "What now?"),
        ("Oskar Lind", ""),
        ("Róża Tylus", "What now?"),
    ]
    assert seats[0].people[0].about == "Northern General, student"


def test_a_mentor_of_several_reads_each_of_them(session: Session, now: datetime) -> None:
    found, mentor, roza, oskar = make_published(session)
    make_schedule(
        session, found, version=2, seats={one.id: {1: 3} for one in (mentor, roza, oskar)}
    )

    stop = way_of(session, mentor, now).stops[1]

    assert (stop.title, stop.table) == ("Two mentees", 3)
    assert [person.name for person in stop.people] == ["Róża Tylus", "Oskar Lind"]


def test_a_peer_reads_the_tables_name_and_who_sits_there(session: Session, now: datetime) -> None:
    found = make_event(session, kind=BlockKind.GROUP, capacities={Role.PEER: 9})
    peers = [make_sign_up(session, found, name=name, role=Role.PEER) for name in ("A", "B", "C")]
    make_schedule(session, found, seats={peer.id: {1: 2} for peer in peers})

    stop = way_of(session, peers[0], now).stops[1]

    assert (stop.title, stop.table, stop.why) == ("Table 2", 2, "")
    assert [person.name for person in stop.people] == ["B", "C"]


def test_a_round_away_is_no_round_to_reflect(session: Session, now: datetime) -> None:
    found, _, roza, _ = make_published(session)
    roza.absent_rounds = [planned_block(found).rounds[1].id]
    session.flush()

    stop = way_of(session, roza, now).stops[2]

    assert (stop.kind, stop.why) == (
        "absent",
        "You told us that you cannot be here for this round.",
    )


def test_who_withdrew_is_met_no_more(session: Session, now: datetime) -> None:
    _, mentor, roza, oskar = make_published(session)
    roza.state = SignUpState.WITHDRAWN
    session.flush()

    kinds = [stop.kind for stop in way_of(session, mentor, now).stops]
    path = my_page(session, roza.person_id, now=now).itinerary

    assert kinds == ["minor", "rest", "seat", "rest", "minor"]
    assert path is None
    assert way_of(session, oskar, now).stops[2].title == "Diane Le Lévêque"


def test_the_latest_version_counts(session: Session, now: datetime) -> None:
    found, mentor, roza, _ = make_published(session)
    make_schedule(session, found, version=2, seats={mentor.id: {1: 2}, roza.id: {1: 2}})

    way = way_of(session, roza, now)

    assert way.version == 2
    assert [stop.table for stop in way.stops] == [None, 2, None, None, None]


def test_before_publishing_there_is_no_itinerary(session: Session, now: datetime) -> None:
    sign_up = make_sign_up(session, make_event(session))

    page = my_page(session, sign_up.person_id, now=now)

    assert page.itinerary is None
    assert [stop.title for stop in page.agenda] == [
        "Welcome",
        "Three rounds of ten minutes",
        "Close",
    ]


def test_who_came_after_the_plan_has_no_rounds_to_reflect(session: Session, now: datetime) -> None:
    event, *_ = make_published(session)
    late = make_sign_up(session, event, name="Late Comer")

    page = my_page(session, late.person_id, now=now)

    assert page.state is SignUpState.PLACED
    assert page.itinerary is None


def test_the_place_in_the_queue_counts_who_can_be_promoted(session: Session, now: datetime) -> None:
    found = make_event(session)
    waiting = [make_sign_up(session, found, state=SignUpState.WAITING) for _ in range(3)]
    make_sign_up(session, found, state=SignUpState.WAITING, role=Role.MENTOR)
    waiting[0].confirmed_at = None
    session.flush()

    positions = [my_page(session, one.person_id, now=now).position for one in waiting]

    assert positions == [1, 1, 2]


@pytest.mark.parametrize(
    ("state", "event_state", "can_edit", "can_withdraw"),
    [
        (SignUpState.PLACED, EventState.OPEN, True, True),
        (SignUpState.WAITING, EventState.OPEN, True, True),
        (SignUpState.PLACED, EventState.CLOSED, False, True),
        (SignUpState.WITHDRAWN, EventState.OPEN, False, False),
    ],
)
def test_what_can_still_be_changed(
    session: Session,
    now: datetime,
    state: SignUpState,
    event_state: EventState,
    *,
    can_edit: bool,
    can_withdraw: bool,
) -> None:
    sign_up = make_sign_up(session, make_event(session, state=event_state), state=state)

    page = my_page(session, sign_up.person_id, now=now)

    assert (page.can_edit, page.can_withdraw) == (can_edit, can_withdraw)


def test_whom_one_would_rather_not_meet_is_never_read_back(session: Session, now: datetime) -> None:
    sign_up = make_sign_up(session, make_event(session), wishes=("Ann",), not_with=("CANARY",))

    page = my_page(session, sign_up.person_id, now=now)

    assert page.answers.wishes == ("Ann",)
    assert "CANARY" not in repr(page)


def test_nobodys_page_is_not_found(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        my_page(session, 4711, now=now)


def test_places_count_what_takes_one(session: Session, now: datetime) -> None:
    found = make_event(session, capacities={Role.MENTEE: 5, Role.MENTOR: None})
    for state in SignUpState:
        make_sign_up(session, found, state=state)

    mentee, mentor = event_page(session, found.slug, now=now).places

    assert (mentee.places, mentee.taken, mentee.left, mentee.waiting) == (5, 3, 2, 1)
    assert (mentor.places, mentor.taken, mentor.left, mentor.waiting) == (None, 0, None, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_pages_need_as_many_queries_for_one_as_for_many(
    session: Session, engine: Engine, now: datetime, people: int
) -> None:
    found, _, roza, _ = make_published(session)
    for _ in range(people):
        make_sign_up(session, found, role=Role.MENTOR, consents=(ConsentKind.LISTED,))
    session.flush()

    assert count_queries(session, engine, event_page, found.slug, now=now) == 10
    assert count_queries(session, engine, my_page, roza.person_id, now=now) == 20


def count_queries(
    session: Session, engine: Engine, query: Any, *arguments: Any, now: datetime
) -> int:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    session.expunge_all()
    event.listen(engine, "before_cursor_execute", note)
    query(session, *arguments, now=now)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Diane Le Lévêque", "DL"),
        ("Наталія Пушкар", "НП"),
        ("Cher", "C"),
        ("", ""),
        ("李 明", "李明"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_round_by_video_has_its_link(session: Session, now: datetime) -> None:
    found, _, roza, _ = make_published(session)
    [first, *_] = planned_block(found).tables
    first.video_link = "https://meet.example.org/one"
    session.flush()

    way = way_of(session, roza, now)

    links = [stop.link for stop in way.stops if stop.kind == "seat"]
    assert links == ["https://meet.example.org/one"] * 2
    first.video_link = "javascript:alert(1)"
    session.flush()
    assert {stop.link for stop in way_of(session, roza, now).stops} == {""}
