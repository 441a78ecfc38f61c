"""A table, a round and a part that a version names are closed, and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.errors import InvalidInput, NothingToPlan, StaleVersion, TooLate
from app.models import Block, BlockRole, Event, Pin, Table
from app.queries import closed_seats
from app.services import agenda, cloning, planning, publishing, signups
from app.services.agenda import TableForm, TableSet, tables
from app.services.roster import close_roster
from app.services.signups import answers
from app.services.signups.form import SignUpForm, choices_of
from app.tenancy import UNSCOPED
from tests.builders import make_event, make_sign_up, planned_block
from tests.published import Evening, make_evening, make_run, publish


def evening_with_version(session: Session, now: datetime) -> Evening:
    """Return an evening with a published version, and a spare table that nobody sits at."""
    evening = make_evening(session)
    tables.add(
        session,
        evening.event.id,
        planned_block(evening.event).id,
        TableSet(count=1),
        now=now,
        actor="o",
    )
    publish(session, evening, now=now)
    return evening


def close_table(session: Session, event: Event, now: datetime, *, at: int = 0) -> Table:
    block = planned_block(event)
    table = block.tables[at]
    outcome = tables.change(
        session, event.id, block.id, {}, remove=(table.id,), closes=1, now=now, actor="o"
    )
    assert outcome.is_saved
    return table


def close_rounds(session: Session, block: Block, now: datetime, *, rounds: int) -> agenda.Outcome:
    return agenda.change(
        session,
        block.event_id,
        block.id,
        replace(agenda.form_of(block), rounds=rounds),
        seen=agenda.mark_of(block),
        closes=1,
        now=now,
        actor="o",
    )


def close_part(session: Session, block: Block, now: datetime) -> agenda.Outcome:
    return agenda.close(session, block.event_id, block.id, closes=1, now=now, actor="o")


def test_closed_table_is_out_of_the_next_plan(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block, version = planned_block(event), event.roster_version
    table = close_table(session, event, now)

    roster = close_roster(session, event, block, now)
    run = planning.start_run(session, event, block, now=now, actor="o")

    assert (table.closed_at, event.roster_version) == (now, version + 1)
    assert f"t{table.id}" not in {one.id for one in roster.tables}
    assert len(roster.tables) == 4
    assert f'"t{table.id}"' not in run.problem.split('"previous"')[0]


def test_closing_counts_who_sits_there_and_what_was_pinned(session: Session, now: datetime) -> None:
    evening = evening_with_version(session, now)
    block = planned_block(evening.event)
    table = block.tables[0]
    pin = Pin(
        block_id=block.id,
        sign_up_id=evening.mentees[0].id,
        round_id=block.rounds[0].id,
        table_id=table.id,
        created_at=now,
    )
    session.add(pin)
    session.flush()

    asks = tables.change(
        session, evening.event.id, block.id, {}, remove=(table.id,), now=now, actor="o"
    )
    close_table(session, evening.event, now)

    # its mentor, and three of the four mentees in three rounds
    assert asks.closing == agenda.Closing(count=1, version=1, people=4, pins=1)
    assert session.scalars(select(Pin.id)).all() == []


def test_only_what_a_version_names_is_closed(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    spare = block.tables[4].id

    outcome = tables.change(session, event.id, block.id, {}, remove=(spare,), now=now, actor="o")

    assert outcome.is_saved
    assert session.get(Table, spare) is None


def test_published_version_still_says_who_sat_there(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    before = publishing.current(session, event.id)

    close_table(session, event, now)
    close_rounds(session, planned_block(event), now, rounds=2)

    assert publishing.current(session, event.id) == before


def test_table_is_opened_again_under_its_name(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    table = close_table(session, event, now)
    version = event.roster_version
    added = tables.add(session, event.id, block.id, TableSet(count=1), now=now, actor="o")

    agenda.reopen_table(session, event.id, block.id, table.id, now=now, actor="o")
    agenda.reopen_table(session, event.id, block.id, table.id, now=now, actor="o")

    assert (table.closed_at, event.roster_version) == (None, version + 2)
    assert [one.number for one in block.tables] == [1, 2, 3, 4, 5, 6]
    assert added == 5


def test_table_is_not_opened_beside_another_of_its_name(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    table, other = close_table(session, event, now), block.tables[0]
    wanted = {other.id: TableForm(label="TABLE 1", seats=None, features=())}
    tables.change(session, event.id, block.id, wanted, now=now, actor="o")

    with pytest.raises(InvalidInput) as caught:
        agenda.reopen_table(session, event.id, block.id, table.id, now=now, actor="o")

    assert caught.value.fields["main"].startswith("Another table is called Table 1 now")


def test_last_open_table_stays(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    ids = [one.id for one in block.tables]

    with pytest.raises(InvalidInput) as caught:
        tables.change(session, event.id, block.id, {}, remove=ids, closes=1, now=now, actor="o")

    assert list(caught.value.fields) == [f"remove-{ids[0]}"]
    assert len(block.tables) == 5


def test_last_round_falls_away_and_comes_back(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    ids, ends_at = [one.id for one in block.rounds], event.ends_at
    missing = make_sign_up(session, event, absent_rounds=(ids[2],))

    fewer = close_rounds(session, block, now, rounds=2)
    left, shorter = [one.id for one in block.rounds], event.ends_at
    asked = choices_of(event).rounds
    more = close_rounds(session, block, now, rounds=4)

    assert fewer.is_saved
    assert fewer.closing == agenda.Closing(count=1, version=1, people=8, pins=0)
    assert (left, asked) == (ids[:2], tuple(ids[:2]))
    assert shorter == ends_at - timedelta(minutes=12)
    assert more.is_saved
    assert [one.id for one in block.rounds][:3] == ids
    assert [one.number for one in block.rounds] == [1, 2, 3, 4]
    assert missing.absent_rounds == [ids[2]]


def test_what_people_said_of_a_closed_round_or_part_is_kept(
    session: Session, now: datetime
) -> None:
    evening = evening_with_version(session, now)
    event, (first, second, *_rest) = evening.event, evening.mentees
    block = planned_block(event)
    ids = [one.id for one in block.rounds]
    first.absent_rounds = second.absent_rounds = [ids[2]]
    second.block_roles = [BlockRole(block_id=block.id, role=None)]
    session.flush()
    close_rounds(session, block, now, rounds=2)
    signups.change_presence(session, first, (ids[1],), now=now)
    close_part(session, block, now)

    choices = choices_of(event)
    form = SignUpForm(role=second.role, name=second.person.name, email=second.person.email)
    answers.write(second, form, choices, now=now)

    assert first.absent_rounds == [ids[0], ids[2]]
    assert second.absent_rounds == [ids[2]]
    assert [one.block_id for one in second.block_roles] == [block.id]


def test_rounds_that_have_begun_stay(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)
    second = block.rounds[1].starts_at

    with pytest.raises(InvalidInput) as caught:
        close_rounds(session, block, second, rounds=1)

    assert caught.value.fields["rounds"].startswith("Write 2 or more: 2 of its rounds have begun")


def test_part_is_closed_with_the_version_in_sight_only(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)

    blind = agenda.close(session, event.id, block.id, closes=0, now=now, actor="o")
    seen = close_part(session, block, now)

    assert (blind.is_saved, blind.closing) == (
        False,
        agenda.Closing(count=3, version=1, people=8, pins=0),
    )
    assert (seen.is_saved, seen.has_moved) == (True, True)
    assert [one.title for one in event.blocks] == ["Welcome", "Close"]
    assert event.ends_at == event.starts_at + timedelta(minutes=20)


def test_closed_part_comes_back_in_its_place(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block, ends_at = planned_block(event), event.ends_at
    close_part(session, block, now)
    agenda.move(
        session,
        event.id,
        event.blocks[0].id,
        earlier=False,
        position=event.blocks[0].position,
        now=now,
        actor="o",
    )
    moved = [one.title for one in event.blocks]

    agenda.reopen(session, event.id, block.id, now=now, actor="o")
    again = agenda.reopen(session, event.id, block.id, now=now, actor="o")

    assert moved == ["Close", "Welcome"]
    assert [one.title for one in event.blocks] == ["Close", "Speed mentoring", "Welcome"]
    assert (event.ends_at, again.has_moved) == (ends_at, False)


def test_only_part_stays(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    for block in (event.blocks[0], event.blocks[2]):
        agenda.remove(session, event.id, block.id, agreed=0, now=now, actor="o")

    with pytest.raises(InvalidInput, match="only part"):
        close_part(session, planned_block(event), now)


def test_part_that_has_begun_stays(session: Session, now: datetime) -> None:
    event = evening_with_version(session, now).event
    block = planned_block(event)

    with pytest.raises(TooLate, match="has begun"):
        close_part(session, block, block.starts_at)
    close_part(session, block, now)
    with pytest.raises(TooLate, match="would have begun"):
        agenda.reopen(
            session,
            event.id,
            block.id,
            now=event.starts_at + timedelta(minutes=16),
            actor="o",
        )


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
