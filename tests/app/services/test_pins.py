from __future__ import annotations

import json

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, SignUp
from app.services import pins, planning
from app.services.pins import PinnedSeat
from app.services.planning import confidential
from scheduler import jsonio, planner
from scheduler.params import SolveParams
from tests.app.queries.runs import make_hosted
from tests.builders import make_event, planned_block
from tests.conftest import Clock


def seat(event: Event, who: SignUp, round_: int, table: int) -> PinnedSeat:
    block = planned_block(event)
    return PinnedSeat(
        sign_up_id=who.id,
        round_id=block.rounds[round_ - 1].id,
        table_id=block.tables[table - 1].id,
    )


def pin(session: Session, event: Event, clock: Clock, *seats: PinnedSeat) -> int:
    return pins.pin(session, event, planned_block(event), seats, now=clock(), actor="test")


def pinned(session: Session, event: Event) -> list[tuple[int, int, int]]:
    found = pins.of_block(session, planned_block(event).id)
    return [(one.sign_up_id, one.round_id, one.table_id) for one in found]


def test_pinning_counts_what_is_new_and_moves_what_was_elsewhere(
    session: Session, clock: Clock
) -> None:
    event, _mentors, mentees = make_hosted(session)
    first, other = seat(event, mentees[0], 1, 1), seat(event, mentees[1], 1, 2)
    moved = seat(event, mentees[0], 1, 2)

    counts = [
        pin(session, event, clock, first, other),
        pin(session, event, clock, first),
        pin(session, event, clock, moved),
    ]

    assert counts == [2, 0, 1]
    assert pinned(session, event) == [
        (one.sign_up_id, one.round_id, one.table_id) for one in (other, moved)
    ]


def test_unpinning_takes_out_one_round_of_one_person_or_all(session: Session, clock: Clock) -> None:
    event, _mentors, mentees = make_hosted(session)
    block = planned_block(event)
    own = [seat(event, mentees[0], number, 1) for number in (1, 2)]
    other = seat(event, mentees[1], 1, 2)
    pin(session, event, clock, *own, other)

    one = pins.unpin(
        session,
        event,
        block,
        round_id=own[0].round_id,
        sign_up_ids=[mentees[0].id],
        now=clock(),
        actor="test",
    )
    rest = pins.unpin(session, event, block, now=clock(), actor="test")

    assert (one, rest, pinned(session, event)) == (1, 2, [])


def test_a_seat_of_another_event_is_not_pinned(session: Session, clock: Clock) -> None:
    event, _mentors, mentees = make_hosted(session)
    stranger = seat(make_event(session, slug="other"), mentees[0], 1, 1)

    with pytest.raises(NotFound):
        pin(session, event, clock, stranger)

    assert pinned(session, event) == []


def test_every_later_plan_keeps_the_pins(session: Session, clock: Clock) -> None:
    event, _mentors, mentees = make_hosted(session)
    block = planned_block(event)
    wanted = seat(event, mentees[2], 2, 2)
    pin(session, event, clock, wanted)

    run = planning.start_run(session, event, block, now=clock(), actor="test")

    problem = jsonio.read_problem(run.problem)
    plan = planner.solve(problem, SolveParams(time_limit_s=5))
    entry = (f"p{mentees[2].id}", f"r{wanted.round_id}", f"t{wanted.table_id}")
    assert problem.pins == (entry,)
    assert entry in plan.seats


def test_a_run_on_its_way_without_the_new_pin_is_not_taken_for_the_same(
    session: Session, clock: Clock
) -> None:
    event, _mentors, mentees = make_hosted(session)
    block = planned_block(event)
    before = planning.start_run(session, event, block, now=clock(), actor="test")
    pin(session, event, clock, seat(event, mentees[0], 1, 1))

    runs = [planning.start_run(session, event, block, now=clock(), actor="test") for _ in "ab"]

    assert before.id not in {run.id for run in runs}
    assert runs[0].id == runs[1].id


def test_a_pin_of_somebody_who_left_says_nothing(session: Session, clock: Clock) -> None:
    event, _mentors, mentees = make_hosted(session)
    pin(session, event, clock, seat(event, mentees[0], 1, 1))
    mentees[0].state = type(mentees[0].state).WITHDRAWN
    session.flush()

    run = planning.start_run(session, event, planned_block(event), now=clock(), actor="test")

    assert "pins" not in json.loads(run.problem)


def test_a_pin_against_the_rules_is_explained_with_its_way_out(
    session: Session, clock: Clock
) -> None:
    event, _mentors, mentees = make_hosted(session)
    twice = [seat(event, mentees[0], number, 1) for number in (1, 2)]
    pin(session, event, clock, *twice)
    run = planning.start_run(session, event, planned_block(event), now=clock(), actor="test")

    found = confidential.explained(jsonio.read_problem(run.problem), time_limit_s=5)

    ways = " ".join(way for one in found for way in one.suggestions)
    assert {one.is_confidential for one in found} == {False}
    assert f"Remove the pin of p{mentees[0].id} to t{twice[0].table_id}" in ways
