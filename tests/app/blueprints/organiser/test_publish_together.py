"""Several planned parts: one version for all that is ready, or one part alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import BlockKind, PlanRunState
from app.models import Block, Event, PlanRun, Round, Schedule, ScheduledRound, Table
from app.services import planning, publishing
from config import Config
from scheduler import jsonio, planner
from scheduler.params import SolveParams
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import default_rules
from tests.conftest import Clock


@pytest.fixture
def desk(
    session_factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
) -> Desk:
    return make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )


def add_circles(desk: Desk) -> int:
    """Give the event a second part, with a plan."""
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        begin = event.ends_at + timedelta(minutes=5)
        block = Block(
            event_id=event.id,
            position=9,
            kind=BlockKind.SPEED,
            title="Second helping",
            starts_at=begin,
            ends_at=begin + timedelta(minutes=10),
            minutes=10,
            rules=default_rules() | {"goals": ["attendance"]},
            all_rounds=[Round(number=1, starts_at=begin, minutes=10)],
            all_tables=[Table(number=at, label=f"Table {at}", features=[]) for at in (1, 2, 3, 4)],
        )
        event.all_blocks.append(block)
        session.flush()
        return block.id


def plan(desk: Desk, block_id: int, **options: object) -> int:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        block = session.get_one(Block, block_id)
        asked = planning.PlanOptions(near_published=False)
        run = planning.start_run(
            session, event, block, now=desk.clock(), actor="test", options=asked
        )
        found = planner.solve(jsonio.read_problem(run.problem), SolveParams(time_limit_s=5))
        run.plan, run.status = jsonio.write_plan(found), found.status.value
        run.state, run.finished_at = PlanRunState.DONE, desk.clock()
        run.options = dict(options)
        return run.id


def blocks_out(desk: Desk) -> dict[int, set[int]]:
    with unit_of_work(desk.factory, write=False) as session:
        rows = session.execute(
            select(Schedule.version, Round.block_id)
            .join(ScheduledRound, ScheduledRound.schedule_id == Schedule.id)
            .join(Round, Round.id == ScheduledRound.round_id)
        )
        found: dict[int, set[int]] = {}
        for version, block_id in rows:
            found.setdefault(version, set()).add(block_id)
        return found


def publish(desk: Desk, run_id: int, **form: object) -> None:
    address = f"/events/{desk.event_id}/publish/{run_id}"
    answer = desk.client.post(address, data={"expected_version": 0, "tell": "no"} | form)
    assert answer.status_code == 303


def test_all_parts_that_are_ready_go_out_in_one_version(desk: Desk) -> None:
    first, block_id = desk.plan(), add_circles(desk)
    second = plan(desk, block_id)

    page = desk.client.get(f"/events/{desk.event_id}/publish/{first}").text
    publish(desk, first, **{"with": [first, second]})

    assert "What goes out in this version" in page
    assert "Second helping" in page
    assert f'name="with" value="{second}"' in page
    assert set(blocks_out(desk)) == {1}
    assert block_id in blocks_out(desk)[1]
    assert len(blocks_out(desk)[1]) == 2


def test_one_part_can_go_out_alone(desk: Desk) -> None:
    first, block_id = desk.plan(), add_circles(desk)
    second = plan(desk, block_id)

    page = desk.client.get(f"/events/{desk.event_id}/publish/{first}?alone=1").text
    publish(desk, first, **{"with": [first]})

    assert f'name="with" value="{second}"' not in page
    assert block_id not in blocks_out(desk)[1]


@pytest.mark.parametrize("options", [{"relax": ["add one table"]}, {"want": ["repeats", 0]}])
def test_a_plan_that_only_tries_something_waits_for_nobody(
    desk: Desk, options: dict[str, object]
) -> None:
    first, block_id = desk.plan(), add_circles(desk)
    plan(desk, block_id, **options)

    page = desk.client.get(f"/events/{desk.event_id}/publish/{first}").text

    assert "What goes out in this version" not in page


def test_what_is_out_already_does_not_go_out_again(desk: Desk) -> None:
    first, again, block_id = desk.plan(), desk.plan(), add_circles(desk)
    second = plan(desk, block_id)
    publish(desk, first, **{"with": [first, second]})

    with unit_of_work(desk.factory, write=False) as session:
        event = session.get_one(Event, desk.event_id)
        run = session.get_one(PlanRun, again)
        runs = publishing.together(session, event, run, publishing.current(session, event.id))

    assert [one.id for one in runs] == [again]


def test_a_plan_that_the_checker_refuses_stays_behind(desk: Desk) -> None:
    first, block_id = desk.plan(), add_circles(desk)
    second = plan(desk, block_id)
    with unit_of_work(desk.factory) as session:
        run = session.get_one(PlanRun, second)
        document = json.loads(run.plan or "")
        run.plan = json.dumps(document | {"seats": document["seats"][1:]})

    page = desk.client.get(f"/events/{desk.event_id}/publish/{first}").text

    assert "What goes out in this version" not in page
