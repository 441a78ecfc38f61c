from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from app.ical.conference import SEVERAL, location_of, place_in, video_link
from app.ical.invite import RotationLine, write_cancel, write_request
from tests.app.ical.test_invite import STAMP, START, make_content, unfolded

ONE, OTHER = "https://meet.example.org/a?pwd=x,y;z", "https://meet.example.org/b"


def make_line(number: int, link: str, table: str | None = "Table 3") -> RotationLine:
    return RotationLine(
        number=number,
        starts_at=START + timedelta(minutes=12 * number),
        minutes=10,
        table=table,
        meets=("Diane",),
        link=link,
    )


def conferences(content: bytes) -> list[str]:
    return [line for line in unfolded(content) if line.startswith("CONFERENCE")]


def test_write_request_names_each_video_link_once() -> None:
    rotation = (make_line(1, ONE), make_line(2, OTHER, 'Desk "7"'), make_line(3, ONE))

    content = write_request(make_content(rotation=rotation), sequence=0, stamp=STAMP)

    assert conferences(content) == [
        f'CONFERENCE;FEATURE=VIDEO;LABEL="Round 1: Table 3, Round 3: Table 3";VALUE=URI:{ONE}',
        f'CONFERENCE;FEATURE=VIDEO;LABEL="Round 2: Desk 7";VALUE=URI:{OTHER}',
    ]
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["LOCATION"] == f"Atrium, {SEVERAL}"
    assert str(event["DESCRIPTION"]).splitlines()[0] == (
        f"18:12 Round 1: Table 3, with Diane, {ONE}"
    )


def test_write_request_puts_the_only_link_into_the_place() -> None:
    rotation = (make_line(1, ONE), make_line(2, "", None), make_line(3, ONE))
    content = make_content(place="", rotation=rotation)

    [event] = Calendar.from_ical(write_request(content, sequence=0, stamp=STAMP)).walk("VEVENT")

    assert event["LOCATION"] == ONE


def test_write_cancel_names_no_link_of_rounds_it_does_not_have() -> None:
    content = write_cancel(make_content(rotation=()), sequence=1, stamp=STAMP)

    assert conferences(content) == []


@pytest.mark.parametrize(
    ("place", "links", "are_all", "expected"),
    [
        ("Atrium", [], False, "Atrium"),
        ("", [], True, ""),
        ("", [ONE, ONE], True, ONE),
        ("Atrium", [ONE], True, f"Atrium, {ONE}"),
        ("Atrium", [ONE], False, f"Atrium, {SEVERAL}"),
        ("", [ONE, OTHER], True, "Video links: see the rounds"),
    ],
)
def test_location_of_links(place: str, links: list[str], are_all: bool, expected: str) -> None:  # noqa: FBT001 -- parametrised
    assert location_of(place, links, are_all_by_video=are_all) == expected


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (f" {ONE}\n", ONE),
        ("HTTPS://meet.example.org", "HTTPS://meet.example.org"),
        ("javascript:alert(1)", ""),
        ("Room 5", ""),
        ("", ""),
        ("https://a\r\nATTENDEE:mailto:x@example.org", "https://aATTENDEE:mailto:x@example.org"),
    ],
)
def test_video_link_is_a_web_address(typed: str, link: str) -> None:
    assert video_link(typed) == link


@pytest.mark.parametrize("place", ["", "Atrium", "Atrium, second floor", "House 3, https lane"])
@pytest.mark.parametrize("links", [(), (ONE,), (ONE, OTHER)])
@pytest.mark.parametrize("are_all", [True, False])
def test_place_in_finds_the_venue_again(
    place: str, links: tuple[str, ...], *, are_all: bool
) -> None:
    location = location_of(place, links, are_all_by_video=are_all)

    assert place_in(location) == place
