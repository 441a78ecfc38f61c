from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.mail.body import multipart

TEXTS = (
    "Dear R\xf3\u017ca\n",
    "",
    "no line break",
    ".\n..\nFrom me\nspaces   \n\ttab\t\n",
    "a" * 200 + "\n" + "\u017b" * 200 + "\n",
    "=_roundabout_mixed\n--=_roundabout_alternative--\n--\n",
    "half \ud800 a pair, a \x00 NUL, \x0b\x0c\x1c\x85\u2028 breaks\n",
    "one\r\ntwo\rthree\n\n\nfour",
)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(b"MIME-Version: 1.0\r\n" + content, policy=SMTP)


def expected(text: str) -> str:
    message = EmailMessage(policy=SMTP)
    message.set_content(
        text.replace("\x00", "").encode("utf-8", "replace").decode(), cte="quoted-printable"
    )
    return str(message_from_bytes(message.as_bytes(), policy=SMTP).get_content())


@pytest.mark.parametrize("text", TEXTS)
def test_multipart_reads_as_what_the_library_writes(text: str) -> None:
    ics = "BEGIN:VCALENDAR\r\nSUMMARY:\u017b\r\nEND:VCALENDAR\r\n".encode() * 20

    message = read(multipart(text, f"<p>{text}</p>", ("REQUEST", ics, "invite.ics")))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    plain, html, calendar, file = list(message.walk())[2:]
    assert plain.get_content() == expected(text)
    assert html.get_content() == expected(f"<p>{text}</p>")
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ics
    assert calendar.get_param("method") == "REQUEST"
    assert not any(part.defects for part in message.walk())


@pytest.mark.parametrize("text", TEXTS)
def test_multipart_stays_within_what_mail_servers_take(text: str) -> None:
    content = multipart(text, text, ("CANCEL", text.encode("utf-8", "replace"), "invite.ics"))

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 76
    assert not content.replace(b"\r\n", b"").count(b"\n")
    assert not content.replace(b"\r\n", b"").count(b"\r")


def test_multipart_without_a_calendar_is_an_alternative() -> None:
    message = read(multipart("Hello\n", "<p>Hello</p>\n", None))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
