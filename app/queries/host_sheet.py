"""A host's own sheet: who comes in which round. Never needs, private answers or addresses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import ConsentKind, Role, SignUpState
from app.errors import NotFound
from app.models import (
    Block,
    Event,
    Round,
    Schedule,
    ScheduledRound,
    ScheduledSeat,
    SignUp,
    Stage,
    Table,
)
from app.queries import times
from app.queries.my_data import HOSTING, is_host
from app.services.publishing import is_still_theirs, label_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who comes to the table; ``question`` only where they agreed to show it."""

    name: str
    stage: str
    affiliation: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRound:
    """One round at a host's table; nobody comes when there are no guests."""

    number: int
    at: str
    minutes: int
    table: str
    guests: tuple[Guest, ...]
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSheet:
    """All rounds that somebody hosts; none before anything is published."""

    published: str
    rounds: tuple[SheetRound, ...]
    is_host: bool = True

    @property
    def guests(self) -> int:
        """How many visits there are in all."""
        return sum(len(one.guests) for one in self.rounds)


def host_sheet(session: Session, person_id: int) -> HostSheet:
    """Return a mentor's or facilitator's sheet; anybody else's is empty."""
    me = session.scalar(
        select(SignUp)
        .where(SignUp.person_id == person_id)
        .options(selectinload(SignUp.block_roles))
    )
    if me is None:
        raise NotFound
    if not is_host(me):
        return HostSheet(published="", rounds=(), is_host=False)
    event = session.get_one(Event, me.event_id)
    schedule = session.scalar(
        select(Schedule)
        .where(Schedule.event_id == event.id)
        .order_by(Schedule.version.desc())
        .limit(1)
    )
    if schedule is None or me.state is not SignUpState.PLACED:
        return HostSheet(published="", rounds=())
    rows = _my_rounds(session, schedule, me)
    visitors = _at_tables(session, schedule, me, [table.id for _round, _block, table in rows])
    stages = {stage.key: stage.label for stage in _stages(session, event)}
    return HostSheet(
        published=times.day(schedule.published_at, event.zone),
        rounds=tuple(
            _sheet_round(round_, block, table, visitors, me=me, stages=stages, zone=event.zone)
            for round_, block, table in rows
            if role_in(me, block.id) in HOSTING
        ),
    )


def role_in(sign_up: SignUp, block_id: int) -> Role | None:
    """Return as what somebody takes part in a block, None for not at all."""
    for own in sign_up.block_roles:
        if own.block_id == block_id:
            return own.role
    return sign_up.role


def _my_rounds(
    session: Session, schedule: Schedule, me: SignUp
) -> list[tuple[ScheduledRound, Block, Table]]:
    found = session.execute(
        select(ScheduledRound, Block, Table)
        .join(
            ScheduledSeat,
            (ScheduledSeat.schedule_id == ScheduledRound.schedule_id)
            & (ScheduledSeat.round_id == ScheduledRound.round_id),
        )
        .join(Table, Table.id == ScheduledSeat.table_id)
        .join(Block, Block.id == Table.block_id)
        .join(Round, Round.id == ScheduledRound.round_id)
        .where(
            ScheduledRound.schedule_id == schedule.id,
            Block.closed_at.is_(None),
            Round.closed_at.is_(None),
            ScheduledSeat.sign_up_id == me.id,
            is_still_theirs(schedule.id),
        )
        .order_by(ScheduledRound.starts_at)
    )
    return [(round_, block, table) for round_, block, table in found]


def _at_tables(
    session: Session, schedule: Schedule, me: SignUp, table_ids: list[int]
) -> dict[tuple[int, int], list[SignUp]]:
    found = session.execute(
        select(ScheduledSeat.round_id, ScheduledSeat.table_id, SignUp)
        .join(SignUp, SignUp.id == ScheduledSeat.sign_up_id)
        .where(
            ScheduledSeat.schedule_id == schedule.id,
            ScheduledSeat.sign_up_id != me.id,
            ScheduledSeat.table_id.in_(table_ids),
            SignUp.state == SignUpState.PLACED,
            is_still_theirs(schedule.id),
        )
        .order_by(SignUp.seq)
        .options(
            selectinload(SignUp.person),
            selectinload(SignUp.consents),
            selectinload(SignUp.block_roles),
        )
    )
    visitors: dict[tuple[int, int], list[SignUp]] = {}
    for round_id, table_id, other in found:
        visitors.setdefault((round_id, table_id), []).append(other)
    return visitors


def _stages(session: Session, event: Event) -> list[Stage]:
    return list(session.scalars(select(Stage).where(Stage.event_id == event.id)))


def _sheet_round(
    round_: ScheduledRound,
    block: Block,
    table: Table,
    visitors: dict[tuple[int, int], list[SignUp]],
    *,
    me: SignUp,
    stages: dict[str, str],
    zone: str,
) -> SheetRound:
    others = visitors.get((round_.round_id, table.id), [])
    hosts = [other for other in others if role_in(other, block.id) in HOSTING]
    reads = role_in(me, block.id) is Role.MENTOR
    return SheetRound(
        number=round_.number,
        at=times.clock(round_.starts_at, zone),
        minutes=round_.minutes,
        table=label_of(table),
        guests=tuple(_guest(other, stages, reads=reads) for other in others if other not in hosts),
        beside=times.listed(tuple(other.person.shown_name for other in hosts)),
    )


def _guest(other: SignUp, stages: dict[str, str], *, reads: bool) -> Guest:
    agreed = any(
        consent.kind is ConsentKind.QUESTION and consent.withdrawn_at is None
        for consent in other.consents
    )
    return Guest(
        name=other.person.shown_name,
        stage=stages.get(other.person.stage or "", ""),
        affiliation=other.person.affiliation,
        question=other.question if reads and agreed else "",
    )
