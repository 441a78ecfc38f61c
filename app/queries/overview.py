"""One event at a glance: what its numbers allow, its agenda, and what needs the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import (
    BlockKind,
    EventState,
    IncomingKind,
    InviteState,
    OutboxState,
    PartStat,
    Role,
    SignUpState,
)
from app.models import Block, IncomingMail, Invite, OutboxMessage, Round, SignUp, Table
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that waits for the organiser. ``page`` names where to act."""

    kind: str  # wrong, care or info
    tag: str
    title: str
    text: str
    page: str
    action: str


def agenda(session: Session, frame: EventFrame) -> tuple[AgendaStop, ...]:
    """Return the blocks in order, with their rounds and tables counted."""
    rounds = (
        select(func.count()).where(Round.block_id == Block.id).correlate(Block).scalar_subquery()
    )
    tables = (
        select(func.count()).where(Table.block_id == Block.id).correlate(Block).scalar_subquery()
    )
    found = session.execute(
        select(Block, rounds, tables).where(Block.event_id == frame.id).order_by(Block.position)
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


def needs(session: Session, frame: EventFrame, counts: tuple[RoleCount, ...]) -> tuple[Need, ...]:
    """Return what waits for the organiser, worst first."""
    failed, declined, letters = _came_in(session, frame.id)
    found = [
        _came_back(failed),
        _asked(sum(count.asked for count in counts)),
        _declined(declined),
        _written(letters),
        _stale(frame),
        _unpublished(frame),
        _unplanned(frame, counts),
        _unconfirmed(sum(count.held for count in counts)),
        _unopened(frame),
    ]
    return tuple(need for need in found if need is not None)


def _came_in(session: Session, event_id: int) -> tuple[int, int, int]:
    """Return how many mails came back, people declined, and letters nobody looked at yet."""
    failed = select(func.count(OutboxMessage.id)).where(
        OutboxMessage.event_id == event_id,
        OutboxMessage.state.in_((OutboxState.FAILED, OutboxState.BOUNCED)),
    )
    declined = (
        select(func.count(Invite.id))
        .join(SignUp, SignUp.id == Invite.sign_up_id)
        .where(
            SignUp.event_id == event_id,
            SignUp.state == SignUpState.PLACED,
            Invite.state == InviteState.LIVE,
            Invite.partstat == PartStat.DECLINED,
        )
    )
    letters = select(func.count(IncomingMail.id)).where(
        IncomingMail.event_id == event_id,
        IncomingMail.kind.in_((IncomingKind.TEXT, IncomingKind.AUTOMATIC)),
        IncomingMail.seen_at.is_(None),
    )
    found = select(*(one.scalar_subquery() for one in (failed, declined, letters)))
    came_back, said_no, unread = session.execute(found).one()
    return came_back, said_no, unread


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


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _came_back(number: int) -> Need | None:
    if not number:
        return None
    return Need(
        kind="wrong",
        tag="Mail",
        title="1 mail was not delivered." if number == 1 else f"{number} mails were not delivered.",
        text="Nothing more is tried by itself. Look who it was for and what the server said.",
        page="mail",
        action="See who",
    )


def _asked(number: int) -> Need | None:
    if not number:
        return None
    return Need(
        kind="care",
        tag="Decide",
        title="1 sign-up waits for your yes."
        if number == 1
        else f"{number} sign-ups wait for your yes.",
        text="They take no place until you answer. Either answer goes out by mail.",
        page="asked",
        action="Answer",
    )


def _declined(number: int) -> Need | None:
    if not number:
        return None
    return Need(
        kind="care",
        tag="Decide",
        title=f"{number} declined: plan again?",
        text="They keep their seats until you take them off the roster. Then plan again.",
        page="declined",
        action="See who",
    )


def _written(number: int) -> Need | None:
    if not number:
        return None
    return Need(
        kind="info",
        tag="Read",
        title="1 letter came in." if number == 1 else f"{number} letters came in.",
        text="What people wrote to where our mail comes from, and notes that they are away.",
        page="mail_in",
        action="Read",
    )


def _stale(frame: EventFrame) -> Need | None:
    if frame.run_id is None or frame.run_roster_version == frame.roster_version:
        return None
    return Need(
        kind="care",
        tag="Decide",
        title="The roster has changed since the last plan.",
        text="Somebody came, left or changed an answer. Plan again, then compare and publish.",
        page="plan",
        action="Plan again",
    )


def _unpublished(frame: EventFrame) -> Need | None:
    is_fresh = frame.run_roster_version == frame.roster_version
    if frame.run_id is None or not is_fresh or frame.schedule_version is not None:
        return None
    return Need(
        kind="care",
        tag="Decide",
        title="A plan is ready. Nobody has been told yet.",
        text="Look at it, then publish: everybody gets an invite with their rounds.",
        page="plan",
        action="See the plan",
    )


def _unplanned(frame: EventFrame, counts: tuple[RoleCount, ...]) -> Need | None:
    placed = sum(count.placed for count in counts)
    if frame.run_id is not None or frame.state is not EventState.CLOSED or not placed:
        return None
    return Need(
        kind="care",
        tag="Decide",
        title=f"Sign-up is closed and {_people(placed)} have a place."
        if placed > 1
        else "Sign-up is closed and 1 person has a place.",
        text="The planner works out who sits where in which round.",
        page="plan",
        action="Plan",
    )


def _unconfirmed(number: int) -> Need | None:
    if not number:
        return None
    return Need(
        kind="info",
        tag="Waits",
        title="1 address is not confirmed yet."
        if number == 1
        else f"{number} addresses are not confirmed yet.",
        text="The place is held for 48 hours from the sign-up, then it is free again.",
        page="roster",
        action="See who",
    )


def _unopened(frame: EventFrame) -> Need | None:
    if frame.state is not EventState.DRAFT:
        return None
    return Need(
        kind="info",
        tag="Next",
        title="Sign-up is not open yet.",
        text="The public page says so until you open it.",
        page="event",
        action="Open sign-up",
    )
