"""What is forgotten by itself, because its time is over; every step can be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.models import (
    Event,
    IncomingMail,
    OrganiserInvitation,
    OrganiserSession,
    PasswordLink,
    Person,
    RosterUpload,
    SignUp,
    StewardLink,
)
from app.services import audit, blanking, limits
from app.services.privacy import forgetting, journal_file
from app.services.privacy.erasure import line_of
from app.services.signups import places

MAIL_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What one look found to be over."""

    events: int
    people: int
    unconfirmed: int
    mails: int

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        return not (self.events or self.people or self.unconfirmed or self.mails)


def names_kept_until(event: Event) -> datetime:
    """Return when the people of an event are made anonymous."""
    return event.ends_at + timedelta(days=event.retention_days)


def anonymise_due(session: Session, *, now: datetime, journal: Path) -> Forgotten:
    """Forget everything whose time is over at this moment."""
    events, people = _end_events(session, now, journal)
    found = Forgotten(
        events=events,
        people=people,
        unconfirmed=_forget_unconfirmed(session, now, journal),
        mails=_forget_mail(session, before=now - MAIL_KEPT),
    )
    limits.forget_old(session, now)
    _forget_links(session, now)
    session.execute(delete(RosterUpload).where(RosterUpload.expires_at <= now))
    session.flush()
    return found


def _end_events(session: Session, now: datetime, journal: Path) -> tuple[int, int]:
    """Make the people of events anonymous whose time is over; return how many of both."""
    over = session.scalars(
        select(Event).where(Event.anonymised_at.is_(None), Event.ends_at <= now).order_by(Event.id)
    )
    due = [event.id for event in over if names_kept_until(event) <= now]
    count = 0
    for event_id in due:
        event = places.lock_event(session, event_id)
        people = _kept_people(session, event_id)
        _forget_people(session, event, people, now=now, journal=journal, keeps_counts=True)
        event.anonymised_at = now
        audit.record(
            session,
            actor="system",
            what="event made anonymous",
            now=now,
            organisation_id=event.organisation_id,
            event_id=event_id,
            people=len(people),
        )
        count += len(people)
    session.flush()
    return len(due), count


def _kept_people(session: Session, event_id: int) -> Sequence[Person]:
    return session.scalars(
        select(Person)
        .where(Person.event_id == event_id, Person.erased_at.is_(None))
        .order_by(Person.id)
    ).all()


def _forget_unconfirmed(session: Session, now: datetime, journal: Path) -> int:
    """Forget who never confirmed their address and whose place was let go for it."""
    never_confirmed = (
        select(Person)
        .join(SignUp, SignUp.person_id == Person.id)
        .where(
            SignUp.state == SignUpState.RELEASED,
            SignUp.confirmed_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Person.id)
    )
    event_ids = sorted({person.event_id for person in session.scalars(never_confirmed)})
    count = 0
    for event_id in event_ids:
        event = places.lock_event(session, event_id)
        still = never_confirmed.where(Person.event_id == event_id)  # they may ask again meanwhile
        people = session.scalars(still, execution_options={"populate_existing": True}).all()
        _forget_people(session, event, people, now=now, journal=journal, keeps_counts=False)
        count += len(people)
    return count


def _forget_people(
    session: Session,
    event: Event,
    people: Sequence[Person],
    *,
    now: datetime,
    journal: Path,
    keeps_counts: bool,
) -> None:
    lines = [line_of(person, now) for person in people]
    forgetting.forget(session, event, people, now=now, keeps_counts=keeps_counts)
    journal_file.append(journal, lines)


def _forget_mail(session: Session, *, before: datetime) -> int:
    """Blank what mails said that left, or came in, long ago."""
    session.execute(
        update(IncomingMail)
        .where(
            IncomingMail.received_at < before,
            or_(IncomingMail.text != "", IncomingMail.from_address != ""),
        )
        .values(from_address="", subject="", text="", reason="")
    )
    return blanking.blank_old(session, before=before)


def _forget_links(session: Session, now: datetime) -> None:
    """Delete what opens nothing any more; invitations hold an address, so they do not stay."""
    session.execute(delete(OrganiserSession).where(OrganiserSession.expires_at <= now))
    session.execute(delete(PasswordLink).where(PasswordLink.expires_at <= now))
    for model in (OrganiserInvitation, StewardLink):
        session.execute(delete(model).where(model.expires_at <= now - LINKS_KEPT))
