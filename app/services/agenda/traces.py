"""What plans and published versions already say of a block's rounds and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.models import Pin, PlanRun, Schedule, ScheduledRound, ScheduledSeat, SignUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How many rounds or tables a version names: they are closed, not deleted.

    ``people`` sit there in what is published now; ``pins`` are seats that were to stay. ``mark``
    is for just these of just this version: who agreed to it agreed to nothing else.
    """

    count: int
    version: int
    people: int
    pins: int
    mark: str = field(default="", compare=False)


def closing_of(
    session: Session,
    event_id: int,
    *,
    round_ids: Collection[int] = (),
    table_ids: Collection[int] = (),
) -> Closing | None:
    """Return what closing these means; None when no version names any of them."""
    of_rounds = version_of_rounds(session, round_ids) if round_ids else None
    of_tables = versions_of_tables(session, table_ids)
    version = max([*of_tables.values(), of_rounds or 0])
    if not version:
        return None
    pins = select(func.count(Pin.id)).where(
        or_(Pin.round_id.in_(round_ids), Pin.table_id.in_(table_ids))
    )
    return Closing(
        count=len(of_tables) or len(round_ids),
        version=version,
        people=_people_at(session, event_id, round_ids, table_ids),
        pins=session.scalar(pins) or 0,
        mark=closing_mark(version, of_tables or round_ids),
    )


def closing_mark(version: int, ids: Iterable[int]) -> str:
    """Return the mark of closing some rounds or tables that a version names."""
    return "-".join(map(str, (version, *sorted(ids))))


def _people_at(
    session: Session, event_id: int, round_ids: Collection[int], table_ids: Collection[int]
) -> int:
    newest = select(func.max(Schedule.id)).where(Schedule.event_id == event_id).scalar_subquery()
    people = (
        select(func.count(ScheduledSeat.sign_up_id.distinct()))
        .join(SignUp, SignUp.id == ScheduledSeat.sign_up_id)
        .where(
            ScheduledSeat.schedule_id == newest,
            or_(ScheduledSeat.round_id.in_(round_ids), ScheduledSeat.table_id.in_(table_ids)),
            SignUp.state == SignUpState.PLACED,
            SignUp.absent_at.is_(None),
        )
    )
    return session.scalar(people) or 0


def published_rounds(session: Session, round_ids: Collection[int]) -> frozenset[int]:
    """Return those rounds that some published version has."""
    named = select(ScheduledRound.round_id).where(ScheduledRound.round_id.in_(round_ids))
    return frozenset(session.scalars(named.distinct()))


def forget_pins(
    session: Session, *, round_ids: Collection[int] = (), table_ids: Collection[int] = ()
) -> None:
    """Take out the pins of rounds and tables that are closed."""
    session.execute(
        delete(Pin).where(or_(Pin.round_id.in_(round_ids), Pin.table_id.in_(table_ids)))
    )


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
