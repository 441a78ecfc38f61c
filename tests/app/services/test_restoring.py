"""An earlier version comes back as a draft for the people who are here now."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PlanOrigin, Role, SignUpState, WishKind
from app.errors import NotFound
from app.models import PlanRun, Schedule, ScheduledSeat, Wish
from app.services import planning, publishing
from app.services.addresses import canonical_target
from tests.builders import make_sign_up
from tests.published import Evening, make_evening, publish, tables_in_turn


def seats_of(session: Session, evening: Evening, version: int) -> set[tuple[int, int, int]]:
    rows = session.scalars(
        select(ScheduledSeat)
        .join(Schedule, Schedule.id == ScheduledSeat.schedule_id)
        .where(Schedule.event_id == evening.event.id, Schedule.version == version)
    )
    return {(row.sign_up_id, row.round_id, row.table_id) for row in rows}


@pytest.fixture
def evening(session: Session, now: datetime) -> Evening:
    """Two versions; the second turns the other way round."""
    found = make_evening(session)
    publish(session, found, now=now)
    turned = [list(reversed(own)) for own in tables_in_turn(found)]
    publish(session, found, now=now, tables=turned)
    return found


def publish_runs(session: Session, evening: Evening, runs: tuple[PlanRun, ...]) -> Schedule:
    version = publishing.current(session, evening.event.id).version
    return publishing.publish(
        session,
        evening.event,
        runs,
        expected_version=version,
        now=runs[0].created_at,
        actor="test",
    )


def test_the_same_seats_come_back_as_a_new_version(
    session: Session, now: datetime, evening: Evening
) -> None:
    taken = publishing.take_up(session, evening.event, 1, now=now, actor="test")
    schedule = publish_runs(session, evening, taken.runs)

    assert (schedule.version, schedule.restored_from, taken.given_up) == (3, 1, 0)
    assert seats_of(session, evening, 3) == seats_of(session, evening, 1)
    assert seats_of(session, evening, 3) != seats_of(session, evening, 2)


def test_the_draft_is_a_plan_like_others_and_checked(
    session: Session, now: datetime, evening: Evening
) -> None:
    [run] = publishing.take_up(session, evening.event, 1, now=now, actor="test").runs

    assert run.origin is PlanOrigin.RESTORED
    assert planning.verify_run(run) == ()
    decoded = planning.decode(run)
    assert decoded.plan is not None
    attendance = decoded.plan.goal("attendance")
    assert attendance is not None
    assert (attendance.value, attendance.proved) == (12.0, True)


def test_taking_a_version_up_publishes_nothing(
    session: Session, now: datetime, evening: Evening
) -> None:
    publishing.take_up(session, evening.event, 1, now=now, actor="test")

    assert publishing.current(session, evening.event.id).version == 2


def test_who_left_has_no_seat_in_it_and_who_came_has_none_yet(
    session: Session, now: datetime, evening: Evening
) -> None:
    gone = evening.mentees[0]
    gone.state = SignUpState.WITHDRAWN
    new = make_sign_up(session, evening.event, name="New")
    evening.event.roster_version += 1

    taken = publishing.take_up(session, evening.event, 1, now=now, actor="test")
    publish_runs(session, evening, taken.runs)

    people = {sign_up_id for sign_up_id, _, _ in seats_of(session, evening, 3)}
    assert (gone.id in people, new.id in people, taken.given_up) == (False, False, 3)


def test_a_mentor_who_left_takes_the_visits_along(
    session: Session, now: datetime, evening: Evening
) -> None:
    gone = evening.mentors[0]
    gone.state = SignUpState.WITHDRAWN
    evening.event.roster_version += 1

    taken = publishing.take_up(session, evening.event, 1, now=now, actor="test")
    publish_runs(session, evening, taken.runs)

    old = seats_of(session, evening, 1)
    table = {table_id for sign_up_id, _, table_id in old if sign_up_id == gone.id}
    assert seats_of(session, evening, 3) == {seat for seat in old if seat[2] not in table}


def test_a_rule_that_came_since_stands_against_it(
    session: Session, now: datetime, evening: Evening
) -> None:
    asker, other = evening.mentees[0], evening.mentors[0]
    asker.wishes.append(
        Wish(
            kind=WishKind.NOT_WITH,
            target=other.person.email,
            target_canonical=canonical_target(other.person.email),
            weight=1,
        )
    )
    evening.event.roster_version += 1
    session.flush()

    taken = publishing.take_up(session, evening.event, 1, now=now, actor="test")

    assert taken.runs == ()
    assert [one.violations[0].rule for one in taken.broken] == ["keep_apart"]
    assert session.scalars(select(PlanRun).where(PlanRun.origin == PlanOrigin.RESTORED)).all() == []


@pytest.mark.parametrize("version", [0, 3])
def test_a_version_that_is_not_there_is_not_found(
    session: Session, now: datetime, evening: Evening, version: int
) -> None:
    with pytest.raises(NotFound):
        publishing.take_up(session, evening.event, version, now=now, actor="test")


def test_a_mentor_who_came_since_waits_at_their_own_table(
    session: Session, now: datetime, evening: Evening
) -> None:
    evening.mentors[3].state = SignUpState.WITHDRAWN
    new = make_sign_up(session, evening.event, name="New mentor", role=Role.MENTOR)
    evening.event.roster_version += 2

    taken = publishing.take_up(session, evening.event, 1, now=now, actor="test")

    assert taken.broken == ()
    [run] = taken.runs
    hosted = [seat for seat in planning.decode(run).seats if seat.sign_up_id == new.id]
    assert len(hosted) == 3
