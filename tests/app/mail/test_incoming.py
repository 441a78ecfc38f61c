"""What came to us, by its shape; the files are written by hand after what servers send."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from app.enums import IncomingKind
from app.mail.incoming import MAX_BYTES, Incoming, read
from tests.app.ical.test_reply import mutated

FOLDER = Path(__file__).parents[2] / "cases" / "incoming"
FILES = sorted(FOLDER.glob("*.eml"))
OWN = "roundabout@example.org"
OURS = "<6f1c2d3e4b5a69788796a5b4c3d2e1f0@example.org>"
TOKEN_ADDRESS = "roundabout+abcdefghijklmnopqrstuvwxyz234567@example.org"
KINDS = {
    "bounce": IncomingKind.BOUNCE,
    "away": IncomingKind.AUTOMATIC,
    "text": IncomingKind.TEXT,
    "counter": IncomingKind.TEXT,
    "forwarded": IncomingKind.TEXT,
    "spam": IncomingKind.IGNORED,
    "loop": IncomingKind.IGNORED,
    "empty": IncomingKind.IGNORED,
}


def case(name: str) -> Incoming:
    return read((FOLDER / f"{name}.eml").read_bytes(), own_address=OWN)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_read_tells_kinds_apart(path: Path) -> None:
    found = read(path.read_bytes(), own_address=OWN)

    assert found.kind is KINDS[path.stem.split("_")[0]]


@pytest.mark.parametrize(
    ("name", "is_final", "status", "words"),
    [
        (
            "postfix",
            True,
            "5.1.1",
            "550 5.1.1 <wei@gone.example>: Recipient address rejected: User unknown",
        ),
        (
            "postfix_delayed",
            False,
            "4.4.1",
            "connect to mx.gone.example[192.0.2.7]:25: Connection timed out",
        ),
        (
            "exchange_online",
            True,
            "5.1.10",
            (
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient wei@gone.example "
                "not found by "
                "SMTP address lookup"
            ),
        ),
        (
            "gmail",
            True,
            "5.2.1",
            "552 5.2.1 The email account that you tried to reach is over quota.",
        ),
        (
            "exim",
            True,
            "",
            (
                "wei@gone.example SMTP error from remote mail server after RCPT "
                "TO:<wei@gone.example>: "
                "host mx.gone.example [192.0.2.7]: 550 no such mailbox here"
            ),
        ),
        (
            "qmail",
            True,
            "5.7.1",
            (
                "<wei@gone.example>: 192.0.2.7 does not like recipient. Remote host "
                "said: 554 5.7.1 "
                "This mailbox is closed Giving up on 192.0.2.7."
            ),
        ),
    ],
)
def test_a_bounce_names_the_mail_and_says_why(
    name: str,
    is_final: bool,  # noqa: FBT001 -- a column of the table
    status: str,
    words: str,
) -> None:
    bounce = case(f"bounce_{name}").bounce

    assert bounce is not None
    assert (bounce.is_final, bounce.status, bounce.words) == (is_final, status, words)
    assert bounce.recipient == "wei@gone.example"
    assert OURS in bounce.message_ids


def test_the_invite_in_a_bounce_is_no_answer() -> None:
    assert case("bounce_postfix").calendar is None
    assert case("forwarded_answer").calendar is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("away_outlook", "I am away until 8 March. In urgent matters Jörg Weiß helps you."),
        ("away_vacation", "Back on Monday."),
        ("away_abwesenheit", "Ich bin bis zum 8. März nicht im Büro."),
        (
            "text_with_quote",
            (
                "I can come, and I need a table near the door — I use a wheelchair.\n\n"
                "My page is http://localhost/me/… by the way.\n\n"
                "On Mon, 1 Mar 2027 Institute of Medical Education wrote:"
            ),
        ),
        ("text_html_only", "Is there parking?\nFish & chips\nfor <two>"),
        ("text_outlook_original", "May I bring my registrar?"),
        ("counter_proposal", "Could it begin at seven?"),
        ("forwarded_answer", "Look what I got."),
    ],
)
def test_read_keeps_what_somebody_wrote_and_no_quote_or_attachment(name: str, text: str) -> None:
    assert case(name).text == text


def test_read_knows_to_whom_from_whom_and_to_what() -> None:
    found = case("text_with_quote")

    assert found.recipients == (TOKEN_ADDRESS,)
    assert found.from_address == "roza@mail.example"
    assert found.subject == "Re: Your place: An evening"
    assert OURS in found.answers_to


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To", "Cc"])
def test_read_finds_the_address_it_was_delivered_to(header: str) -> None:
    raw = f"From: a@b.example\n{header}: <{TOKEN_ADDRESS}>\n\nHello\n".encode()

    assert read(raw, own_address=OWN).recipients == (TOKEN_ADDRESS,)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_personal_link_is_kept(path: Path) -> None:
    found = read(path.read_bytes(), own_address=OWN)

    assert "AbCdEfGhIjKlMnOpQrStUvWxYz" not in found.text + found.subject


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n", b"\x00" * 100, b"no header at all", bytes(range(256)) * 40, b"\xff\xfe" * 100],
)
def test_read_takes_anything(raw: bytes) -> None:
    assert read(raw, own_address=OWN).kind in set(IncomingKind)


def test_read_ignores_what_is_too_large() -> None:
    assert read(b"a" * (MAX_BYTES + 1), own_address=OWN) == Incoming(
        kind=IncomingKind.IGNORED, reason="larger than 1000000 bytes"
    )


@pytest.mark.parametrize("charset", ["punycode", "zlib", "idna", "unicode_escape", "no-such"])
def test_a_strange_charset_is_not_asked_to_decode(charset: str) -> None:
    raw = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nHello \\x41-abc\n"

    assert read(raw.encode(), own_address=OWN).text == "Hello \\x41-abc"


@pytest.mark.parametrize("word", ["=?\u00ed\u20acutf-8?q?Hi?=", "=?utf-8?b?a?=", "=?none?q?Hi?="])
def test_a_broken_encoded_word_stays_as_it_is(word: str) -> None:
    raw = f"From: a@b.example\nSubject: {word}\n\nHello\n".encode()

    assert read(raw, own_address=OWN).subject == word


def adversarial() -> dict[str, bytes]:
    """Return a megabyte of each of what makes careless parsers slow."""
    multi = b"Content-Type: multipart/mixed; boundary=b\n\n"

    def fill(unit: bytes, head: bytes = b"") -> bytes:
        return (head + unit * (MAX_BYTES // len(unit)))[:MAX_BYTES]

    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(19_000)
    )
    html = b"Content-Type: text/html\n\n"
    plain = b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n"
    report = multi + b"--b\nContent-Type: message/delivery-status\n\n"
    return {
        "nested parts": nested[:MAX_BYTES],
        "many parts": fill(b"--b\n\nx\n", multi),
        "fences only": fill(b"--b\n", multi),
        "nested messages": fill(b"Content-Type: message/rfc822\n\n"),
        "headers": fill(b"a:b\n"),
        "one header of semicolons": fill(b";", b"Content-Type: text/plain"),
        "one header of parameters": fill(b';a="', b"Content-Type: multipart/mixed"),
        "folded header": fill(b" x\n", b"Subject: x\n"),
        "encoded words": fill(b"=?utf-8?q?", b"Subject: "),
        "addresses": fill(b"a@b,", b"To: "),
        "no address": fill(b"a" * 100, b"To: "),
        "brackets": fill(b"<", b"From: "),
        "parentheses": fill(b"(", b"From: "),
        "tags": fill(b"<", html),
        "styles": fill(b"<style", html),
        "quotes in html": fill(b"<blockquote></blockquote>", html),
        "references": fill(b"9", html + b"&#"),
        "ampersands": fill(b"&#1", html),
        "spaces in html": fill(b" ", html),
        "quoted lines": fill(b">\n", plain),
        "message ids": fill(b"Message-ID: <a@b>\n", plain),
        "almost message ids": fill(b"Message-ID: <aaa", plain),
        "blank lines": fill(b"\n", plain),
        "dashes": fill(b"-", plain),
        "numbers": fill(b"5.1.1 ", plain),
        "status blocks": fill(b"a: b\n\n", report),
        "base64": fill(b"QUJD", b"Content-Transfer-Encoding: base64\n\n"),
        "not base64": fill(b"=", b"Content-Transfer-Encoding: base64\n\n"),
        "quoted-printable": fill(b"=", b"Content-Transfer-Encoding: quoted-printable\n\n"),
        "long word": fill(b"a", b"\n\n"),
        "utf-7": fill(b"+AGE-", b"Content-Type: text/plain; charset=utf-7\n\n"),
    }


EVIL = adversarial()


@pytest.mark.parametrize("name", sorted(EVIL))
def test_read_answers_an_evil_megabyte_within_a_second(name: str) -> None:
    raw = EVIL[name]
    begin = time.process_time()

    found = read(raw, own_address=OWN)

    assert time.process_time() - begin < 1.0
    assert len(found.text) < 20_000


def check_mutants(number: int, seed: int) -> set[IncomingKind]:
    originals, chance = [path.read_bytes() for path in FILES], random.Random(seed)
    kinds = set()
    for _ in range(number):
        raw = mutated(chance.choice(originals), chance)
        begin = time.process_time()
        kinds.add(read(raw, own_address=OWN).kind)
        assert time.process_time() - begin < 1.0
    return kinds


def test_read_takes_mutants_without_a_word() -> None:
    assert len(check_mutants(500, seed=3)) >= 4


@pytest.mark.night
def test_read_takes_20_000_mutants_without_a_word() -> None:
    assert len(check_mutants(20_000, seed=4)) >= 4
