"""The answer given on the person's own page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, InviteState, PartStat, ReplySource, SignUpState
from app.errors import InvalidInput, TooLate
from app.models import Event, Invite, Reply, SignUp

NOTHING_TO_ANSWER = (
    "There is nothing to answer here now: the event has begun, or you have no invite to it."
)


def can_answer(sign_up: SignUp, event: Event, invite: Invite | None, *, now: datetime) -> bool:
    """Return whether an invite is out to somebody with a place, at an event still to come."""
    is_expected = event.state is not EventState.CANCELLED and now < event.starts_at
    has_place = sign_up.state is SignUpState.PLACED
    return is_expected and has_place and invite is not None and invite.state is InviteState.LIVE


def answer(session: Session, sign_up: SignUp, partstat: PartStat, *, now: datetime) -> Reply:
    """Note what a person answers on their page; the same answer again is not noted twice.

    It counts as an answer to the invite as it is now, so that a mail written before is older.
    A no does not withdraw.
    """
    if partstat is PartStat.NEEDS_ACTION:
        raise InvalidInput({"answer": "Choose yes, maybe or no"})
    event = session.get_one(Event, sign_up.event_id)
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id).with_for_update())
    if invite is None or not can_answer(sign_up, event, invite, now=now):
        raise TooLate(NOTHING_TO_ANSWER)
    last = _last(session, invite)
    if last is not None and invite.partstat is partstat:
        return last
    reply = Reply(
        invite_id=invite.id,
        partstat=partstat,
        source=ReplySource.PAGE,
        sequence=invite.sequence,
        stamped_at=now,
        received_at=now,
    )
    session.add(reply)
    invite.partstat = partstat
    invite.replied_at = now
    invite.reply_sequence, invite.reply_stamped_at = invite.sequence, now
    session.flush()
    return reply


def _last(session: Session, invite: Invite) -> Reply | None:
    return session.scalar(
        select(Reply).where(Reply.invite_id == invite.id).order_by(Reply.id.desc()).limit(1)
    )
