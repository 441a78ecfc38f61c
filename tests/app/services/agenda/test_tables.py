from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.models import Event
from app.services import agenda
from app.services.agenda import TableForm, TableSet, tables
from tests.builders import make_event, make_schedule, make_sign_up, planned_block
from tests.published import make_evening, make_run


def change(
    session: Session,
    event: Event,
    now: datetime,
    wanted: Mapping[int, TableForm] | None = None,
    *,
    remove: tuple[int, ...] = (),
    agreed: int = 0,
) -> agenda.Outcome:
    block = planned_block(event)
    return tables.change(
        session,
        event.id,
        block.id,
        wanted or {},
        remove=remove,
        agreed=agreed,
        now=now,
        actor="organiser 1",
    )


def form(label: str = "Window", seats: int | None = 6, *features: str) -> TableForm:
    return TableForm(label=label, seats=seats, features=features)


def test_several_are_added_at_once_behind_the_last(session: Session, now: datetime) -> None:
    event = make_event(session, tables=2)
    block = planned_block(event)
    more = TableSet(count=3, word="Booth", seats=4, features=("quiet",))

    count = tables.add(session, event.id, block.id, more, now=now, actor="organiser 1")

    assert count == 5
    assert [(one.number, one.label) for one in block.tables[2:]] == [
        (3, "Booth 3"),
        (4, "Booth 4"),
        (5, "Booth 5"),
    ]
    assert event.roster_version == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (TableSet(count=0), "count"),
        (TableSet(count=501), "count"),
        (TableSet(count=1, seats=1), "seats"),
        (TableSet(count=1, word="x" * 37), "word"),
        (TableSet(count=1, features=("x" * 31,)), "other"),
    ],
)
def test_bad_tables_are_named_at_their_field(
    session: Session, now: datetime, more: TableSet, field: str
) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        tables.add(session, event.id, planned_block(event).id, more, now=now, actor="o")

    assert list(caught.value.fields) == [field]


def test_new_name_is_nothing_to_plan_anew_for(session: Session, now: datetime) -> None:
    event = make_event(session)
    table = planned_block(event).tables[0]

    change(session, event, now, {table.id: form(" Window ", None, "step_free", "quiet")})

    assert (table.label, event.roster_version) == ("Window", 0)


def test_other_features_or_seats_are(session: Session, now: datetime) -> None:
    event = make_event(session)
    table = planned_block(event).tables[0]

    change(session, event, now, {table.id: form("Window", 6, "hearing_loop")})

    assert (table.seats, table.features, event.roster_version) == (6, ["hearing_loop"], 1)


def test_two_tables_have_two_names(session: Session, now: datetime) -> None:
    event = make_event(session)
    first, second, *_rest = planned_block(event).tables

    with pytest.raises(InvalidInput) as caught:
        change(session, event, now, {first.id: form("Window"), second.id: form("window")})

    assert list(caught.value.fields) == [f"label-{second.id}"]


def test_removed_table_leaves_the_others_their_numbers(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)

    change(session, event, now, remove=(block.tables[1].id,))

    assert [one.number for one in block.tables] == [1, 3, 4]
    assert event.roster_version == 1


def test_one_table_is_left(session: Session, now: datetime) -> None:
    event = make_event(session, tables=2)
    ids = tuple(one.id for one in planned_block(event).tables)

    with pytest.raises(InvalidInput) as caught:
        change(session, event, now, remove=ids)

    assert list(caught.value.fields) == [f"remove-{ids[0]}"]


def test_published_table_is_not_deleted(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    make_schedule(session, event, seats={sign_up.id: {1: 2}}, version=2)
    block = planned_block(event)

    outcome = change(session, event, now, remove=tuple(one.id for one in block.tables[:2]))

    assert (outcome.is_saved, len(block.tables)) == (False, 4)
    assert outcome.closing == agenda.Closing(count=1, version=2, people=1, pins=0)


def test_plans_with_the_table_are_given_up_when_agreed(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    event = evening.event
    block = planned_block(event)
    spare = tables.add(session, event.id, block.id, TableSet(count=1), now=now, actor="o")
    make_run(session, evening, now=now)
    used, unused = block.tables[0].id, block.tables[spare - 1].id

    assert change(session, event, now, remove=(unused,)).is_saved
    asks = change(session, event, now, remove=(used,))
    outcome = change(session, event, now, remove=(used,), agreed=1)

    assert (asks.is_saved, asks.drafts) == (False, 1)
    assert (outcome.is_saved, outcome.drafts) == (True, 1)


@pytest.mark.parametrize(
    ("text", "feature"),
    [("Near the door", "near_the_door"), ("  ", ""), ("Wi-Fi!", "wi_fi"), ("Тихо", "тихо")],
)
def test_feature_is_kept_as_one_word(text: str, feature: str) -> None:
    assert agenda.feature_of(text) == feature
