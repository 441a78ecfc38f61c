"""Why a run gave no plan, in words, with names instead of ids and without anything confidential."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.models import Event, PlanRun
from app.queries import plan_seating
from app.services import planning

THE_RULES = "The rules of this event leave no way to seat everybody they ask for."
_ID = re.compile(r"\b[prt]\d+\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in the way, and the ways out, cheapest first."""

    message: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlan:
    """A run that ended without seats."""

    run_id: int
    title: str
    text: str
    reasons: tuple[Reason, ...]
    is_impossible: bool
    time_limit_s: int
    seed: int


def read(session: Session, event: Event, run: PlanRun) -> NoPlan:
    """Return what to say about a run without seats."""
    findings = planning.decode(run).findings
    is_impossible = run.status == "infeasible"
    return NoPlan(
        run_id=run.id,
        title=_title(run),
        text=_text(run),
        reasons=reasons(session, event, findings) if is_impossible else (),
        is_impossible=is_impossible,
        time_limit_s=round(run.time_limit_s),
        seed=run.seed,
    )


def reasons(
    session: Session, event: Event, findings: tuple[planning.FindingView, ...]
) -> tuple[Reason, ...]:
    """Return findings with names; a confidential one says "the rules" only."""
    texts = [
        text
        for one in findings
        if not one.is_confidential
        for text in (one.message, *one.suggestions)
    ]
    names = plan_seating.names_of(
        session, event.id, {found for text in texts for found in _ID.findall(text)}
    )

    def named(text: str) -> str:
        spoken = _ID.sub(lambda found: names.get(found.group(), found.group()), text)
        return spoken[:1].upper() + spoken[1:]

    told: dict[str, Reason] = {}
    for one in findings:
        if one.is_confidential:
            told.setdefault(THE_RULES, Reason(message=THE_RULES, suggestions=()))
        else:
            reason = Reason(
                message=named(one.message),
                suggestions=tuple(named(text) for text in one.suggestions),
            )
            told.setdefault(reason.message, reason)
    return tuple(told.values())


def _title(run: PlanRun) -> str:
    if run.state is PlanRunState.FAILED:
        return "The planner broke off"
    if run.status == "infeasible":
        return "There is no plan like this"
    if run.state is PlanRunState.STOPPED:
        return "It was stopped before there was a plan"
    return "No plan was found in time"


def _text(run: PlanRun) -> str:
    if run.state is PlanRunState.FAILED:
        return "That is our fault, not your event's. Nothing was changed. Try once more."
    if run.status == "infeasible":
        return "No seating keeps all the rules of this event; that is proved."
    if run.state is PlanRunState.STOPPED:
        return "Nothing was changed. Let it run a little longer next time."
    return (
        f"It looked for {round(run.time_limit_s)} seconds. Whether there is a plan is not known. "
        "Give it more time."
    )
