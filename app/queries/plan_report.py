"""What the checker has against a plan made elsewhere: the page of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.enums import PlanOrigin
from app.models import Event, PlanRun
from app.services import plan_edits
from app.services.planning.brought import broken_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Each broken rule once, with person, table and round in words."""

    run_id: int
    block_id: int
    created_at: datetime  # in the event's zone
    seats: int
    faults: tuple[str, ...]


def is_report(run: PlanRun) -> bool:
    """Return whether a run holds seats that break a rule."""
    return run.origin is PlanOrigin.IMPORTED and run.status == "unknown"


def read(session: Session, event: Event, run: PlanRun, *, is_owner: bool) -> Report:
    """Return what is wrong with a plan that somebody brought."""
    problem, plan = broken_rules(run)
    found = plan_edits.violations_in_words(session, event, problem, plan, is_owner=is_owner)
    return Report(
        run_id=run.id,
        block_id=run.block_id,
        created_at=run.created_at.astimezone(ZoneInfo(event.zone)),
        seats=len(plan.seats),
        faults=tuple(one.text for one in found if not one.is_claim),
    )
