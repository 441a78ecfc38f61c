"""Mail that came back, letters and notes of absence."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.enums import (
    IncomingKind,
    OutboxState,
)
from app.errors import Busy
from app.mail.message import build
from app.models import IncomingMail, Organisation
from app.services import delivery
from tests.app.mail.test_incoming import FOLDER as INCOMING
from tests.app.services.replies.scene import Inbox
from tests.builders import make_organiser
from tests.mail_invariants import assert_private


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

    waiting = inbox.count(IncomingMail)
    inbox.sent.state = OutboxState.SENT
    row = inbox.take(inbox.case(INCOMING / "bounce_postfix.eml"), after=timedelta(minutes=1))

    assert (waiting, row.kind) == (0, IncomingKind.BOUNCE)
    assert inbox.sent.state is OutboxState.BOUNCED


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


def test_a_letter_to_an_event_without_contact_goes_to_its_owners(inbox: Inbox) -> None:
    event = inbox.evening.event
    event.contact_email = ""
    house = inbox.session.get_one(Organisation, event.organisation_id)
    for name in ("ada", "cleo"):
        make_organiser(inbox.session, organisation=house, email=f"{name}@example.org")

    row = inbox.take(inbox.letter("Hello"))
    own = inbox.take(inbox.letter("I own it", sender="Cleo@example.org"))

    assert (row.kind, row.reason) == (IncomingKind.TEXT, "")
    assert {mail.to_address for mail in inbox.passed_on()} == {
        "ada@example.org",
        "cleo@example.org",
    }
    assert own.reason == "it comes from the organisers themselves"


def test_a_letter_to_an_event_of_nobody_is_kept_for_its_page(inbox: Inbox) -> None:
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
