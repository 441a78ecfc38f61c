from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, PartStat, ReplySource, SignUpState
from app.errors import InvalidInput, TooLate
from app.models import Invite, OutboxMessage, Reply, SignUp
from app.services import invites, replies
from config import Config
from tests.published import Evening, make_evening, publish

MOVED = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]


@pytest.fixture
def evening(session: Session, now: datetime, settings: Config) -> Evening:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    return evening


def invite_of(session: Session, sign_up: SignUp) -> Invite:
    return session.scalars(select(Invite).where(Invite.sign_up_id == sign_up.id)).one()


@pytest.mark.parametrize(
    "partstat", [PartStat.ACCEPTED, PartStat.TENTATIVE, PartStat.DECLINED], ids=str
)
def test_answer_is_noted_once(
    session: Session, evening: Evening, now: datetime, partstat: PartStat
) -> None:
    one, later = evening.mentees[0], now + timedelta(minutes=5)

    reply = replies.answer(session, one, partstat, now=now)
    again = replies.answer(session, one, partstat, now=later)

    invite = invite_of(session, one)
    assert again is reply
    assert (reply.partstat, reply.source, reply.received_at) == (partstat, ReplySource.PAGE, now)
    assert (invite.partstat, invite.replied_at) == (partstat, now)
    assert (invite.reply_sequence, invite.reply_stamped_at) == (0, now)
    assert one.state is SignUpState.PLACED


def test_answer_may_change(session: Session, evening: Evening, now: datetime) -> None:
    one, later = evening.mentees[0], now + timedelta(minutes=5)
    replies.answer(session, one, PartStat.DECLINED, now=now)

    replies.answer(session, one, PartStat.ACCEPTED, now=later)

    assert invite_of(session, one).replied_at == later
    said = session.scalars(select(Reply.partstat).order_by(Reply.id)).all()
    assert said == [PartStat.DECLINED, PartStat.ACCEPTED]


def test_answer_stands_in_the_next_update_and_falls_with_a_new_time(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    one = evening.mentees[0]
    replies.answer(session, one, PartStat.ACCEPTED, now=now)
    publish(session, evening, now=now, tables=MOVED)
    invites.sync(session, evening.event, now=now, settings=settings)

    assert _told_partstat(session, one) == "ACCEPTED"

    evening.event.venue = "Old library"
    invites.sync(session, evening.event, now=now, settings=settings)

    assert _told_partstat(session, one) == "NEEDS-ACTION"
    assert invite_of(session, one).replied_at is None


def _told_partstat(session: Session, sign_up: SignUp) -> str:
    content = session.scalars(
        select(OutboxMessage.calendar)
        .where(OutboxMessage.person_id == sign_up.person_id)
        .order_by(OutboxMessage.id.desc())
    ).first()
    [event] = Calendar.from_ical(content or "").walk("VEVENT")
    return str(event["ATTENDEE"].params["PARTSTAT"])


def test_answer_of_nothing_is_refused(session: Session, evening: Evening, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        replies.answer(session, evening.mentees[0], PartStat.NEEDS_ACTION, now=now)


def test_answer_needs_an_invite_to_an_event_to_come(
    session: Session, evening: Evening, now: datetime, settings: Config
) -> None:
    one, gone = evening.mentees[0], evening.mentees[1]
    gone.state = SignUpState.WITHDRAWN
    invites.cancel_for(session, gone, now=now, settings=settings)

    with pytest.raises(TooLate):
        replies.answer(session, gone, PartStat.ACCEPTED, now=now)
    with pytest.raises(TooLate):
        replies.answer(session, one, PartStat.ACCEPTED, now=evening.event.starts_at)
    evening.event.state = EventState.CANCELLED
    with pytest.raises(TooLate):
        replies.answer(session, one, PartStat.ACCEPTED, now=now)


def test_answer_before_anything_is_published_is_refused(session: Session, now: datetime) -> None:
    evening = make_evening(session)

    with pytest.raises(TooLate):
        replies.answer(session, evening.mentees[0], PartStat.ACCEPTED, now=now)
