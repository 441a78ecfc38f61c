"""The parts of an agenda: added, changed, put in order, removed; the times follow by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
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
)
from app.services.agenda.traces import Closing
from app.services.signups import places, waitlist


class PartGone(NotFound):
    """This part of the agenda is gone already. The agenda shows those that are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of saving.

    When it is not saved, ``drafts`` plans would be given up, and ``closing`` falls away of what a
    version names.
    """

    is_saved: bool
    drafts: int = 0
    has_moved: bool = False
    closing: Closing | None = None


def is_agreed(drafts: Sequence[int], agreed: int, closing: Closing | None, closes: str) -> bool:
    """Return whether the organiser knew what goes: how many plans, and what of which version."""
    return (not drafts or len(drafts) == agreed) and (closing is None or closing.mark == closes)


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
        position=max((one.position for one in event.all_blocks), default=0) + 1,
        kind=form.kind,
        starts_at=event.starts_at,
        ends_at=event.starts_at,
        changeover_minutes=0,
        rules={},
        all_tables=alike(tables, 1) if form.kind.is_planned and tables else [],
    )
    _write(block, form)
    known = event.all_blocks
    at = known.index(find(event, after)) + 1 if after else 0
    order = [*known[:at], block, *known[at:]]
    event.all_blocks.append(block)
    settle(session, event, order, now)
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
    closes: str = "",
    now: datetime,
    actor: str,
) -> Outcome:
    """Change a part, unless that gives up plans of which ``agreed`` does not say how many.

    ``seen`` is the mark of the part as the organiser read it. Rounds that a version names are
    closed, if ``closes`` is the mark of closing them. Raises ``InvalidInput`` by field.
    """
    event = lock(session, event_id, now)
    block = find(event, block_id)
    form = cleaned(form)
    if form == form_of(block):
        return Outcome(is_saved=True)
    fewer = block.rounds[form.rounds :] if block.kind.is_planned else ()
    _check_change(block, form, fewer, seen, now)
    named = traces.published_rounds(session, [one.id for one in fewer])
    drafts = traces.drafts_of(session, block.id) if len(named) < len(fewer) else ()
    closing = traces.closing_of(session, event.id, round_ids=named)
    if not is_agreed(drafts, agreed, closing, closes):
        return Outcome(is_saved=False, drafts=len(drafts), closing=closing)
    before = (len(block.rounds), block.rules)
    traces.discard(session, drafts)
    _drop_rounds(session, event, block, fewer, named, now)
    _write(block, form)
    _let_tables_follow(block, before=seat_rules.room(before[1]))
    events.note_agenda_text(event, now)
    if block.kind.is_planned and (len(block.rounds), block.rules) != before:
        waitlist.count_roster_change(event)
    has_moved = settle(session, event, event.all_blocks, now)
    record(session, event, block, "agenda part changed", now=now, actor=actor)
    return Outcome(is_saved=True, drafts=len(drafts), has_moved=has_moved, closing=closing)


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
    block = find(event, block_id)
    shown = event.blocks
    at = shown.index(block)
    to = at - 1 if earlier else at + 1
    if block.position != position or not 0 <= to < len(shown):
        return False
    other = shown[to]
    swapped = {block: other, other: block}
    if block.kind.is_planned and other.kind.is_planned:
        waitlist.count_roster_change(event)  # who has met before is another
    settle(session, event, [swapped.get(one, one) for one in event.all_blocks], now)
    record(session, event, block, "agenda part moved", now=now, actor=actor)
    return True


def remove(
    session: Session, event_id: int, block_id: int, *, agreed: int, now: datetime, actor: str
) -> Outcome:
    """Remove a part with its unpublished plans; what a version names can only be closed."""
    event = lock(session, event_id, now)
    block = find(event, block_id)
    check_others(event)
    closing = traces.closing_of(session, event.id, round_ids=[one.id for one in block.all_rounds])
    if closing is not None:
        return Outcome(is_saved=False, closing=closing)
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
    has_moved = settle(session, event, event.all_blocks, now)
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


def check_others(event: Event) -> None:
    """Refuse to let the only part go."""
    if len(event.blocks) == 1:
        raise InvalidInput({"main": "This is the only part. Add another one before it goes."})


def find(event: Event, block_id: int | None) -> Block:
    """Return a part that takes place; raises ``PartGone``."""
    for block in event.blocks:
        if block.id == block_id:
            return block
    raise PartGone


def _check_change(
    block: Block, form: PartForm, fewer: Sequence[Round], seen: str, now: datetime
) -> None:
    problems = find_problems(form)
    begun = sum(one.starts_at <= now for one in block.rounds)
    if fewer and begun > form.rounds and "rounds" not in problems:
        problems["rounds"] = f"Write {begun} or more: {begun} of its rounds have begun already"
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
    closed = {one.number: one for one in block.all_rounds if one.closed_at is not None}
    for number in range(len(block.rounds) + 1, form.rounds + 1):
        if number in closed:
            closed[number].closed_at = None
        else:
            new = Round(number=number, starts_at=block.starts_at, minutes=form.minutes)
            block.all_rounds.append(new)


def _let_tables_follow(block: Block, *, before: int | None) -> None:
    """Let tables laid out for as many as the rules seated have room for as many as they do now."""
    if not block.kind.is_planned or before is None:
        return
    now = seat_rules.room(block.rules)
    for table in block.all_tables:
        if table.seats == before and now is not None:
            table.seats = max(2, now)


def _drop_rounds(  # noqa: PLR0917 -- the middle of ``change``, nobody else calls it
    session: Session,
    event: Event,
    block: Block,
    fewer: Sequence[Round],
    named: AbstractSet[int],
    now: datetime,
) -> None:
    """Close the rounds that a version names, and delete the others."""
    if not fewer:
        return
    traces.forget_rounds(session, event.id, [one.id for one in fewer if one.id not in named])
    traces.forget_pins(session, round_ids=named)
    for one in fewer:
        if one.id in named:
            one.closed_at = now
        else:
            block.all_rounds.remove(one)
    session.flush()


def settle(session: Session, event: Event, order: Sequence[Block], now: datetime) -> bool:
    """Give the parts their numbers and times; a number is free before it is taken.

    Parts that are closed keep their place in the order, and take no time.
    """
    order = list(order)
    held = [one for one in order if one.closed_at is None]
    has_moved = timing.lay_out(event, held, now=now)
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
