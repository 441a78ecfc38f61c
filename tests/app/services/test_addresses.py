from __future__ import annotations

import pytest

from app.errors import InvalidInput
from app.services import addresses


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Ann@Example.ORG", "ann@example.org"),
        (" ann@example.org\n", "ann@example.org"),
        ("ann@münchen.example.org", "ann@xn--mnchen-3ya.example.org"),
        ("ann@XN--MNCHEN-3YA.example.org", "ann@xn--mnchen-3ya.example.org"),
        ("ROZ\u030cA@example.org", "roža@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("ann+tag@example.org", "ann+tag@example.org"),
    ],
)
def test_one_spelling_of_an_address(typed: str, canonical: str) -> None:
    assert addresses.canonical_address(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "a@b@example.org",
        "ann@host",
        "ann@host.test",
        "a\x00b@example.org",
        "a\r\nBcc: x@example.org",
        "<ann@example.org>",
        "a b@example.org",
        "ann@example..org",
        f"ann@{'a' * 260}.org",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        addresses.canonical_address(typed)

    assert caught.value.fields == {"email": addresses.ADVICE}


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("  Oskar   LIND ", "oskar lind"),
        ("Oskar\u00a0Lind", "oskar lind"),
        ("\uff2fskar Lind", "oskar lind"),
        ("Ro\u0301z\u0307a", "róża"),
        ("BOSS@Example.org", "boss@example.org"),
        ("@nobody", "@nobody"),
    ],
)
def test_one_spelling_of_whom_one_names(typed: str, canonical: str) -> None:
    assert addresses.canonical_target(typed) == canonical


def test_clean_line_keeps_any_script_and_no_control() -> None:
    assert addresses.clean_line(" 李\t明\x00\x1b \ud800\n") == "李 明"
    assert addresses.clean_line("Ro\u0301z\u0307a") == "Róża"


@pytest.mark.parametrize("typed", ["\ufeff", "\u200b\u200d", "\u202e", "\u2066 \u2069\n", "\ufffe"])
def test_what_nobody_can_see_is_no_text(typed: str) -> None:
    assert (addresses.clean_line(typed), addresses.clean_text(typed)) == ("", "")
    assert addresses.clean_line(f"Anna{typed}") != ""


def test_clean_text_keeps_lines() -> None:
    assert addresses.clean_text(" one\r\ntwo\rthree\x00 ") == "one\ntwo\nthree"


TOKEN = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.mark.parametrize("mail_from", ["events@example.org", "my+events@bücher.example"])
def test_token_of_reads_what_reply_address_wrote(mail_from: str) -> None:
    written = addresses.reply_address(mail_from, TOKEN)

    assert written == mail_from.replace("@", f"+{TOKEN}@")
    assert addresses.token_of(written, mail_from) == TOKEN
    assert addresses.token_of(f" {written.upper()}\n", mail_from.title()) == TOKEN


@pytest.mark.parametrize(
    "address",
    [
        "",
        "events@example.org",
        "events+@example.org",
        f"events+{TOKEN}x@example.org",
        f"events+{TOKEN[:-1]}@example.org",
        f"events+{TOKEN[:-1]}1@example.org",
        f"others+{TOKEN}@example.org",
        f"events+{TOKEN}@example.com",
        f"events+{TOKEN}@{'a' * 70}.org",
        f"events+x+{TOKEN}@example.org",
        f"+{TOKEN}@example.org",
        f"{TOKEN}@example.org",
    ],
)
def test_token_of_another_address_is_none(address: str) -> None:
    assert addresses.token_of(address, "events@example.org") is None
