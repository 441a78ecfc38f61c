"""Answers that calendars send, taken for people of an event of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.enums import (
    IncomingKind,
    InviteState,
    PartStat,
    ReplySource,
    SignUpState,
)
from app.models import IncomingMail, OutboxMessage, Reply, Schedule
from app.services.replies import answering
from tests.app.ical.test_reply import EXPECTED, FILES
from tests.app.services.replies.scene import Inbox


def test_take_believes_every_calendar(inbox: Inbox) -> None:
    found = {}
    for path in FILES:
        inbox.invite.sequence = EXPECTED[path.stem][1]
        inbox.invite.reply_sequence = inbox.invite.reply_stamped_at = None
        inbox.invite.partstat = PartStat.NEEDS_ACTION
        row = inbox.take(inbox.case(path), after=timedelta(days=2))
        reply = inbox.session.scalars(select(Reply).order_by(Reply.id.desc())).first()
        assert reply is not None
        assert (row.kind, row.person_id) == (IncomingKind.REPLY, inbox.who.person_id)
        assert (reply.source, reply.received_at) == (ReplySource.MAIL, inbox.invite.replied_at)
        found[path.stem] = (inbox.invite.partstat, reply.sequence, reply.stamped_at)

    assert found == EXPECTED
    assert inbox.count(Reply) == len(FILES)


def test_take_takes_the_same_bytes_once(inbox: Inbox) -> None:
    row = inbox.take(inbox.answer())

    again = inbox.take(inbox.answer(), after=timedelta(minutes=1))

    assert again is row
    assert (inbox.count(Reply), inbox.count(IncomingMail)) == (1, 1)


def test_an_answer_sets_the_partstat_and_nothing_else(inbox: Inbox) -> None:
    before = (inbox.who.state, inbox.evening.event.roster_version, inbox.count(Schedule))
    entry = (inbox.invite.sequence, inbox.invite.state, inbox.invite.method)
    mails = inbox.count(OutboxMessage)

    inbox.take(inbox.answer("DECLINED"))

    event = inbox.evening.event
    assert (inbox.who.state, event.roster_version, inbox.count(Schedule)) == before
    assert (inbox.invite.sequence, inbox.invite.state, inbox.invite.method) == entry
    assert inbox.count(OutboxMessage) == mails
    assert inbox.invite.partstat is PartStat.DECLINED
    assert inbox.who.state is SignUpState.PLACED


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"uid": "another"}, "its UID is not that of this person's invite"),
        ({"sequence": 0}, "it answers version 0, and the entry is at 1"),
        ({"stamp": "20270302T090001Z"}, "its DTSTAMP is in the future"),
        ({"partstat": "DELEGATED"}, "PARTSTAT: found DELEGATED"),
    ],
)
def test_an_answer_that_does_not_count_says_why(
    inbox: Inbox, answer: dict[str, str], reason: str
) -> None:
    inbox.invite.sequence = 1

    row = inbox.take(inbox.answer(**({"sequence": 1} | answer)))

    assert row.kind is IncomingKind.IGNORED
    assert reason in row.reason
    assert inbox.invite.partstat is PartStat.NEEDS_ACTION
    assert inbox.count(Reply) == 0


def test_an_older_answer_that_comes_late_changes_nothing(inbox: Inbox) -> None:
    inbox.take(inbox.answer("DECLINED", stamp="20270301T085500Z"))

    late = inbox.take(inbox.answer("ACCEPTED", stamp="20270301T085459Z"))
    same = inbox.take(inbox.answer("ACCEPTED", stamp="20270301T085500Z"))

    assert (late.reason, same.reason) == (
        "an answer that does not count: a newer answer is known",
        "an answer that does not count: it is known already",
    )
    assert inbox.invite.partstat is PartStat.DECLINED


def test_an_answer_on_the_page_outlasts_a_mail_written_before(inbox: Inbox) -> None:
    answering.answer(inbox.session, inbox.who, PartStat.TENTATIVE, now=inbox.now)

    before = inbox.take(inbox.answer(stamp="20270301T085959Z"))
    after = inbox.take(inbox.answer(stamp="20270301T090001Z"))

    assert (before.kind, after.kind) == (IncomingKind.IGNORED, IncomingKind.REPLY)
    assert inbox.invite.partstat is PartStat.ACCEPTED


def test_an_answer_to_a_version_never_sent_counts_for_the_last(inbox: Inbox) -> None:
    inbox.take(inbox.answer("DECLINED", sequence=2_000_000_000, stamp="20270301T085000Z"))

    inbox.take(inbox.answer("ACCEPTED", sequence=0, stamp="20270301T085001Z"))

    assert inbox.invite.partstat is PartStat.ACCEPTED
    assert inbox.invite.reply_sequence == 0


def test_nobody_answers_for_another_by_uid_or_attendee(inbox: Inbox) -> None:
    other = inbox.evening.mentees[1]

    row = inbox.take(inbox.answer("DECLINED", to=inbox.address(other)))

    assert (row.kind, row.person_id) == (IncomingKind.IGNORED, other.person_id)
    assert inbox.invite.partstat is PartStat.NEEDS_ACTION


@pytest.mark.parametrize(
    "to", ["roundabout@example.org", f"roundabout+{'a' * 32}@example.org", "x@elsewhere.example"]
)
def test_an_answer_without_a_known_token_leaves_no_trace_of_its_writer(
    inbox: Inbox, to: str
) -> None:
    row = inbox.take(inbox.answer(to=to, text="Secret"))

    assert (row.kind, row.reason) == (IncomingKind.IGNORED, "its address is nobody's")
    assert (row.event_id, row.person_id, row.from_address, row.subject, row.text) == (
        None,
        None,
        "",
        "",
        "",
    )


def test_an_answer_to_two_people_at_once_is_nobodys(inbox: Inbox) -> None:
    both = f"{inbox.address()}, {inbox.address(inbox.evening.mentees[1])}"

    row = inbox.take(inbox.answer(to=both))

    assert row.reason == "it came to the addresses of two people"
    assert inbox.count(Reply) == 0


def test_the_address_may_be_written_in_capitals(inbox: Inbox) -> None:
    assert inbox.take(inbox.answer(to=inbox.address().upper())).kind is IncomingKind.REPLY


def test_nothing_is_answered_once_the_event_has_begun_or_the_entry_is_gone(inbox: Inbox) -> None:
    began = inbox.evening.event.starts_at - inbox.now
    late = inbox.take(inbox.answer(stamp="20270304T165959Z"), after=began)
    inbox.invite.state = InviteState.CANCELLED

    gone = inbox.take(inbox.answer(sequence=5))

    assert late.reason.endswith("the invite was taken back, or the event has begun")
    assert gone.kind is IncomingKind.IGNORED
