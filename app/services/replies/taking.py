"""One message that came in: taken once, told apart, noted, and handed on to whom it concerns."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.enums import IncomingKind, OutboxState
from app.errors import Busy
from app.ical import reply as ical_reply
from app.ical.reply import BadReply
from app.mail import incoming
from app.mail.incoming import Incoming
from app.models import Event, IncomingMail
from app.services import contacts, outbox
from app.services.replies import letters, recording, writer
from app.services.replies.writer import Writer
from config import Config

log = logging.getLogger(__name__)
TWO_TOKENS = "it came to the addresses of two people"
NOT_OURS = "it returns no mail of ours"
STRANGERS = "it answers no mail of ours"
ORGANISERS = "it comes from the organisers themselves"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """What taking a message works with."""

    session: Session
    now: datetime
    settings: Config
    key: bytes


def take(
    session: Session, raw: bytes, *, now: datetime, settings: Config, key: bytes
) -> IncomingMail:
    """Take a message; the same bytes again give the row that they made.

    Raises ``Busy`` for what comes back while it is still being sent: to be taken again later.
    """
    row, is_new = _row_of(session, sha256(raw).digest(), now)
    if not is_new:
        return row
    mail = incoming.read(raw, own_address=settings.mail_from)
    row.kind, row.reason = mail.kind, mail.reason
    post = _Post(session=session, now=now, settings=settings, key=key)
    if mail.kind is IncomingKind.REPLY:
        _take_reply(post, row, mail)
    elif mail.kind is IncomingKind.BOUNCE:
        _take_bounce(post, row, mail)
    elif mail.kind in {IncomingKind.TEXT, IncomingKind.AUTOMATIC}:
        _take_letter(post, row, mail)
    session.flush()
    log.info("message %s is taken as %s: %s", row.id, row.kind, row.reason or "whole")
    return row


def _row_of(session: Session, digest: bytes, now: datetime) -> tuple[IncomingMail, bool]:
    """Return the row of a message, and whether it was made just now."""
    statement = select(IncomingMail).where(IncomingMail.digest == digest)
    known = session.scalar(statement)
    if known is not None:
        return known, False
    row = IncomingMail(digest=digest, kind=IncomingKind.IGNORED, received_at=now)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:  # taken by another process meanwhile
        return session.scalars(statement).one(), False
    return row, True


def _take_reply(post: _Post, row: IncomingMail, mail: Incoming) -> None:
    who = _by_address(post, row, mail)
    if who is None:
        return
    _keep(row, who, mail)
    try:
        parsed = ical_reply.read(mail.calendar or b"")
    except BadReply as error:
        _ignore(row, f"an answer that cannot be read: {error.message}")
        return
    verdict = recording.believe(post.session, parsed, who, now=post.now)
    if verdict.reply is None:
        _ignore(row, f"an answer that does not count: {verdict.reason}")


def _take_bounce(post: _Post, row: IncomingMail, mail: Incoming) -> None:
    returned = mail.bounce
    sent = None if returned is None else writer.mail_answered(post.session, returned.message_ids)
    if returned is None or sent is None:
        _ignore(row, NOT_OURS)
        return
    row.event_id, row.person_id = sent.event_id, sent.person_id
    row.subject, row.reason = sent.subject, returned.words
    if not returned.is_final:
        _ignore(row, f"the server still tries: {returned.words}")
        return
    if sent.state is OutboxState.SENDING:
        raise Busy
    outbox.mark_bounced(post.session, sent.id, now=post.now, words=returned.words)


def _take_letter(post: _Post, row: IncomingMail, mail: Incoming) -> None:
    answered = writer.mail_answered(post.session, mail.answers_to)
    if answered is not None and answered.kind == letters.KIND:
        _ignore(row, ORGANISERS)
        return
    who = _by_address(post, row, mail) or writer.by_mail(post.session, answered)
    if who is None:
        _ignore(row, row.reason or STRANGERS)
        return
    event = post.session.get_one(Event, who.event_id)
    if mail.from_address.casefold() in map(str.casefold, contacts.organisers(post.session, event)):
        _ignore(row, ORGANISERS)
        return
    if letters.is_one_too_many(post.session, who.person_id, now=post.now):
        _ignore(row, letters.TOO_MANY)
        return
    row.reason = ""
    _keep(row, who, mail)
    letters.pass_on(post.session, row, event, now=post.now, settings=post.settings)


def _by_address(post: _Post, row: IncomingMail, mail: Incoming) -> Writer | None:
    """Return by whose address it came; else note why it is nobody's."""
    tokens = writer.tokens_in(mail.recipients, post.settings.mail_from)
    if len(tokens) > 1:
        _ignore(row, TWO_TOKENS)
        return None
    who = None
    if tokens:
        who = writer.by_token(post.session, tokens[0], key=post.key, now=post.now)
    if who is None:
        _ignore(row, recording.NOBODYS)
    return who


def _keep(row: IncomingMail, who: Writer, mail: Incoming) -> None:
    row.kind = mail.kind
    row.event_id, row.person_id = who.event_id, who.person_id
    row.from_address, row.subject, row.text = mail.from_address, mail.subject, mail.text


def _ignore(row: IncomingMail, reason: str) -> None:
    row.kind, row.reason = IncomingKind.IGNORED, reason
