from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import PlanRun
from app.queries import plan_edit, plan_hand, plan_pins, plan_seating
from app.queries.plan_choice import Kind
from app.services import pins, plan_edits, planning
from tests.app.queries.counting import statements
from tests.app.queries.runs import finish, make_hosted, make_planned
from tests.app.queries.runs import make_run as make_queued
from tests.builders import planned_block
from tests.published import Evening, make_evening, make_run


def round_of(evening: Evening, number: int) -> str:
    return f"r{planned_block(evening.event).rounds[number - 1].id}"


def read(session: Session, evening: Evening, run: PlanRun, *, to: str = "") -> plan_edit.MovePage:
    """Return the page of the first mentee in round 2."""
    return plan_edit.read(
        session,
        evening.event,
        run,
        f"p{evening.mentees[0].id}",
        round_of(evening, 2),
        to=to,
        is_owner=True,
    )


def change(session: Session, evening: Evening, run: PlanRun, now: datetime) -> PlanRun:
    """Swap the first and third mentee in round 2, which keeps every rule."""
    first, third = evening.mentees[0], evening.mentees[2]
    wanted = plan_edits.Wanted(person=f"p{first.id}", round=round_of(evening, 2), to=f"p{third.id}")
    return plan_edits.make(
        session, evening.event, run, wanted, newest_child=0, is_owner=True, now=now, actor="test"
    ).run


def hand(session: Session, evening: Evening, run: PlanRun) -> plan_hand.Hand:
    seats = planning.decode(run).seats
    return plan_hand.read(session, run, plan_seating.read(session, evening.event, run, seats))


def test_every_table_and_seat_is_a_choice(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)

    page = read(session, evening, run)

    assert (page.person.name, page.number, page.is_seated) == ("Róża Tylus", 2, True)
    assert dict(page.counts) == {Kind.OK: 2, Kind.CARE: 1, Kind.NO: 4}
    assert [(table.is_own, len(table.seats)) for table in page.tables].count((True, 0)) == 1
    assert page.out is not None
    assert (page.out.kind, page.out.words) == (Kind.CARE, "One seat fewer is used")


def test_choice_in_hand_says_before_and_after_of_everybody(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)

    page = read(session, evening, run, to=f"p{evening.mentees[2].id}")

    assert page.dock is not None
    assert (page.dock.choice.kind, page.dock.choice.words) == (Kind.OK, "Costs nothing")
    assert page.dock.title == "Róża Tylus and Hanna Nygren, round 2"
    first, other = page.dock.people
    assert (first.label, other.label) == ("Róża Tylus", "Hanna Nygren")
    assert (first.was, first.becomes) == (other.becomes, other.was)
    assert sorted(line.becomes.split(", ")[1] for line in page.dock.tables) == [
        "Hanna Nygren",
        "Róża Tylus",
    ]


def test_nothing_is_in_hand_for_a_place_that_is_no_choice(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)

    assert read(session, evening, run, to="p0").dock is None


def test_page_sends_as_many_statements_for_two_as_for_five(session: Session, now: datetime) -> None:
    sent_by_size = []
    for size in (2, 5):
        event, mentors, mentees = make_hosted(session, mentees=size)
        ways = {one.id: {1: 1} for one in (mentors[0], *mentees)}
        run = finish(session, make_queued(session, event, now), event, ways)
        round_id = f"r{planned_block(event).rounds[0].id}"
        with statements(session) as sent:
            plan_edit.read(session, event, run, f"p{mentees[0].id}", round_id, is_owner=True)
        sent_by_size.append(len(sent))

    assert sent_by_size == [9, 9]


def test_choices_for_the_script_take_as_many_statements_whatever_their_number(
    session: Session, now: datetime
) -> None:
    event, run, _mentors, mentees = make_planned(session, now)
    person, round_id = f"p{mentees[0].id}", f"r{planned_block(event).rounds[0].id}"

    with statements(session) as sent:
        found = plan_edit.choices(session, event, run, person, round_id, is_owner=True)

    assert set(found) == {
        "out",
        f"t{planned_block(event).tables[1].id}",
        *(f"p{one.id}" for one in mentees[1:]),
    }
    assert len(sent) == 6


def test_hand_tells_steps_and_what_can_be_taken_back(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    child = change(session, evening, run, now)
    words = "swapped Róża Tylus and Hanna Nygren in round 2"

    after, before = hand(session, evening, child), hand(session, evening, run)

    assert [one.words for one in after.steps] == [words]
    assert after.undo == after.steps[-1]
    assert (before.undo, before.redo) == (None, None)
    assert (before.later, before.newest_child) == (after.undo, child.id)


def test_hand_offers_what_was_taken_back(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    child = change(session, evening, run, now)
    plan_edits.undo(session, evening.event, child, now=now, actor="test")

    found = hand(session, evening, run)

    assert found.redo is not None
    assert (found.redo.run_id, found.later) == (child.id, None)


def test_hand_names_what_somebody_else_did_to_the_same_plan(
    session: Session, now: datetime
) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    one, other = (change(session, evening, run, now) for _ in "ab")

    assert [found.run_id for found in hand(session, evening, other).beside] == [one.id]


def test_hand_counts_pins_that_the_plan_does_not_keep(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    block = planned_block(evening.event)
    kept = plan_pins.seats_of(
        run, person=f"p{evening.mentees[0].id}", round_id=round_of(evening, 1)
    )
    elsewhere = plan_pins.seats_of(
        run, person=f"p{evening.mentees[1].id}", round_id=round_of(evening, 1)
    )
    moved = pins.PinnedSeat(
        sign_up_id=elsewhere[0].sign_up_id,
        round_id=elsewhere[0].round_id,
        table_id=kept[0].table_id,
    )
    pins.pin(session, evening.event, block, [*kept, moved], now=now, actor="test")

    found = hand(session, evening, run)
    page = plan_pins.read(session, evening.event, run)

    assert (found.pins, found.pins_elsewhere, len(found.pinned)) == (2, 1, 1)
    assert sorted(pin.is_kept for pin in page.rounds[0].pins) == [False, True]
    assert (page.count, page.elsewhere) == (2, 1)
