"""A plan run is never "running" for ever: killed planner, killed worker, no memory left."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.enums import PlanRunState, Role
from app.models import Event, PlanRun
from app.queries import plan_findings
from app.services import planning
from app.services.planning import runs as planning_runs
from app.services.planning.process import PlannerProcess
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_sign_up, planned_block
from tests.ports import free_port
from tests.processes import environ_for, is_alive

KILLED = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
"""What the kernel does to a planner when no memory is left."""
WAIT_S = 240.0


@pytest.fixture
def data(tmp_path: Path, empty_database: Path) -> Path:
    shutil.copyfile(empty_database, tmp_path / "roundabout.sqlite")
    return tmp_path


@pytest.fixture
def engine(data: Path) -> Any:
    found = make_engine(Config.from_env({"ROUNDABOUT_DATA": str(data)}).database_url)
    yield found
    found.dispose()


def factory_of(engine: Engine) -> SessionFactory:
    return make_session_factory(engine, tenant=UNSCOPED)


def now() -> datetime:
    return datetime.now(UTC)


def make_run(engine: Engine) -> int:
    with unit_of_work(factory_of(engine)) as session:
        event = make_event(session)
        for number in range(2):
            make_sign_up(session, event, role=Role.MENTOR, email=f"m{number}@example.org")
        make_sign_up(session, event, email="p@example.org")
        run = planning.start_run(
            session, event, planned_block(event), time_limit_s=5, now=now(), actor="test"
        )
        return run.id


def execute(engine: Engine, run_id: int, **start: Any) -> None:
    planning.execute(
        factory_of(engine),
        run_id,
        owner="worker",
        clock=now,
        start=partial(PlannerProcess, **start),
        poll_s=0.05,
    )


def outcome(engine: Engine, run_id: int) -> tuple[PlanRunState, str]:
    """Return how a run stands, with what its page says."""
    with unit_of_work(factory_of(engine), write=False) as session:
        run = session.get_one(PlanRun, run_id)
        event = session.get_one(Event, run.event_id)
        return run.state, plan_findings.read(session, event, run).text


def requeue(engine: Engine, later: timedelta = timedelta()) -> tuple[int, ...]:
    with unit_of_work(factory_of(engine)) as session:
        return planning.requeue_stale(session, now=now() + later)


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def test_a_planner_that_is_killed_fails_its_run_with_a_way_on(engine: Engine) -> None:
    run_id = make_run(engine)

    execute(engine, run_id, command=KILLED)

    state, text = outcome(engine, run_id)
    assert state is PlanRunState.FAILED
    assert "the machine had no memory left" in text
    assert "Try once more" in text


def test_a_planner_without_memory_fails_its_run(engine: Engine) -> None:
    run_id = make_run(engine)

    execute(engine, run_id, memory_bytes=120 * 2**20)

    state, text = outcome(engine, run_id)
    assert state is PlanRunState.FAILED
    assert "Nothing was changed." in text


def test_a_killed_worker_leaves_no_planner_and_its_run_is_planned_by_another(
    engine: Engine, data: Path
) -> None:
    run_id = make_run(engine)
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.plan_worker", str(run_id)],
        env=environ_for(data, free_port()),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    planner = int(worker.stdout.readline())
    assert outcome_state(engine, run_id) is PlanRunState.RUNNING

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()

    wait_until(lambda: not is_alive(planner))
    assert requeue(engine) == ()  # its lease may still be renewed, for all anybody knows
    assert requeue(engine, planning_runs.LEASE + timedelta(seconds=1)) == (run_id,)
    assert outcome_state(engine, run_id) is PlanRunState.QUEUED
    execute(engine, run_id)
    assert outcome_state(engine, run_id) is PlanRunState.DONE


def outcome_state(engine: Engine, run_id: int) -> PlanRunState:
    with unit_of_work(factory_of(engine), write=False) as session:
        return session.get_one(PlanRun, run_id).state


def test_a_run_whose_workers_die_three_times_is_given_up_in_words(engine: Engine) -> None:
    run_id = make_run(engine)
    for _ in range(planning_runs.MOST_ATTEMPTS):
        with unit_of_work(factory_of(engine)) as session:
            planning_runs.claim(session, run_id, owner="worker", now=now())
        requeue(engine, planning_runs.LEASE + timedelta(seconds=1))

    state, text = outcome(engine, run_id)

    assert state is PlanRunState.FAILED
    assert "stopped three times" in text


def test_after_a_restart_what_nobody_was_told_of_is_told_again(engine: Engine) -> None:
    run_id = make_run(engine)

    assert requeue(engine, planning_runs.UNTOLD_AFTER) == (run_id,)
