"""What is due goes into the outbox: once, late rather than never, only to whom it concerns."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.enums import ReminderKind
from app.mail.message import RenderedMail
from app.models import Event, OutboxMessage, Reminder, SignUp
from app.services import audit, outbox, publishing
from app.services.publishing.itinerary import Itinerary, attendees, itineraries
from app.services.reminders import audience, mail
from app.services.reminders.due import BEFORE, latest
from app.services.reminders.planning import plan_all
from app.services.signups.mail import when_line
from config import Config


def send_due(session: Session, *, now: datetime, settings: Config) -> int:
    """Queue every reminder that is due and note it as sent; return to how many people.

    Its own row is locked meanwhile, so that of two processes one does it.
    """
    plan_all(session, now=now)
    due = session.scalars(
        select(Reminder)
        .where(Reminder.is_on, Reminder.sent_at.is_(None), Reminder.due_at <= now)
        .order_by(Reminder.event_id, Reminder.due_at, Reminder.id)
        .with_for_update(skip_locked=True)
    ).all()
    told = 0
    for event_id, rows in groupby(due, key=lambda row: row.event_id):
        event = session.get_one(Event, event_id)
        told += _remind(session, event, list(rows), now=now, settings=settings)
    session.flush()
    return told


def why_untrue(session: Session, row: OutboxMessage, *, now: datetime) -> str:
    """Return why a queued reminder must not leave any more; empty when it may."""
    event = None if row.event_id is None else session.get(Event, row.event_id)
    if event is None:
        return "its event is gone"
    kind = ReminderKind(row.kind.removeprefix(mail.PREFIX))
    if audience.is_too_late(kind, event, now):
        return "it is too late to remind of this"
    if when_line(event) not in row.text:
        return "the event has another time now"
    if row.person_id is None:
        return ""
    chosen = audience.concerned(kind, event, now).where(SignUp.person_id == row.person_id)
    is_concerned = session.scalar(chosen) is not None
    return "" if is_concerned else "it no longer concerns its reader, or they want no reminders"


def _remind(
    session: Session, event: Event, rows: list[Reminder], *, now: datetime, settings: Config
) -> int:
    """Send what is due of one event; of several that tell the same, the last."""
    last_before = max((row.due_at for row in rows if row.kind in BEFORE), default=None)
    told = 0
    for row in rows:
        is_passed = row.kind in BEFORE and row.due_at != last_before
        row.sent_at = now
        if is_passed or audience.is_too_late(row.kind, event, now):
            continue
        row.told_people = _tell(session, event, row, now=now, settings=settings)
        told += row.told_people
    return told


def _tell(session: Session, event: Event, row: Reminder, *, now: datetime, settings: Config) -> int:
    """Queue the mails of one reminder; return how many."""
    facts = mail.frame(event, base_url=settings.base_url)
    if row.kind is ReminderKind.UNPLANNED:
        found = audience.unplanned(session, event)
        if not found.people or not event.contact_email:
            return 0
        _queue(session, event, row, mail.for_organisers(facts, found), now=now)
        told = 1
    else:
        chosen = audience.concerned(row.kind, event, now).options(joinedload(SignUp.person))
        people = session.scalars(chosen).all()
        paths = _paths(session, event) if row.kind in BEFORE and people else {}
        for sign_up in people:
            first = mail.first_stop(paths.get(sign_up.id), event.zone)
            text = mail.for_person(row.kind, facts, sign_up, first)
            _queue(session, event, row, text, now=now, sign_up=sign_up)
        told = len(people)
    audit.record(
        session,
        actor="system",
        what="reminder sent",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        kind=row.kind,
        people=told,
    )
    return told


def _paths(session: Session, event: Event) -> dict[int, Itinerary]:
    snapshot = publishing.current(session, event.id)
    return itineraries(event, snapshot, attendees(session, event.id)) if snapshot.seats else {}


def _queue(
    session: Session,
    event: Event,
    row: Reminder,
    text: RenderedMail,
    *,
    now: datetime,
    sign_up: SignUp | None = None,
) -> None:
    """Queue one mail, to a person or to the event's contact; its key keeps it single."""
    person = None if sign_up is None else sign_up.person
    is_named = sign_up is not None and sign_up.confirmed_at is not None
    outbox.enqueue(
        session,
        kind=mail.kind_of(row.kind),
        event_id=event.id,
        person_id=None if person is None else person.id,
        to_name=person.name if person is not None and is_named else "",
        to_address=event.contact_email if person is None else person.email,
        reply_to="" if person is None else event.contact_email,
        is_reminder=True,
        mail=text,
        order_key=f"event:{event.id}" if person is None else f"person:{person.id}",
        idempotency_key=f"reminder:{row.id}:{'contact' if person is None else person.id}",
        now=now,
        give_up_at=latest(row.kind, event),
    )
