from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.queries import plan_compare
from tests.app.queries.runs import finish, make_planned, make_run


def test_two_plans_stand_side_by_side(session: Session, now: datetime) -> None:
    event, first, mentors, mentees = make_planned(session, now)
    second = make_run(session, event, now, options={"anew": True})
    ways = {
        mentors[0].id: {1: 1, 2: 1, 3: 1},
        mentors[1].id: {1: 2, 2: 2, 3: 2},
        mentees[0].id: {1: 2, 2: 1},
        mentees[1].id: {1: 1, 3: 2},
        mentees[2].id: {2: 1, 3: 2},
    }
    goals = (("attendance_floor", 1, 1, 2), ("repeats", 2, 2, 0))
    finish(session, second, event, ways, goals=goals)

    page = plan_compare.read(session, event, first, second)

    assert (page.seats, page.of_people, len(page.people)) == (4, 5, 2)
    assert [(goal.title, goal.a, goal.b, goal.better) for goal in page.goals] == [
        ("Rounds, worst off", "2", "1", "a"),
        ("Pairs who meet again", "not asked for", "2", ""),
    ]
    assert page.example == (
        "In round 1, Róża Tylus sits at table 1 in the first plan "
        "and sits at table 2 in the second."
    )
    assert page.b.asked == ("Made anew, not near what is published.",)


def test_a_plan_beside_itself_changes_nobody(session: Session, now: datetime) -> None:
    event, run, *_ = make_planned(session, now)

    page = plan_compare.read(session, event, run, run)

    assert (page.people, page.seats, page.example) == ((), 0, "")


def test_a_run_without_seats_cannot_be_compared(session: Session, now: datetime) -> None:
    event, run, *_ = make_planned(session, now)
    other = make_run(session, event, now)

    with pytest.raises(NotFound):
        plan_compare.read(session, event, run, other)
