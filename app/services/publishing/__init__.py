"""From verified plans to a schedule version: append-only, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, PlanRunState
from app.errors import MentoringError, NotVerified, StaleVersion
from app.models import Event, Invite, PlanRun, Schedule, ScheduledRound, ScheduledSeat
from app.services import audit, planning
from app.services.publishing.itinerary import label_of
from app.services.publishing.restoring import TakenUp, restored_from, take_up
from app.services.publishing.snapshot import (
    NOTHING,
    ChangeKind,
    Move,
    ScheduleChange,
    Snapshot,
    as_held,
    compare,
    draft,
    is_still_theirs,
    latest,
    load,
    of_schedule,
    with_times_of,
)
from app.services.publishing.together import together
from app.services.signups import places

__all__ = [
    "NOTHING",
    "ChangeKind",
    "Move",
    "ScheduleChange",
    "Snapshot",
    "TakenUp",
    "as_held",
    "check",
    "check_tables",
    "compare",
    "current",
    "draft",
    "follow_times",
    "is_still_theirs",
    "label_of",
    "latest",
    "load",
    "of_schedule",
    "publish",
    "take_up",
    "together",
]


class TwoForOnePart(MentoringError):
    """Two of these plans are for the same part of the agenda. Choose one for each part."""

    status = 409


def current(session: Session, event_id: int) -> Snapshot:
    """Return what is published now, or nothing."""
    schedule = latest(session, event_id)
    return NOTHING if schedule is None else of_schedule(session, schedule)


def check(event: Event, run: PlanRun) -> None:
    """Refuse a plan that cannot be published as it stands.

    Raises
    ------
    StaleVersion
        When who takes part changed after the plan was asked for.
    NotVerified
        When there is no plan in it, or the checker finds a broken rule.
    """
    if run.event_id != event.id or run.state not in {PlanRunState.DONE, PlanRunState.STOPPED}:
        raise NotVerified
    if run.roster_version != event.roster_version:
        raise StaleVersion(STALE_ROSTER)
    violations = planning.verify_run(run)
    if violations:
        raise NotVerified(tuple(violations))


def check_tables(event: Event, snapshot: Snapshot) -> None:
    """Refuse to send people to a table that is closed: a part published before is planned anew.

    Raises
    ------
    StaleVersion
        Naming the part, and a table of it.
    """
    closed = {
        table.id: (block.title, label_of(table))
        for block in event.blocks
        for table in block.all_tables
        if table.closed_at is not None
    }
    at = sorted({seat.table_id for seat in snapshot.seats if seat.table_id in closed})
    if at:
        title, name = closed[at[0]]
        msg = f"{title} still has people at {name}. Plan that part again too; both then go out."
        raise StaleVersion(msg)


STALE_ROSTER = (
    "Somebody joined, left or changed their answers, or the agenda changed, after this plan "
    "was made. Plan again, then publish."
)


def publish(
    session: Session,
    event: Event,
    runs: Sequence[PlanRun],
    *,
    expected_version: int,
    now: datetime,
    actor: str,
    organiser_id: int | None = None,
) -> Schedule:
    """Freeze plans as the next version; nobody is told here (see ``invites.sync``).

    ``expected_version`` is what the publisher saw as published, 0 for nothing: of two publishers
    at once, the second gets `StaleVersion`.
    """
    event = places.lock_event(session, event.id)
    before = current(session, event.id)
    if before.version != expected_version:
        raise StaleVersion
    if len({run.block_id for run in runs}) < len(runs):
        raise TwoForOnePart
    for run in runs:
        check(event, run)
    after = draft(event, runs, before)
    check_tables(event, after)
    schedule = _append(session, event, after, before, now)
    schedule.published_by = organiser_id
    schedule.restored_from = restored_from(list(runs))
    audit.record(
        session,
        actor=actor,
        what="schedule published",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        version=schedule.version,
        plan_runs=[run.id for run in runs],
    )
    return schedule


def follow_times(session: Session, event: Event, *, now: datetime, actor: str) -> Schedule | None:
    """Append a version with the same seats when the event's rounds have moved since; else None."""
    before = current(session, event.id)
    if before.version == 0:
        return None
    moved = with_times_of(event, before)
    if moved.rounds == before.rounds:
        return None
    schedule = _append(session, event, moved, before, now)
    audit.record(
        session,
        actor=actor,
        what="schedule moved",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        version=schedule.version,
    )
    return schedule


def _append(
    session: Session, event: Event, snapshot: Snapshot, before: Snapshot, now: datetime
) -> Schedule:
    ordinals = [fact.ordinal for fact in snapshot.rounds]
    schedule = Schedule(
        event_id=event.id,
        version=before.version + 1,
        published_at=now,
        rounds=[
            ScheduledRound(
                plan_run_id=fact.plan_run_id,
                round_id=fact.round_id,
                number=ordinal,
                starts_at=fact.starts_at,
                minutes=fact.minutes,
            )
            for ordinal, fact in zip(ordinals, snapshot.rounds, strict=True)
        ],
        seats=[
            ScheduledSeat(
                sign_up_id=seat.sign_up_id, round_id=seat.round_id, table_id=seat.table_id
            )
            for seat in snapshot.seats
        ],
    )
    session.add(schedule)
    _give_uids(session, snapshot)
    session.flush()
    return schedule


def _give_uids(session: Session, snapshot: Snapshot) -> None:
    """Give everybody seated an invite, so that feed and download have its UID before any mail."""
    known = set(
        session.scalars(select(Invite.sign_up_id).where(Invite.sign_up_id.in_(snapshot.people)))
    )
    session.add_all(
        Invite(sign_up_id=sign_up_id, uid=str(uuid4()), state=InviteState.DUE)
        for sign_up_id in sorted(snapshot.people - known)
    )
