from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.errors import NotFound, StaleVersion
from app.models import AuditEntry, Event, PlanRun, SignUp
from app.services import pins, plan_edits, planning, publishing
from app.services.pins import PinnedSeat
from app.services.plan_edits import UNDONE, CannotEdit, EditRefused, Made, Wanted
from app.services.planning import redaction
from tests.app.queries.runs import make_planned
from tests.builders import planned_block
from tests.conftest import Clock
from tests.published import Evening, make_evening, make_run


def wanted(event: Event, who: SignUp, round_: int, to: SignUp | int | str) -> Wanted:
    """Return where somebody is to go: to another's seat, to a table's number, or out."""
    block = planned_block(event)
    if isinstance(to, SignUp):
        goal = f"p{to.id}"
    else:
        goal = to if isinstance(to, str) else f"t{block.tables[to - 1].id}"
    return Wanted(person=f"p{who.id}", round=f"r{block.rounds[round_ - 1].id}", to=goal)


def make(
    session: Session, event: Event, run: PlanRun, goal: Wanted, clock: Clock, *, known: int = 0
) -> Made:
    return plan_edits.make(
        session,
        event,
        run,
        goal,
        newest_child=known,
        is_owner=True,
        now=clock(),
        actor="organiser 1",
    )


def seat_of(evening: Evening, run: PlanRun, at: int, round_: int) -> int:
    """Return the id of the table of a mentee in a round, 0 for none."""
    round_id = planned_block(evening.event).rounds[round_ - 1].id
    for seat in planning.decode(run).seats:
        if (seat.sign_up_id, seat.round_id) == (evening.mentees[at].id, round_id):
            return seat.table_id
    return 0


def swap_of(evening: Evening) -> Wanted:
    """Return a swap that keeps every rule: both go to the one mentor they would not meet."""
    return wanted(evening.event, evening.mentees[0], 2, evening.mentees[2])


def test_a_swap_makes_a_plan_of_its_own_and_leaves_its_parent(
    session: Session, clock: Clock
) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    before, first, other = run.plan, seat_of(evening, run, 0, 2), seat_of(evening, run, 2, 2)

    made = make(session, evening.event, run, swap_of(evening), clock)

    child = made.run
    assert (run.plan, run.status) == (before, "feasible")
    assert (seat_of(evening, child, 0, 2), seat_of(evening, child, 2, 2)) == (other, first)
    assert (child.origin, child.parent_id, child.state, child.status) == (
        PlanOrigin.EDITED,
        run.id,
        PlanRunState.DONE,
        "feasible",
    )
    assert (child.roster_version, child.findings) == (run.roster_version, run.findings)
    assert made.is_beside_another is False
    assert planning.verify_run(child) == ()
    assert planning.latest_plan(session, run.block_id) == child


def test_what_was_done_stands_on_the_run_in_ids(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    first, other = seat_of(evening, run, 0, 2), seat_of(evening, run, 2, 2)

    child = make(session, evening.event, run, swap_of(evening), clock).run

    assert child.edit == {
        "round": f"r{planned_block(evening.event).rounds[1].id}",
        "moves": [
            [f"p{evening.mentees[0].id}", f"t{first}", f"t{other}"],
            [f"p{evening.mentees[2].id}", f"t{other}", f"t{first}"],
        ],
    }


def test_sitting_out_gives_up_the_bound_that_was_proved_for_later_goals(
    session: Session, clock: Clock
) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())

    child = make(
        session, evening.event, run, wanted(evening.event, evening.mentees[0], 1, "out"), clock
    ).run

    assert child.plan is not None
    (goal,) = json.loads(child.plan)["goals"]
    assert (goal["value"], goal["best"], goal["bound"], goal["proved"]) == (11, 11, 12, False)
    assert seat_of(evening, child, 0, 1) == 0


def test_who_sits_out_takes_a_seat_again(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    out = wanted(evening.event, evening.mentees[0], 1, "out")
    back = Wanted(person=out.person, round=out.round, to=f"t{seat_of(evening, run, 0, 1)}")

    first = make(session, evening.event, run, out, clock).run
    again = make(session, evening.event, first, back, clock).run

    assert again.plan is not None
    assert run.plan is not None
    assert json.loads(again.plan)["seats"] == json.loads(run.plan)["seats"]


def test_a_rule_refuses_a_change_and_nothing_is_kept(session: Session, clock: Clock) -> None:
    event, run, _mentors, (ana, ben, _cleo) = make_planned(session, clock())
    before = session.scalar(select(func.count(PlanRun.id)))

    with pytest.raises(EditRefused) as caught:
        make(session, event, run, wanted(event, ana, 1, ben), clock)

    assert caught.value.message.startswith("三浦 翼 meets Diane Le Lévêque in round 3 already.")
    assert session.scalar(select(func.count(PlanRun.id))) == before


def test_ids_that_the_plan_does_not_know_are_not_found(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    good = swap_of(evening)

    for bad in (
        Wanted(person="p0", round=good.round, to=good.to),
        Wanted(person=good.person, round="r0", to=good.to),
        Wanted(person=good.person, round=good.round, to="t0"),
        Wanted(person=good.person, round=good.round, to=good.person),
        Wanted(person=good.person, round=good.round, to=""),
    ):
        with pytest.raises(NotFound):
            make(session, evening.event, run, bad, clock)


def test_taking_back_sets_the_change_aside_and_making_again_brings_it_back(
    session: Session, clock: Clock
) -> None:
    evening = make_evening(session)
    event = evening.event
    run = make_run(session, evening, now=clock())
    child = make(session, event, run, swap_of(evening), clock).run
    out = wanted(event, evening.mentees[1], 1, "out")
    grandchild = make(session, event, child, out, clock).run

    before = plan_edits.undo(session, event, child, now=clock(), actor="test")

    assert before == run
    assert (child.status, grandchild.status) == (UNDONE, UNDONE)
    assert planning.latest_plan(session, run.block_id) == run
    assert planning.verify_run(child) != ()
    again = plan_edits.redo(session, event, run, now=clock(), actor="test")
    assert (again, child.status, grandchild.status) == (child, "feasible", UNDONE)
    assert planning.latest_plan(session, run.block_id) == child


def test_the_planners_own_plan_cannot_be_taken_back(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())

    with pytest.raises(NotFound):
        plan_edits.undo(session, evening.event, run, now=clock(), actor="test")
    with pytest.raises(NotFound):
        plan_edits.redo(session, evening.event, run, now=clock(), actor="test")


def test_what_was_published_is_not_set_aside(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    child = make(session, evening.event, run, swap_of(evening), clock).run
    publishing.publish(
        session, evening.event, [child], expected_version=0, now=clock(), actor="test"
    )

    plan_edits.undo(session, evening.event, child, now=clock(), actor="test")

    assert child.status == "feasible"


def test_a_second_change_of_the_same_plan_stands_beside_the_first(
    session: Session, clock: Clock
) -> None:
    evening = make_evening(session)
    event = evening.event
    run = make_run(session, evening, now=clock())
    first = make(session, event, run, swap_of(evening), clock)
    out = wanted(event, evening.mentees[1], 1, "out")

    unaware = make(session, event, run, out, clock)
    aware = make(session, event, run, out, clock, known=unaware.run.id)

    assert [one.is_beside_another for one in (first, unaware, aware)] == [False, True, False]
    assert unaware.run.parent_id == aware.run.parent_id == run.id


def test_a_pinned_person_is_not_moved(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    pin(session, evening, clock, table_id=seat_of(evening, run, 0, 2))

    with pytest.raises(EditRefused) as caught:
        make(session, evening.event, run, swap_of(evening), clock)

    assert caught.value.message.startswith("Róża Tylus is pinned to table ")


def test_the_changed_plan_holds_the_pins_it_keeps_and_no_others(
    session: Session, clock: Clock
) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    kept = pin(session, evening, clock, round_=1, table_id=seat_of(evening, run, 0, 1))
    pin(session, evening, clock, round_=3, table_id=seat_of(evening, run, 1, 3))

    child = make(session, evening.event, run, swap_of(evening), clock).run

    entry = [f"p{kept.sign_up_id}", f"r{kept.round_id}", f"t{kept.table_id}"]
    assert json.loads(child.problem)["pins"] == [entry]
    assert child.problem_digest != run.problem_digest
    assert planning.verify_run(child) == ()


def test_a_stale_plan_is_changed_and_still_not_published(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    evening.event.roster_version += 1

    child = make(session, evening.event, run, swap_of(evening), clock).run

    with pytest.raises(StaleVersion):
        publishing.check(evening.event, child)


def test_a_plan_with_somebody_erased_is_not_changed(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    redaction.redact(run, [evening.mentees[3].id])

    with pytest.raises(CannotEdit):
        make(session, evening.event, run, swap_of(evening), clock)


def test_every_change_is_in_the_record(session: Session, clock: Clock) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=clock())
    child = make(session, evening.event, run, swap_of(evening), clock).run

    plan_edits.undo(session, evening.event, child, now=clock(), actor="organiser 1")
    plan_edits.redo(session, evening.event, run, now=clock(), actor="organiser 1")

    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.actor == "organiser 1").order_by(AuditEntry.id)
    ).all()
    assert [(one.what, one.detail["plan_run"]) for one in entries] == [
        ("plan changed by hand", child.id),
        ("change by hand taken back", child.id),
        ("change by hand made again", child.id),
    ]


def pin(
    session: Session, evening: Evening, clock: Clock, *, table_id: int, round_: int = 2
) -> PinnedSeat:
    """Pin the first mentee to a table."""
    block = planned_block(evening.event)
    seat = PinnedSeat(
        sign_up_id=evening.mentees[0].id,
        round_id=block.rounds[round_ - 1].id,
        table_id=table_id,
    )
    pins.pin(session, evening.event, block, [seat], now=clock(), actor="test")
    return seat
