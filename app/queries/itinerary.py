"""One person's way through the published rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import ConsentKind, Role, SignUpState
from app.ical.conference import video_link
from app.models import Block, Event, Schedule, ScheduledRound, ScheduledSeat, SignUp, Table
from app.queries import times
from app.services.publishing import is_still_theirs

REST_WHY = (
    "The rules of this event give you this round to yourself. "
    "Write down one thing you will do differently."
)
ABSENT_WHY = "You told us that you cannot be here for this round."
MENDED_WHY = "Somebody had to withdraw. Look here again before you sit down."
CLOSED_WHY = (
    "{table} is not used any more. The organisers find you another place and tell you by mail. "
    "Look here again before you sit down."
)
OFF_WHY = "The organisers took it off the agenda, so nobody sits at a table then."


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Somebody at the same table; ``question`` only where they agreed to show it."""

    name: str
    about: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop of an itinerary: ``kind`` is minor, seat, rest, absent, closed or off.

    A round at a table that was closed is *closed*, one that does not take place any more is *off*.
    """

    kind: str
    at: str
    title: str
    label: str = ""
    table: int | None = None
    where: str = ""
    people: tuple[Companion, ...] = ()
    others: str = ""
    why: str = ""
    link: str = ""  # to meet by video


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """The latest published version of one person's rounds."""

    version: int
    published: str
    summary: str
    has_seat: bool
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seating:
    """What the stops are made from."""

    event: Event
    me: SignUp
    tables: dict[int, Table]
    mine: dict[int, int]
    at_table: dict[tuple[int, int], list[SignUp]]


def itinerary_of(session: Session, sign_up: SignUp, event: Event) -> Itinerary | None:
    """Return a person's itinerary, None before a plan with them in it was published.

    Who came after the plan has no rounds to reflect: they have no rounds at all yet.
    """
    schedule = session.scalar(
        select(Schedule)
        .where(Schedule.event_id == event.id)
        .order_by(Schedule.version.desc())
        .limit(1)
        .options(selectinload(Schedule.rounds))
    )
    if schedule is None:
        return None
    seating = _seating(session, schedule, sign_up, event)
    if not seating.mine:
        return None
    stops = _stops(schedule.rounds, seating)
    return Itinerary(
        version=schedule.version,
        published=times.day(schedule.published_at, event.zone),
        summary=_summary(stops, sign_up.role),
        has_seat=any(stop.kind in {"seat", "closed"} for stop in stops),
        stops=stops,
    )


def _seating(session: Session, schedule: Schedule, sign_up: SignUp, event: Event) -> _Seating:
    my_seats = select(ScheduledSeat.round_id, ScheduledSeat.table_id).where(
        ScheduledSeat.schedule_id == schedule.id,
        ScheduledSeat.sign_up_id == sign_up.id,
        is_still_theirs(schedule.id),
    )
    mine: dict[int, int] = dict(session.execute(my_seats).all())
    rows = session.execute(
        select(ScheduledSeat.round_id, ScheduledSeat.table_id, SignUp)
        .join(SignUp, SignUp.id == ScheduledSeat.sign_up_id)
        .where(
            ScheduledSeat.schedule_id == schedule.id,
            ScheduledSeat.sign_up_id != sign_up.id,
            ScheduledSeat.table_id.in_(set(mine.values())),
            SignUp.state == SignUpState.PLACED,
            is_still_theirs(schedule.id),
        )
        .order_by(SignUp.seq)
        .options(selectinload(SignUp.person), selectinload(SignUp.consents))
    )
    at_table: dict[tuple[int, int], list[SignUp]] = defaultdict(list)
    for round_id, table_id, other in rows:
        if mine.get(round_id) == table_id:
            at_table[round_id, table_id].append(other)
    tables = {table.id: table for block in event.all_blocks for table in block.all_tables}
    return _Seating(event=event, me=sign_up, tables=tables, mine=mine, at_table=at_table)


def _stops(rounds: Sequence[ScheduledRound], seating: _Seating) -> tuple[Stop, ...]:
    """Return rounds, breaks and plenaries in the order of their times."""
    event, role = seating.event, seating.me.role
    block_of = {round_.id: block for block in event.all_blocks for round_ in block.all_rounds}
    held = {round_.id for block in event.blocks for round_ in block.rounds}
    found: list[tuple[datetime, Stop]] = [
        (block.starts_at, _minor(block, event.zone))
        for block in event.blocks
        if not block.kind.is_planned
    ]
    for round_ in rounds:
        block = block_of.get(round_.round_id)
        if block is not None and _takes_part(block, role):
            is_off = round_.round_id not in held
            stop = _off_stop(round_, seating) if is_off else _round_stop(round_, seating)
            found.append((round_.starts_at, stop))
    return tuple(stop for _, stop in sorted(found, key=lambda pair: pair[0]))


def _takes_part(block: Block, role: Role) -> bool:
    roles = block.rules.get("roles")
    return roles is None or role in roles


def _minor(block: Block, zone: str) -> Stop:
    at = times.clock(block.starts_at, zone)
    return Stop(kind="minor", at=at, title=block.title, why=block.note)


def _off_stop(round_: ScheduledRound, seating: _Seating) -> Stop:
    at = times.clock(round_.starts_at, seating.event.zone)
    title = "This round does not take place"
    return Stop(kind="off", at=at, label=f"Round {round_.number}", title=title, why=OFF_WHY)


def _round_stop(round_: ScheduledRound, seating: _Seating) -> Stop:
    at = times.clock(round_.starts_at, seating.event.zone)
    label = f"Round {round_.number}"
    table_id = seating.mine.get(round_.round_id)
    others = [] if table_id is None else seating.at_table.get((round_.round_id, table_id), [])
    if round_.round_id in seating.me.absent_rounds and table_id is None:
        return Stop(kind="absent", at=at, label=label, title="Not here", why=ABSENT_WHY)
    is_host = seating.me.role is Role.MENTOR
    is_idle = is_host and all(other.role is Role.MENTOR for other in others)
    if table_id is None or is_idle:
        return Stop(kind="rest", at=at, label=label, title="Your round to reflect", why=REST_WHY)
    table = seating.tables[table_id]
    if table.closed_at is not None:
        why = CLOSED_WHY.format(table=table.label or f"Table {table.number}")
        return Stop(kind="closed", at=at, label=label, title="Your table is closed", why=why)
    return _seat_stop(at, label, table, others, seating)


def _seat_stop(at: str, label: str, table: Table, others: list[SignUp], seating: _Seating) -> Stop:
    leading = _whom_i_meet(seating.me.role, others)
    rest = tuple(other.person.shown_name for other in others if other not in leading)
    return Stop(
        kind="seat",
        at=at,
        label=label,
        table=table.number,
        where=table.label or f"Table {table.number}",
        title=_title(seating.me.role, leading) or table.label or f"Table {table.number}",
        people=tuple(_companion(other, seating) for other in leading),
        others=f"With {times.listed(rest)}" if rest else "",
        why=_why(seating.me, leading),
        link=video_link(table.video_link),
    )


def _whom_i_meet(role: Role, others: list[SignUp]) -> list[SignUp]:
    """Return whom a round is about: a mentee's mentors, a mentor's mentees, else everybody."""
    if role is Role.MENTEE:
        return [other for other in others if other.role is Role.MENTOR]
    if role is Role.MENTOR:
        return [other for other in others if other.role is Role.MENTEE] or others
    return others


def _title(role: Role, leading: list[SignUp]) -> str:
    """Return whom a stop is named after; a whole table keeps its own name."""
    if len(leading) > 1 and role is Role.MENTOR:
        text = times.counted(len(leading), "mentee")
        return f"{text[:1].upper()}{text[1:]}"
    if len(leading) > 1 and role is not Role.MENTEE:
        return ""
    text = times.listed(tuple(other.person.shown_name for other in leading))
    return f"{text[:1].upper()}{text[1:]}" if text.startswith("somebody") else text


def _companion(other: SignUp, seating: _Seating) -> Companion:
    stages = {stage.key: stage.label for stage in seating.event.stages}
    parts = (other.person.affiliation, stages.get(other.person.stage or "", "").lower())
    return Companion(
        name=other.person.shown_name,
        about=", ".join(part for part in parts if part),
        question=other.question if _shows_question(other, seating.me.role) else "",
    )


def _shows_question(other: SignUp, reader: Role) -> bool:
    return reader is Role.MENTOR and any(
        consent.kind is ConsentKind.QUESTION and consent.withdrawn_at is None
        for consent in other.consents
    )


def _why(me: SignUp, leading: list[SignUp]) -> str:
    """Return what two have in common; never why somebody else is not there."""
    if me.role is not Role.MENTEE:
        return ""
    if not leading:
        return MENDED_WHY
    offered = {topic for other in leading for topic in other.topics}
    shared = tuple(topic for topic in me.topics if topic in offered)
    if shared:
        return f"You both chose {times.listed(shared)}."
    return "A view from outside your topics."


def _summary(stops: tuple[Stop, ...], role: Role) -> str:
    if {stop.kind for stop in stops} <= {"minor", "off"}:
        return "None of your rounds takes place any more."
    seats = [stop for stop in stops if stop.kind == "seat"]
    closed = sum(stop.kind == "closed" for stop in stops)
    met = {person.name for stop in seats for person in stop.people}
    word = {Role.MENTEE: "mentor", Role.MENTOR: "mentee"}.get(role)
    parts = []
    if word is not None and (met or not closed):
        parts.append(times.counted(len(met), word))
    elif seats or not closed:
        parts.append(times.counted(len(seats), "round at a table", "rounds at a table"))
    if closed:
        parts.append(times.counted(closed, "round at a closed table", "rounds at a closed table"))
    rests = sum(stop.kind == "rest" for stop in stops)
    if rests:
        parts.append(f"{times.counted(rests, 'round')} to yourself")
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
