"""Events as programs read them; every time is on the clock of the event's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.enums import BlockKind, EventState, QuestionKind, Role
from app.errors import NotFound
from app.models import Block, Event, Schedule
from app.queries.api.paging import PageAsked, PageOf, take
from app.services.signups.questions import OwnQuestion, own_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event in the list; ``schedule_version`` is 0 while nothing is published."""

    id: int
    slug: str
    name: str
    state: EventState
    zone: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    sign_up_closes_at: datetime | None
    roster_version: int
    schedule_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    id: int
    number: int
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    id: int
    number: int
    label: str
    seats: int | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    id: int
    kind: BlockKind
    title: str
    starts_at: datetime
    ends_at: datetime
    rounds: tuple[RoundRow, ...]
    tables: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role the event asks for; ``places`` is None when as many as come are taken."""

    role: Role
    places: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    id: int
    label: str
    kind: QuestionKind
    choices: tuple[str, ...]
    roles: tuple[Role, ...]
    is_required: bool
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event with its agenda and with what its form asks."""

    id: int
    slug: str
    name: str
    state: EventState
    zone: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    sign_up_closes_at: datetime | None
    roster_version: int
    schedule_version: int
    tagline: str
    contact_email: str
    preset: str
    roles: tuple[RoleRow, ...]
    stages: tuple[StageRow, ...]
    topics: tuple[str, ...]
    questions: tuple[QuestionRow, ...]
    blocks: tuple[BlockRow, ...]


_VERSION = (
    select(func.coalesce(func.max(Schedule.version), 0))
    .where(Schedule.event_id == Event.id)
    .correlate(Event)
    .scalar_subquery()
)


def rows(session: Session, organisation_id: int, asked: PageAsked) -> PageOf[EventRow]:
    """Return a page of an organisation's events, the oldest first."""
    statement = select(Event, _VERSION).where(Event.organisation_id == organisation_id)
    return take(session, statement, Event.id, asked, lambda row: (row[0].id, _row(row[0], row[1])))


def page(session: Session, organisation_id: int, event_id: int) -> EventPage:
    """Return one event; somebody else's is not found."""
    found = session.execute(
        select(Event, _VERSION)
        .where(Event.id == event_id, Event.organisation_id == organisation_id)
        .options(
            selectinload(Event.all_blocks).selectinload(Block.all_rounds),
            selectinload(Event.all_blocks).selectinload(Block.all_tables),
            selectinload(Event.capacities),
            selectinload(Event.stages),
            selectinload(Event.topics),
            selectinload(Event.questions),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    event, version = found
    row = _row(event, version)
    return EventPage(
        **{name: getattr(row, name) for name in EventRow.__slots__},
        tagline=event.tagline,
        contact_email=event.contact_email,
        preset=event.preset,
        roles=tuple(RoleRow(role=one.role, places=one.places) for one in event.capacities),
        stages=tuple(StageRow(key=one.key, label=one.label) for one in event.stages),
        topics=tuple(one.name for one in event.topics),
        questions=tuple(_question(one) for one in own_questions(event)),
        blocks=tuple(_block(one, ZoneInfo(event.zone)) for one in event.blocks),
    )


def _row(event: Event, version: int) -> EventRow:
    zone = ZoneInfo(event.zone)
    closes = event.signup_closes_at
    return EventRow(
        id=event.id,
        slug=event.slug,
        name=event.name,
        state=event.state,
        zone=event.zone,
        starts_at=event.starts_at.astimezone(zone),
        ends_at=event.ends_at.astimezone(zone),
        venue=event.venue,
        sign_up_closes_at=None if closes is None else closes.astimezone(zone),
        roster_version=event.roster_version,
        schedule_version=version,
    )


def _question(one: OwnQuestion) -> QuestionRow:
    return QuestionRow(
        id=one.id,
        label=one.label,
        kind=one.kind,
        choices=one.choices,
        roles=one.roles,
        is_required=one.is_required,
        is_private=one.is_private,
    )


def _block(block: Block, zone: ZoneInfo) -> BlockRow:
    return BlockRow(
        id=block.id,
        kind=block.kind,
        title=block.title,
        starts_at=block.starts_at.astimezone(zone),
        ends_at=block.ends_at.astimezone(zone),
        rounds=tuple(
            RoundRow(
                id=one.id,
                number=one.number,
                starts_at=one.starts_at.astimezone(zone),
                minutes=one.minutes,
            )
            for one in block.rounds
        ),
        tables=tuple(
            TableRow(
                id=one.id,
                number=one.number,
                label=one.label,
                seats=one.seats,
                features=tuple(one.features),
            )
            for one in block.tables
        ),
    )
