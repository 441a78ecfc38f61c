"""Published schedules: append-only versions of who sits where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcDateTime


class Schedule(Base):
    """Version *n* of an event's seating, with the times that held when it was published."""

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"))
    told_people: Mapped[int] = mapped_column(default=0)
    restored_from: Mapped[int | None]  # the earlier version whose seats this one takes up again

    rounds: Mapped[list[ScheduledRound]] = relationship(
        order_by="ScheduledRound.starts_at", cascade="all, delete-orphan"
    )
    seats: Mapped[list[ScheduledSeat]] = relationship(cascade="all, delete-orphan")


class ScheduledRound(Base):
    """A round as it was published: its block's plan run and its time."""

    __tablename__ = "scheduled_round"
    __table_args__ = (UniqueConstraint("schedule_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id", ondelete="CASCADE"))
    plan_run_id: Mapped[int] = mapped_column(ForeignKey("plan_run.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]


class ScheduledSeat(Base):
    """The fact (person, round, table) in one version; who has no seat in a round reflects."""

    __tablename__ = "scheduled_seat"
    __table_args__ = (UniqueConstraint("schedule_id", "sign_up_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(
        ForeignKey("schedule.id", ondelete="CASCADE"), index=True
    )
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    table_id: Mapped[int] = mapped_column(ForeignKey("seating_table.id"))
