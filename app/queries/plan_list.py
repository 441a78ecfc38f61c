"""An event's plans so far, by part of the agenda, without the plans themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.models import Event, PlanRun, Schedule, ScheduledRound

_ORIGINS = {
    PlanOrigin.EDITED: "moved by hand",
    PlanOrigin.IMPORTED: "brought from elsewhere",
    PlanOrigin.RESTORED: "an earlier version again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run; ``remark`` says what is particular about it."""

    id: int
    state: PlanRunState
    status: str | None
    created_at: datetime  # in the event's zone
    is_stale: bool  # made from an older roster
    remark: str
    is_published: bool

    @property
    def has_seats(self) -> bool:
        """Whether there is a plan to look at."""
        return self.state.is_over and self.status in {"optimal", "feasible"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A planned block with its runs, newest first."""

    block_id: int
    title: str
    at: str
    rounds: int
    runs: tuple[RunLine, ...]

    @property
    def newest(self) -> RunLine | None:
        """The newest plan that could be published."""
        return next((run for run in self.runs if run.has_seats and not run.is_stale), None)

    @property
    def comparable(self) -> tuple[RunLine, ...]:
        """Runs that have seats to compare."""
        return tuple(run for run in self.runs if run.has_seats)


def parts(session: Session, event: Event) -> tuple[Part, ...]:
    """Return the planned blocks in order, each with its runs."""
    zone = ZoneInfo(event.zone)
    runs = _runs(session, event, zone)
    return tuple(
        Part(
            block_id=block.id,
            title=block.title,
            at=f"{block.starts_at.astimezone(zone):%H:%M}",
            rounds=len(block.rounds),
            runs=tuple(runs[block.id]),
        )
        for block in event.blocks
        if block.kind.is_planned
    )


def _runs(session: Session, event: Event, zone: ZoneInfo) -> dict[int, list[RunLine]]:
    newest = (
        select(Schedule.id)
        .where(Schedule.event_id == event.id)
        .order_by(Schedule.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    published = set(
        session.scalars(
            select(ScheduledRound.plan_run_id).where(ScheduledRound.schedule_id == newest)
        )
    )
    found: dict[int, list[RunLine]] = defaultdict(list)
    for row in session.execute(
        select(
            PlanRun.id,
            PlanRun.block_id,
            PlanRun.state,
            PlanRun.status,
            PlanRun.created_at,
            PlanRun.roster_version,
            PlanRun.origin,
            PlanRun.options,
        )
        .where(PlanRun.event_id == event.id)
        .order_by(PlanRun.id.desc())
    ):
        line = RunLine(
            id=row.id,
            state=row.state,
            status=row.status,
            created_at=row.created_at.astimezone(zone),
            is_stale=row.roster_version != event.roster_version,
            remark=_ORIGINS.get(row.origin) or _remark(row.options),
            is_published=row.id in published,
        )
        found[row.block_id].append(line)
    return found


def _remark(options: dict[str, Any]) -> str:
    said = {
        "want": "a question",
        "relax": "without a rule",
        "goals": "other goals",
        "anew": "made anew",
    }
    return ", ".join(words for key, words in said.items() if options.get(key))
