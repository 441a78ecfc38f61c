"""What people write, and what their mail programs write for them: the organisers get it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.enums import IncomingKind
from app.mail.message import RenderedMail
from app.mail.render import OwnText, render
from app.models import Event, IncomingMail, Organisation, Person
from app.services import contacts, limits, outbox
from app.services.limits import Limit
from config import Config

KIND = "passed_on"
LETTERS = Limit(name="letter", tries=20, window=timedelta(days=1))
AWAY = Limit(name="away", tries=1, window=timedelta(days=1))
TOO_MANY = "this person wrote too often today"
KEPT_ONLY = "Kept here only: a note like this was passed on in the last day."
NOWHERE = "Kept here only: the event has no contact address, and nobody owns it."


def is_one_too_many(session: Session, person_id: int, *, now: datetime) -> bool:
    """Count one more letter of a person; return whether it is more than anybody writes in a day."""
    return not limits.is_allowed(session, LETTERS, person_id, now=now)


def pass_on(
    session: Session, row: IncomingMail, event: Event, *, now: datetime, settings: Config
) -> bool:
    """Queue a mail to each of the event's organisers with what somebody wrote, as a quotation.

    It holds the person's name and no address: what was written is a stranger's text, in which no
    link or address stays one, and attachments are left out. A note of absence goes once a day.
    """
    addresses = contacts.organisers(session, event)
    if not addresses:
        row.reason = NOWHERE
        return False
    is_away = row.kind is IncomingKind.AUTOMATIC
    if is_away and not limits.is_allowed(session, AWAY, row.person_id, now=now):
        row.reason = KEPT_ONLY
        return False
    mail = _mail(session, row, event, base_url=settings.base_url)
    for at, address in enumerate(addresses):
        outbox.enqueue(
            session,
            kind=KIND,
            event_id=event.id,
            person_id=None,
            to_name="",
            to_address=address,
            mail=mail,
            order_key=f"letter:{row.id}:{at}",
            idempotency_key=f"letter:{row.digest.hex()}:{at}",
            now=now,
            message_domain=settings.mail_from.rpartition("@")[2],
        )
    return True


def _mail(session: Session, row: IncomingMail, event: Event, *, base_url: str) -> RenderedMail:
    organisation = session.get_one(Organisation, event.organisation_id)
    return render(
        KIND,
        event_name=OwnText(event.name),
        organisation=OwnText(organisation.name),
        person_name=session.get_one(Person, row.person_id).name,
        written_subject=row.subject,
        lines=row.text.split("\n"),
        is_away=row.kind is IncomingKind.AUTOMATIC,
        page=OwnText(f"{base_url}/events/{event.id}/mail-in"),
    )
