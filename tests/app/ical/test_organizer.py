from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from app.ical.invite import write_cancel, write_request
from app.ical.organizer import PLACEHOLDER, fill_organizer, fold
from tests.app.ical.test_invite import make_content

STAMP = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
ADDRESS = "events+abcdefghijklmnopqrstuvwxyz234567@mail.example.org"
NAMES = (
    "",
    "Institute",
    *("I" * length for length in range(20, 75)),
    "Ż" * 60,
    "\U0001f600" * 40,
    "{{reply}}",
    "A: mailto:{{reply}}",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("write", [write_request, write_cancel])
def test_fill_organizer_changes_one_line_only(write: Callable[..., bytes], name: str) -> None:
    content = replace(
        make_content(title=f"x:mailto:{PLACEHOLDER}"),
        organiser_name=name,
        organiser_address=PLACEHOLDER,
    )
    stored = write(content, sequence=1, stamp=STAMP)

    filled = fill_organizer(stored, ADDRESS)

    [event] = Calendar.from_ical(filled).walk("VEVENT")
    [before] = Calendar.from_ical(stored).walk("VEVENT")
    assert str(event["ORGANIZER"]) == f"mailto:{ADDRESS}"
    assert event["ORGANIZER"].params == before["ORGANIZER"].params
    assert all(len(line) <= 75 for line in filled.split(b"\r\n"))
    assert _without_organizer(filled) == _without_organizer(stored)
    assert str(event["SUMMARY"]) == f"x:mailto:{PLACEHOLDER}"
    assert fill_organizer(filled, "others@example.org") == filled


@pytest.mark.parametrize("length", [74, 75, 76, 148, 149, 150, 151])
@pytest.mark.parametrize("sign", ["x", "é", "€", "\U0001f600"])
def test_fold_splits_no_character(sign: str, length: int) -> None:
    line = ("y" * (length % 4) + sign * length).encode()

    folded = fold(line)

    assert folded.replace(b"\r\n ", b"") == line
    assert all(piece.decode() for piece in folded.split(b"\r\n"))
    assert all(len(piece) <= 75 for piece in folded.split(b"\r\n"))


def _without_organizer(content: bytes) -> list[str]:
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    return [line for line in lines if not line.startswith("ORGANIZER")]
