"""Mail on its way: rows written in the same transaction as the fact they tell."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import Method, OutboxState
from app.models.columns import enum_column


class OutboxMessage(Base):
    """One message to one person.

    Texts hold placeholders for personal links (``{{link:access}}``); the links are derived when the
    message leaves, so that no token is ever stored. ``order_key`` keeps what concerns one calendar
    entry in order: a later message waits until the earlier one has left or failed.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        # With the order key, so that what is due is found without reading a single text.
        Index("ix_outbox_message_due", "state", "next_attempt_at", "order_key"),
        Index("ix_outbox_message_order", "order_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Of mail to an organiser, which belongs to no event.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str]  # name of the mail's template folder
    to_name: Mapped[str] = mapped_column(default="")
    to_address: Mapped[str]
    reply_to: Mapped[str] = mapped_column(default="")
    is_reminder: Mapped[bool] = mapped_column(default=False, server_default=false())
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)  # iCalendar bytes as UTF-8 text
    method: Mapped[Method | None] = enum_column(Method, nullable=True)
    uid: Mapped[str | None]
    sequence: Mapped[int | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    order_key: Mapped[str]
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[OutboxState] = enum_column(OutboxState, default=OutboxState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    give_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    owner: Mapped[str | None]
    last_error: Mapped[str] = mapped_column(default="")
    # Its texts go once it has left or failed: somebody in it was erased. It is the only kind that
    # may still leave to whom is erased, because it takes their calendar entry out.
    forget_after: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when nothing more is tried, or when it came back.
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
