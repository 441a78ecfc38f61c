"""The agenda as organisers change it: its parts, who sits where, and whom a new time concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.enums import BlockKind, Role
from app.models import Block, Event, PlanRun, Round, ScheduledRound, Table
from app.queries import closed_seats
from app.services import agenda, invites, publishing
from app.services.agenda import PartForm, SeatRules
from app.services.agenda.seat_rules import RoleSeats
from app.services.publishing.snapshot import with_times_of
from config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part in the list; ``drafts`` are its plans that nobody was told of."""

    id: int
    position: int
    kind: BlockKind
    starts_at: datetime  # in the event's zone
    ends_at: datetime
    form: PartForm
    mark: str
    who: tuple[str, ...]
    tables: int
    offers: tuple[tuple[str, int], ...]  # a feature and how many tables have it
    is_short: bool
    unasked: tuple[Role, ...]  # take part, and nobody can sign up for it
    drafts: int
    is_published: bool
    closed_rounds: int  # that were published, and do not take place any more

    @property
    def length(self) -> int:
        """Minutes from its start to its end."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPart:
    """A part that was published and does not take place any more."""

    id: int
    title: str
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPage:
    parts: tuple[Part, ...]
    asked: tuple[Role, ...]
    closed: tuple[ClosedPart, ...] = ()

    @property
    def best_place(self) -> int:
        """Behind which part a new one goes most often: the last before a close; 0 without any."""
        before_close = len(self.parts) > 1 and self.parts[-1].kind is BlockKind.PLENARY
        return self.parts[-2 if before_close else -1].id if self.parts else 0

    def part(self, block_id: int) -> Part:
        """Return a part of the agenda; raises ``PartGone``."""
        for part in self.parts:
            if part.id == block_id:
                return part
        raise agenda.PartGone


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedRound:
    """A published round whose time is another now."""

    number: int
    before: datetime  # in the event's zone
    after: datetime
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneRound:
    """A published round that was closed since, or whose part was."""

    number: int
    at: datetime  # in the event's zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What people's calendars do not know yet; ``at_closed`` of them sit at a closed table."""

    version: int
    people: int
    rounds: tuple[MovedRound, ...]
    gone: tuple[GoneRound, ...] = ()
    at_closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    id: int
    number: int
    label: str
    seats: int | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesPage:
    """The tables of one part; ``features`` are those there are to tick."""

    title: str
    rows: tuple[TableRow, ...]
    closed: tuple[TableRow, ...]
    features: tuple[str, ...]
    word: str


def agenda_page(session: Session, event_id: int) -> AgendaPage:
    """Return the agenda of an event that was found for the organisation before."""
    event = _load(session, event_id)
    ids = [block.id for block in event.blocks]
    published = set(
        session.scalars(
            select(PlanRun.block_id)
            .join(ScheduledRound, ScheduledRound.plan_run_id == PlanRun.id)
            .where(PlanRun.block_id.in_(ids))
            .distinct()
        )
    )
    asked = tuple(role for role in Role if role in {row.role for row in event.capacities})
    drafts = _drafts(session, ids)
    return AgendaPage(
        parts=tuple(
            _part(block, event, asked, drafts.get(block.id, 0), is_published=block.id in published)
            for block in event.blocks
        ),
        asked=asked,
        closed=tuple(
            ClosedPart(id=block.id, title=block.title, kind=block.kind)
            for block in event.all_blocks
            if block.closed_at is not None
        ),
    )


def untold(session: Session, event_id: int, *, settings: Config) -> Untold | None:
    """Return what is published otherwise than the agenda has it; None when nothing is."""
    event = session.get_one(Event, event_id)
    before = publishing.current(session, event.id)
    if before.version == 0:
        return None
    after = with_times_of(event, before)
    cases = invites.preview(session, event, after, settings=settings)
    people = sum(case.intent.is_told for case in cases)
    new = {fact.round_id: fact for fact in after.rounds}
    zone = ZoneInfo(event.zone)
    rounds = tuple(
        MovedRound(
            number=fact.ordinal,
            before=fact.starts_at.astimezone(zone),
            after=new[fact.round_id].starts_at.astimezone(zone),
            minutes_before=fact.minutes,
            minutes_after=new[fact.round_id].minutes,
        )
        for fact in before.rounds
        if fact.round_id in new
        and (fact.starts_at, fact.minutes)
        != (new[fact.round_id].starts_at, new[fact.round_id].minutes)
    )
    gone = tuple(
        GoneRound(number=fact.ordinal, at=fact.starts_at.astimezone(zone))
        for fact in before.rounds
        if fact.round_id not in new
    )
    if not people and not rounds and not gone:
        return None
    at_closed = closed_seats.read(session, event.id).at_tables
    return Untold(
        version=before.version, people=people, rounds=rounds, gone=gone, at_closed=at_closed
    )


def closing_of_part(session: Session, event_id: int, block_id: int) -> agenda.Closing | None:
    """Return what closing a part means; None when no version names it, so that it can go."""
    rounds = select(Round.id).join(Block, Block.id == Round.block_id)
    mine = rounds.where(Block.id == block_id, Block.event_id == event_id)
    return agenda.closing_of(session, event_id, round_ids=session.scalars(mine).all())


def tables_page(session: Session, event_id: int, block_id: int) -> TablesPage:
    """Return the tables of a part; raises ``PartGone``."""
    event = _load(session, event_id)
    block = next((one for one in event.blocks if one.id == block_id), None)
    if block is None or not block.kind.is_planned:
        raise agenda.PartGone
    last = block.tables[-1].label if block.tables else ""
    word = last.rstrip("0123456789 ")
    return TablesPage(
        title=block.title,
        rows=tuple(_table_row(table) for table in block.tables),
        closed=tuple(_table_row(one) for one in block.all_tables if one.closed_at is not None),
        features=agenda.features_of(event.blocks),
        word=word or "Table",
    )


def _table_row(table: Table) -> TableRow:
    return TableRow(
        id=table.id,
        number=table.number,
        label=table.label,
        seats=table.seats,
        features=tuple(table.features),
    )


def who_sits(seats: SeatRules) -> tuple[str, ...]:
    """Return who sits at a table, a sentence a role: "1 or 2 mentors stay at each table"."""
    found = [_of_role(one) for one in seats.roles]
    if seats.stages > 1:
        found.append(f"{seats.stages} career stages or more at each table")
    if seats.even:
        found.append("tables nearly the same size")
    return tuple(found)


def _of_role(one: RoleSeats) -> str:
    doing = "stay at each table" if one.stays else "at a table, and move"
    if one.most is None:
        number = f"{one.least} or more" if one.least else "any number of"
    elif one.most == one.least:
        number = str(one.most)
    elif one.most == one.least + 1:
        number = f"{one.least} or {one.most}"
    else:
        number = f"{one.least} to {one.most}"
    is_one = one.most == 1
    word = one.role.value if is_one else f"{one.role.value}s"
    if is_one:
        doing = doing.replace("stay at", "stays at").replace("and move", "and moves")
    return f"{number} {word} {doing}"


def _load(session: Session, event_id: int) -> Event:
    blocks = selectinload(Event.all_blocks)
    return session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(
            blocks.selectinload(Block.all_rounds),
            blocks.selectinload(Block.all_tables),
            selectinload(Event.capacities),
        )
    ).one()


def _drafts(session: Session, block_ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(PlanRun.block_id, func.count())
        .where(
            PlanRun.block_id.in_(block_ids),
            PlanRun.id.not_in(select(ScheduledRound.plan_run_id)),
        )
        .group_by(PlanRun.block_id)
    )
    return {block_id: number for block_id, number in rows}  # noqa: C416 -- rows are no pairs to mypy


def _part(
    block: Block, event: Event, asked: tuple[Role, ...], drafts: int, *, is_published: bool
) -> Part:
    form, zone = agenda.form_of(block), ZoneInfo(event.zone)
    features = agenda.features_of([block])
    offers = [(name, sum(name in one.features for one in block.tables)) for name in features]
    taking = [one.role for one in form.seats.roles] if form.seats else []
    return Part(
        id=block.id,
        position=block.position,
        kind=block.kind,
        starts_at=block.starts_at.astimezone(zone),
        ends_at=block.ends_at.astimezone(zone),
        form=form,
        mark=agenda.mark_of(block),
        who=who_sits(form.seats) if form.seats else (),
        tables=len(block.tables),
        offers=tuple((name, number) for name, number in offers if number),
        is_short=agenda.is_short(block.kind, block.minutes),
        unasked=tuple(role for role in taking if role not in asked),
        drafts=drafts,
        is_published=is_published,
        closed_rounds=len(block.all_rounds) - len(block.rounds),
    )
