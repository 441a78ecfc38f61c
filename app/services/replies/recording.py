"""An answer that came by mail: believed by its address only, and only if it is the newest."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ReplySource
from app.ical.reply import ParsedReply
from app.models import Event, Invite, Reply, SignUp
from app.services.replies import writer
from app.services.replies.answering import can_answer
from app.services.replies.writer import Writer

log = logging.getLogger(__name__)
CLOCKS_DIFFER = timedelta(days=1)
"""How far ahead of ours a reader's clock may go; a date beyond would outlast every later answer."""
NOBODYS = "its address is nobody's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an answer: a fact, or why not."""

    reply: Reply | None
    reason: str = ""


def record(
    session: Session, parsed: ParsedReply, *, token: str, now: datetime, key: bytes
) -> Reply | None:
    """Note an answer that came to the address with this token; None when it is not believed."""
    found = writer.by_token(session, token, key=key, now=now)
    if found is None:
        log.info("an answer is ignored: %s", NOBODYS)
        return None
    return believe(session, parsed, found, now=now).reply


def believe(session: Session, parsed: ParsedReply, who: Writer, *, now: datetime) -> Verdict:
    """Note somebody's answer, which may set the PARTSTAT of their invite and nothing else."""
    sign_up = session.scalars(select(SignUp).where(SignUp.person_id == who.person_id)).one()
    event = session.get_one(Event, sign_up.event_id)
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id).with_for_update())
    if invite is None or invite.uid != parsed.uid:
        reason = "its UID is not that of this person's invite"
    elif not can_answer(sign_up, event, invite, now=now):
        reason = "the invite was taken back, or the event has begun"
    else:
        reason = _why_not(invite, parsed, now)
    if reason or invite is None:
        log.info("an answer of person %s is ignored: %s", who.person_id, reason)
        return Verdict(reply=None, reason=reason)
    return Verdict(reply=_note(session, invite, parsed, now))


def _why_not(invite: Invite, parsed: ParsedReply, now: datetime) -> str:
    """Return why an answer does not count beside what is known; empty when it does."""
    if parsed.sequence < invite.sequence:
        return f"it answers version {parsed.sequence}, and the entry is at {invite.sequence}"
    if parsed.stamp > now + CLOCKS_DIFFER:
        return "its DTSTAMP is in the future"
    if invite.reply_sequence is None or invite.reply_stamped_at is None:
        return ""
    known = (invite.reply_sequence, invite.reply_stamped_at)
    answered = (_version(invite, parsed), parsed.stamp)
    if answered == known:
        return "it is known already"
    return "a newer answer is known" if answered < known else ""


def _version(invite: Invite, parsed: ParsedReply) -> int:
    """Return which version is answered: one that was never sent is taken for the last."""
    return min(parsed.sequence, invite.sequence)


def _note(session: Session, invite: Invite, parsed: ParsedReply, now: datetime) -> Reply:
    invite.reply_sequence = _version(invite, parsed)
    invite.reply_stamped_at = parsed.stamp
    last = session.scalar(
        select(Reply).where(Reply.invite_id == invite.id).order_by(Reply.id.desc()).limit(1)
    )
    if last is not None and invite.partstat is last.partstat is parsed.partstat:
        session.flush()
        return last
    reply = Reply(
        invite_id=invite.id,
        partstat=parsed.partstat,
        source=ReplySource.MAIL,
        sequence=invite.reply_sequence,
        stamped_at=parsed.stamp,
        received_at=now,
    )
    session.add(reply)
    invite.partstat = parsed.partstat
    invite.replied_at = now
    session.flush()
    return reply
