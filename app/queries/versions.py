"""Every version of an event's schedule: when it went out, by whom, and what it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models import Event, Organiser, Schedule
from app.services import plan_edits, publishing
from app.services.publishing import ChangeKind, Snapshot, TakenUp


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version against the one before it; times are in the event's zone."""

    version: int
    published_at: datetime
    by: str
    told: int
    people: int
    rounds: int
    changes: tuple[tuple[ChangeKind, int], ...]
    restored_from: int | None
    is_current: bool

    @property
    def changed(self) -> int:
        """For how many people it changed something."""
        return sum(number for _, number in self.changes)


def list_versions(session: Session, event: Event) -> tuple[VersionRow, ...]:
    """Return the versions of an event, the newest first."""
    rows = session.execute(
        select(Schedule, Organiser.name)
        .outerjoin(Organiser, Organiser.id == Schedule.published_by)
        .where(Schedule.event_id == event.id)
        .options(selectinload(Schedule.rounds))
        .order_by(Schedule.version)
    ).all()
    before, found = publishing.NOTHING, []
    for at, (schedule, by) in enumerate(rows, start=1):
        snapshot = publishing.of_schedule(session, schedule)
        row = _row(schedule, by or "", event, snapshot, before, is_current=at == len(rows))
        found.append(row)
        before = snapshot
    return tuple(reversed(found))


def newest(session: Session, event: Event) -> VersionRow | None:
    """Return the version that everybody has, with who published it."""
    return next(iter(list_versions(session, event)), None)


def why_not(session: Session, event: Event, taken: TakenUp, *, is_owner: bool) -> tuple[str, ...]:
    """Return what stands against taking a version up, in words; a confidential rule has no name."""
    said = [
        words.text
        for one in taken.broken
        for words in plan_edits.violations_in_words(
            session, event, one.problem, one.plan, is_owner=is_owner
        )
    ]
    return tuple(dict.fromkeys(said))


def _row(
    schedule: Schedule,
    by: str,
    event: Event,
    snapshot: Snapshot,
    before: Snapshot,
    *,
    is_current: bool,
) -> VersionRow:
    return VersionRow(
        version=schedule.version,
        published_at=schedule.published_at.astimezone(ZoneInfo(event.zone)),
        by=by,
        told=schedule.told_people,
        people=len(snapshot.people),
        rounds=len(snapshot.rounds),
        changes=_changes(before, snapshot),
        restored_from=schedule.restored_from,
        is_current=is_current,
    )


def _changes(before: Snapshot, after: Snapshot) -> tuple[tuple[ChangeKind, int], ...]:
    if not before.version:
        return ()
    counted = Counter(change.kind for change in publishing.compare(before, after))
    order: Sequence[ChangeKind] = tuple(ChangeKind)
    return tuple((kind, counted[kind]) for kind in order if counted[kind])
