from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

import pytest

from app.enums import Method
from app.mail.message import BadAddress, CalendarPart, MailMessage, build, header_text, mailbox

HOSTILE = (
    "Ann\r\nBcc: thief@evil.example",
    "Ann\nBcc: thief@evil.example",
    "Ann\rBcc: thief@evil.example",
    "Ann\x00\x0b\x0cBcc: thief@evil.example",
    "Ann\u2028Bcc: thief@evil.example",
    "Ann\u2029\x85Bcc: thief@evil.example",
    "Ann =?UTF-8?Q?=0D=0ABcc:_thief@evil.example?=",
    "Ann ==??UTF-8?Q?=0ABcc:_thief@evil.example??==",
    'Ann" <thief@evil.example>, "Ben',
    "Żółć, thief@evil.example; " * 9,
    "Ann \ud800 \u202e elpmaxe",
)
NAMES = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}


def make_mail(
    *,
    to_name: str = "Róża Tylus",
    to_address: str = "roza@example.org",
    from_name: str = "An evening of good questions",
    subject: str = "Your evening",
    reply_to: str = "desk@example.org",
    calendar: CalendarPart | None = None,
) -> MailMessage:
    return MailMessage(
        message_id="<one@example.org>",
        date=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
        from_name=from_name,
        from_address="events@example.org",
        to_name=to_name,
        to_address=to_address,
        reply_to=reply_to,
        subject=subject,
        text="Dear Róża",
        html="<p>Dear Róża</p>",
        calendar=calendar,
    )


def read_back(mail: MailMessage) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(build(mail).as_bytes(), policy=SMTP))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
def test_build_keeps_the_set_of_headers(field: str, text: str) -> None:
    message = read_back(make_mail(**{field: text}))  # type: ignore[arg-type]

    assert set(message.keys()) == NAMES
    assert len(message.keys()) == len(NAMES)
    assert [to.addr_spec for to in message["To"].addresses] == ["roza@example.org"]
    assert [by.addr_spec for by in message["From"].addresses] == ["events@example.org"]
    assert not any(sign in message["Subject"] for sign in "\r\n\u2028\u2029\x85")


@pytest.mark.parametrize(
    "address",
    [
        "roza@example.org\r\nBcc: thief@evil.example",
        "roza@example.org,thief@evil.example",
        "roza@example.org thief@evil.example",
        "<roza@example.org>",
        "=?UTF-8?Q?=0A?=@example.org",
        "roza@example.org\x00",
        "roza",
        "@example.org",
        "a@b@example.org",
        "",
    ],
)
def test_build_refuses_an_address_that_is_more_than_one(address: str) -> None:
    with pytest.raises(BadAddress):
        build(make_mail(to_address=address))


def test_mailbox_writes_an_international_domain_in_ascii() -> None:
    assert mailbox("Ann", "ann@bücher.example").addr_spec == "ann@xn--bcher-kva.example"


def test_mailbox_takes_the_signs_an_address_may_have() -> None:
    address = "o'brien+mentor=1/2@mail.example.org"

    assert mailbox("Ann", address).addr_spec == address


def test_header_text_keeps_every_script() -> None:
    assert header_text("  Żółć  Ψ 李 \U0001f600 ") == "Żółć Ψ 李 \U0001f600"


def test_build_puts_the_calendar_last_in_the_alternative() -> None:
    content = "BEGIN:VCALENDAR\r\nSUMMARY:Żó\r\nEND:VCALENDAR\r\n".encode()

    message = read_back(make_mail(calendar=CalendarPart(method=Method.CANCEL, content=content)))

    assert message.get_content_type() == "multipart/mixed"
    alternative, attachment = message.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in alternative.iter_parts()]  # type: ignore[attr-defined]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    [*_, calendar] = alternative.iter_parts()  # type: ignore[attr-defined]
    assert calendar["Content-Disposition"] is None
    assert calendar["Content-Type"].params == {"method": "CANCEL", "charset": "utf-8"}
    assert calendar.get_payload(decode=True) == content
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invite.ics"
    assert attachment.get_payload(decode=True) == content


def test_build_without_calendar_is_two_texts() -> None:
    message = read_back(make_mail())

    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content() == "Dear Róża\r\n"  # type: ignore[attr-defined]
    assert html.get_content() == "<p>Dear Róża</p>\r\n"  # type: ignore[attr-defined]


def test_build_asks_machines_not_to_answer() -> None:
    message = read_back(make_mail())

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_build_lets_an_invite_be_answered_by_a_note_of_absence() -> None:
    entry = CalendarPart(method=Method.REQUEST, content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    message = read_back(make_mail(calendar=entry))

    assert message["X-Auto-Response-Suppress"] == "AutoReply"


@pytest.mark.parametrize("word", ["=?UTF-8?Q?=0A?=", "=?UTF-8?Q?=0D=0A?=", "=?utf-8?b?DQpCY2M6?="])
@pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
def test_build_writes_no_line_break_of_an_encoded_word(field: str, word: str) -> None:
    mail = make_mail(**{field: f"{word}Bcc: thief@evil.example"})  # type: ignore[arg-type]

    head = build(mail).as_bytes().partition(b"\r\n\r\n")[0]

    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line[:1].isspace()]
    assert sorted(name.decode() for name in names) == sorted(NAMES)
