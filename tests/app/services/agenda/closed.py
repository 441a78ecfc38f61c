"""An evening with a published version of which something is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Block, Event, Table
from app.services import agenda
from app.services.agenda import TableSet, tables
from app.services.agenda.traces import closing_mark
from tests.builders import planned_block
from tests.published import Evening, make_evening, publish


def evening_with_version(session: Session, now: datetime) -> Evening:
    """Return an evening with a published version, and a spare table that nobody sits at."""
    evening = make_evening(session)
    tables.add(
        session,
        evening.event.id,
        planned_block(evening.event).id,
        TableSet(count=1),
        now=now,
        actor="o",
    )
    publish(session, evening, now=now)
    return evening


def close_table(session: Session, event: Event, now: datetime, *, at: int = 0) -> Table:
    block = planned_block(event)
    table = block.tables[at]
    outcome = tables.change(
        session,
        event.id,
        block.id,
        {},
        remove=(table.id,),
        closes=f"1-{table.id}",
        now=now,
        actor="o",
    )
    assert outcome.is_saved
    return table


def close_rounds(session: Session, block: Block, now: datetime, *, rounds: int) -> agenda.Outcome:
    gone = [one.id for one in block.rounds[rounds:]]
    return agenda.change(
        session,
        block.event_id,
        block.id,
        replace(agenda.form_of(block), rounds=rounds),
        seen=agenda.mark_of(block),
        closes=closing_mark(1, gone),
        now=now,
        actor="o",
    )


def close_part(session: Session, block: Block, now: datetime) -> agenda.Outcome:
    mark = closing_mark(1, [one.id for one in block.all_rounds])
    return agenda.close(session, block.event_id, block.id, closes=mark, now=now, actor="o")
