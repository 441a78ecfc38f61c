"""What lies in a mailbox while later mails wait: those that are replaced were never read there.

A mail says what changed since the one before it. When that one still waits and will be dropped,
because this one says it better, "before" has to be what did arrive.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Method, OutboxState
from app.ical.told import ToldSpan, read_span
from app.models import OutboxMessage, Schedule

_LEFT = (OutboxState.SENDING, OutboxState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What left for a mailbox last: an entry of a schedule version, or the end of one.

    ``span`` is None where no entry lies, and where nobody can tell any more what it said.
    """

    span: ToldSpan | None = None
    version: int = 0
    is_taken_out: bool = False


NOTHING = Arrived()


def behind_waiting(session: Session, event_id: int) -> dict[str, Arrived]:
    """Return, by UID, what arrived before the requests that still wait, at the same address.

    Whoever has none waiting is not in it: what they were last told has left.
    """
    waiting = session.execute(
        select(OutboxMessage.uid, OutboxMessage.to_address).where(
            OutboxMessage.event_id == event_id,
            OutboxMessage.method == Method.REQUEST,
            OutboxMessage.state == OutboxState.QUEUED,
        )
    ).all()
    found = {uid: NOTHING for uid, _ in waiting if uid is not None}
    if not found:
        return {}
    published = session.execute(
        select(Schedule.version, Schedule.published_at).where(Schedule.event_id == event_id)
    ).all()
    for uid, row in _last_left(session, event_id, {(uid, to) for uid, to in waiting}).items():
        version = max((one for one, at in published if at <= row.created_at), default=0)
        found[uid] = _arrived(row, version)
    return found


def _last_left(
    session: Session, event_id: int, readers: set[tuple[str | None, str]]
) -> dict[str, OutboxMessage]:
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.event_id == event_id,
            OutboxMessage.uid.is_not(None),
            OutboxMessage.state.in_(_LEFT),
        )
        .order_by(OutboxMessage.id)
    )
    return {row.uid: row for row in rows if row.uid and (row.uid, row.to_address) in readers}


def _arrived(row: OutboxMessage, version: int) -> Arrived:
    if row.method is not Method.REQUEST:
        return Arrived(is_taken_out=True)
    if row.calendar is None:  # its text was removed to protect somebody
        return NOTHING
    return Arrived(span=read_span(row.calendar), version=version)
