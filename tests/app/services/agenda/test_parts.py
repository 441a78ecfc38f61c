from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import BlockKind, Role
from app.errors import InvalidInput, TooLate
from app.models import Block, Event, PlanRun
from app.services import agenda, planning, preset_rules
from app.services.agenda import PartForm, TableSet
from app.tenancy import UNSCOPED
from tests.builders import STARTS_AT, make_event, make_schedule, make_sign_up, planned_block
from tests.published import make_evening, make_run

BREAK = PartForm(kind=BlockKind.BREAK, title="Break", minutes=20)


def times(event: Event) -> list[tuple[str, int, int]]:
    """Return each part with the minutes from the beginning to its start and its end."""
    return [
        (block.title, _minutes(block.starts_at), _minutes(block.ends_at)) for block in event.blocks
    ]


def _minutes(at: datetime) -> int:
    return round((at - STARTS_AT).total_seconds() / 60)


def change(session: Session, block: Block, now: datetime, **changes: object) -> agenda.Outcome:
    agreed = changes.pop("agreed", 0)
    return agenda.change(
        session,
        block.event_id,
        block.id,
        replace(agenda.form_of(block), **changes),  # type: ignore[arg-type]
        seen=agenda.mark_of(block),
        agreed=agreed,  # type: ignore[arg-type]
        now=now,
        actor="organiser 1",
    )


def test_later_parts_follow_a_longer_one(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)

    outcome = change(session, block, now, minutes=15, changeover_minutes=5, rounds=4)

    assert outcome.has_moved
    assert times(event) == [
        ("Welcome", 0, 15),
        ("Speed mentoring", 15, 95),
        ("Close", 95, 100),
    ]
    assert [_minutes(one.starts_at) for one in block.rounds] == [15, 35, 55, 75]
    assert {one.minutes for one in block.rounds} == {15}
    assert _minutes(event.ends_at) == 100
    assert event.agenda_sequence == 1


def test_only_words_move_nothing(session: Session, now: datetime) -> None:
    event = make_event(session)
    version = event.roster_version

    outcome = change(session, planned_block(event), now, title="  Meet mentors ", note="Bring one")

    assert not outcome.has_moved
    assert planned_block(event).title == "Meet mentors"
    assert (event.roster_version, event.agenda_sequence) == (version, 0)


def test_times_alone_leave_plans_good(session: Session, now: datetime) -> None:
    event = make_event(session)

    change(session, planned_block(event), now, minutes=12)

    assert event.roster_version == 0


@pytest.mark.parametrize("what", ["rounds", "seats"])
def test_plans_no_longer_fit_other_rounds_or_rules(
    session: Session, now: datetime, what: str
) -> None:
    event = make_event(session)
    block = planned_block(event)
    seats = agenda.form_of(block).seats
    assert seats is not None

    other = {"rounds": 5} if what == "rounds" else {"seats": replace(seats, even=True)}
    change(session, block, now, **other)

    assert event.roster_version == 1


def test_tables_laid_out_for_the_old_rule_have_room_for_the_new_one(
    session: Session, now: datetime
) -> None:
    event = make_event(session, seats=2, rules=preset_rules.speed())
    block = planned_block(event)
    block.tables[0].seats, block.tables[1].seats = 6, None
    seats = agenda.form_of(block).seats
    assert seats is not None
    more = tuple(replace(one, most=3) if one.role is Role.MENTEE else one for one in seats.roles)

    change(session, block, now, seats=replace(seats, roles=more))

    assert [table.seats for table in block.tables] == [6, None, 4, 4]


def test_break_goes_between(session: Session, now: datetime) -> None:
    event = make_event(session)

    agenda.add(session, event.id, BREAK, after=event.blocks[0].id, now=now, actor="organiser 1")

    assert times(event)[:3] == [
        ("Welcome", 0, 15),
        ("Break", 15, 35),
        ("Speed mentoring", 35, 71),
    ]
    assert [block.position for block in event.blocks] == [1, 2, 3, 4]


def test_group_block_comes_first_with_its_tables(session: Session, now: datetime) -> None:
    event = make_event(session)
    form = PartForm(
        kind=BlockKind.GROUP,
        title="Circles",
        minutes=20,
        changeover_minutes=5,
        rounds=2,
        seats=agenda.fresh(BlockKind.GROUP, ()),
    )

    tables = TableSet(count=3, word="Circle", seats=6, features=("quiet",))
    block = agenda.add(
        session, event.id, form, after=None, tables=tables, now=now, actor="organiser 1"
    )

    assert times(event)[0] == ("Circles", 0, 50)
    assert [(one.label, one.seats, one.features) for one in block.tables] == [
        (f"Circle {number}", 6, ["quiet"]) for number in (1, 2, 3)
    ]
    assert [one.number for one in block.rounds] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"note": "x" * 301}, "note"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"minutes": 10**12}, "minutes"),
        ({"changeover_minutes": -1}, "changeover_minutes"),
        ({"rounds": 0}, "rounds"),
        ({"rounds": 31}, "rounds"),
        ({"minutes": 480, "rounds": 30}, "minutes"),
    ],
)
def test_bad_figures_are_named_at_their_field(
    session: Session, now: datetime, changes: dict[str, object], field: str
) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        change(session, planned_block(event), now, **changes)

    assert list(caught.value.fields) == [field]


def test_part_with_rounds_needs_tables(session: Session, now: datetime) -> None:
    event = make_event(session)
    form = replace(agenda.form_of(planned_block(event)), title="More")

    with pytest.raises(InvalidInput) as caught:
        agenda.add(
            session,
            event.id,
            form,
            after=None,
            tables=TableSet(count=0),
            now=now,
            actor="organiser 1",
        )

    assert list(caught.value.fields) == ["tables"]


def test_somebody_elses_change_is_not_overwritten_unseen(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)
    seen = agenda.mark_of(block)
    change(session, block, now, minutes=12)

    with pytest.raises(InvalidInput) as caught:
        agenda.change(
            session,
            event.id,
            block.id,
            replace(agenda.form_of(block), minutes=20),
            seen=seen,
            now=now,
            actor="organiser 2",
        )

    assert list(caught.value.fields) == ["main"]
    assert block.minutes == 12


def test_part_moves_by_one_and_only_once(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)
    doing = {"earlier": True, "position": 2, "now": now, "actor": "organiser 1"}

    moved = [agenda.move(session, event.id, block.id, **doing) for _ in range(2)]  # type: ignore[arg-type]

    assert moved == [True, False]
    assert times(event) == [("Speed mentoring", 0, 36), ("Welcome", 36, 51), ("Close", 51, 56)]


def test_first_part_cannot_come_earlier(session: Session, now: datetime) -> None:
    event = make_event(session)

    moved = agenda.move(
        session, event.id, event.blocks[0].id, earlier=True, position=1, now=now, actor="o"
    )

    assert not moved


def test_removed_part_closes_the_gap(session: Session, now: datetime) -> None:
    event = make_event(session)

    agenda.remove(session, event.id, event.blocks[0].id, agreed=0, now=now, actor="o")

    assert times(event) == [("Speed mentoring", 0, 36), ("Close", 36, 41)]
    assert [block.position for block in event.blocks] == [1, 2]


def test_last_part_stays(session: Session, now: datetime) -> None:
    event = make_event(session)
    for block in list(event.blocks)[1:]:
        agenda.remove(session, event.id, block.id, agreed=0, now=now, actor="o")

    with pytest.raises(InvalidInput):
        agenda.remove(session, event.id, event.blocks[0].id, agreed=0, now=now, actor="o")


def test_plans_are_given_up_only_when_somebody_agreed(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    event, block = evening.event, planned_block(evening.event)
    make_run(session, evening, now=now)

    asks = change(session, block, now, rounds=2)
    assert (asks.is_saved, asks.drafts, len(block.rounds)) == (False, 1, 3)

    outcome = change(session, block, now, rounds=2, agreed=1)
    assert (outcome.is_saved, outcome.drafts, len(block.rounds)) == (True, 1, 2)
    assert session.scalars(select(PlanRun.id).where(PlanRun.event_id == event.id)).all() == []


def test_removed_part_takes_its_plans_along(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    event, block = evening.event, planned_block(evening.event)
    parent = make_run(session, evening, now=now)
    child = make_run(session, evening, now=now)
    child.parent_id = parent.id
    session.flush()

    assert agenda.remove(session, event.id, block.id, agreed=0, now=now, actor="o").drafts == 2
    assert agenda.remove(session, event.id, block.id, agreed=2, now=now, actor="o").is_saved

    assert [one.title for one in event.blocks] == ["Welcome", "Close"]
    assert planning.latest_plan(session, block.id) is None


def test_published_rounds_are_not_deleted(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    make_schedule(session, event, seats={sign_up.id: {1: 1}}, version=3)
    block = planned_block(event)

    fewer = change(session, block, now, rounds=2)
    gone = agenda.remove(session, event.id, block.id, agreed=0, now=now, actor="o")

    assert fewer.closing == agenda.Closing(count=1, version=3, people=0, pins=0)
    assert gone.closing == agenda.Closing(count=3, version=3, people=1, pins=0)
    assert (fewer.is_saved, gone.is_saved, len(block.rounds)) == (False, False, 3)


def test_published_part_takes_more_rounds_and_other_times(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    schedule = make_schedule(session, event, seats={sign_up.id: {1: 1}})
    block = planned_block(event)

    change(session, block, now, rounds=4, minutes=12)

    assert len(block.rounds) == 4
    assert [one.minutes for one in schedule.rounds] == [10, 10, 10]


def test_rounds_that_went_are_no_absence_any_more(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)
    ids = [one.id for one in block.rounds]
    sign_up = make_sign_up(session, event, absent_rounds=(ids[0], ids[2]))

    change(session, block, now, rounds=2)

    assert sign_up.absent_rounds == [ids[0]]


def test_agenda_of_an_event_that_is_over_stays(session: Session) -> None:
    event = make_event(session)
    later = event.ends_at + timedelta(minutes=1)

    with pytest.raises(TooLate):
        change(session, planned_block(event), later, minutes=12)


@pytest.mark.postgres
def test_parts_change_places_on_postgres(postgres: object, now: datetime) -> None:
    factory = make_session_factory(postgres, tenant=UNSCOPED)  # type: ignore[arg-type]
    with unit_of_work(factory) as session:
        event = make_event(session)
        block = planned_block(event)

        agenda.move(session, event.id, block.id, earlier=False, position=2, now=now, actor="o")
        change(session, block, now, rounds=2)
        agenda.add(session, event.id, BREAK, after=None, now=now, actor="o")
        agenda.remove(session, event.id, event.blocks[1].id, agreed=0, now=now, actor="o")

        assert times(event) == [("Break", 0, 20), ("Close", 20, 25), ("Speed mentoring", 25, 49)]
