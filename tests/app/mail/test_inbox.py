"""The mailbox against a real IMAP server: Debian's Dovecot, started here on a loopback port.

Nothing in between is a stand-in: login, search, fetch, move and flags are Dovecot's own. What a
provider does differently (quotas, throttling, TLS of its own) is not tried here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.errors import BadConfig
from app.mail.inbox import (
    ImapAddress,
    ImapInbox,
    InboxRefused,
    InboxUnreachable,
    make_inbox,
)
from app.mail.incoming import MAX_BYTES
from config import Config
from tests.imap_server import Dovecot, find_dovecot, running
from tests.ports import free_port

needs_dovecot = pytest.mark.skipif(find_dovecot() is None, reason="needs Debian's dovecot-imapd")


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with running() as dovecot:
        yield dovecot


@pytest.fixture
def dovecot(server: Dovecot) -> Dovecot:
    server.empty()
    return server


def inbox_of(dovecot: Dovecot) -> ImapInbox:
    return ImapInbox(ImapAddress.parse(dovecot.url))


def mail(number: int) -> bytes:
    return f"From: a@b.example\r\nSubject: {number}\r\n\r\nHello\r\n".encode()


@needs_dovecot
def test_letters_come_whole_and_in_order_and_go_into_their_folder(dovecot: Dovecot) -> None:
    dovecot.deliver(*(mail(number) for number in range(12)))
    inbox, found = inbox_of(dovecot), []

    inbox.open()
    for letter in inbox.letters():
        found.append(letter.raw)
        inbox.put_away(letter.uid)
    inbox.close()

    assert found == [mail(number) for number in range(12)]
    assert (len(dovecot.flags("INBOX")), len(dovecot.flags("Roundabout"))) == (0, 12)


@needs_dovecot
def test_what_is_not_put_away_comes_again(dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1))
    inbox = inbox_of(dovecot)
    inbox.open()
    [first] = inbox.letters()
    inbox.close()

    inbox.open()
    [again] = inbox.letters()
    inbox.close()

    assert again == first
    assert "\\Seen" not in dovecot.flags("INBOX")[0]


@needs_dovecot
def test_an_odd_letter_is_flagged_for_somebody_to_look_at(dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1))
    inbox = inbox_of(dovecot)
    inbox.open()

    for letter in inbox.letters():
        inbox.put_away(letter.uid, is_odd=True)
    inbox.close()

    assert "\\Flagged" in dovecot.flags("Roundabout")[0]


@needs_dovecot
def test_where_no_folder_can_be_made_letters_are_marked_as_read(dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1), mail(2))
    inbox = ImapInbox(ImapAddress.parse(dovecot.url), folders=())
    inbox.open()
    first, _second = inbox.letters()

    inbox.put_away(first.uid)

    assert [letter.raw for letter in inbox.letters()] == [mail(2)]
    inbox.close()
    assert ["\\Seen" in flags for flags in dovecot.flags("INBOX")] == [True, False]


@needs_dovecot
def test_only_the_first_megabyte_is_fetched(dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1) + b"x" * 70 * 40_000)
    inbox = inbox_of(dovecot)
    inbox.open()

    [letter] = inbox.letters()
    inbox.close()

    assert (len(letter.raw), letter.raw[:40]) == (MAX_BYTES, (mail(1) + b"x" * 40)[:40])


@needs_dovecot
@pytest.mark.parametrize(
    ("old", "new"), [("a%20pass", "another"), ("/INBOX", "/No%20such%20folder")]
)
def test_a_wrong_password_or_folder_is_told(dovecot: Dovecot, old: str, new: str) -> None:
    inbox = ImapInbox(ImapAddress.parse(dovecot.url.replace(old, new)))

    with pytest.raises(InboxRefused) as refused:
        inbox.open()
    inbox.close()

    assert "pass/word" not in refused.value.message


@needs_dovecot
def test_a_server_without_tls_is_not_taken_for_one_with(dovecot: Dovecot) -> None:
    inbox = ImapInbox(ImapAddress.parse(dovecot.url.replace("imap://", "imaps://")))

    with pytest.raises(InboxUnreachable):
        inbox.open()


def test_no_server_is_told() -> None:
    port = free_port()
    inbox = ImapInbox(ImapAddress.parse(f"imap://a:b@127.0.0.1:{port}"))

    with pytest.raises(InboxUnreachable):
        inbox.open()
    inbox.close()


def test_parse_reads_the_whole_address() -> None:
    assert ImapAddress.parse("imaps://me%40x.example:p%2Fw@mail.example/INBOX.Replies") == (
        ImapAddress(
            host="mail.example",
            port=993,
            user="me@x.example",
            password="p/w",
            folder="INBOX.Replies",
            has_tls=True,
        )
    )


@pytest.mark.parametrize(
    "url",
    [
        "imaps://mail.example/INBOX",
        "https://a:b@mail.example",
        "imaps://a:b@",
        "imaps://a:b@mail.example:none",
        "imap://a:b@mail.example/INBOX",
    ],
)
def test_parse_refuses_what_is_no_address_or_would_tell_the_password(url: str) -> None:
    with pytest.raises(BadConfig, match="ROUNDABOUT_IMAP_URL: expected imaps://"):
        ImapAddress.parse(url)


def test_there_is_no_inbox_unless_one_is_set_nor_in_a_demo(settings: Config) -> None:
    environ = {"ROUNDABOUT_IMAP_URL": "imaps://a:b@mail.example", "ROUNDABOUT_MODE": "demo"}

    assert make_inbox(settings) is None
    assert make_inbox(Config.from_env(environ)) is None
    assert make_inbox(Config.from_env(environ | {"ROUNDABOUT_MODE": "local"})) is not None
