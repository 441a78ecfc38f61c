"""What the database says after a step, as plain rows: read without the product's own queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.models import (
    AuditEntry,
    Block,
    Capacity,
    Event,
    Invite,
    OutboxMessage,
    Person,
    PlanRun,
    Schedule,
    ScheduledRound,
    ScheduledSeat,
    SignUp,
    Table,
)

Seat = tuple[int, int, int]
"""Sign-up, round, table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpFact:
    id: int
    person_id: int
    name: str
    address: str
    role: Role
    state: SignUpState
    seq: int
    confirmed_at: datetime | None
    held_until: datetime | None
    offered_until: datetime | None
    goals: str
    created_at: datetime
    erased_at: datetime | None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


@dataclass(slots=True, kw_only=True)
class Facts:
    """One event; ``sign_ups`` by their ids, rows in the order they were made."""

    event_id: int
    organisation_id: int
    starts_at: datetime
    ends_at: datetime
    places: dict[Role, tuple[int | None, float | None]] = field(default_factory=dict)
    sign_ups: dict[int, SignUpFact] = field(default_factory=dict)
    outbox: list[Row[Any]] = field(default_factory=list)
    invites: dict[int, Row[Any]] = field(default_factory=dict)
    audit: list[Row[Any]] = field(default_factory=list)
    versions: dict[int, set[Seat]] = field(default_factory=dict)
    # By version: round, its start, the plan run it is from.
    rounds: dict[int, list[tuple[int, datetime, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    planned_at: dict[int, datetime] = field(default_factory=dict)  # by run: when it was asked for
    tables: dict[int, int] = field(default_factory=dict)  # their numbers

    @property
    def version(self) -> int:
        return max(self.versions, default=0)


def read(session: Session, event_ids: tuple[int, ...]) -> dict[int, Facts]:
    """Return the facts of each event, in one statement a table."""
    connection = session.connection()
    events = select(Event.id, Event.organisation_id, Event.starts_at, Event.ends_at)
    found = {
        row.id: Facts(
            event_id=row.id,
            organisation_id=row.organisation_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in connection.execute(events.where(Event.id.in_(event_ids)))
    }
    _read_people(connection, found)
    _read_record(connection, found)
    _read_schedules(connection, found)
    return found


def _rows(connection: Connection, statement: Select[Any]) -> list[Row[Any]]:
    return list(connection.execute(statement))


def _read_people(connection: Connection, found: dict[int, Facts]) -> None:
    for row in _rows(connection, _CAPACITIES.where(Capacity.event_id.in_(found))):
        found[row.event_id].places[row.role] = (row.places, row.per_mentor)
    for row in _rows(connection, _SIGN_UPS.where(SignUp.event_id.in_(found)).order_by(SignUp.id)):
        event_id, *values = row
        fact = SignUpFact(**dict(zip(SignUpFact.__slots__, values, strict=True)))
        found[event_id].sign_ups[fact.id] = fact
    for row in _rows(connection, _INVITES.where(SignUp.event_id.in_(found))):
        found[row.event_id].invites[row.sign_up_id] = row


def _read_record(connection: Connection, found: dict[int, Facts]) -> None:
    mails = _OUTBOX.where(OutboxMessage.event_id.in_(found)).order_by(OutboxMessage.id)
    for row in _rows(connection, mails):
        found[row.event_id].outbox.append(row)
    entries = _AUDIT.where(AuditEntry.event_id.in_(found)).order_by(AuditEntry.id)
    for row in _rows(connection, entries):
        found[row.event_id].audit.append(row)


def _read_schedules(connection: Connection, found: dict[int, Facts]) -> None:
    for event_id, version, *seat in _rows(connection, _SEATS.where(Schedule.event_id.in_(found))):
        seats = found[event_id].versions.setdefault(version, set())
        if seat[0] is not None:
            seats.add((seat[0], seat[1], seat[2]))
    rounds = _ROUNDS.where(Schedule.event_id.in_(found)).order_by(ScheduledRound.starts_at)
    for event_id, version, *values in _rows(connection, rounds):
        found[event_id].rounds[version].append((values[0], values[1], values[2]))
    for event_id, run_id, at in _rows(connection, _RUNS.where(PlanRun.event_id.in_(found))):
        found[event_id].planned_at[run_id] = at
    for event_id, table_id, number in _rows(connection, _TABLES.where(Block.event_id.in_(found))):
        found[event_id].tables[table_id] = number


_CAPACITIES = select(Capacity.event_id, Capacity.role, Capacity.places, Capacity.per_mentor)
_SIGN_UPS = select(
    SignUp.event_id,
    SignUp.id,
    SignUp.person_id,
    Person.name,
    Person.email,
    SignUp.role,
    SignUp.state,
    SignUp.seq,
    SignUp.confirmed_at,
    SignUp.held_until,
    SignUp.offered_until,
    SignUp.goals,
    SignUp.created_at,
    Person.erased_at,
).join(Person, Person.id == SignUp.person_id)
_INVITES = select(
    SignUp.event_id,
    Invite.sign_up_id,
    Invite.uid,
    Invite.state,
    Invite.sequence,
    Invite.told_version,
).join(SignUp, SignUp.id == Invite.sign_up_id)
_OUTBOX = select(
    OutboxMessage.event_id,
    OutboxMessage.person_id,
    OutboxMessage.kind,
    OutboxMessage.to_address,
    OutboxMessage.method,
    OutboxMessage.uid,
    OutboxMessage.sequence,
    OutboxMessage.state,
    OutboxMessage.message_id,
    OutboxMessage.calendar,
)
_AUDIT = select(
    AuditEntry.event_id,
    AuditEntry.organisation_id,
    AuditEntry.actor,
    AuditEntry.what,
    AuditEntry.detail,
)
_SEATS = select(
    Schedule.event_id,
    Schedule.version,
    ScheduledSeat.sign_up_id,
    ScheduledSeat.round_id,
    ScheduledSeat.table_id,
).outerjoin(ScheduledSeat, ScheduledSeat.schedule_id == Schedule.id)
_ROUNDS = select(
    Schedule.event_id,
    Schedule.version,
    ScheduledRound.round_id,
    ScheduledRound.starts_at,
    ScheduledRound.plan_run_id,
).join(ScheduledRound, ScheduledRound.schedule_id == Schedule.id)
_RUNS = select(PlanRun.event_id, PlanRun.id, PlanRun.created_at)
_TABLES = select(Block.event_id, Table.id, Table.number).join(Table, Table.block_id == Block.id)
