from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.models import PlanRun
from app.queries import plan_findings, plan_progress
from app.queries.plan_progress import GoalLine, Step
from tests.app.queries.runs import finish, make_hosted, make_run
from tests.builders import planned_block


def make_working(session: Session, now: datetime, *entries: dict[str, Any]) -> PlanRun:
    event, _mentors, _mentees = make_hosted(session)
    return make_run(
        session,
        event,
        now,
        state=PlanRunState.RUNNING,
        started_at=now,
        progress=list(entries),
    )


def entry(
    seconds: float, goal: str, value: float | None, bound: float | None = None
) -> dict[str, Any]:
    return {"seconds": seconds, "goal": goal, "value": value, "bound": bound}


def test_progress_before_the_first_word(session: Session, now: datetime) -> None:
    run = make_working(session, now)

    found = plan_progress.read(run, now=now + timedelta(seconds=3))

    assert (found.seconds, found.time_limit_s, found.goal, found.chart) == (3, 20, "", None)
    assert {goal.words for goal in found.goals} == {"Later."}


def test_progress_names_goals_done_now_and_later(session: Session, now: datetime) -> None:
    run = make_working(
        session,
        now,
        entry(0.1, "attendance_floor", 2, 2),
        entry(0.5, "repeats", 4, 1),
        entry(1.0, "fit", 10.25, 20),
    )

    found = plan_progress.read(run, now=now)

    assert (found.goal, found.value, found.bound) == ("Topic match in all", "10.2", "20")
    told = {goal.title: goal for goal in found.goals}
    assert told["Rounds, worst off"] == GoalLine(
        title="Rounds, worst off", state="ok", words="2. Proved best."
    )
    assert told["Pairs who meet again"].words == "4; the best possible is 1."
    assert told["Wishes granted"].words == "Nothing to look for."
    assert told["Topic match in all"].words == "Working on it: 10.2; the best possible is 20."
    assert told["Uneven tables"].words == "Later."


def test_goal_without_a_value_is_worked_on(session: Session, now: datetime) -> None:
    run = make_working(session, now, entry(0.1, "attendance_floor", None))

    found = plan_progress.read(run, now=now)

    assert (found.goals[0].state, found.goals[0].words, found.value) == (
        "now", "Working on it.", "",
    )  # fmt: skip


def test_chart_is_a_stair_between_best_and_bound() -> None:
    steps = [
        Step(seconds=0, value=10, bound=20),
        Step(seconds=5, value=15, bound=20),
        Step(seconds=10, value=15, bound=18),
    ]

    chart = plan_progress.draw(steps, limit=20)

    assert chart is not None
    assert chart.best == "M62.0 234.0H219.0V141.0H376.0V141.0"
    assert chart.bound == "M62.0 48.0H219.0V48.0H376.0V85.2"
    assert chart.gap == chart.best + "L376.0 85.2H376.0V48.0H219.0V48.0H62.0Z"
    assert (chart.now_x, chart.now_y, chart.low, chart.high) == (376.0, 141.0, "10", "20")


def test_chart_needs_two_steps_and_a_gap() -> None:
    one = Step(seconds=0, value=10, bound=20)
    flat = Step(seconds=1, value=10, bound=10)

    assert plan_progress.draw([one], limit=20) is None
    assert plan_progress.draw([flat, flat], limit=20) is None
    assert plan_progress.draw([Step(seconds=0, value=1, bound=None)] * 3, limit=20) is None


def test_numbers_beside_the_chart_are_a_handful_with_the_last(
    session: Session, now: datetime
) -> None:
    run = make_working(session, now, *(entry(at, "fit", at, 100) for at in range(50)))

    steps = plan_progress.read(run, now=now).steps

    assert (len(steps), steps[0].value, steps[-1].value) == (7, 0.0, 49.0)


def test_impossible_names_tables_and_ways_out(session: Session, now: datetime) -> None:
    event, _mentors, mentees = make_hosted(session)
    block = planned_block(event)
    table, number = f"t{block.tables[1].id}", f"r{block.rounds[1].id}"
    findings = [
        {
            "rule": "composition",
            "message": f"in {number} only p{mentees[0].id} is free for {table}",
            "suggestions": [f"leave {table} empty in {number}"],
            "is_confidential": False,
        }
    ]
    run = make_run(session, event, now)
    finish(session, run, event, {}, status="infeasible", goals=(), findings=findings)

    why = plan_findings.read(session, event, run)

    assert (why.title, why.is_impossible) == ("There is no plan like this", True)
    assert why.reasons == (
        plan_findings.Reason(
            message="In round 2 only Róża Tylus is free for Table 2",
            suggestions=("Leave Table 2 empty in round 2",),
        ),
    )


@pytest.mark.parametrize("mark", [{"is_confidential": True}, {}, {"is_confidential": None}])
def test_impossible_keeps_secrets_secret(
    session: Session, now: datetime, mark: dict[str, object]
) -> None:
    event, mentors, mentees = make_hosted(session)
    people = [f"p{mentees[0].id}", f"p{mentors[0].id}"]
    findings = [
        {
            "rule": "pins",
            "message": f"{people[0]} is pinned to t1, but may not sit with {people[1]}.",
            "people": people,
            "suggestions": [f"Remove the pin of {people[0]}."],
            **mark,
        }
    ]
    run = make_run(session, event, now)
    finish(session, run, event, {}, status="infeasible", goals=(), findings=findings)

    why = plan_findings.read(session, event, run)

    assert why.reasons == (plan_findings.Reason(message=plan_findings.THE_RULES, suggestions=()),)


def test_other_ways_to_end_without_a_plan(session: Session, now: datetime) -> None:
    event, _mentors, _mentees = make_hosted(session)
    run = make_run(session, event, now)
    titles = []
    for state, status in (
        (PlanRunState.FAILED, None),
        (PlanRunState.STOPPED, None),
        (PlanRunState.DONE, "unknown"),
    ):
        run.state, run.status = state, status
        titles.append(plan_findings.read(session, event, run).title)

    assert titles == [
        "The planner broke off",
        "It was stopped before there was a plan",
        "No plan was found in time",
    ]
