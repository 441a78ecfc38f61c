"""The rows: one of each kind for every event, their times following the event's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, ReminderKind
from app.models import Event, Reminder
from app.services import audit
from app.services.reminders.due import DEFAULT_ON, THANKED_FOR, due_at
from app.services.signups import places

Rows = dict[ReminderKind, Reminder]


def plan(session: Session, event: Event, *, now: datetime) -> Rows:
    """Return an event's reminders, made if they are not there, with the times that hold now.

    One whose time is past as it is made is never sent.
    """
    rows = _rows(session, event.id)
    if len(rows) < len(ReminderKind):
        places.lock_event(session, event.id)  # so that two at once do not make them twice
        rows = _rows(session, event.id)
        for kind in [kind for kind in ReminderKind if kind not in rows]:
            rows[kind] = _make(event, kind, now)
            session.add(rows[kind])
    _follow(event, rows.values(), now)
    session.flush()
    return rows


def plan_all(session: Session, *, now: datetime) -> None:
    """Plan every event that can still remind somebody, whoever changed it and however."""
    concerned = (Event.ends_at > now - THANKED_FOR, Event.state != EventState.CANCELLED)
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    for row in session.scalars(select(Reminder).join(Event).where(*concerned)):
        found[row.event_id].append(row)
    for event in session.scalars(select(Event).where(*concerned).order_by(Event.id)).all():
        if len(found[event.id]) < len(ReminderKind):
            plan(session, event, now=now)
        else:
            _follow(event, found[event.id], now)
    session.flush()


def choose(
    session: Session,
    event: Event,
    wanted: Collection[ReminderKind],
    *,
    now: datetime,
    actor: str,
) -> None:
    """Send these reminders and no others; one switched on after its time is never sent."""
    rows = plan(session, event, now=now)
    rows = {kind: row for kind, row in rows.items() if not row.told_people}  # the others went
    before = {kind for kind, row in rows.items() if row.is_on}
    for kind, row in rows.items():
        if kind in wanted and not row.is_on and row.sent_at is None and row.due_at <= now:
            row.sent_at = now
        row.is_on = kind in wanted
    session.flush()
    if before == set(wanted) & set(rows):
        return
    audit.record(
        session,
        actor=actor,
        what="reminders chosen",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        on=sorted(wanted),
    )


def _rows(session: Session, event_id: int) -> Rows:
    found = session.scalars(select(Reminder).where(Reminder.event_id == event_id))
    return {row.kind: row for row in found}


def _make(event: Event, kind: ReminderKind, now: datetime) -> Reminder:
    due = due_at(kind, event)
    return Reminder(
        event_id=event.id,
        kind=kind,
        is_on=kind in DEFAULT_ON,
        due_at=due,
        sent_at=now if due <= now else None,
        told_people=0,
    )


def _follow(event: Event, rows: Iterable[Reminder], now: datetime) -> None:
    """Move what is still to come; a time that was past and is to come again counts anew.

    That holds also for what went: who was reminded of a day that is no longer the day is reminded
    again of the new one. What keeps its time, or moves to one that is past, is done.
    """
    for row in rows:
        due = due_at(row.kind, event)
        if row.told_people and row.sent_at is not None:
            if due <= max(now, row.due_at):
                continue
            row.told_people = 0
        row.due_at = due
        if due > now:
            row.sent_at = None
