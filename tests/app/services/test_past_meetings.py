from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import BlockKind, EventState, PlanRunState, Role, SignUpState
from app.models import Block, Event, Organisation, PlanRun, Round, Series, SignUp, Table
from app.services import planning
from app.services.past_meetings import past_meetings
from app.tenancy import UNSCOPED
from tests.app.queries.counting import statements
from tests.builders import (
    MADE_AT,
    default_rules,
    make_event,
    make_organisation,
    make_schedule,
    make_sign_up,
    planned_block,
)

SPEED = default_rules() | {"goals": [{"goal": "attendance"}]}


def add_block(event: Event, *, minutes: int = 60) -> Block:
    """Add a second block of seats after the others, as large as the first."""
    first, last = planned_block(event), event.blocks[-1]
    block = Block(
        position=last.position + 1,
        kind=BlockKind.SPEED,
        title="Second helping",
        starts_at=last.ends_at,
        ends_at=last.ends_at + timedelta(minutes=minutes),
        minutes=10,
        rules=first.rules,
        all_rounds=[
            Round(number=one.number, starts_at=one.starts_at + timedelta(hours=2), minutes=10)
            for one in first.rounds
        ],
        all_tables=[
            Table(number=one.number, label=one.label, features=one.features) for one in first.tables
        ],
    )
    event.all_blocks.append(block)
    return block


def make_plan(
    session: Session, event: Event, tables: list[list[SignUp]], **changes: object
) -> PlanRun:
    """Return an ended run of the first block, with these people at its tables in round 1."""
    block = planned_block(event)
    seats = [
        [f"p{one.id}", f"r{block.rounds[0].id}", f"t{table.id}"]
        for table, group in zip(block.tables, tables, strict=False)
        for one in group
    ]
    values = {
        "state": PlanRunState.DONE,
        "status": "feasible",
        "plan": json.dumps({"seats": seats}),
    }
    run = PlanRun(
        event_id=event.id,
        block_id=block.id,
        problem="{}",
        problem_digest="",
        roster_version=event.roster_version,
        seed=1,
        time_limit_s=1.0,
        created_at=MADE_AT,
        **(values | changes),
    )
    session.add(run)
    session.flush()
    return run


def pair(one: SignUp, other: SignUp) -> tuple[int, int]:
    return (min(one.id, other.id), max(one.id, other.id))


def make_series(session: Session) -> tuple[Organisation, Series]:
    house = make_organisation(session)
    series = Series(organisation_id=house.id, name="Monthly circle", created_at=MADE_AT)
    session.add(series)
    session.flush()
    return house, series


def next_event(session: Session, house: Organisation, series: Series, months: int) -> Event:
    event = make_event(session, organisation=house, rules=SPEED)
    event.starts_at += timedelta(days=30 * months)
    event.series_id = series.id
    session.flush()
    return event


def test_first_block_without_a_series_asks_nothing(session: Session) -> None:
    event = make_event(session)
    block = planned_block(event)
    _ = event.blocks, event.series_id
    session.flush()
    engine_statements = statements(session)

    with engine_statements as sent:
        _ = event.blocks
        before = len(sent)
        found = past_meetings(session, event, block)

    assert found == ()
    assert [one for one in sent[before:] if "scheduled_seat" in one or "plan_run" in one] == []


def test_newest_plan_counts_where_nothing_is_published(session: Session) -> None:
    event = make_event(session, rules=SPEED)
    block = add_block(event)
    mentor, near, far = (make_sign_up(session, event) for _ in range(3))
    make_plan(session, event, [[mentor, far], [near]])
    make_plan(session, event, [[mentor, near], [far]])
    make_plan(session, event, [[near, far]], state=PlanRunState.FAILED, status=None, plan=None)

    assert past_meetings(session, event, block) == (pair(mentor, near),)


def test_published_seats_count_before_any_plan(session: Session) -> None:
    event = make_event(session, rules=SPEED)
    block = add_block(event)
    mentor, near, far = (make_sign_up(session, event) for _ in range(3))
    make_schedule(session, event, seats={mentor.id: {1: 1}, far.id: {1: 1}})
    make_schedule(
        session,
        event,
        version=2,
        seats={mentor.id: {1: 1, 2: 2}, near.id: {1: 1, 2: 3}, far.id: {1: 2, 2: 2}},
    )
    make_plan(session, event, [[near, far]])

    found = past_meetings(session, event, block)

    assert found == tuple(sorted([pair(mentor, near), pair(mentor, far)]))


def test_earlier_block_does_not_know_the_later(session: Session) -> None:
    event = make_event(session, rules=SPEED)
    add_block(event)
    mentor, near = (make_sign_up(session, event) for _ in range(2))
    make_plan(session, event, [[mentor, near]])

    assert past_meetings(session, event, planned_block(event)) == ()


@pytest.mark.parametrize("how", ["withdrawn", "absent"])
def test_who_did_not_come_met_nobody(session: Session, how: str) -> None:
    event = make_event(session, rules=SPEED)
    block = add_block(event)
    mentor, near = (make_sign_up(session, event) for _ in range(2))
    make_schedule(session, event, seats={mentor.id: {1: 1}, near.id: {1: 1}})
    if how == "withdrawn":
        near.state = SignUpState.WITHDRAWN
    else:
        near.absent_at = MADE_AT
    session.flush()

    assert past_meetings(session, event, block) == ()


def meet_monthly(session: Session) -> tuple[Event, dict[str, SignUp]]:
    """Return the third event of a series, of which three people were at the first."""
    house, series = make_series(session)
    first, second, third = (next_event(session, house, series, at) for at in range(3))
    old = {
        name: make_sign_up(session, first, name=name, email=f"{name}@bücher.example")
        for name in ("ann", "ben", "leaver", "cleo")
    }
    make_schedule(
        session,
        first,
        seats={one.id: {1: 1 if name != "cleo" else 2} for name, one in old.items()},
    )
    joiner = make_sign_up(session, second, email="dora@example.org")
    late = make_sign_up(session, second, name="cleo", email="cleo@bücher.example")
    make_plan(session, second, [[joiner, late]])
    here = {
        "ann": make_sign_up(session, third, email="ANN@xn--bcher-kva.example"),
        "ben": make_sign_up(session, third, email="Ben@BÜCHER.example", role=Role.MENTOR),
        "cleo": make_sign_up(session, third, email="cleo@bücher.example"),
        "dora": make_sign_up(session, third, email="dora@example.org"),
        "new": make_sign_up(session, third, email="new@example.org"),
    }
    return third, here


def test_series_remembers_who_met_whatever_the_spelling(session: Session) -> None:
    event, here = meet_monthly(session)

    found = past_meetings(session, event, planned_block(event))

    assert found == tuple(
        sorted([pair(here["ann"], here["ben"]), pair(here["cleo"], here["dora"])])
    )


@pytest.mark.parametrize("what", ["erased", "cancelled", "later", "alone"])
def test_series_forgets(session: Session, now: datetime, what: str) -> None:
    event, here = meet_monthly(session)
    if what == "erased":
        for name in ("ben", "dora"):
            here[name].person.erased_at = now
    elif what == "alone":
        event.series_id = None
    else:
        for other in session.query(Event).where(Event.id != event.id):
            if what == "cancelled":
                other.state = EventState.CANCELLED
            else:
                other.starts_at = event.starts_at + timedelta(days=1)
    session.flush()

    assert past_meetings(session, event, planned_block(event)) == ()


def test_somebody_erased_before_is_not_matched(session: Session, now: datetime) -> None:
    event, here = meet_monthly(session)
    for person in (one.person for one in session.query(SignUp) if one.event_id != event.id):
        if person.name == "ben":
            person.erased_at = now
    session.flush()

    found = past_meetings(session, event, planned_block(event))

    assert found == (pair(here["cleo"], here["dora"]),)


@pytest.mark.parametrize("events", [2, 5])
def test_a_long_series_takes_as_many_statements(session: Session, events: int) -> None:
    house, series = make_series(session)
    for at in range(events - 1):
        event = next_event(session, house, series, at)
        one, other = (make_sign_up(session, event, email=f"p{at}@example.org") for at in range(2))
        make_schedule(session, event, seats={one.id: {1: 1}, other.id: {1: 1}})
    event = next_event(session, house, series, events)
    for at in range(2):
        make_sign_up(session, event, email=f"p{at}@example.org")

    with statements(session) as sent:
        _ = event.starts_at, event.blocks, planned_block(event).kind
        before = len(sent)
        found = past_meetings(session, event, planned_block(event))

    assert len(found) == 1
    assert len(sent) - before == 3


def test_two_people_who_met_are_kept_for_later(session: Session, now: datetime) -> None:
    event = make_event(session, rules=SPEED, tables=2)
    mentors = [make_sign_up(session, event, role=Role.MENTOR) for _ in range(2)]
    mentees = [make_sign_up(session, event) for _ in range(2)]
    block = add_block(event)
    session.flush()
    make_plan(session, event, [[mentors[0], mentees[0]], [mentors[1], mentees[1]]])

    run = planning.start_run(session, event, block, now=now, actor="test")

    met = [sorted([f"p{mentors[at].id}", f"p{mentees[at].id}"]) for at in range(2)]
    assert json.loads(run.problem)["past_meetings"] == sorted(met)
    assert planning.kept_for_later(session, event, block, now=now) == 2


def test_what_may_happen_again_is_no_part_of_the_problem(session: Session, now: datetime) -> None:
    rules = SPEED | {"repeats": [{"between": ["mentor", "mentee"], "limit": "free"}]}
    event = make_event(session, rules=rules)
    mentor, colleague = (make_sign_up(session, event, role=Role.MENTOR) for _ in range(2))
    mentee = make_sign_up(session, event)
    block = add_block(event)
    session.flush()
    make_plan(session, event, [[mentor, colleague, mentee]])

    run = planning.start_run(session, event, block, now=now, actor="test")

    assert "past_meetings" not in json.loads(run.problem)
    assert planning.kept_for_later(session, event, block, now=now) == 0


@pytest.mark.postgres
def test_series_on_postgres(postgres: object) -> None:
    factory: SessionFactory = make_session_factory(postgres, tenant=UNSCOPED)  # type: ignore[arg-type]
    with unit_of_work(factory) as session:
        event, here = meet_monthly(session)

        found = past_meetings(session, event, planned_block(event))

        assert found == tuple(
            sorted([pair(here["ann"], here["ben"]), pair(here["cleo"], here["dora"])])
        )
