"""A person's request for a place, with everything they told us for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcDateTime
from app.enums import ConsentKind, Role, SignUpState, WishKind
from app.models.columns import enum_column

if TYPE_CHECKING:
    from app.models.people import Person


class SignUp(Base):
    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("event_id", "seq"),
        Index("ix_sign_up_event_role_state", "event_id", "role", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    role: Mapped[Role] = enum_column(Role)
    state: Mapped[SignUpState] = enum_column(SignUpState)
    seq: Mapped[int]  # place in the order of sign-ups; also the order of the waitlist
    wants_state: Mapped[SignUpState] = enum_column(SignUpState)  # placed or waiting once confirmed
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The organiser knows that they do not come; their place stays theirs, their seats go.
    absent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    question: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)  # ranked names
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)  # table features
    absent_rounds: Mapped[list[int]] = mapped_column(JSON, default=list)  # round ids not attended
    # Anew when somebody who left signs up again: seats planned before it are not theirs any more.
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="sign_up")
    wishes: Mapped[list[Wish]] = relationship(cascade="all, delete-orphan", order_by="Wish.id")
    consents: Mapped[list[Consent]] = relationship(
        cascade="all, delete-orphan", order_by="Consent.id"
    )
    block_roles: Mapped[list[BlockRole]] = relationship(cascade="all, delete-orphan")
    answers: Mapped[list[Answer]] = relationship(
        cascade="all, delete-orphan", order_by="Answer.question_id"
    )


class Wish(Base):
    """Somebody this person would love to meet, or would rather not sit with (confidential).

    Kept as the address or name that was written, and matched when that person signs up.
    """

    __tablename__ = "wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(
        ForeignKey("sign_up.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[WishKind] = enum_column(WishKind)
    target: Mapped[str]  # as written
    target_canonical: Mapped[str] = mapped_column(index=True)
    weight: Mapped[int] = mapped_column(default=1)


class Consent(Base):
    """A yes to one separate, versioned text."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("sign_up_id", "kind", "text_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    kind: Mapped[ConsentKind] = enum_column(ConsentKind)
    text_version: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BlockRole(Base):
    """Another role in one block, such as a near-peer's: mentee in one, mentor in the next."""

    __tablename__ = "block_role"
    __table_args__ = (UniqueConstraint("sign_up_id", "block_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"))
    role: Mapped[Role | None] = enum_column(Role, nullable=True)  # None: not in this block


class Answer(Base):
    """What a person wrote to one of the organiser's own questions."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("sign_up_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(
        ForeignKey("custom_question.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[str]  # a text, one of the choices, or "yes" / "no"
