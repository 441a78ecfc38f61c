"""Plan runs: what was asked of the planner, what it answered, and what organisers pinned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import PlanOrigin, PlanRunState
from app.models.columns import enum_column


class PlanRun(Base):
    """One problem given to the planner. Person ids in it are opaque: ``p`` and the sign-up's id."""

    __tablename__ = "plan_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"))
    state: Mapped[PlanRunState] = enum_column(PlanRunState, default=PlanRunState.QUEUED)
    origin: Mapped[PlanOrigin] = enum_column(
        PlanOrigin, default=PlanOrigin.PLANNER, server_default=PlanOrigin.PLANNER.value
    )
    # The run it was edited from; taking an edit back goes to it.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_run.id"), index=True)
    # What was done to the parent, in ids of the problem: {"kind": "swap", "people": [...], ...}
    edit: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # What was asked for besides the block's rules: goals in order, a relaxation that is tried.
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    problem: Mapped[str] = mapped_column(Text)  # JSON, roundabout-problem/1
    problem_digest: Mapped[str]
    roster_version: Mapped[int]
    seed: Mapped[int]
    time_limit_s: Mapped[float]
    plan: Mapped[str | None] = mapped_column(Text)  # JSON, roundabout-plan/1
    status: Mapped[str | None]  # of the plan: optimal, feasible, infeasible, unknown
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    progress: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    stop_requested: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]  # which worker holds it
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Pin(Base):
    """A seat that every plan of the block keeps, until an organiser takes the pin out."""

    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("sign_up_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"), index=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("seating_table.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
