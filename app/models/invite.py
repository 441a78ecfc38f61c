"""The one calendar entry of a person at an event, and what they answered to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.enums import IncomingKind, InviteState, Method, PartStat, ReplySource
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
    # Of the last reply believed; an older one is dropped (RFC 5546 2.1.5).
    reply_sequence: Mapped[int | None]
    reply_stamped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Reply(Base):
    """One answer to an invite, as it came; the newest is the invite's."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    invite_id: Mapped[int] = mapped_column(ForeignKey("invite.id", ondelete="CASCADE"), index=True)
    partstat: Mapped[PartStat] = enum_column(PartStat)
    source: Mapped[ReplySource] = enum_column(ReplySource)
    sequence: Mapped[int | None]
    stamped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IncomingMail(Base):
    """A message that came to the event's address; each is taken once, whatever fetches it twice."""

    __tablename__ = "incoming_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)  # SHA-256 of its bytes
    kind: Mapped[IncomingKind] = enum_column(IncomingKind)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    from_address: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(default="")  # why it was ignored, or what came back
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by an organiser
