"""Answers as calendars write them, then written wrongly in thousands of ways.

The files in ``tests/cases/replies`` are written by hand after the shapes that these programs send;
nobody in them is real.
"""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.enums import IncomingKind, PartStat
from app.ical.reply import MAX_BYTES, BadReply, OtherMethod, ParsedReply, ReplyTooLarge, read
from app.mail import incoming

FOLDER = Path(__file__).parents[2] / "cases" / "replies"
FILES = sorted(FOLDER.glob("*.eml"))
UID = "3f0b6f0e-6a55-4c55-9a51-0d6f5c1f7c11"
OWN = "roundabout@example.org"
USUAL = datetime(2027, 3, 1, 9, 15, tzinfo=UTC)
YES, NO, MAYBE = PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE
EXPECTED = {
    "apple_ios_declined_with_alarm": (NO, 3, datetime(2027, 3, 2, 7, 0, tzinfo=UTC)),
    "apple_macos_accepted": (YES, 0, USUAL),
    "evolution_with_timezone": (MAYBE, 0, USUAL),
    "exchange_2007_quoted_printable": (NO, 0, USUAL),
    "exchange_windows_1252": (YES, 0, USUAL),
    "fastmail_accepted": (YES, 0, USUAL),
    "google_accepted": (YES, 0, USUAL.replace(second=33)),
    "google_declined_with_note": (NO, 0, USUAL.replace(second=33)),
    "google_maybe": (MAYBE, 1, datetime(2027, 3, 2, 20, 11, 7, tzinfo=UTC)),
    "hub_attachment_only": (YES, 0, USUAL),
    "icloud_server_tentative": (MAYBE, 0, USUAL),
    "kontact_accepted": (YES, 0, USUAL),
    "lotus_notes_odd_quotes": (YES, 0, USUAL),
    "nextcloud_declined": (NO, 0, USUAL),
    "outlook_2003_internet_account": (MAYBE, 0, USUAL),
    "outlook_com_without_organizer": (YES, 0, USUAL),
    "outlook_desktop_accepted": (YES, 0, USUAL),
    "outlook_desktop_declined_with_words": (NO, 0, USUAL),
    "outlook_mobile_tentative": (MAYBE, 2, datetime(2027, 3, 1, 16, 42, 1, tzinfo=UTC)),
    "proton_declined": (NO, 0, USUAL),
    "samsung_lower_case": (YES, 0, USUAL),
    "sogo_stamp_with_zone": (NO, 0, USUAL),
    "thunderbird_accepted": (YES, 0, USUAL),
    "thunderbird_declined_quoted_printable": (NO, 1, USUAL),
    "yahoo_without_sequence": (YES, 0, USUAL),
    "zimbra_accepted": (YES, 0, USUAL),
}


def reply(*lines: str, drop: str = "", end: str = "\r\n") -> bytes:
    """Return a good answer with lines added to its VEVENT, and without those that begin so."""
    good = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{UID}",
        "DTSTAMP:20270301T091500Z",
        "SEQUENCE:2",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:wei@example.com",
    )
    kept = [line for line in good if not drop or not line.startswith(drop)]
    return end.join((*kept, *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_read_finds_what_a_calendar_answers(path: Path) -> None:
    mail = incoming.read(path.read_bytes(), own_address=OWN)
    assert mail.calendar is not None

    parsed = read(mail.calendar)

    assert mail.kind is IncomingKind.REPLY
    found = (parsed.uid, parsed.partstat, parsed.sequence, parsed.stamp)
    assert found == (UID, *EXPECTED[path.stem])


def test_every_file_says_what_is_expected_of_it() -> None:
    assert {path.stem for path in FILES} == set(EXPECTED)
    assert len(EXPECTED) >= 20


def test_read_returns_everything() -> None:
    assert read(reply()) == ParsedReply(
        uid=UID, sequence=2, stamp=USUAL, attendee="wei@example.com", partstat=PartStat.ACCEPTED
    )


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_read_takes_every_line_end(end: str) -> None:
    assert read(reply(end=end)) == read(reply())


def test_read_takes_a_missing_sequence_for_nought() -> None:
    assert read(reply(drop="SEQUENCE")).sequence == 0


def test_read_takes_a_stamp_on_the_clock_of_a_windows_zone() -> None:
    stamp = "DTSTAMP;TZID=Eastern Standard Time:20270301T041500"

    assert read(reply(stamp, drop="DTSTAMP")).stamp == USUAL


def test_read_joins_folded_lines() -> None:
    folded = (
        "ATTENDEE;CN=Somebody with a\r\n  long name;PARTST\r\n\tAT=DECLINED:mail\r\n to:a@b.example"
    )

    parsed = read(reply(folded, drop="ATTENDEE"))

    assert (parsed.partstat, parsed.attendee) == (PartStat.DECLINED, "a@b.example")


@pytest.mark.parametrize("name", ["UID", "DTSTAMP", "ATTENDEE", "METHOD", "BEGIN:VEVENT"])
def test_read_refuses_an_answer_without(name: str) -> None:
    with pytest.raises(BadReply):
        read(reply(drop=name))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("UID:another", "UID"),
        ("SEQUENCE:3", "SEQUENCE"),
        ("DTSTAMP:20270301T091501Z", "DTSTAMP"),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.com", "ATTENDEE"),
        ("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "VEVENT"),
        ("END:VTODO", "END:VTODO"),
        ("BEGIN:VALARM", "END:VEVENT"),
    ],
)
def test_read_refuses_what_can_be_understood_in_two_ways(line: str, what: str) -> None:
    with pytest.raises(BadReply) as refused:
        read(reply(line))

    assert refused.value.what == what


@pytest.mark.parametrize(
    ("line", "instead_of", "what"),
    [
        ("SEQUENCE:-1", "SEQUENCE", "SEQUENCE"),
        ("SEQUENCE:99999999999", "SEQUENCE", "SEQUENCE"),
        ("SEQUENCE:two", "SEQUENCE", "SEQUENCE"),
        ("DTSTAMP:20270229T091500Z", "DTSTAMP", "DTSTAMP"),
        ("DTSTAMP:soon", "DTSTAMP", "DTSTAMP"),
        ("UID:", "UID", "UID"),
        ("UID:" + "x" * 256, "UID", "UID"),
        ("ATTENDEE:mailto:wei@example.com", "ATTENDEE", "PARTSTAT"),
        ("ATTENDEE;PARTSTAT=DELEGATED:mailto:a@b.example", "ATTENDEE", "PARTSTAT"),
        ("ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:a@b.e", "ATTENDEE", "PARTSTAT"),
        ('ATTENDEE;CN=";PARTSTAT=ACCEPTED:mailto:a@b.example', "ATTENDEE", "ATTENDEE"),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:", "ATTENDEE", "ATTENDEE"),
    ],
)
def test_read_refuses_bad_values_and_names_them(line: str, instead_of: str, what: str) -> None:
    with pytest.raises(BadReply) as refused:
        read(reply(line, drop=instead_of))

    assert refused.value.what == what
    assert what in refused.value.message


def test_read_tells_a_proposal_of_another_time_from_an_answer() -> None:
    with pytest.raises(OtherMethod) as refused:
        read(reply().replace(b"METHOD:REPLY", b"METHOD:COUNTER"))

    assert refused.value.found == "COUNTER"


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"hello", b"\xff\xfe", bytes(range(256))])
def test_read_refuses_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(BadReply):
        read(data)


def test_read_refuses_more_than_a_megabyte() -> None:
    with pytest.raises(ReplyTooLarge):
        read(b" " * (MAX_BYTES + 1))


def adversarial() -> dict[str, bytes]:
    """Return a megabyte of each of what makes careless parsers slow."""
    begin = b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"

    def fill(unit: bytes, *, head: bytes = begin) -> bytes:
        return (head + unit * (MAX_BYTES // len(unit)))[:MAX_BYTES]

    return {
        "nested components": fill(b"BEGIN:A\n", head=b""),
        "opened and closed": fill(b"BEGIN:A\nEND:A\n"),
        "folded one by one": fill(b" x\n", head=begin + b"ATTENDEE:\n"),
        "attendees": fill(b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.c\n"),
        "parameters": fill(b";A=B", head=begin + b"ATTENDEE"),
        "quotes": fill(b'"', head=begin + b"ATTENDEE;CN="),
        "semicolons": fill(b";", head=begin + b"ATTENDEE"),
        "digits": fill(b"9", head=begin + b"SEQUENCE:"),
        "spaces": fill(b" ", head=begin + b"DTSTAMP:"),
        "empty lines": fill(b"\n"),
        "nothing": fill(b"\x00", head=b""),
        "names": fill(b"A", head=begin),
    }


EVIL = adversarial()


@pytest.mark.parametrize("name", sorted(EVIL))
def test_read_answers_an_evil_megabyte_within_a_second(name: str) -> None:
    data = EVIL[name]
    begin = time.process_time()

    with pytest.raises(BadReply):
        read(data)

    assert time.process_time() - begin < 1.0


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return a mail with a few wrong bytes, lines or halves."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 1, 8, 80, 400))
        match chance.randrange(8):
            case 0:
                data[at : at + length] = chance.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * chance.randint(1, 30)
            case 3:
                data[at:at] = chance.choice(
                    (b"\r\n", b"\n", b"\x00", b'"', b";", b":", b"=", b"--")
                )
            case 4:
                lines = data.split(b"\n")
                chance.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case 5:
                data = data[:at]
            case 6:
                data[at : at + 1] = chance.choice(
                    ("é".encode(), b"\xe9", b"\xff\xfe", b"\xed\xa0\x80")
                )
            case _:
                words = (b"BEGIN:", b"PARTSTAT=", b"boundary=", b"charset=utf-8", b"base64")
                data = data.replace(chance.choice(words), chance.choice((*words, b"")))
    return bytes(data)


def check_mutants(number: int, seed: int) -> tuple[int, int]:
    """Return how many of the mutants were answers and how many refused; each within a second."""
    originals, chance, answers = [path.read_bytes() for path in FILES], random.Random(seed), 0
    for _ in range(number):
        raw = mutated(chance.choice(originals), chance)
        begin = time.process_time()
        mail = incoming.read(raw, own_address=OWN)
        for data in (raw, mail.calendar or b""):
            with suppress(BadReply):
                answers += isinstance(read(data).partstat, PartStat)
        assert time.process_time() - begin < 1.0
    return answers, 2 * number - answers


def test_read_takes_or_refuses_mutants_by_name() -> None:
    answers, refused = check_mutants(500, seed=1)

    assert (answers > 50, refused > 50) == (True, True)


@pytest.mark.night
def test_read_takes_or_refuses_20_000_mutants_by_name() -> None:
    answers, refused = check_mutants(20_000, seed=2)

    assert (answers > 1_000, refused > 1_000) == (True, True)
