from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import WishKind
from app.models import Wish
from app.queries import plan_matrix, plan_people, plan_seating, plan_wants
from app.services import planning
from app.services.addresses import canonical_target
from tests.app.queries.runs import make_planned


def add_wish(session: Session, sign_up_id: int, target: str, kind: WishKind) -> None:
    canonical = canonical_target(target)
    wish = Wish(
        sign_up_id=sign_up_id, kind=kind, target=target, target_canonical=canonical, weight=1
    )
    session.add(wish)
    session.flush()


def test_a_receipt_has_rounds_meetings_and_the_reason_for_a_round_out(
    session: Session, now: datetime
) -> None:
    event, run, _mentors, mentees = make_planned(session, now)

    page = plan_people.read(session, event, run, search="róża")

    [row] = page.rows
    assert row.person.id == f"p{mentees[0].id}"
    assert (row.seated, row.of_rounds, row.meets) == (2, 3, 2)
    assert [(one.round, one.why) for one in row.sits_out] == [(3, "the rules of this event")]
    assert row.wishes == ""


def test_a_wish_not_granted_has_one_reason_whatever_stands_against_it(
    session: Session, now: datetime
) -> None:
    event, run, mentors, mentees = make_planned(session, now)
    for target in (mentors[0].person.email, mentees[1].person.email, "Nobody Known"):
        add_wish(session, mentees[0].id, target, WishKind.WISH)
    add_wish(session, mentees[0].id, mentors[1].person.email, WishKind.NOT_WITH)
    session.expire_all()

    [row] = plan_people.read(session, event, run, search="Róża").rows

    assert row.wishes == "1 of 3 wishes; otherwise the rules of this event"


def test_a_round_in_which_every_seat_is_taken_says_so(session: Session, now: datetime) -> None:
    event, run, *_ = make_planned(session, now)
    seating = plan_seating.read(session, event, run, planning.decode(run).seats)
    problem = json.loads(run.problem)
    entry = {"count": {"role": "mentee"}, "min": 1, "max": 1}

    full = plan_people.full_rounds(seating, problem | {"composition": [entry]})

    assert full == dict.fromkeys((1, 2, 3), "2 seats for 3 people")
    assert plan_people.full_rounds(seating, problem | {"composition": []}) == {}


def test_hosts_sit_out_nothing(session: Session, now: datetime) -> None:
    event, run, mentors, _mentees = make_planned(session, now)

    rows = plan_people.read(session, event, run).rows

    host = next(row for row in rows if row.person.id == f"p{mentors[0].id}")
    assert (host.person.table, host.sits_out) == (1, ())
    assert len(rows) == 5


def test_the_field_has_a_square_for_each_meeting(session: Session, now: datetime) -> None:
    event, run, _mentors, mentees = make_planned(session, now)
    seating = plan_seating.read(session, event, run, planning.decode(run).seats)

    found = plan_matrix.draw(seating, f"p{mentees[0].id}", is_hosted=True)

    assert found is not None
    assert (found.width, found.height) == (130 + 2 * 15 + 2, 20 + 3 * 15 + 2)
    assert [len(found.rows), [label.text for label in found.columns]] == [3, ["1", "2"]]
    assert [found.cells.count("M"), found.again, found.followed.count("M")] == [4, "", 2]
    assert found.title == "3 people by 2 tables: 6 squares are met, nobody twice."


def test_what_could_be_better_is_asked_only_where_something_is_missing(
    session: Session, now: datetime
) -> None:
    _event, run, *_ = make_planned(session, now)
    plan = planning.decode(run).plan
    assert plan is not None

    questions = plan_wants.questions(json.loads(run.problem), plan)

    assert [(one.goal, one.text) for one in questions] == [
        ("attendance_floor", "Can everybody have every round they can come to?")
    ]
    assert plan_wants.wanted(run, "repeats") == ("repeats", 0.0)
    assert plan_wants.wanted(run, "wishes_floor") is None
    assert plan_wants.wanted(run, "fit") is None
