"""What plans and published versions already say of a block's rounds and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.errors import MentoringError
from app.models import PlanRun, Schedule, ScheduledRound, ScheduledSeat, SignUp


class StandsInVersion(MentoringError):
    """People were told of this, so it stays. Publish a plan without it first."""

    status = 409


def version_of_rounds(session: Session, round_ids: Collection[int]) -> int | None:
    """Return the newest published version that has one of these rounds, None without any."""
    return session.scalar(
        select(func.max(Schedule.version))
        .join(ScheduledRound, ScheduledRound.schedule_id == Schedule.id)
        .where(ScheduledRound.round_id.in_(round_ids))
    )


def versions_of_tables(session: Session, table_ids: Collection[int]) -> dict[int, int]:
    """Return the newest published version in which somebody sits at a table, by table."""
    rows = session.execute(
        select(ScheduledSeat.table_id, func.max(Schedule.version))
        .join(Schedule, Schedule.id == ScheduledSeat.schedule_id)
        .where(ScheduledSeat.table_id.in_(table_ids))
        .group_by(ScheduledSeat.table_id)
    )
    return {table_id: version for table_id, version in rows}  # noqa: C416 -- rows are no pairs to mypy


def drafts_of(session: Session, block_id: int) -> tuple[int, ...]:
    """Return the plans of a block that were never published."""
    published = select(ScheduledRound.plan_run_id)
    return tuple(
        session.scalars(
            select(PlanRun.id)
            .where(PlanRun.block_id == block_id, PlanRun.id.not_in(published))
            .order_by(PlanRun.id)
        )
    )


def drafts_with_tables(
    session: Session, block_id: int, table_ids: Iterable[int]
) -> tuple[int, ...]:
    """Return the unpublished plans of a block that were made with one of these tables."""
    names = [f'"t{id_}"' for id_ in table_ids]
    drafts = drafts_of(session, block_id)
    rows = session.execute(select(PlanRun.id, PlanRun.problem).where(PlanRun.id.in_(drafts)))
    return tuple(sorted(id_ for id_, problem in rows if any(name in problem for name in names)))


def discard(session: Session, run_ids: Sequence[int]) -> None:
    """Delete plans that were never published; what was edited from one loses its way back."""
    if not run_ids:
        return
    session.execute(update(PlanRun).where(PlanRun.parent_id.in_(run_ids)).values(parent_id=None))
    session.execute(delete(PlanRun).where(PlanRun.id.in_(run_ids)))


def forget_rounds(session: Session, event_id: int, round_ids: Collection[int]) -> None:
    """Take rounds that go out of what people said they cannot attend; their numbers come again."""
    gone = set(round_ids)
    for sign_up in session.scalars(select(SignUp).where(SignUp.event_id == event_id)):
        if gone & set(sign_up.absent_rounds):
            sign_up.absent_rounds = [id_ for id_ in sign_up.absent_rounds if id_ not in gone]
