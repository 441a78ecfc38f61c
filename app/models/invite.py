"""The one calendar entry of a person at an event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import InviteState, Method, PartStat
from app.models.columns import enum_column


class Invite(Base):
    __tablename__ = "invite"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id"), unique=True)
    uid: Mapped[str] = mapped_column(unique=True)  # random UUID; names neither person nor host
    state: Mapped[InviteState] = enum_column(InviteState, default=InviteState.DUE)
    sequence: Mapped[int] = mapped_column(default=0)
    method: Mapped[Method | None] = enum_column(Method, nullable=True)  # last queued
    stamped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # DTSTAMP last queued
    fingerprint: Mapped[str] = mapped_column(default="")  # of what was last told
    material: Mapped[str] = mapped_column(default="")  # start, end, place last told
    told_version: Mapped[int] = mapped_column(default=0)  # schedule version last told
    partstat: Mapped[PartStat] = enum_column(PartStat, default=PartStat.NEEDS_ACTION)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
