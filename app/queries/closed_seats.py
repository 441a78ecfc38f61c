"""Whom the published version still sends to what is closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.models import Block, Round, Schedule, ScheduledSeat, SignUp, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSeats:
    """People with a seat at a closed table, and people with one in a round that is off."""

    at_tables: int = 0
    in_rounds: int = 0


NOBODY = ClosedSeats()


def read(session: Session, event_id: int) -> ClosedSeats:
    """Count those who are expected and whom the newest version seats at what was closed since."""
    newest = select(func.max(Schedule.id)).where(Schedule.event_id == event_id).scalar_subquery()
    is_off = or_(Round.closed_at.is_not(None), Block.closed_at.is_not(None))
    at_table = and_(Table.closed_at.is_not(None), ~is_off)
    found = session.execute(
        select(
            func.count(case((at_table, ScheduledSeat.sign_up_id)).distinct()),
            func.count(case((is_off, ScheduledSeat.sign_up_id)).distinct()),
        )
        .select_from(ScheduledSeat)
        .join(SignUp, SignUp.id == ScheduledSeat.sign_up_id)
        .join(Round, Round.id == ScheduledSeat.round_id)
        .join(Block, Block.id == Round.block_id)
        .join(Table, Table.id == ScheduledSeat.table_id)
        .where(
            ScheduledSeat.schedule_id == newest,
            SignUp.state == SignUpState.PLACED,
            SignUp.absent_at.is_(None),
        )
    ).one()
    return ClosedSeats(at_tables=found[0], in_rounds=found[1])
