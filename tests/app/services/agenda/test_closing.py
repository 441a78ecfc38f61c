"""A table, a round and a part that a version names are closed, and opened again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, TooLate
from app.models import BlockRole, Pin, Table
from app.services import agenda, planning, publishing, signups
from app.services.agenda import TableForm, TableSet, tables
from app.services.roster import close_roster
from app.services.signups import answers
from app.services.signups.form import SignUpForm, choices_of
from tests.app.services.agenda.closed import (
    close_part,
    close_rounds,
    close_table,
    evening_with_version,
)
from tests.builders import make_sign_up, planned_block


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
        tables.change(session, event.id, block.id, {}, remove=ids, now=now, actor="o")

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

    blind = agenda.close(session, event.id, block.id, closes="1", now=now, actor="o")
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
