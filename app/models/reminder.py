"""Reminders as rows: each knows when it is due and whether it went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import ReminderKind
from app.models.columns import enum_column


class Reminder(Base):
    """One reminder of an event. ``due_at`` follows the event when that is moved."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = enum_column(ReminderKind)
    is_on: Mapped[bool] = mapped_column(default=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # or found to be too late
    told_people: Mapped[int] = mapped_column(default=0)
