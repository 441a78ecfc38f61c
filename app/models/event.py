"""An event: its agenda of blocks, rounds, tables, topics, career stages, capacities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcDateTime
from app.enums import Admission, BlockKind, EventState, QuestionKind, Role, TopicKind
from app.models.columns import enum_column


class Series(Base):
    """Events that go on with the same people: the next one knows whom the last seated together."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Event(Base):
    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    tagline: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    preset: Mapped[str] = mapped_column(default="")
    state: Mapped[EventState] = enum_column(EventState, default=EventState.DRAFT)
    zone: Mapped[str]  # IANA name; instants below are UTC
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    signup_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Until when people may change their answers; None: until sign-up closes.
    changes_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asks_approval: Mapped[bool] = mapped_column(default=False, server_default=false())
    confirms_address: Mapped[bool] = mapped_column(default=True)
    next_seq: Mapped[int] = mapped_column(default=1)  # order of sign-ups, given under the lock
    roster_version: Mapped[int] = mapped_column(default=0)  # rises when who takes part changes
    retention_days: Mapped[int] = mapped_column(default=90)
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # out of the list, not gone
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # For calendars that subscribe to the agenda: how often it was moved or called off, and when.
    agenda_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    agenda_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    all_blocks: Mapped[list[Block]] = relationship(
        order_by="Block.position", cascade="all, delete-orphan"
    )
    stages: Mapped[list[Stage]] = relationship(
        order_by="Stage.position", cascade="all, delete-orphan"
    )
    topics: Mapped[list[Topic]] = relationship(
        order_by="Topic.position", cascade="all, delete-orphan"
    )
    capacities: Mapped[list[Capacity]] = relationship(
        order_by="Capacity.id", cascade="all, delete-orphan"
    )
    questions: Mapped[list[CustomQuestion]] = relationship(
        order_by="CustomQuestion.position", cascade="all, delete-orphan"
    )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts that take place, in their order; those that were closed are left out."""
        return tuple(one for one in self.all_blocks if one.closed_at is None)


class Stage(Base):
    """A step of the event's career-stage ladder."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str]
    label: Mapped[str]


class Topic(Base):
    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[TopicKind] = enum_column(TopicKind, default=TopicKind.CONTEXTUAL)


class Capacity(Base):
    """How many people of a role the event takes; a role without a row is not asked for."""

    __tablename__ = "capacity"
    __table_args__ = (UniqueConstraint("event_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    role: Mapped[Role] = enum_column(Role)
    places: Mapped[int | None]  # None: as many as come
    # Places also never exceed this many for each mentor with a place; None: not tied to mentors.
    per_mentor: Mapped[float | None]
    admission: Mapped[Admission] = enum_column(
        Admission, default=Admission.FIRST_COME, server_default=Admission.FIRST_COME.value
    )


class CustomQuestion(Base):
    """A question of the organiser's own on the sign-up form.

    The answer of a *trait* goes to the planner, which may spread people by it or let nobody be the
    only one. A private answer is read by the person and by owners, and by nobody else.
    """

    __tablename__ = "custom_question"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str]  # never shown; name of the trait in problems
    label: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    kind: Mapped[QuestionKind] = enum_column(QuestionKind)
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)  # empty: everybody
    is_required: Mapped[bool] = mapped_column(default=False)
    is_trait: Mapped[bool] = mapped_column(default=False)
    is_private: Mapped[bool] = mapped_column(default=False)


class Block(Base):
    """A part of the agenda; a speed or group block is one problem for the planner.

    A part, round or table that a published version names is closed when it falls away, not
    deleted: the version still says what it said, and it can be opened again.
    """

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[BlockKind] = enum_column(BlockKind)
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]  # of each round
    changeover_minutes: Mapped[int] = mapped_column(default=0)
    # Keys of the problem format that hold for the whole block: composition, repeats,
    # keep_apart_same, goals; and "hosts", the roles that stay at one table.
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    all_rounds: Mapped[list[Round]] = relationship(
        order_by="Round.number", cascade="all, delete-orphan"
    )
    all_tables: Mapped[list[Table]] = relationship(
        order_by="Table.number", cascade="all, delete-orphan"
    )

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds that take place."""
        return tuple(one for one in self.all_rounds if one.closed_at is None)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that people can sit at."""
        return tuple(one for one in self.all_tables if one.closed_at is None)


class Round(Base):
    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("block_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1-based within the block
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # always the last of a block


class Table(Base):
    __tablename__ = "seating_table"
    __table_args__ = (UniqueConstraint("block_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    features: Mapped[list[str]] = mapped_column(JSON, default=list)
    seats: Mapped[int | None]
    video_link: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
