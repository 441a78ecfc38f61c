"""The parts of an agenda: added, changed, put in order, removed; the times follow by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound, TooLate
from app.models import Block, Event, Round
from app.services import audit, events
from app.services.agenda import seat_rules, timing, traces
from app.services.agenda.form import (
    LONGEST_EVENT,
    MOST_PARTS,
    MOST_TABLES,
    PartForm,
    TableSet,
    alike,
    cleaned,
    find_problems,
    form_of,
    mark_of,
    stands_in,
)
from app.services.signups import places, waitlist


class PartGone(NotFound):
    """This part of the agenda is gone already. The agenda shows those that are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of saving; with ``drafts`` and unsaved, so many plans would be given up."""

    is_saved: bool
    drafts: int = 0
    has_moved: bool = False


def add(
    session: Session,
    event_id: int,
    form: PartForm,
    *,
    after: int | None,
    tables: TableSet | None = None,
    now: datetime,
    actor: str,
) -> Block:
    """Add a part behind another one, None: as the first; raises ``InvalidInput`` by field."""
    event = lock(session, event_id, now)
    form = cleaned(form)
    problems = find_problems(form)
    if form.kind.is_planned and not (tables and 1 <= tables.count <= MOST_TABLES):
        problems["tables"] = f"Write 1 to {MOST_TABLES} tables"
    if len(event.blocks) >= MOST_PARTS:
        problems["main"] = f"An agenda has {MOST_PARTS} parts at most. Remove one first."
    if problems:
        raise InvalidInput(problems)
    block = Block(  # behind all others, until they are numbered anew
        position=max((one.position for one in event.blocks), default=0) + 1,
        kind=form.kind,
        starts_at=event.starts_at,
        ends_at=event.starts_at,
        changeover_minutes=0,
        rules={},
        all_tables=alike(tables, 1) if form.kind.is_planned and tables else [],
    )
    _write(block, form)
    at = [one.id for one in event.blocks].index(_find(event, after).id) + 1 if after else 0
    order = [*event.blocks[:at], block, *event.blocks[at:]]
    event.all_blocks.append(block)
    _settle(session, event, order, now)
    record(session, event, block, "agenda part added", now=now, actor=actor)
    return block


def change(
    session: Session,
    event_id: int,
    block_id: int,
    form: PartForm,
    *,
    seen: str,
    agreed: int = 0,
    now: datetime,
    actor: str,
) -> Outcome:
    """Change a part, unless that gives up plans of which ``agreed`` does not say how many.

    ``seen`` is the mark of the part as the organiser read it. Raises ``InvalidInput`` by field.
    """
    event = lock(session, event_id, now)
    block = _find(event, block_id)
    form = cleaned(form)
    if form == form_of(block):
        return Outcome(is_saved=True)
    _check_change(session, block, form, seen)
    fewer = block.rounds[form.rounds :] if block.kind.is_planned else []
    drafts = traces.drafts_of(session, block.id) if fewer else ()
    if len(drafts) != agreed and drafts:
        return Outcome(is_saved=False, drafts=len(drafts))
    before = (len(block.rounds), block.rules)
    traces.discard(session, drafts)
    _drop_rounds(session, event, block, fewer)
    _write(block, form)
    _let_tables_follow(block, before=seat_rules.room(before[1]))
    events.note_agenda_text(event, now)
    if block.kind.is_planned and (len(block.rounds), block.rules) != before:
        waitlist.count_roster_change(event)
    has_moved = _settle(session, event, event.blocks, now)
    record(session, event, block, "agenda part changed", now=now, actor=actor)
    return Outcome(is_saved=True, drafts=len(drafts), has_moved=has_moved)


def move(
    session: Session,
    event_id: int,
    block_id: int,
    *,
    earlier: bool,
    position: int,
    now: datetime,
    actor: str,
) -> bool:
    """Let a part change places with its neighbour; False when it is not at ``position`` any more.

    What was sent twice then moves it once.
    """
    event = lock(session, event_id, now)
    block = _find(event, block_id)
    order = list(event.blocks)
    at = order.index(block)
    to = at - 1 if earlier else at + 1
    if block.position != position or not 0 <= to < len(order):
        return False
    order[at], order[to] = order[to], order[at]
    if order[at].kind.is_planned and order[to].kind.is_planned:
        waitlist.count_roster_change(event)  # who has met before is another
    _settle(session, event, order, now)
    record(session, event, block, "agenda part moved", now=now, actor=actor)
    return True


def remove(
    session: Session, event_id: int, block_id: int, *, agreed: int, now: datetime, actor: str
) -> Outcome:
    """Remove a part with its unpublished plans; what was published stays, and is refused."""
    event = lock(session, event_id, now)
    block = _find(event, block_id)
    if len(event.blocks) == 1:
        raise InvalidInput({"main": "This is the only part. Add another one before it goes."})
    version = traces.version_of_rounds(session, [one.id for one in block.rounds])
    if version is not None:
        raise InvalidInput({"main": stands_in(version)})
    drafts = traces.drafts_of(session, block.id)
    if len(drafts) != agreed:
        return Outcome(is_saved=False, drafts=len(drafts))
    record(session, event, block, "agenda part removed", now=now, actor=actor)
    traces.discard(session, drafts)
    traces.forget_rounds(session, event.id, [one.id for one in block.rounds])
    if block.kind.is_planned:
        waitlist.count_roster_change(event)
    event.all_blocks.remove(block)
    session.flush()
    has_moved = _settle(session, event, event.blocks, now)
    return Outcome(is_saved=True, drafts=len(drafts), has_moved=has_moved)


def lock(session: Session, event_id: int, now: datetime) -> Event:
    """Return the event, locked and read anew; raises ``TooLate`` once it is over."""
    event = places.lock_event(session, event_id)
    session.refresh(event, ["all_blocks"])
    if event.ends_at <= now:
        msg = "This event is over, so its agenda stays as it was."
        raise TooLate(msg)
    return event


def record(
    session: Session, event: Event, block: Block, what: str, *, now: datetime, actor: str
) -> None:
    """Note who changed which part."""
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        block=block.id,
        kind=block.kind,
    )


def _find(event: Event, block_id: int | None) -> Block:
    for block in event.blocks:
        if block.id == block_id:
            return block
    raise PartGone


def _check_change(session: Session, block: Block, form: PartForm, seen: str) -> None:
    problems = find_problems(form)
    if block.kind.is_planned and 1 <= form.rounds < len(block.rounds):
        dropped = [one.id for one in block.rounds[form.rounds :]]
        version = traces.version_of_rounds(session, dropped)
        if version is not None:
            problems["rounds"] = (
                f"Version {version} seats people in {len(block.rounds)} rounds, and they were "
                f"told, so it stays at {len(block.rounds)} or more"
            )
    if not problems and seen != mark_of(block):
        problems["main"] = (
            "Somebody else changed this part while you wrote. Look at it in the agenda; "
            "saving once more overwrites what they saved."
        )
    if problems:
        raise InvalidInput(problems)


def _write(block: Block, form: PartForm) -> None:
    block.title, block.note, block.minutes = form.title, form.note, form.minutes
    if not form.kind.is_planned or form.seats is None:
        return
    block.changeover_minutes = form.changeover_minutes
    block.rules = seat_rules.write(form.seats, block.rules, form.kind)
    block.all_rounds.extend(
        Round(number=number, starts_at=block.starts_at, minutes=form.minutes)
        for number in range(len(block.rounds) + 1, form.rounds + 1)
    )


def _let_tables_follow(block: Block, *, before: int | None) -> None:
    """Let tables laid out for as many as the rules seated have room for as many as they do now."""
    if not block.kind.is_planned or before is None:
        return
    now = seat_rules.room(block.rules)
    for table in block.tables:
        if table.seats == before and now is not None:
            table.seats = max(2, now)


def _drop_rounds(session: Session, event: Event, block: Block, fewer: Sequence[Round]) -> None:
    if not fewer:
        return
    traces.forget_rounds(session, event.id, [one.id for one in fewer])
    for one in list(fewer):
        block.all_rounds.remove(one)
    session.flush()


def _settle(session: Session, event: Event, order: Sequence[Block], now: datetime) -> bool:
    """Give the parts their numbers and times; a number is free before it is taken."""
    order = list(order)
    has_moved = timing.lay_out(event, order, now=now)
    if event.ends_at - event.starts_at > LONGEST_EVENT:
        raise InvalidInput({"minutes": "With this the event would be longer than three days"})
    if [one.position for one in order] != list(range(1, len(order) + 1)):
        for at, block in enumerate(order, start=1):
            block.position = -at
        session.flush()
        for at, block in enumerate(order, start=1):
            block.position = at
        session.flush()
        session.refresh(event, ["all_blocks"])
    session.flush()
    return has_moved
