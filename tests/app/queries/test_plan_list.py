from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.queries import plan_list
from app.services import publishing
from tests.app.queries.counting import statements
from tests.app.queries.runs import make_planned, make_run
from tests.published import make_evening
from tests.published import make_run as make_good_run


def test_runs_stand_under_their_block_newest_first_in_local_time(
    session: Session, now: datetime
) -> None:
    event, first, *_ = make_planned(session, now)
    second = make_run(session, event, now, options={"anew": True, "relax": ["add one table"]})

    [part] = plan_list.parts(session, event)

    assert (part.title, part.at, part.rounds) == ("Speed mentoring", "18:15", 3)
    assert [(run.id, run.remark) for run in part.runs] == [
        (second.id, "without a rule, made anew"),
        (first.id, ""),
    ]
    assert part.runs[0].created_at.tzinfo is not None
    assert (part.newest, part.comparable) == (part.runs[1], part.runs[1:])


def test_a_plan_of_an_older_roster_is_not_the_newest_good_one(
    session: Session, now: datetime
) -> None:
    event, run, *_ = make_planned(session, now)
    run.roster_version -= 1
    run.origin = PlanOrigin.EDITED

    [part] = plan_list.parts(session, event)

    assert (part.runs[0].is_stale, part.runs[0].remark) == (True, "moved by hand")
    assert part.newest is None


def test_what_everybody_has_is_marked(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    run = make_good_run(session, evening, now=now)
    publishing.publish(session, evening.event, [run], expected_version=0, now=now, actor="test")

    [part] = plan_list.parts(session, evening.event)

    assert [one.is_published for one in part.runs] == [True]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_as_many_statements_however_many_runs(
    session: Session, now: datetime, number: int
) -> None:
    event, *_ = make_planned(session, now)
    for at in range(number):
        make_run(session, event, now, state=PlanRunState.DONE, options={"goals": [str(at)]})
    assert event.blocks[1].rounds

    with statements(session) as sent:
        plan_list.parts(session, event)

    assert len(sent) == 5  # the event, its blocks, one block's rounds, what is published, the runs
