"""What the database says after a step, as plain rows: read without the product's own queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
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
    is_confirmed: bool
    held_until: datetime | None
    offered_until: datetime | None
    goals: str
    created_at: datetime
    is_erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One event; ``sign_ups`` by the address they came with, rows in the order they were made."""

    event_id: int
    organisation_id: int
    starts_at: datetime
    ends_at: datetime
    places: dict[Role, tuple[int | None, float | None]]
    sign_ups: dict[str, SignUpFact]
    outbox: tuple[Row[Any], ...]
    invites: dict[int, Row[Any]]
    audit: tuple[Row[Any], ...]
    versions: dict[int, frozenset[Seat]]
    rounds: dict[int, tuple[tuple[int, datetime, int], ...]]  # id, start, plan run, by version
    planned_at: dict[int, datetime]  # when each run was asked for
    tables: dict[int, int]  # their numbers

    @property
    def version(self) -> int:
        return max(self.versions, default=0)

    def of(self, sign_up_id: int) -> SignUpFact:
        return next(fact for fact in self.sign_ups.values() if fact.id == sign_up_id)


def read(session: Session, event_id: int) -> Facts:
    event = session.execute(
        select(Event.organisation_id, Event.starts_at, Event.ends_at).where(Event.id == event_id)
    ).one()
    capacities = session.execute(
        select(Capacity.role, Capacity.places, Capacity.per_mentor).where(
            Capacity.event_id == event_id
        )
    )
    invites = session.execute(
        select(Invite.sign_up_id, Invite.uid, Invite.state, Invite.sequence, Invite.told_version)
        .join(SignUp, SignUp.id == Invite.sign_up_id)
        .where(SignUp.event_id == event_id)
    )
    return Facts(
        event_id=event_id,
        organisation_id=event.organisation_id,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        places={row.role: (row.places, row.per_mentor) for row in capacities},
        sign_ups={fact.address: fact for fact in _sign_ups(session, event_id)},
        outbox=_outbox(session, event_id),
        invites={row.sign_up_id: row for row in invites},
        audit=_audit(session, event_id),
        versions=_versions(session, event_id),
        rounds=_rounds(session, event_id),
        planned_at=_pairs(
            session,
            select(PlanRun.id, PlanRun.created_at).where(PlanRun.event_id == event_id),
        ),
        tables=_pairs(
            session,
            select(Table.id, Table.number)
            .join(Block, Block.id == Table.block_id)
            .where(Block.event_id == event_id),
        ),
    )


def _pairs(session: Session, statement: Select[Any]) -> dict[int, Any]:
    return {key: value for key, value in session.execute(statement)}  # noqa: C416 -- rows


def _sign_ups(session: Session, event_id: int) -> list[SignUpFact]:
    rows = session.execute(
        select(
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
        )
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event_id)
        .order_by(SignUp.id)
    )
    return [
        SignUpFact(
            id=row.id,
            person_id=row.person_id,
            name=row.name,
            address=row.email,
            role=row.role,
            state=row.state,
            seq=row.seq,
            is_confirmed=row.confirmed_at is not None,
            held_until=row.held_until,
            offered_until=row.offered_until,
            goals=row.goals,
            created_at=row.created_at,
            is_erased=row.erased_at is not None,
        )
        for row in rows
    ]


def _outbox(session: Session, event_id: int) -> tuple[Row[Any], ...]:
    columns = (
        OutboxMessage.id,
        OutboxMessage.person_id,
        OutboxMessage.kind,
        OutboxMessage.to_address,
        OutboxMessage.method,
        OutboxMessage.uid,
        OutboxMessage.sequence,
        OutboxMessage.state,
        OutboxMessage.message_id,
        OutboxMessage.order_key,
        OutboxMessage.calendar,
    )
    statement = select(*columns).where(OutboxMessage.event_id == event_id)
    return tuple(session.execute(statement.order_by(OutboxMessage.id)))


def _audit(session: Session, event_id: int) -> tuple[Row[Any], ...]:
    columns = (
        AuditEntry.id,
        AuditEntry.organisation_id,
        AuditEntry.actor,
        AuditEntry.what,
        AuditEntry.detail,
    )
    statement = select(*columns).where(AuditEntry.event_id == event_id)
    return tuple(session.execute(statement.order_by(AuditEntry.id)))


def _versions(session: Session, event_id: int) -> dict[int, frozenset[Seat]]:
    found: dict[int, set[Seat]] = {}
    for version, *seat in session.execute(
        select(
            Schedule.version,
            ScheduledSeat.sign_up_id,
            ScheduledSeat.round_id,
            ScheduledSeat.table_id,
        )
        .outerjoin(ScheduledSeat, ScheduledSeat.schedule_id == Schedule.id)
        .where(Schedule.event_id == event_id)
    ):
        seats = found.setdefault(version, set())
        if seat[0] is not None:
            seats.add((seat[0], seat[1], seat[2]))
    return {version: frozenset(seats) for version, seats in found.items()}


def _rounds(session: Session, event_id: int) -> dict[int, tuple[tuple[int, datetime, int], ...]]:
    found: dict[int, list[tuple[int, datetime, int]]] = {}
    for version, round_id, starts_at, run_id in session.execute(
        select(
            Schedule.version,
            ScheduledRound.round_id,
            ScheduledRound.starts_at,
            ScheduledRound.plan_run_id,
        )
        .join(ScheduledRound, ScheduledRound.schedule_id == Schedule.id)
        .where(Schedule.event_id == event_id)
        .order_by(ScheduledRound.starts_at)
    ):
        found.setdefault(version, []).append((round_id, starts_at, run_id))
    return {version: tuple(rounds) for version, rounds in found.items()}
