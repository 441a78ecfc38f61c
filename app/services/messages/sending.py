"""A message becomes one mail a reader, once, however often its button is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.mail.message import RenderedMail, header_text
from app.mail.render import OwnText, render
from app.models import Event, Message, Organisation
from app.services import audit, limits, outbox
from app.services.limits import Limit
from app.services.messages import wording
from app.services.messages.audience import Audience, Reader, readers
from app.services.signups import places
from app.services.signups.mail import when_line
from config import Config

MESSAGE = "message"
MAX_SUBJECT = 150
MAX_TEXT = 10_000
SENT = Limit(name="message", tries=20, window=timedelta(days=1))
TESTS = Limit(name="message test", tries=30, window=timedelta(hours=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is written; ``key`` is made with the form, so that one form is sent once."""

    subject: str
    text: str
    audience: Audience
    key: str


def check(draft: Draft) -> Draft:
    """Return the draft as it is sent; raises ``InvalidInput`` with what to put right."""
    subject = header_text(draft.subject)
    text = draft.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    wrong: dict[str, str] = {}
    if not subject:
        wrong["subject"] = "Write what it is about"
    elif len(draft.subject.strip()) > MAX_SUBJECT:
        wrong["subject"] = f"Say it in {MAX_SUBJECT} letters or fewer"
    if not text:
        wrong["text"] = "Write what you want to say"
    elif len(text) > MAX_TEXT:
        wrong["text"] = f"Say it in {MAX_TEXT:,} letters or fewer; now it has {len(text):,}"
    for field, written in (("subject", subject), ("text", text)):
        try:
            wording.check(field, written)
        except InvalidInput as error:
            wrong = dict(error.fields) | wrong
    if wrong:
        raise InvalidInput(wrong)
    return Draft(subject=subject, text=text, audience=draft.audience, key=draft.key)


def example(session: Session, event: Event, draft: Draft, reader: Reader) -> RenderedMail:
    """Return the mail as one reader gets it."""
    organisation = session.get_one(Organisation, event.organisation_id)
    return _mail(event, organisation.name, draft, reader)


def send(
    session: Session,
    event: Event,
    draft: Draft,
    *,
    organiser_id: int,
    now: datetime,
    settings: Config,
    actor: str,
) -> Message:
    """Queue the message for everybody it is for; the same form again gives what it sent before."""
    event = places.lock_event(session, event.id)
    draft = check(draft)
    known = _sent_before(session, event, draft.key)
    if known is not None:
        return known
    found = readers(session, event, draft.audience)
    if not found:
        raise InvalidInput({"group": "Nobody is in this group now"})
    limits.check(session, SENT, event.id, now=now)
    message = _keep(session, event, draft, len(found), organiser_id=organiser_id, now=now)
    organisation = session.get_one(Organisation, event.organisation_id)
    for reader in found:
        mail = _mail(event, organisation.name, draft, reader)
        key = f"message:{message.id}:{reader.person_id}"
        _queue(session, event, reader, mail, key=key, now=now, settings=settings)
    audit.record(
        session,
        actor=actor,
        what="message sent",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        message=message.id,
        people=len(found),
    )
    return message


def send_test(
    session: Session,
    event: Event,
    draft: Draft,
    *,
    to: Reader,
    address: str,
    now: datetime,
    settings: Config,
) -> None:
    """Queue the mail that one reader would get, to the organiser who asks."""
    limits.check(session, TESTS, event.id, now=now)
    mail = example(session, event, check(draft), to)
    marked = RenderedMail(subject=f"Test: {mail.subject}", text=mail.text, html=mail.html)
    outbox.enqueue(
        session,
        kind=MESSAGE,
        event_id=event.id,
        person_id=None,
        to_name="",
        to_address=address,
        reply_to=event.contact_email,
        mail=marked,
        order_key=f"message-test:{draft.key}",
        idempotency_key=f"message-test:{draft.key}:{now.timestamp():.0f}",
        now=now,
        message_domain=settings.mail_from.rpartition("@")[2],
    )


def _keep(
    session: Session, event: Event, draft: Draft, people: int, *, organiser_id: int, now: datetime
) -> Message:
    message = Message(
        event_id=event.id,
        sent_by=organiser_id,
        subject=draft.subject,
        text=draft.text,
        audience=draft.audience.as_json() | {"key": draft.key},
        told_people=people,
        sent_at=now,
    )
    session.add(message)
    session.flush()
    return message


def _sent_before(session: Session, event: Event, key: str) -> Message | None:
    """Return the message that this form sent already."""
    sent = session.scalars(select(Message).where(Message.event_id == event.id))
    return next((one for one in sent if one.audience.get("key") == key), None)


def _queue(
    session: Session,
    event: Event,
    reader: Reader,
    mail: RenderedMail,
    *,
    key: str,
    now: datetime,
    settings: Config,
) -> None:
    outbox.enqueue_first(
        session,
        kind=MESSAGE,
        event_id=event.id,
        person_id=reader.person_id,
        to_name=reader.name,
        to_address=reader.address,
        reply_to=event.contact_email,
        mail=mail,
        order_key=key,
        idempotency_key=key,
        now=now,
        message_domain=settings.mail_from.rpartition("@")[2],
    )


def _mail(event: Event, organisation: str, draft: Draft, reader: Reader) -> RenderedMail:
    text = wording.fill(draft.text, event, reader)
    return render(
        MESSAGE,
        written_subject=OwnText(wording.fill(draft.subject, event, reader)),
        paragraphs=[
            [OwnText(line) for line in part.split("\n")] for part in text.split("\n\n") if part
        ],
        event_name=OwnText(event.name),
        organisation=OwnText(organisation),
        when=OwnText(when_line(event)),
        venue=OwnText(event.venue),
        contact=OwnText(event.contact_email),
    )
