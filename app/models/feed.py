"""Addresses of calendar feeds that belong to no participant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import FeedKind
from app.models.columns import enum_column


class FeedLink(Base):
    """A read-only feed: of all events of an organiser's organisation, or of one event in public.

    Derived like a personal link: the token is nowhere, ``version`` rises to revoke it.
    """

    __tablename__ = "feed_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedKind] = enum_column(FeedKind)
    organiser_id: Mapped[int | None] = mapped_column(
        ForeignKey("organiser.id", ondelete="CASCADE"), unique=True
    )
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), unique=True
    )
    version: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
