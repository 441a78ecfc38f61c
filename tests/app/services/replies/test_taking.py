"""The same files that calendars and servers send, taken for people of an event of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import (
    IncomingKind,
    InviteState,
    LinkPurpose,
    Method,
    OutboxState,
    PartStat,
    ReplySource,
    SignUpState,
)
from app.errors import Busy
from app.mail.message import RenderedMail, build
from app.models import IncomingMail, Invite, OutboxMessage, Reply, Schedule, SignUp
from app.services import access, addresses, delivery, outbox
from app.services.replies import answering
from app.services.replies.taking import take
from config import Config
from tests.app.ical.test_reply import EXPECTED, FILES, UID
from tests.app.mail.test_incoming import FOLDER as INCOMING
from tests.app.mail.test_incoming import OURS, TOKEN_ADDRESS
from tests.builders import make_event, make_sign_up
from tests.mail_invariants import assert_private
from tests.published import Evening


@dataclass
class Inbox:
    """One person with an invite, and mail that comes for them."""

    session: Session
    settings: Config
    key: bytes
    evening: Evening
    now: datetime

    @property
    def who(self) -> SignUp:
        return self.evening.mentees[0]

    @property
    def invite(self) -> Invite:
        return self.session.scalars(select(Invite).where(Invite.sign_up_id == self.who.id)).one()

    @property
    def sent(self) -> OutboxMessage:
        rows = select(OutboxMessage).where(OutboxMessage.person_id == self.who.person_id)
        return self.session.scalars(rows).one()

    def address(self, sign_up: SignUp | None = None) -> str:
        person_id = (sign_up or self.who).person_id
        token = access.link_for(
            self.session, person_id, LinkPurpose.REPLY, key=self.key, now=self.now
        )
        return addresses.reply_address(self.settings.mail_from, token)

    def take(self, raw: bytes, *, after: timedelta = timedelta()) -> IncomingMail:
        return take(self.session, raw, now=self.now + after, settings=self.settings, key=self.key)

    def case(self, path: Path, *, to: str = "") -> bytes:
        """Return a file as it would come for this person."""
        raw = path.read_bytes().replace(TOKEN_ADDRESS.encode(), (to or self.address()).encode())
        return raw.replace(OURS.encode(), self.sent.message_id.encode())

    def answer(
        self,
        partstat: str = "ACCEPTED",
        *,
        uid: str = UID,
        sequence: int = 0,
        stamp: str = "20270301T090000Z",
        to: str = "",
        text: str = "",
    ) -> bytes:
        return (
            f"From: x@mail.example\nTo: {to or self.address()}\nSubject: {text}\n"
            "Content-Type: text/calendar; method=REPLY\n\n"
            f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:{stamp}\n"
            f"SEQUENCE:{sequence}\nATTENDEE;PARTSTAT={partstat}:mailto:x@mail.example\n"
            "END:VEVENT\nEND:VCALENDAR\n"
        ).encode()

    def letter(self, text: str, *headers: str, sender: str = "x@mail.example") -> bytes:
        lines = (f"From: {sender}", f"To: {self.address()}", "Subject: Hello", *headers, "", text)
        return "\n".join(lines).encode()

    def passed_on(self) -> list[OutboxMessage]:
        kind = select(OutboxMessage).where(OutboxMessage.kind == "passed_on")
        return list(self.session.scalars(kind.order_by(OutboxMessage.id)))

    def count(self, model: type[object]) -> int:
        return self.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def inbox(session: Session, now: datetime, settings: Config, key: bytes) -> Inbox:
    event = make_event(session, name="An evening")
    people = tuple(make_sign_up(session, event, name=name) for name in ("Róża Tylus", "Jip"))
    for at, sign_up in enumerate(people):
        invite = Invite(
            sign_up_id=sign_up.id,
            uid=UID if at == 0 else "another-uid",
            state=InviteState.LIVE,
            method=Method.REQUEST,
            stamped_at=now,
        )
        session.add(invite)
        row = outbox.enqueue(
            session,
            kind="invite",
            event_id=event.id,
            person_id=sign_up.person_id,
            to_name=sign_up.person.name,
            to_address=sign_up.person.email,
            mail=RenderedMail(subject="Your place", text="Hello", html="<p>Hello</p>"),
            order_key=f"invite:{invite.uid}",
            idempotency_key=f"invite:{invite.uid}",
            now=now,
        )
        row.state, row.sent_at = OutboxState.SENT, now
    session.flush()
    evening = Evening(event=event, mentors=(), mentees=people)
    return Inbox(session=session, settings=settings, key=key, evening=evening, now=now)


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


def test_a_bounce_marks_the_mail_with_the_servers_words(inbox: Inbox) -> None:
    for name in ("postfix", "exchange_online", "gmail", "exim", "qmail"):
        inbox.sent.state = OutboxState.SENT
        row = inbox.take(inbox.case(INCOMING / f"bounce_{name}.eml"))
        inbox.session.expire_all()

        assert (row.kind, row.person_id) == (IncomingKind.BOUNCE, inbox.who.person_id)
        assert inbox.sent.state is OutboxState.BOUNCED
        assert inbox.sent.last_error == row.reason
        assert re.search(r"55\d", row.reason) is not None


def test_a_delay_is_no_bounce(inbox: Inbox) -> None:
    row = inbox.take(inbox.case(INCOMING / "bounce_postfix_delayed.eml"))

    assert row.kind is IncomingKind.IGNORED
    assert row.reason.startswith("the server still tries: connect to mx.gone.example")
    assert inbox.sent.state is OutboxState.SENT


def test_a_bounce_of_no_mail_of_ours_is_ignored(inbox: Inbox) -> None:
    row = inbox.take((INCOMING / "bounce_postfix.eml").read_bytes())

    assert (row.kind, row.reason) == (IncomingKind.IGNORED, "it returns no mail of ours")


def test_a_bounce_that_is_faster_than_its_mail_is_taken_later(inbox: Inbox) -> None:
    inbox.sent.state = OutboxState.SENDING
    inbox.session.flush()

    with pytest.raises(Busy), inbox.session.begin_nested():
        inbox.take(inbox.case(INCOMING / "bounce_postfix.eml"))

    assert inbox.count(IncomingMail) == 0


def test_a_letter_is_passed_on_as_a_quotation_without_links(inbox: Inbox) -> None:
    row = inbox.take(inbox.case(INCOMING / "text_with_quote.eml"))

    [mail] = inbox.passed_on()
    assert row.kind is IncomingKind.TEXT
    assert (mail.to_address, mail.person_id, mail.reply_to) == ("evening@example.org", None, "")
    assert mail.subject == "Róża Tylus wrote (An evening)"
    assert "> I can come, and I need a table near the door — I use a wheelchair." in mail.text
    assert "Not for you" not in mail.text + mail.html
    assert "AbCdEfGh" not in mail.text + mail.html + row.text
    assert "mail.example" not in mail.text + mail.html


def test_a_letter_that_is_passed_on_names_no_address_but_the_organisers(inbox: Inbox) -> None:
    raw = inbox.letter("Write to me at jip@secret.example or <b>https://evil.example/x</b>")
    inbox.take(raw)
    [mail] = inbox.passed_on()

    message = delivery.compose(
        inbox.session, mail, now=inbox.now, settings=inbox.settings, key=inbox.key
    )

    own = {"evening@example.org", inbox.settings.mail_from}
    assert_private(build(message), "evening@example.org", own)
    assert "https://evil.example" not in mail.text + mail.html
    assert "<b>" not in mail.html.partition("evil")[0][-60:]


def test_a_note_of_absence_is_passed_on(inbox: Inbox) -> None:
    names = ("away_outlook", "away_vacation", "away_abwesenheit")
    rows = [
        inbox.take(inbox.case(INCOMING / f"{name}.eml"), after=timedelta(days=2 * at))
        for at, name in enumerate(names)
    ]

    kinds = {(row.kind, row.person_id) for row in rows}
    assert kinds == {(IncomingKind.AUTOMATIC, inbox.who.person_id)}
    subjects = [mail.subject for mail in inbox.passed_on()]
    assert subjects == ["Away: Róża Tylus (An evening)"] * 3


def test_notes_of_absence_go_once_a_day(inbox: Inbox) -> None:
    for hour in range(3):
        raw = inbox.letter(f"Away {hour}", "Auto-Submitted: auto-replied")
        inbox.take(raw, after=timedelta(hours=hour))

    inbox.take(inbox.letter("Still", "Auto-Submitted: auto-replied"), after=timedelta(hours=25))

    assert len(inbox.passed_on()) == 2
    assert inbox.count(IncomingMail) == 4


def test_who_writes_without_end_is_kept_to_twenty_letters_a_day(inbox: Inbox) -> None:
    rows = [inbox.take(inbox.letter(f"Letter {number}")) for number in range(22)]

    assert [row.kind for row in rows[20:]] == [IncomingKind.IGNORED] * 2
    assert rows[21].text == ""
    assert len(inbox.passed_on()) == 20


def test_the_organisers_own_answers_do_not_come_back_to_them(inbox: Inbox) -> None:
    inbox.take(inbox.letter("Hello"))
    [mail] = inbox.passed_on()

    direct = inbox.take(inbox.letter("I am the organiser", sender="Evening@example.org"))
    answered = inbox.take(
        inbox.letter("Thanks", f"In-Reply-To: {mail.message_id}", sender="other@example.com")
    )

    assert {direct.reason, answered.reason} == {"it comes from the organisers themselves"}
    assert len(inbox.passed_on()) == 1


def test_a_letter_to_an_event_without_contact_is_kept_for_its_page(inbox: Inbox) -> None:
    inbox.evening.event.contact_email = ""

    row = inbox.take(inbox.letter("Hello"))

    assert (row.kind, row.text, inbox.passed_on()) == (IncomingKind.TEXT, "Hello", [])
    assert "no contact address" in row.reason


def test_a_letter_from_nobody_we_wrote_to_is_not_kept(inbox: Inbox) -> None:
    raw = b"From: s@spam.example\nTo: roundabout@example.org\nSubject: Buy\n\nNow\n"

    row = inbox.take(raw)

    assert (row.kind, row.event_id, row.text, row.from_address) == (
        IncomingKind.IGNORED,
        None,
        "",
        "",
    )


def test_what_is_no_letter_goes_nowhere(inbox: Inbox) -> None:
    names = ("spam_flagged", "loop_from_ourselves", "empty")
    rows = [inbox.take(inbox.case(INCOMING / f"{name}.eml")) for name in names]

    assert {row.kind for row in rows} == {IncomingKind.IGNORED}
    assert inbox.passed_on() == []


def test_signs_that_no_database_keeps_do_no_harm(inbox: Inbox) -> None:
    for name in ("text_with_quote", "away_vacation", "bounce_postfix", "bounce_qmail"):
        whole = inbox.case(INCOMING / f"{name}.eml")
        for raw in (whole.replace(b"@", b"\x00@"), whole.replace(b"e", b"e\x00")):
            row = inbox.take(raw)

            kept = (row.from_address, row.subject, row.text, row.reason)
            assert "\x00" not in "".join(kept)


def test_who_was_erased_writes_to_nobody(inbox: Inbox) -> None:
    raw, answer = inbox.letter("It is me"), inbox.answer()
    inbox.who.person.erased_at = inbox.now
    inbox.session.flush()

    rows = [inbox.take(raw), inbox.take(answer)]

    assert {row.kind for row in rows} == {IncomingKind.IGNORED}
    assert {row.text for row in rows} == {""}
