from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.models import ScheduledSeat
from app.services import publishing


def test_when_a_round_was_planned_is_read_once_and_not_for_each_seat(session: Session) -> None:
    """A plan of thousands is megabytes long, and its time stands behind them."""
    seats = select(ScheduledSeat.id).where(
        ScheduledSeat.schedule_id == 1, publishing.is_still_theirs(1)
    )
    text = seats.compile(
        dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"literal_binds": True}
    )
    steps = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

    once = steps.index("MATERIALIZE planned")
    reads = steps.index(
        next(step for step in steps if step.startswith(("SCAN planned", "SEARCH planned")))
    )
    assert steps[0].startswith("SEARCH")
    assert [once < at < reads for at, step in enumerate(steps) if "plan_run" in step] == [True]
