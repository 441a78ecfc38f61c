"""Reminders as the organiser sees them, and as their reader switches them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, ReminderKind
from app.errors import NotFound
from app.models import Event, Person, Reminder
from app.queries import times
from app.services import mail_links, reminders
from config import Config

TITLES = {
    ReminderKind.SIGN_UP_CLOSES: "A day before sign-up closes",
    ReminderKind.WEEK_BEFORE: "A week before",
    ReminderKind.DAY_BEFORE: "A day before",
    ReminderKind.HOUR_BEFORE: "An hour before",
    ReminderKind.UNPLANNED: "A day before, to you",
    ReminderKind.AFTER: "The morning after",
}
ABOUT = {
    ReminderKind.SIGN_UP_CLOSES: (
        "To people who have not confirmed their address, or have not taken the place offered."
    ),
    ReminderKind.WEEK_BEFORE: "When and where, with the link to the own page.",
    ReminderKind.DAY_BEFORE: "When and where; the first table too, once a plan is published.",
    ReminderKind.HOUR_BEFORE: "For people who are on their way, or open a video meeting.",
    ReminderKind.UNPLANNED: "When people have a place and no seat in the published plan.",
    ReminderKind.AFTER: "Thanks, at ten o'clock.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRow:
    """One reminder of an event; ``people`` is how many would get it now."""

    kind: ReminderKind
    title: str
    about: str
    when: str
    is_on: bool
    is_past: bool
    sent: str
    told: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersPage:
    rows: tuple[ReminderRow, ...]
    contact: str
    """Where the organisers' own reminder goes: an address, or all owners'."""
    is_cancelled: bool
    turned_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A reminder as somebody called Robin would get it."""

    title: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody who follows the link in a reminder decides about."""

    event_name: str
    slug: str
    is_off: bool


def reminders_page(session: Session, event: Event, *, now: datetime) -> RemindersPage:
    """Return an event's reminders; one that is no row yet is as it would be made."""
    found = session.scalars(select(Reminder).where(Reminder.event_id == event.id))
    known = {row.kind: row for row in found}
    off = select(Person.id).where(Person.event_id == event.id, Person.reminders_off_at.is_not(None))
    return RemindersPage(
        rows=tuple(_row(session, event, kind, known.get(kind), now) for kind in ReminderKind),
        contact=event.contact_email or "every owner",
        is_cancelled=event.state is EventState.CANCELLED,
        turned_off=len(session.scalars(off).all()),
    )


def sample(session: Session, event: Event, kind: str, *, settings: Config) -> Sample:
    """Return a reminder to look at; its links lead nowhere but to where they would begin."""
    if kind not in set(ReminderKind):
        raise NotFound
    chosen = ReminderKind(kind)
    found = reminders.unplanned(session, event)
    mail = reminders.sample(chosen, event, found, settings=settings)
    rooms = {"access": "/me/…", "confirm": "/c/…", "unsubscribe": "/u/…"}
    links = {name: settings.base_url + path for name, path in rooms.items()}
    return Sample(
        title=TITLES[chosen],
        subject=mail.subject,
        text=mail_links.fill(mail.text, links),
        html=mail_links.fill(mail.html, links),
    )


def choice(session: Session, person_id: int) -> Choice:
    """Return whether somebody has reminders of their event."""
    name, slug, off_at = session.execute(
        select(Event.name, Event.slug, Person.reminders_off_at)
        .join(Event, Event.id == Person.event_id)
        .where(Person.id == person_id)
    ).one()
    return Choice(event_name=name, slug=slug, is_off=off_at is not None)


def _row(
    session: Session, event: Event, kind: ReminderKind, row: Reminder | None, now: datetime
) -> ReminderRow:
    is_sent = row is not None and row.sent_at is not None and row.told_people > 0
    due = row.due_at if is_sent and row is not None else reminders.due_at(kind, event)
    sent_at = row.sent_at if is_sent and row is not None else None
    return ReminderRow(
        kind=kind,
        title=TITLES[kind],
        about=ABOUT[kind],
        when=times.day_and_clock(due, event.zone),
        is_on=kind in reminders.DEFAULT_ON if row is None else row.is_on,
        is_past=due <= now and (row is None or row.sent_at is not None or not row.is_on),
        sent=times.day_and_clock(sent_at, event.zone) if sent_at else "",
        told=0 if row is None else row.told_people,
        people=0 if is_sent else reminders.count(session, kind, event, now=now),
    )
