from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState
from app.errors import NotVerified, StaleVersion
from app.models import Invite, Schedule
from app.services import publishing
from app.services.publishing import (
    ChangeKind,
    Move,
    ScheduleChange,
    Snapshot,
    TwoForOnePart,
    compare,
)
from app.services.publishing.snapshot import RoundFact, SeatFact
from tests.builders import STARTS_AT, make_sign_up, planned_block
from tests.published import make_evening, make_run, publish, tables_in_turn


def make_snapshot(
    *seats: tuple[int, int, int], version: int = 1, late: int = 0, rounds: int = 2
) -> Snapshot:
    return Snapshot(
        version=version,
        rounds=tuple(
            RoundFact(
                round_id=number,
                block_id=1,
                plan_run_id=1,
                ordinal=number,
                starts_at=STARTS_AT + timedelta(minutes=12 * number + late),
                minutes=10,
            )
            for number in range(1, rounds + 1)
        ),
        seats=tuple(
            SeatFact(sign_up_id=person, round_id=number, table_id=table)
            for person, number, table in seats
        ),
    )


def test_compare_of_the_same_seats_is_nothing() -> None:
    snapshot = make_snapshot((1, 1, 7), (1, 2, 8))

    assert compare(snapshot, snapshot) == ()


def test_compare_names_who_joins_moves_leaves() -> None:
    old = make_snapshot((1, 1, 7), (1, 2, 8), (2, 1, 7), (3, 1, 7))
    new = make_snapshot((1, 1, 7), (1, 2, 9), (2, 1, 7), (4, 2, 7))

    changes = compare(old, new)

    assert changes == (
        ScheduleChange(
            sign_up_id=1, kind=ChangeKind.MOVED, moves=(Move(round_id=2, before=8, after=9),)
        ),
        ScheduleChange(
            sign_up_id=3, kind=ChangeKind.REMOVED, moves=(Move(round_id=1, before=7, after=None),)
        ),
        ScheduleChange(
            sign_up_id=4, kind=ChangeKind.ADDED, moves=(Move(round_id=2, before=None, after=7),)
        ),
    )


def test_compare_sees_a_round_that_begins_later() -> None:
    changes = compare(make_snapshot((1, 1, 7)), make_snapshot((1, 1, 7), late=15))

    assert changes == (ScheduleChange(sign_up_id=1, kind=ChangeKind.RETIMED),)


def test_publish_appends_version_after_version(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    publish(session, evening, now=now)

    versions = session.scalars(select(Schedule).order_by(Schedule.version)).all()

    assert [schedule.version for schedule in versions] == [1, 2]
    assert [len(schedule.seats) for schedule in versions] == [24, 24]
    assert [row.number for row in versions[0].rounds] == [1, 2, 3]


def test_publish_gives_everybody_seated_a_uid_of_their_own(session: Session, now: datetime) -> None:
    evening = make_evening(session)

    publish(session, evening, now=now)

    invites = session.scalars(select(Invite)).all()
    assert {invite.sign_up_id for invite in invites} == {
        one.id for one in (*evening.mentors, *evening.mentees)
    }
    assert len({invite.uid for invite in invites}) == 8
    assert {invite.state for invite in invites} == {InviteState.DUE}


def test_publish_twice_from_the_same_page_is_stale(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="a")

    with pytest.raises(StaleVersion):
        publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="b")


def test_publish_refuses_a_plan_of_another_roster(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    make_sign_up(session, evening.event)

    with pytest.raises(StaleVersion, match="Plan again"):
        publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="a")


def test_publish_refuses_a_plan_that_breaks_a_rule(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    tables = tables_in_turn(evening)
    tables[0] = [1, 1, 1]  # the same mentor three times
    run = make_run(session, evening, now=now, tables=tables)

    with pytest.raises(NotVerified) as refused:
        publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="a")

    assert refused.value.violations != ()
    assert publishing.current(session, evening.event.id).version == 0


def test_publish_refuses_two_plans_for_one_part(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    runs = [make_run(session, evening, now=now) for _ in range(2)]

    with pytest.raises(TwoForOnePart):
        publishing.publish(session, evening.event, runs, expected_version=0, now=now, actor="test")

    assert publishing.current(session, evening.event.id).version == 0


def test_publish_refuses_a_run_without_a_plan(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    run.plan, run.status = None, "unknown"

    with pytest.raises(NotVerified):
        publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="a")


def test_follow_times_appends_a_version_only_when_rounds_moved(
    session: Session, now: datetime
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)

    assert publishing.follow_times(session, evening.event, now=now, actor="a") is None
    for row in planned_block(evening.event).rounds:
        row.starts_at += timedelta(minutes=15)
    moved = publishing.follow_times(session, evening.event, now=now, actor="a")

    assert moved is not None
    assert moved.version == 2
    old, new = (publishing.load(session, evening.event.id, version) for version in (1, 2))
    assert {change.kind for change in compare(old, new)} == {ChangeKind.RETIMED}
    assert len(compare(old, new)) == 8
