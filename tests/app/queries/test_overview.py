from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import BlockKind, Role
from app.queries import organiser, overview
from app.queries.organiser import EventFrame, RoleCount
from tests.builders import make_event


def frame_of(session: Session, event_id: int, organisation_id: int, now: datetime) -> EventFrame:
    return organiser.frame(session, organisation_id, event_id, now=now)


def counts_of(mentees: int, mentors: int) -> tuple[RoleCount, ...]:
    return (
        RoleCount(role=Role.MENTOR, places=10, placed=mentors),
        RoleCount(role=Role.MENTEE, places=30, placed=mentees),
    )


def test_agenda_names_blocks_with_rounds_and_tables(session: Session, now: datetime) -> None:
    event = make_event(session, rounds=3, tables=4)

    stops = overview.agenda(session, frame_of(session, event.id, event.organisation_id, now))

    assert [(stop.at, stop.title, stop.note, stop.count) for stop in stops] == [
        ("18:00", "Welcome", "15 min, plenary", 0),
        ("18:15", "Speed mentoring", "3 × 10 min, 2 min to move, 4 tables", 3),  # noqa: RUF001
        ("18:51", "Close", "5 min, plenary", 0),
    ]


@pytest.mark.parametrize(
    ("mentees", "mentors", "rounds", "seats", "expected"),
    [(32, 9, 6, 3, 5), (7, 6, 7, 1, 6), (60, 60, 5, 1, 5), (40, 9, 6, 3, 4), (1, 1, 9, 1, 1)],
)
def test_most_met(mentees: int, mentors: int, rounds: int, seats: int, expected: int) -> None:
    assert overview.most_met(mentees, mentors, rounds, seats) == expected


def test_feasibility_of_people_placed(session: Session, now: datetime) -> None:
    event = make_event(session, rounds=6, tables=9)
    stops = overview.agenda(session, frame_of(session, event.id, event.organisation_id, now))

    found = overview.feasibility(stops, counts_of(32, 9))

    assert found == overview.Feasibility(
        mentees=32,
        mentors=9,
        rounds=6,
        seats=3,
        meets=5,
        sits_out=5,
        one_more=20,
        is_forecast=False,
    )


def test_feasibility_before_anybody_came_counts_places(session: Session, now: datetime) -> None:
    event = make_event(session, rounds=6, tables=9)
    stops = overview.agenda(session, frame_of(session, event.id, event.organisation_id, now))

    found = overview.feasibility(stops, counts_of(0, 0))

    assert found is not None
    assert (found.mentees, found.mentors, found.meets, found.is_forecast) == (30, 10, 6, True)


def test_feasibility_says_nothing_of_peer_groups(session: Session, now: datetime) -> None:
    event = make_event(session, kind=BlockKind.GROUP, capacities={Role.PEER: 12})
    stops = overview.agenda(session, frame_of(session, event.id, event.organisation_id, now))

    assert overview.feasibility(stops, (RoleCount(role=Role.PEER, places=12, placed=12),)) is None
