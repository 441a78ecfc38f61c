"""What is due goes into the outbox: once, late rather than never, only to whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TypedDict

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import Session, joinedload

from app.enums import ReminderKind
from app.mail.message import RenderedMail
from app.models import Event, OutboxMessage, Reminder, SignUp
from app.services import audit, contacts, outbox, publishing
from app.services.publishing.itinerary import Itinerary, attendees, itineraries
from app.services.reminders import audience, mail
from app.services.reminders.due import BEFORE, latest
from app.services.reminders.planning import plan_all
from app.services.signups.mail import when_line
from config import Config

PORTION = 250
"""Mails queued in one transaction, so that nobody waits long for the writers' lock."""
UNPLANNED = ReminderKind.UNPLANNED


def send_due(session: Session, *, now: datetime, settings: Config, portion: int = PORTION) -> int:
    """Queue what is due, at most a portion; return to how many people.

    Call it until it returns 0: between two transactions others have their turn. A reminder's row
    is locked meanwhile, so that of two processes one queues it.
    """
    plan_all(session, now=now)
    due = session.scalars(
        select(Reminder)
        .where(Reminder.is_on, Reminder.sent_at.is_(None), Reminder.due_at <= now)
        .order_by(Reminder.event_id, Reminder.due_at, Reminder.id)
        .with_for_update(skip_locked=True)
    ).all()
    teller = _Teller(session=session, now=now, settings=settings, left=portion)
    for event_id, rows in groupby(due, key=lambda row: row.event_id):
        teller.remind(session.get_one(Event, event_id), list(rows))
    session.flush()
    return portion - teller.left


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


@dataclass(slots=True, kw_only=True)
class _Teller:
    """Queues the mails of one transaction; ``left`` is how many more it may."""

    session: Session
    now: datetime
    settings: Config
    left: int

    def remind(self, event: Event, rows: list[Reminder]) -> None:
        """Send what is due of one event; of several that tell the same, the last."""
        last_before = max((row.due_at for row in rows if row.kind in BEFORE), default=None)
        for row in rows:
            is_passed = row.kind in BEFORE and row.due_at != last_before
            if is_passed or audience.is_too_late(row.kind, event, self.now):
                row.sent_at = self.now
            elif self.left:
                self._tell(event, row)

    def _tell(self, event: Event, row: Reminder) -> None:
        """Queue the mails of one reminder; it is done when there was room for all of them."""
        told = self._contact(event, row) if row.kind is UNPLANNED else self._people(event, row)
        self.left -= told
        row.told_people += told
        if not self.left and row.kind is not UNPLANNED:
            return
        row.sent_at = self.now
        audit.record(
            self.session,
            actor="system",
            what="reminder sent",
            now=self.now,
            organisation_id=event.organisation_id,
            event_id=event.id,
            kind=row.kind,
            people=row.told_people,
        )

    def _contact(self, event: Event, row: Reminder) -> int:
        found = audience.unplanned(self.session, event)
        if not found.people:
            return 0
        facts = mail.frame(event, base_url=self.settings.base_url)
        text = mail.for_organisers(facts, found)
        addresses = contacts.organisers(self.session, event)
        for at, address in enumerate(addresses):
            outbox.enqueue(
                self.session,
                to_name="",
                to_address=address,
                person_id=None,
                order_key=f"event:{event.id}:{at}",
                idempotency_key=f"{_key(row)}contact{at}",
                **self._draft(event, row, text),
            )
        return len(addresses)

    def _people(self, event: Event, row: Reminder) -> int:
        chosen = audience.concerned(row.kind, event, self.now).where(_is_not_told(row))
        people = self.session.scalars(
            chosen.options(joinedload(SignUp.person)).limit(self.left)
        ).all()
        facts = mail.frame(event, base_url=self.settings.base_url)
        paths = _paths(self.session, event) if row.kind in BEFORE and people else {}
        for sign_up in people:
            first = mail.first_stop(paths.get(sign_up.id), event.zone)
            person, is_known = sign_up.person, sign_up.confirmed_at is not None
            outbox.enqueue_first(
                self.session,
                to_name=person.name if is_known else "",
                to_address=person.email,
                person_id=person.id,
                reply_to=event.contact_email,
                order_key=f"person:{person.id}",
                idempotency_key=f"{_key(row)}{person.id}",
                **self._draft(event, row, mail.for_person(row.kind, facts, sign_up, first)),
            )
        return len(people)

    def _draft(self, event: Event, row: Reminder, text: RenderedMail) -> _Draft:
        return {
            "kind": mail.kind_of(row.kind),
            "event_id": event.id,
            "is_reminder": True,
            "mail": text,
            "now": self.now,
            "give_up_at": latest(row.kind, event),
        }


class _Draft(TypedDict):
    """What all mails of a reminder have in common."""

    kind: str
    event_id: int
    is_reminder: bool
    mail: RenderedMail
    now: datetime
    give_up_at: datetime


def _key(row: Reminder) -> str:
    """Return how the keys of a reminder's mails begin; they keep each single for its time."""
    return f"reminder:{row.id}:{row.due_at.astimezone(UTC):%Y%m%dT%H%M}:"


def _is_not_told(row: Reminder) -> ColumnElement[bool]:
    key = literal(_key(row)).concat(cast(SignUp.person_id, String))
    return ~exists().where(OutboxMessage.idempotency_key == key)


def _paths(session: Session, event: Event) -> dict[int, Itinerary]:
    snapshot = publishing.as_held(session, publishing.current(session, event.id))
    return itineraries(event, snapshot, attendees(session, event.id)) if snapshot.seats else {}
