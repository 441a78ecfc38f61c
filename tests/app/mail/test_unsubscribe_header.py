"""The header that names where reminders end reaches mail programs as it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.mail.message import MailMessage, build


def written(unsubscribe: str) -> list[bytes]:
    mail = MailMessage(
        message_id="<a@example.org>",
        date=datetime(2027, 3, 1, tzinfo=UTC),
        from_name="",
        from_address="a@example.org",
        to_name="",
        to_address="b@example.org",
        subject="Reminder",
        text="Text",
        html="<p>Text</p>",
        unsubscribe=unsubscribe,
    )
    head, _, _ = build(mail).as_bytes().partition(b"\r\n\r\n")
    return [line for line in head.split(b"\r\n") if b"nsubscribe" in line]


@pytest.mark.parametrize("letters", [1, 40, 400])
def test_a_link_of_any_length_stays_in_one_piece(letters: int) -> None:
    link = f"https://{'a' * letters}.example.org/u/{'T' * 32}"

    assert written(link) == [
        f"List-Unsubscribe: <{link}>".encode(),
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def test_one_click_is_offered_where_the_address_is_safe_only() -> None:
    assert written("http://localhost/u/T") == [b"List-Unsubscribe: <http://localhost/u/T>"]


def test_other_mail_has_no_such_header() -> None:
    assert written("") == []


def test_a_line_break_in_it_begins_no_other_header() -> None:
    assert written("https://a.example.org/\r\nBcc: x@example.org") == [
        b"List-Unsubscribe: <https://a.example.org/Bcc:x@example.org>",
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]
