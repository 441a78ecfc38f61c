"""Who changed what, and the small rows that keep the installation honest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class AuditEntry(Base):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    actor: Mapped[str]  # "organiser 3", "person 17", "system"
    what: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Lease(Base):
    """Who may do a thing that only one process at a time may do."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Base):
    """A try at something that may not be tried too often (sign-in, sign-up, a link by mail)."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Erasure(Base):
    """Somebody was erased; kept without anything about them, so that a restore can repeat it."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]  # no reference: it outlives the person's row
    event_id: Mapped[int]
    person_created_at: Mapped[datetime] = mapped_column(UtcDateTime)  # ids can be given anew
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Pause(Base):
    """Something of the whole installation that stands still until somebody lets it go on."""

    __tablename__ = "pause"

    name: Mapped[str] = mapped_column(primary_key=True)  # "outbox"
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str]
