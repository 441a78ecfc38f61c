"""What is closed, in the plans, versions and copies that come after."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.errors import NothingToPlan, StaleVersion
from app.queries import closed_seats
from app.services import agenda, cloning, planning, publishing
from app.tenancy import UNSCOPED
from tests.app.services.agenda.closed import (
    close_part,
    close_rounds,
    close_table,
    evening_with_version,
)
from tests.builders import make_event, planned_block
from tests.published import make_run


def test_next_version_leaves_out_closed_rounds(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    ids = [one.id for one in block.rounds]
    close_rounds(session, block, now, rounds=2)

    held = publishing.as_held(session, publishing.current(session, event.id))
    publishing.follow_times(session, event, now=now, actor="o")
    after = publishing.current(session, event.id)

    assert [fact.round_id for fact in held.rounds] == ids[:2]
    assert (after.version, [fact.round_id for fact in after.rounds]) == (2, ids[:2])
    assert {seat.round_id for seat in after.seats} == set(ids[:2])
    assert held.seats == after.seats


def test_plan_made_before_is_old(session: Session, now: datetime) -> None:
    evening = evening_with_version(session, now)
    run = make_run(session, evening, now=now)
    close_table(session, evening.event, now)

    with pytest.raises(StaleVersion):
        publishing.check(evening.event, run)


def test_another_part_is_not_published_with_people_at_a_closed_table(
    session: Session, now: datetime
) -> None:
    event = evening_with_version(session, now).event
    close_table(session, event, now)
    before = publishing.current(session, event.id)

    with pytest.raises(StaleVersion, match=r"Speed mentoring still has people at Table 1 \(closed"):
        publishing.publish(session, event, [], expected_version=1, now=now, actor="o")

    assert publishing.current(session, event.id) == before


def test_version_is_taken_up_without_what_is_closed(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    close_rounds(session, planned_block(event), now, rounds=2)

    taken = publishing.take_up(session, event, 1, now=now, actor="o")
    close_part(session, planned_block(event), now)

    assert taken.given_up == 8
    assert len(planning.decode(taken.runs[0]).seats) == 16
    with pytest.raises(NothingToPlan, match="Open one again"):
        publishing.take_up(session, event, 1, now=now, actor="o")


def test_run_of_a_closed_part_can_still_be_read(session: Session, now: datetime) -> None:
    evening = evening_with_version(session, now)
    run = make_run(session, evening, now=now)
    block = planned_block(evening.event)
    close_part(session, block, now)

    assert planning.block_of(evening.event, run) is block


def test_copy_of_an_event_has_only_what_is_open(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    close_table(session, event, now)
    close_rounds(session, planned_block(event), now, rounds=2)

    copy = cloning.clone(
        session,
        event,
        name="Next time",
        starts_at=event.starts_at + timedelta(days=7),
        now=now,
        actor="o",
    )

    block = planned_block(copy)
    assert [one.label for one in block.all_tables] == ["Table 2", "Table 3", "Table 4", "Table 5"]
    assert [one.number for one in block.all_rounds] == [1, 2]


@pytest.mark.postgres
def test_closing_and_opening_on_postgres(postgres: object, now: datetime) -> None:
    factory = make_session_factory(postgres, tenant=UNSCOPED)  # type: ignore[arg-type]
    with unit_of_work(factory) as session:
        event = evening_with_version(session, now).event
        block = planned_block(event)

        table = close_table(session, event, now)
        close_rounds(session, block, now, rounds=2)
        seats = closed_seats.read(session, event.id)
        agenda.reopen_table(session, event.id, block.id, table.id, now=now, actor="o")
        close_part(session, block, now)
        gone = closed_seats.read(session, event.id)
        agenda.reopen(session, event.id, block.id, now=now, actor="o")
        publishing.follow_times(session, event, now=now, actor="o")

        assert (seats.at_tables, seats.in_rounds) == (3, 8)
        assert (gone.at_tables, gone.in_rounds) == (0, 8)
        assert len(publishing.current(session, event.id).rounds) == 2


def test_nothing_of_a_draft_event_is_closed(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)

    outcome = close_part(session, block, now)

    assert outcome == agenda.Outcome(is_saved=False)
    assert block.closed_at is None
