"""Plan runs as programs read them: where they stand, what they reached, what is in the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from app.enums import PlanOrigin, PlanRunState
from app.models import Event, PlanRun
from app.queries.api.paging import PageAsked, PageOf, take
from app.services import planning

THE_RULES = "The rules of this event."
"""What stands for a reason that not everybody may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A run in the list; ``status`` is the planner's answer, None before there is one."""

    id: int
    block_id: int
    state: PlanRunState
    status: str | None
    origin: PlanOrigin
    parent_id: int | None
    seed: int
    time_limit_s: float
    roster_version: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """What a goal reached; ``bound`` is what no plan can beat, None when nothing is proved."""

    name: str
    label: str
    value: float
    bound: float | None
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """What stood at a moment while it was planned."""

    seconds: float
    goal: str
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    rule: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A run with what it reached; ``left_out`` are sign-ups that no plan can seat."""

    id: int
    block_id: int
    state: PlanRunState
    status: str | None
    origin: PlanOrigin
    parent_id: int | None
    seed: int
    time_limit_s: float
    roster_version: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    stop_requested: bool
    goals: tuple[GoalRow, ...]
    progress: tuple[StepRow, ...]
    findings: tuple[FindingRow, ...]
    left_out: tuple[int, ...]


def rows(session: Session, event: Event, asked: PageAsked) -> PageOf[PlanRow]:
    """Return a page of an event's runs, the oldest first."""
    statement = (
        select(PlanRun)
        .where(PlanRun.event_id == event.id)
        .options(defer(PlanRun.problem), defer(PlanRun.plan), defer(PlanRun.progress))
    )
    zone = ZoneInfo(event.zone)
    return take(session, statement, PlanRun.id, asked, lambda row: (row[0].id, _row(row[0], zone)))


def page(event: Event, run: PlanRun) -> PlanPage:
    """Return a run of the event with its goals and its progress."""
    row = _row(run, ZoneInfo(event.zone))
    decoded = planning.decode(run)
    goals = decoded.plan.goals if decoded.plan is not None else ()
    return PlanPage(
        **{name: getattr(row, name) for name in PlanRow.__slots__},
        stop_requested=run.stop_requested,
        goals=tuple(
            GoalRow(
                name=one.name,
                label=one.label,
                value=one.value,
                bound=_finite(one.bound),
                proved=one.proved,
            )
            for one in goals
        ),
        progress=tuple(_step(entry) for entry in run.progress),
        findings=tuple(dict.fromkeys(_finding(one) for one in decoded.findings)),
        left_out=tuple(sorted(decoded.left_out)),
    )


def _row(run: PlanRun, zone: ZoneInfo) -> PlanRow:
    return PlanRow(
        id=run.id,
        block_id=run.block_id,
        state=run.state,
        status=run.status,
        origin=run.origin,
        parent_id=run.parent_id,
        seed=run.seed,
        time_limit_s=run.time_limit_s,
        roster_version=run.roster_version,
        created_at=run.created_at.astimezone(zone),
        started_at=None if run.started_at is None else run.started_at.astimezone(zone),
        finished_at=None if run.finished_at is None else run.finished_at.astimezone(zone),
    )


def _step(entry: dict[str, Any]) -> StepRow:
    return StepRow(
        seconds=float(entry.get("seconds", 0.0)),
        goal=str(entry.get("goal") or ""),
        value=_finite(entry.get("value")),
        bound=_finite(entry.get("bound")),
    )


def _finding(found: planning.FindingView) -> FindingRow:
    if found.is_confidential:
        return FindingRow(rule="rules", message=THE_RULES)
    return FindingRow(rule=found.rule, message=found.message)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
