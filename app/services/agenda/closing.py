"""A part that a version names is closed, not removed; parts and tables are opened again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import InvalidInput, TooLate
from app.models import Block, Event, Table
from app.services import addresses, events
from app.services.agenda import parts, traces
from app.services.agenda.form import MOST_PARTS, MOST_TABLES
from app.services.agenda.parts import Outcome, PartGone
from app.services.signups import waitlist


def close(
    session: Session, event_id: int, block_id: int, *, closes: str, now: datetime, actor: str
) -> Outcome:
    """Close a part if ``closes`` is the mark of closing its rounds; its plans grow old.

    Nobody is told here. Raises ``InvalidInput`` for the only part, ``TooLate`` for one that began.
    """
    event = parts.lock(session, event_id, now)
    block = parts.find(event, block_id)
    parts.check_others(event)
    if block.starts_at <= now:
        msg = "This part has begun, so it stays on the agenda."
        raise TooLate(msg)
    closing = traces.closing_of(session, event.id, round_ids=[one.id for one in block.all_rounds])
    if closing is None or closing.mark != closes:
        return Outcome(is_saved=False, closing=closing)
    block.closed_at = now
    has_moved = _settle(session, event, now)
    parts.record(session, event, block, "agenda part closed", now=now, actor=actor)
    return Outcome(is_saved=True, has_moved=has_moved, closing=closing)


def reopen(session: Session, event_id: int, block_id: int, *, now: datetime, actor: str) -> Outcome:
    """Put a closed part back where it was; what comes later follows.

    One that is open already stays so. Raises ``TooLate`` when it would have begun by now.
    """
    event = parts.lock(session, event_id, now)
    block = _find(event, block_id)
    if block.closed_at is None:
        return Outcome(is_saved=True)
    if len(event.blocks) >= MOST_PARTS:
        msg = f"An agenda has {MOST_PARTS} parts at most. Remove one first."
        raise InvalidInput({"main": msg})
    block.closed_at = None
    has_moved = _settle(session, event, now)
    if block.starts_at <= now:
        msg = "It would have begun by now, so it stays closed."
        raise TooLate(msg)
    parts.record(session, event, block, "agenda part opened", now=now, actor=actor)
    return Outcome(is_saved=True, has_moved=has_moved)


def reopen_table(
    session: Session, event_id: int, block_id: int, table_id: int, *, now: datetime, actor: str
) -> Table:
    """Let people be seated at a closed table again; raises ``InvalidInput`` when it cannot be."""
    event = parts.lock(session, event_id, now)
    block = parts.find(event, block_id)
    table = next((one for one in block.all_tables if one.id == table_id), None)
    if table is None:
        raise PartGone
    if table.closed_at is None:
        return table
    if len(block.tables) >= MOST_TABLES:
        raise InvalidInput({"main": f"A part has {MOST_TABLES} tables at most. Remove one first."})
    called = addresses.canonical_name(table.label)
    if called and called in {addresses.canonical_name(one.label) for one in block.tables}:
        msg = f"Another table is called {table.label} now. Give that one another name first."
        raise InvalidInput({"main": msg})
    table.closed_at = None
    waitlist.count_roster_change(event)
    events.note_agenda_text(event, now)
    session.flush()
    parts.record(session, event, block, "table opened", now=now, actor=actor)
    return table


def _find(event: Event, block_id: int) -> Block:
    for block in event.all_blocks:
        if block.id == block_id:
            return block
    raise PartGone


def _settle(session: Session, event: Event, now: datetime) -> bool:
    waitlist.count_roster_change(event)
    events.note_agenda_text(event, now)
    session.flush()
    return parts.settle(session, event, event.all_blocks, now)
