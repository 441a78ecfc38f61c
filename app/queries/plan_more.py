"""What stands on a plan's page beside its seating: what was asked, and what is left to ask."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Event, PlanRun
from app.queries import plan_findings, plan_matrix, plan_people, plan_wants
from app.queries.plan_seating import Seating, Somebody
from app.services import planning
from app.services.planning.documents import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """``field`` is the picture where the wheel has too many people; ``own`` is whom one follows."""

    asked: tuple[str, ...]
    questions: tuple[plan_wants.Question, ...]
    why_out: tuple[str, ...]  # why somebody reflects, for each round
    own: plan_people.PersonReceipt | None
    field: plan_matrix.Matrix | None


def read(
    session: Session,
    event: Event,
    run: PlanRun,
    seating: Seating,
    *,
    plan: planning.PlanView,
    followed: Somebody | None,
    has_wheel: bool,
) -> More:
    """Return it for a plan that has seats."""
    problem = read_document(run.problem)
    full = plan_people.full_rounds(seating, problem)
    hosted = any(one.table is not None for one in seating.people.values())
    own = plan_people.receipts(session, event, run, seating, (followed,)) if followed else ()
    follow = followed.id if followed else ""
    return More(
        asked=plan_findings.asked_for(session, event, run),
        questions=plan_wants.questions(problem, plan),
        why_out=tuple(full.get(one.number) or plan_people.THE_RULES for one in seating.rounds),
        own=own[0] if own else None,
        field=None if has_wheel else plan_matrix.draw(seating, follow, is_hosted=hosted),
    )
