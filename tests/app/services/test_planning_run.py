from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any, Self

import pytest

from app.db import SessionFactory, unit_of_work
from app.enums import PlanRunState, Role
from app.models import Event, PlanRun, Table
from app.services import planning
from app.services.planning import runs as planning_runs
from app.services.planning.process import Answer, ChildFailed, PlannerProcess
from app.services.planning.runs import Beat
from scheduler import jsonio, planner
from scheduler.params import SolveParams
from tests.builders import make_event, make_sign_up, planned_block
from tests.conftest import Clock

STEP = {"seconds": 0.1, "goal": "attendance", "value": 1.0, "bound": 9.0}


class FakeProcess:
    """A planner that says what it was told to say."""

    def __init__(self, *news: Any) -> None:
        self.news = list(news)
        self.stopped = False
        self.order: dict[str, Any] = {}

    def __call__(self, problem: str, **order: Any) -> FakeProcess:
        self.order = order | {"problem": problem}
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def stop(self) -> None:
        self.stopped = True

    def listen(self, _seconds: float) -> tuple[list[dict[str, Any]], Answer | None]:
        news = self.news.pop(0) if self.news else ([], None)
        news = news(self) if callable(news) else news
        if isinstance(news, Exception):
            raise news
        return news


def answer_of(problem: str) -> Answer:
    plan = planner.solve(jsonio.read_problem(problem), SolveParams(time_limit_s=5))
    return Answer(plan=jsonio.write_plan(plan), findings=())


def solved(process: FakeProcess) -> tuple[list[dict[str, Any]], Answer]:
    return [], answer_of(process.order["problem"])


def make_run(session_factory: SessionFactory, clock: Clock, *, mentees: int = 3) -> int:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        for number in range(2):
            make_sign_up(session, event, role=Role.MENTOR, email=f"m{number}@example.org")
        for number in range(mentees):
            make_sign_up(session, event, email=f"p{number}@example.org")
        run = planning.start_run(
            session, event, planned_block(event), time_limit_s=5, now=clock(), actor="organiser 1"
        )
        return run.id


def execute(
    session_factory: SessionFactory, run_id: int, clock: Clock, process: Any, **options: Any
) -> PlanRun:
    planning.execute(
        session_factory, run_id, owner="worker 1", clock=clock, start=process, poll_s=0, **options
    )
    return read_run(session_factory, run_id)


def read_run(session_factory: SessionFactory, run_id: int) -> PlanRun:
    with unit_of_work(session_factory, write=False) as session:
        return session.get_one(PlanRun, run_id)


def test_a_run_is_queued_with_its_problem(session_factory: SessionFactory, clock: Clock) -> None:
    run = read_run(session_factory, make_run(session_factory, clock))

    problem = jsonio.read_problem(run.problem)
    assert run.state is PlanRunState.QUEUED
    assert run.problem_digest == jsonio.digest(problem)
    assert len(problem.people) == 5


def test_a_second_press_starts_no_second_run(session_factory: SessionFactory, clock: Clock) -> None:
    first = make_run(session_factory, clock)

    with unit_of_work(session_factory) as session:
        event = session.get_one(Event, read_run(session_factory, first).event_id)
        second = planning.start_run(
            session, event, planned_block(event), now=clock(), actor="organiser 1"
        )

        assert second.id == first


def test_an_answer_is_kept_with_its_progress(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)

    run = execute(session_factory, run_id, clock, FakeProcess(([STEP], None), solved))

    assert (run.state, run.attempts, run.owner) == (PlanRunState.DONE, 1, None)
    assert run.progress == [STEP]
    assert run.status in {"optimal", "feasible"}
    assert planning.verify_run(run) == ()


def test_a_decoded_run_speaks_of_rows(session_factory: SessionFactory, clock: Clock) -> None:
    run = execute(session_factory, make_run(session_factory, clock), clock, FakeProcess(solved))

    decoded = planning.decode(run)

    with unit_of_work(session_factory, write=False) as session:
        tables = {table.id for table in session.query(Table)}
    assert decoded.plan is not None
    assert decoded.plan.words == "proved best"
    assert {seat.table_id for seat in decoded.seats} <= tables
    assert len(decoded.seats) == len(decoded.plan.seats) > 0


def test_a_run_over_or_taken_is_left_alone(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)
    execute(session_factory, run_id, clock, FakeProcess(solved))

    run = execute(session_factory, run_id, clock, FakeProcess(ChildFailed("never reached")))

    assert (run.state, run.attempts) == (PlanRunState.DONE, 1)


def test_a_planner_that_dies_fails_the_run_with_its_last_words(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)

    run = execute(session_factory, run_id, clock, FakeProcess(ChildFailed("out of memory")))

    assert (run.state, run.error) == (PlanRunState.FAILED, "out of memory")


def test_a_planner_that_never_ends_is_given_up(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)

    run = execute(session_factory, run_id, clock, FakeProcess(), grace_s=-5.4)

    assert run.state is PlanRunState.FAILED
    assert run.error == "the planner did not end in time, and was ended"


def test_a_plan_that_the_checker_refuses_is_not_kept(
    session_factory: SessionFactory, clock: Clock
) -> None:
    def cheating(process: FakeProcess) -> tuple[list[dict[str, Any]], Answer]:
        plan = json.loads(answer_of(process.order["problem"]).plan)
        plan["seats"] = plan["seats"][1:]
        return [], Answer(plan=json.dumps(plan), findings=())

    run = execute(session_factory, make_run(session_factory, clock), clock, FakeProcess(cheating))

    assert run.state is PlanRunState.FAILED
    assert run.error.startswith("the checker refused the plan: ")
    assert run.plan is None


def test_stopping_keeps_the_best_plan(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)

    def stop(_process: FakeProcess) -> tuple[list[dict[str, Any]], None]:
        with unit_of_work(session_factory) as session:
            run = session.get_one(PlanRun, run_id)
            planning.request_stop(session, run, now=clock(), actor="organiser 1")
        return [STEP], None

    process = FakeProcess(stop, solved)
    run = execute(session_factory, run_id, clock, process)

    assert process.stopped
    assert run.state is PlanRunState.STOPPED
    assert planning.verify_run(run) == ()
    with unit_of_work(session_factory, write=False) as session:
        latest = planning.latest_plan(session, run.block_id)
    assert latest is not None
    assert latest.id == run_id


def test_stopping_a_queued_run_ends_it(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)

    with unit_of_work(session_factory) as session:
        planning.request_stop(
            session, session.get_one(PlanRun, run_id), now=clock(), actor="organiser 1"
        )

    run = read_run(session_factory, run_id)
    assert run.state is PlanRunState.STOPPED
    assert planning.verify_run(run) == ("status - there is no plan in this run",)


def test_a_plan_told_to_stop_is_not_the_one_asked_for_next(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)
    with unit_of_work(session_factory) as session:
        planning_runs.claim(session, run_id, owner="worker", now=clock())
        run = session.get_one(PlanRun, run_id)
        event = session.get_one(Event, run.event_id)
        block = planned_block(event)
        same = planning.start_run(session, event, block, now=clock(), actor="organiser 1")
        planning.request_stop(session, run, now=clock(), actor="organiser 1")
        other = planning.start_run(session, event, block, now=clock(), actor="organiser 1")

    assert same.id == run_id
    assert other.id != run_id
    assert other.state is PlanRunState.QUEUED


def test_a_worker_that_lost_its_run_writes_nothing(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)

    def lose(_process: FakeProcess) -> tuple[list[dict[str, Any]], None]:
        clock.advance(seconds=31)
        with unit_of_work(session_factory) as session:
            planning.requeue_stale(session, now=clock())
            planning_runs.claim(session, run_id, owner="worker 2", now=clock())
        return [STEP], None

    run = execute(session_factory, run_id, clock, FakeProcess(lose, solved))

    assert (run.state, run.owner, run.attempts) == (PlanRunState.RUNNING, "worker 2", 2)
    assert run.progress == []


def test_a_dead_workers_run_is_queued_again_three_times_at_most(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)
    told = []

    for _ in range(3):
        with unit_of_work(session_factory) as session:
            planning_runs.claim(session, run_id, owner="doomed", now=clock())
        clock.advance(seconds=31)
        with unit_of_work(session_factory) as session:
            told.append(planning.requeue_stale(session, now=clock()))

    run = read_run(session_factory, run_id)
    assert told == [(run_id,), (run_id,), ()]
    assert (run.state, run.error) == (PlanRunState.FAILED, "its worker died 3 times")


def test_a_living_workers_run_stays_its_own(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)
    with unit_of_work(session_factory) as session:
        planning_runs.claim(session, run_id, owner="worker 1", now=clock())
    clock.advance(seconds=20)
    with unit_of_work(session_factory) as session:
        beat = planning_runs.beat(session, run_id, owner="worker 1", now=clock(), steps=())
    clock.advance(seconds=20)

    with unit_of_work(session_factory) as session:
        assert planning.requeue_stale(session, now=clock()) == ()
    assert beat is Beat.GO_ON


def test_a_queued_run_nobody_was_told_of_is_told_again(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)

    with unit_of_work(session_factory) as session:
        at_once = planning.requeue_stale(session, now=clock())
        clock.advance(seconds=21)
        later = planning.requeue_stale(session, now=clock())

    assert (at_once, later) == ((), (run_id,))


def test_progress_never_grows_without_end(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock)
    with unit_of_work(session_factory) as session:
        planning_runs.claim(session, run_id, owner="worker 1", now=clock())

    for number in range(5):
        steps = [STEP | {"seconds": 100.0 * number + part} for part in range(100)]
        with unit_of_work(session_factory) as session:
            planning_runs.beat(session, run_id, owner="worker 1", now=clock(), steps=steps)

    progress = read_run(session_factory, run_id).progress
    assert len(progress) <= planning_runs.MOST_STEPS
    assert progress[-1]["seconds"] == 499.0


def test_the_real_child_plans_and_says_how_far_it_is(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run_id = make_run(session_factory, clock)

    planning.execute(session_factory, run_id, owner="worker 1", clock=clock)

    run = read_run(session_factory, run_id)
    assert (run.state, run.error) == (PlanRunState.DONE, "")
    assert run.status == "optimal"
    assert planning.verify_run(run) == ()


def test_what_cannot_be_planned_is_explained(session_factory: SessionFactory, clock: Clock) -> None:
    run_id = make_run(session_factory, clock, mentees=2)
    with unit_of_work(session_factory) as session:
        run = session.get_one(PlanRun, run_id)
        problem = json.loads(run.problem)
        mentor, mentee = (
            next(one["id"] for one in problem["people"] if one["role"] == role)
            for role in ("mentor", "mentee")
        )
        problem |= {"must_meet": [[mentee, mentor]], "keep_apart": [[mentee, mentor]]}
        run.problem = json.dumps(problem)

    planning.execute(session_factory, run_id, owner="worker 1", clock=clock)

    run = read_run(session_factory, run_id)
    found = planning.decode(run)
    assert (run.state, run.status) == (PlanRunState.DONE, "infeasible")
    assert {finding.rule for finding in found.findings} >= {"must_meet"}
    assert any(finding.suggestions for finding in found.findings)
    assert found.seats == ()


def test_a_child_that_crashes_leaves_its_last_words() -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such luck')")

    with (
        PlannerProcess("{}", time_limit_s=1, seed=1, command=command) as child,
        pytest.raises(ChildFailed, match="the planner ended with status 1: no such luck"),
    ):
        child.listen(60)


def test_a_child_never_outlives_its_block() -> None:
    command = (sys.executable, "-c", "import time; time.sleep(600)")

    with PlannerProcess("{}", time_limit_s=1, seed=1, command=command) as child:
        process = child._process  # noqa: SLF001 -- whether it lives is not asked elsewhere

    assert process.poll() is not None


def test_a_child_whose_worker_is_gone_ends_by_itself() -> None:
    command = (
        sys.executable,
        "-c",
        "import time; from app.services.planning.child import _Stop; _Stop(); time.sleep(600)",
    )

    with PlannerProcess("{}", time_limit_s=1, seed=1, command=command) as child:
        process = child._process  # noqa: SLF001 -- as if the worker had died
        assert process.stdin is not None
        process.stdin.close()

        assert process.wait(timeout=60) == 3


def test_the_clock_of_a_run_is_the_applications(
    session_factory: SessionFactory, clock: Clock
) -> None:
    run = execute(session_factory, make_run(session_factory, clock), clock, FakeProcess(solved))

    assert isinstance(run.finished_at, datetime)
    assert (run.started_at, run.finished_at) == (clock.at, clock.at)
