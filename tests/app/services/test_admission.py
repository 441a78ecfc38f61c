"""Places that follow the mentors, and free places that go to whom the plan lacks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import Admission, LinkPurpose, Role, SignUpState
from app.models import Event, SignUp
from app.services import access, signups
from app.services.signups import places, waitlist
from config import Config
from tests.app.services.test_signups import make_form
from tests.builders import make_event, make_sign_up


@pytest.fixture
def how(now: datetime, key: bytes, settings: Config) -> dict[str, Any]:
    return {"now": now, "key": key, "settings": settings}


def make_following(session: Session, *, per_mentor: float = 2, most: int | None = 10) -> Event:
    """Return an event without confirmations whose mentee places follow the mentors."""
    event = make_event(
        session, capacities={Role.MENTEE: most, Role.MENTOR: None}, confirms_address=False
    )
    event.capacities[0].per_mentor = per_mentor
    session.flush()
    return event


def states(people: list[SignUp]) -> list[str]:
    return [person.state.value for person in people]


@pytest.mark.parametrize(
    ("most", "per_mentor", "mentors", "free"),
    [
        (10, 2, 0, 0),
        (10, 2, 3, 6),
        (5, 2, 3, 5),
        (None, 2.5, 3, 7),
        (10, 0.5, 1, 0),
        (10, 0.1, 30, 3),
    ],
)
def test_places_never_exceed_what_the_mentors_allow(
    session: Session, most: int | None, per_mentor: float, mentors: int, free: int
) -> None:
    event = make_following(session, most=most, per_mentor=per_mentor)
    for _ in range(mentors):
        make_sign_up(session, event, role=Role.MENTOR)
    make_sign_up(session, event, role=Role.MENTOR, state=SignUpState.OFFERED)

    assert places.free(session, event.id, Role.MENTEE) == free
    assert places.free(session, event.id, Role.MENTOR) is None


def test_a_new_mentor_brings_places_for_who_waits(session: Session, how: dict[str, Any]) -> None:
    event = make_following(session)
    mentees = [
        signups.register(session, event.id, make_form(event, email=f"m{at}@example.org"), **how)
        for at in range(3)
    ]
    assert states(mentees) == ["waiting"] * 3

    form = make_form(event, role=Role.MENTOR, email="mentor@example.org")
    signups.register(session, event.id, form, **how)

    assert states(mentees) == ["placed", "placed", "waiting"]


def test_a_mentor_who_confirms_brings_offers(session: Session, how: dict[str, Any]) -> None:
    event = make_following(session)
    event.confirms_address = True
    waiting = make_sign_up(session, event, state=SignUpState.WAITING)
    mentor = make_sign_up(session, event, role=Role.MENTOR, state=SignUpState.HELD, at=how["now"])
    token = access.link_for(
        session, mentor.person_id, LinkPurpose.CONFIRM, key=how["key"], now=how["now"]
    )

    signups.confirm(session, token, now=how["now"], key=how["key"])

    assert states([mentor, waiting]) == ["placed", "offered"]


def test_a_mentor_who_takes_an_offer_brings_offers(session: Session, now: datetime) -> None:
    event = make_following(session)
    event.confirms_address = True
    waiting = make_sign_up(session, event, state=SignUpState.WAITING)
    mentor = make_sign_up(session, event, role=Role.MENTOR, state=SignUpState.OFFERED, at=now)

    signups.accept_offer(session, mentor, now=now)

    assert states([mentor, waiting]) == ["placed", "offered"]


def test_a_mentor_who_withdraws_takes_no_place_away(session: Session, now: datetime) -> None:
    event = make_following(session)
    mentors = [make_sign_up(session, event, role=Role.MENTOR) for _ in range(2)]
    mentees = [make_sign_up(session, event) for _ in range(4)]
    waiting = make_sign_up(session, event, state=SignUpState.WAITING)

    signups.withdraw(session, mentors[0], now=now)
    signups.withdraw(session, mentees[0], now=now)

    assert states([*mentees[1:], waiting]) == ["placed"] * 3 + ["waiting"]
    assert places.free(session, event.id, Role.MENTEE) == 0

    signups.withdraw(session, mentees[1], now=now)
    signups.withdraw(session, mentees[2], now=now)

    assert states([mentees[3], waiting]) == ["placed", "placed"]


def test_set_capacity_ties_places_to_mentors_and_lets_them_go(
    session: Session, now: datetime
) -> None:
    event = make_event(session, capacities={Role.MENTEE: 9, Role.MENTOR: 3})
    make_sign_up(session, event, role=Role.MENTOR)

    def change(**changes: Any) -> int | None:
        waitlist.set_capacity(session, event, Role.MENTEE, 9, now=now, actor="x", **changes)
        return places.free(session, event.id, Role.MENTEE)

    assert change(per_mentor=3.0) == 3
    assert change(admission=Admission.PLAN) == 3
    assert event.capacities[0].admission is Admission.PLAN
    assert change(per_mentor=None) == 9
    assert event.capacities[0].admission is Admission.PLAN


def make_queue(session: Session, admission: Admission, **options: Any) -> tuple[Event, SignUp]:
    """Return an event of three mentees, two of them students, and the student to withdraw."""
    event = make_event(session, capacities={Role.MENTEE: 3}, confirms_address=False, **options)
    event.capacities[0].admission = admission
    leaving = make_sign_up(session, event, stage="student")
    make_sign_up(session, event, stage="student")
    make_sign_up(session, event, stage="fellow")
    return event, leaving


@pytest.mark.parametrize(
    ("admission", "next_one"), [(Admission.FIRST_COME, 0), (Admission.PLAN, 2)]
)
def test_a_free_place_goes_by_the_rule_of_the_event(
    session: Session, now: datetime, admission: Admission, next_one: int
) -> None:
    event, leaving = make_queue(session, admission)
    waiting = [
        make_sign_up(session, event, stage=stage, state=SignUpState.WAITING)
        for stage in ("student", "fellow", "resident", "resident")
    ]

    signups.withdraw(session, leaving, now=now)

    assert [at for at, one in enumerate(waiting) if one.state is SignUpState.PLACED] == [next_one]


def test_each_place_given_counts_for_the_next(session: Session, now: datetime) -> None:
    event, _ = make_queue(session, Admission.PLAN)
    waiting = [
        make_sign_up(session, event, stage=stage, state=SignUpState.WAITING)
        for stage in ("student", "resident", "resident", "fellow", "resident")
    ]

    waitlist.set_capacity(session, event, Role.MENTEE, 6, now=now, actor="x")

    # residents 0, fellows 1, students 2: a resident; then resident and fellow tie at one, by order
    placed = [at for at, one in enumerate(waiting) if one.state is SignUpState.PLACED]
    assert placed == [1, 2, 3]


def test_only_who_confirmed_is_in_the_line(session: Session, now: datetime) -> None:
    event, leaving = make_queue(session, Admission.PLAN)
    event.confirms_address = True
    unsure = make_sign_up(session, event, stage="resident", state=SignUpState.WAITING)
    unsure.confirmed_at, unsure.held_until = None, now + timedelta(hours=3)
    sure = make_sign_up(session, event, stage="student", state=SignUpState.WAITING)

    signups.withdraw(session, leaving, now=now)

    assert states([unsure, sure]) == ["waiting", "offered"]
