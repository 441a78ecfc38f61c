"""Plan runs as rows: queued, claimed for a while by one worker, heard from, ended.

A worker holds a run by its lease. One that lost it (it slept, or was taken for dead) finds that out
at its next heartbeat and writes nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.errors import TooManyPlans
from app.models import Event, PlanRun
from app.services.planning.options import read_options

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
MOST_ON_THE_WAY = 3
"""Of one organisation, so that it leaves workers to the others, and to mail."""
UNTOLD_AFTER = timedelta(seconds=20)
"""A queued run of this age was perhaps never told to a worker."""
MOST_STEPS = 200


class Beat(StrEnum):
    """What a worker learns from its heartbeat."""

    GO_ON = "go on"
    STOP = "stop"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the planner needs of a run, without the row."""

    problem: str
    time_limit_s: float
    seed: int
    want: tuple[str, float] | None = None


def check_room(session: Session, organisation_id: int) -> None:
    """Raise ``TooManyPlans`` when an organisation has enough plans on the way."""
    on_the_way = session.scalar(
        select(func.count(PlanRun.id))
        .join(Event, Event.id == PlanRun.event_id)
        .where(
            Event.organisation_id == organisation_id,
            PlanRun.state.in_((PlanRunState.QUEUED, PlanRunState.RUNNING)),
        )
    )
    if (on_the_way or 0) >= MOST_ON_THE_WAY:
        raise TooManyPlans


def claim(session: Session, run_id: int, *, owner: str, now: datetime) -> Claim | None:
    """Take a queued run; None when it is gone, taken or over."""
    run = _locked(session, run_id)
    if run is None or run.state is not PlanRunState.QUEUED:
        return None
    run.state = PlanRunState.RUNNING
    run.owner = owner
    run.lease_until = now + LEASE
    run.attempts += 1
    run.started_at = now
    run.progress = []
    return Claim(
        problem=run.problem,
        time_limit_s=run.time_limit_s,
        seed=run.seed,
        want=read_options(run.options).want,
    )


def beat(
    session: Session, run_id: int, *, owner: str, now: datetime, steps: Sequence[dict[str, Any]]
) -> Beat:
    """Renew the lease and note the progress made."""
    run = _held(session, run_id, owner)
    if run is None:
        return Beat.LOST
    run.lease_until = now + LEASE
    if steps:
        run.progress = _thinned([*run.progress, *steps])
    return Beat.STOP if run.stop_requested else Beat.GO_ON


def end(
    session: Session,
    run_id: int,
    *,
    owner: str,
    now: datetime,
    plan: str,
    status: str,
    findings: Sequence[dict[str, Any]],
) -> bool:
    """Keep the planner's answer; False when the run is not this worker's any more."""
    run = _held(session, run_id, owner)
    if run is None:
        return False
    run.plan = plan
    run.status = status
    run.findings = [*run.findings, *findings]
    _close(run, PlanRunState.STOPPED if run.stop_requested else PlanRunState.DONE, now)
    return True


def fail(session: Session, run_id: int, *, owner: str, now: datetime, reason: str) -> None:
    """Note why there is no answer; a run that was stopped counts as stopped."""
    run = _held(session, run_id, owner)
    if run is not None:
        run.error = reason
        _close(run, PlanRunState.STOPPED if run.stop_requested else PlanRunState.FAILED, now)


def requeue_stale(session: Session, *, now: datetime) -> tuple[int, ...]:
    """Return runs to tell a worker of: those whose worker died, and those nobody was told of."""
    told: list[int] = []
    runs = session.scalars(
        select(PlanRun)
        .where(PlanRun.state.in_((PlanRunState.QUEUED, PlanRunState.RUNNING)))
        .order_by(PlanRun.id)
        .with_for_update(skip_locked=True)
    )
    for run in runs:
        if run.state is PlanRunState.RUNNING:
            if run.lease_until is not None and run.lease_until > now:
                continue
            if run.stop_requested or run.attempts >= MOST_ATTEMPTS:
                run.error = f"its worker died {run.attempts} times"
                stopped = run.stop_requested
                _close(run, PlanRunState.STOPPED if stopped else PlanRunState.FAILED, now)
                continue
            run.state = PlanRunState.QUEUED
            run.owner = None
            run.lease_until = None
            told.append(run.id)
        elif run.created_at + UNTOLD_AFTER <= now:
            told.append(run.id)
    return tuple(told)


def _close(run: PlanRun, state: PlanRunState, now: datetime) -> None:
    run.state = state
    run.finished_at = now
    run.owner = None
    run.lease_until = None


def _held(session: Session, run_id: int, owner: str) -> PlanRun | None:
    run = _locked(session, run_id)
    if run is None or run.state is not PlanRunState.RUNNING or run.owner != owner:
        return None
    return run


def _locked(session: Session, run_id: int) -> PlanRun | None:
    return session.scalar(select(PlanRun).where(PlanRun.id == run_id).with_for_update())


def _thinned(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the newest half in full and every second step before it, until few enough are left."""
    while len(steps) > MOST_STEPS:
        half = len(steps) // 2
        steps = [*steps[:half:2], *steps[half:]]
    return steps
