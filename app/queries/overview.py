"""One event at a glance: its agenda, and what its numbers allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import BlockKind, InviteState, Role
from app.models import Block, Invite, Round, SignUp, Table
from app.queries.organiser import EventFrame, RoleCount
from app.services.signups.moved import without_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStop:
    """One block on the agenda's line; ``count`` is its rounds."""

    block_id: int
    at: str
    title: str
    note: str
    kind: BlockKind
    count: int
    minutes: int
    tables: int
    round_minutes: int
    rules: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """How many different mentors every mentee can meet, if all can attend all rounds."""

    mentees: int
    mentors: int
    rounds: int
    seats: int  # for mentees at each mentor's table
    meets: int
    sits_out: int  # mentees without a seat in each round
    one_more: int  # mentees who could meet one more, with one more mentor
    is_forecast: bool  # counted with all places taken, because nobody has one yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfMove:
    """How many people hear of a new time: by their calendar entry, else by a plain mail."""

    by_entry: int
    by_mail: int

    @property
    def people(self) -> int:
        """Everybody together; nobody hears it twice."""
        return self.by_entry + self.by_mail


def agenda(session: Session, frame: EventFrame) -> tuple[AgendaStop, ...]:
    """Return the blocks in order, with their rounds and tables counted."""
    rounds = (
        select(func.count())
        .where(Round.block_id == Block.id, Round.closed_at.is_(None))
        .correlate(Block)
        .scalar_subquery()
    )
    tables = (
        select(func.count())
        .where(Table.block_id == Block.id, Table.closed_at.is_(None))
        .correlate(Block)
        .scalar_subquery()
    )
    found = session.execute(
        select(Block, rounds, tables)
        .where(Block.event_id == frame.id, Block.closed_at.is_(None))
        .order_by(Block.position)
    )
    return tuple(_stop(block, count, seats, frame.zone) for block, count, seats in found)


def feasibility(stops: tuple[AgendaStop, ...], counts: tuple[RoleCount, ...]) -> Feasibility | None:
    """Return what the numbers allow in the first speed block, None where it asks something else.

    With one mentor a table this is exact: mentees meet mentors as edges of a bipartite graph,
    and such a graph can be coloured with as many rounds as its busiest person has meetings.
    """
    block = next((stop for stop in stops if stop.kind is BlockKind.SPEED), None)
    seats = _mentee_seats(block.rules) if block else None
    if block is None or seats is None:
        return None
    placed = {count.role: count.placed for count in counts}
    is_forecast = not (placed.get(Role.MENTEE) and placed.get(Role.MENTOR))
    if is_forecast:
        placed = {count.role: count.places or 0 for count in counts}
    mentees, mentors = placed.get(Role.MENTEE, 0), placed.get(Role.MENTOR, 0)
    if not mentees or not mentors:
        return None
    meets = most_met(mentees, mentors, block.count, seats)
    spare = (mentors + 1) * block.count * seats - mentees * meets
    can_rise = meets + 1 <= min(block.count, mentors + 1)
    return Feasibility(
        mentees=mentees,
        mentors=mentors,
        rounds=block.count,
        seats=seats,
        meets=meets,
        sits_out=max(0, mentees - mentors * seats),
        one_more=min(mentees, max(0, spare)) if can_rise else 0,
        is_forecast=is_forecast,
    )


def most_met(mentees: int, mentors: int, rounds: int, seats: int) -> int:
    """Return the number of different mentors that every mentee can meet."""
    return min(rounds, mentors, rounds * mentors * seats // mentees)


def told_of_a_move(session: Session, event_id: int) -> ToldOfMove:
    """Return how many people would be told of a new time."""
    statement = (
        select(func.count())
        .select_from(Invite)
        .join(SignUp, SignUp.id == Invite.sign_up_id)
        .where(SignUp.event_id == event_id, Invite.state == InviteState.LIVE)
    )
    others = select(func.count()).select_from(without_entry(event_id).order_by(None).subquery())
    return ToldOfMove(by_entry=session.scalar(statement) or 0, by_mail=session.scalar(others) or 0)


def _stop(block: Block, rounds: int, tables: int, zone: str) -> AgendaStop:
    minutes = round((block.ends_at - block.starts_at).total_seconds() / 60)
    if block.kind.is_planned:
        parts = [f"{rounds} \N{MULTIPLICATION SIGN} {block.minutes} min"]
        if block.changeover_minutes and rounds > 1:
            parts.append(f"{block.changeover_minutes} min to move")
        parts.append("1 table" if tables == 1 else f"{tables} tables")
        note = ", ".join(parts)
    else:
        note = f"{minutes} min" + (", plenary" if block.kind is BlockKind.PLENARY else "")
    return AgendaStop(
        block_id=block.id,
        at=f"{block.starts_at.astimezone(ZoneInfo(zone)):%H:%M}",
        title=block.title,
        note=note,
        kind=block.kind,
        count=rounds,
        minutes=minutes,
        tables=tables,
        round_minutes=block.minutes,
        rules=block.rules,
    )


def _mentee_seats(rules: dict[str, Any]) -> int | None:
    """Return the mentees a table takes, None unless each table has just one mentor."""
    most: dict[str, int | None] = {}
    for entry in rules.get("composition", []):
        count = entry.get("count", {})
        if set(count) == {"role"}:
            most[count["role"]] = entry.get("max")
    return most.get("mentee") if most.get("mentor") == 1 else None
