"""What is known of an event before anything is said about what waits for its organiser."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import IncomingKind, OutboxState
from app.models import IncomingMail, OutboxMessage, RosterUpload, Schedule, ScheduledRound
from app.queries import closed_seats, roster_rows, table_needs
from app.queries.closed_seats import ClosedSeats
from app.queries.organiser import EventFrame, RoleCount
from app.queries.roster_rows import Attention, RosterRow
from app.queries.table_needs import Shortage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that was read, before anything is said."""

    frame: EventFrame
    counts: tuple[RoleCount, ...]
    failed: int  # mails that never left
    bounced: int  # mails that came back
    letters: int
    uploads: tuple[tuple[int, str, datetime], ...]
    rows: list[RosterRow] = field(default_factory=list)
    shortages: tuple[Shortage, ...] = ()
    published_runs: frozenset[int] = frozenset()
    closed: ClosedSeats = closed_seats.NOBODY

    def who(self, why: Attention) -> list[RosterRow]:
        """Return whom one reason concerns."""
        return [row for row in self.rows if why in row.needs_you]


def read_facts(
    session: Session, frame: EventFrame, counts: tuple[RoleCount, ...], *, now: datetime
) -> Facts:
    """Return all there is to know; of an event that is over only what was written."""
    failed, bounced, letters = _mail(session, frame.id)
    if frame.ends_at <= now:
        return Facts(
            frame=frame, counts=counts, failed=failed, bounced=bounced, letters=letters, uploads=()
        )
    rows = roster_rows.everybody(session, frame.id)
    return Facts(
        frame=frame,
        counts=counts,
        failed=failed,
        bounced=bounced,
        letters=letters,
        uploads=_uploads(session, frame.id, now),
        rows=rows,
        shortages=table_needs.shortages(session, frame.id, rows),
        published_runs=_published_runs(session, frame),
        closed=_closed(session, frame),
    )


def _mail(session: Session, event_id: int) -> tuple[int, int, int]:
    """Return how many mails failed, how many came back, and letters nobody looked at yet."""
    undelivered = [
        select(func.count(OutboxMessage.id))
        .where(OutboxMessage.event_id == event_id, OutboxMessage.state == state)
        .scalar_subquery()
        for state in (OutboxState.FAILED, OutboxState.BOUNCED)
    ]
    letters = select(func.count(IncomingMail.id)).where(
        IncomingMail.event_id == event_id,
        IncomingMail.kind.in_((IncomingKind.TEXT, IncomingKind.AUTOMATIC)),
        IncomingMail.seen_at.is_(None),
    )
    found = session.execute(select(*undelivered, letters.scalar_subquery())).one()
    return found[0], found[1], found[2]


def _uploads(
    session: Session, event_id: int, now: datetime
) -> tuple[tuple[int, str, datetime], ...]:
    """Return the files of people that were brought and not yet taken in, newest first."""
    rows = session.execute(
        select(
            RosterUpload.id, RosterUpload.file_name, RosterUpload.expires_at, RosterUpload.mapping
        )
        .where(RosterUpload.event_id == event_id, RosterUpload.expires_at > now)
        .order_by(RosterUpload.id.desc())
    )
    return tuple((id_, name, until) for id_, name, until, said in rows if not said.get("done"))


def _closed(session: Session, frame: EventFrame) -> ClosedSeats:
    if frame.schedule_version is None:
        return closed_seats.NOBODY
    return closed_seats.read(session, frame.id)


def _published_runs(session: Session, frame: EventFrame) -> frozenset[int]:
    if frame.schedule_version is None:
        return frozenset()
    return frozenset(
        session.scalars(
            select(ScheduledRound.plan_run_id)
            .join(Schedule, Schedule.id == ScheduledRound.schedule_id)
            .where(Schedule.event_id == frame.id, Schedule.version == frame.schedule_version)
        )
    )
