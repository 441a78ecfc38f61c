from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from app.enums import PartStat
from app.ical.calendar import InstantError
from app.ical.invite import (
    InviteContent,
    RotationLine,
    describe,
    write_cancel,
    write_download,
    write_request,
)

START = datetime(2027, 3, 4, 17, 0, tzinfo=UTC)
STAMP = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
ROTATION = (
    RotationLine(number=1, starts_at=START, minutes=10, table="Table 3", meets=("Diane", "Wei")),
    RotationLine(number=2, starts_at=START + timedelta(minutes=12), minutes=10, table=None),
)
ATTENDEE = (
    'ATTENDEE;CN="Róża Tylus";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
    "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:roza@example.org"
)
DESCRIPTION = (
    "DESCRIPTION:18:00 Round 1: Table 3\\, with Diane and Wei\\n"
    "18:12 Round 2: a round to reflect\\n\\nAbout the event: http://localhost/e/evening"
)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
STARTS = (
    START,
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # half an hour before Berlin springs forward
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    datetime(2027, 7, 1, 16, 0, tzinfo=UTC),
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # 02:30 in Berlin, for the first time
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),  # and for the second
    datetime(2027, 11, 7, 18, 0, tzinfo=UTC),
)


def make_content(
    *,
    zone: str = "Europe/Berlin",
    starts_at: datetime = START,
    title: str = "An evening of good questions",
    place: str = "Atrium",
    attendee_name: str = "Róża Tylus",
    partstat: PartStat = PartStat.NEEDS_ACTION,
    rotation: tuple[RotationLine, ...] = ROTATION,
) -> InviteContent:
    return InviteContent(
        uid="5b6e6f0e-0000-4000-8000-000000000001",
        zone=zone,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        title=title,
        place=place,
        url="http://localhost/e/evening",
        organiser_name="Institute",
        organiser_address="events@example.org",
        attendee_name=attendee_name,
        attendee_address="roza@example.org",
        partstat=partstat,
        rotation=rotation,
    )


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_write_request_has_every_property_once() -> None:
    lines = unfolded(write_request(make_content(), sequence=0, stamp=STAMP))

    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert sorted(event) == sorted(
        [
            "BEGIN:VEVENT",
            "SUMMARY:An evening of good questions",
            "DTSTART;TZID=Europe/Berlin:20270304T180000",
            "DTEND;TZID=Europe/Berlin:20270304T200000",
            "DTSTAMP:20270301T090000Z",
            "UID:5b6e6f0e-0000-4000-8000-000000000001",
            "SEQUENCE:0",
            ATTENDEE,
            "CLASS:PRIVATE",
            DESCRIPTION,
            "LOCATION:Atrium",
            "ORGANIZER;CN=Institute:mailto:events@example.org",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "URL:http://localhost/e/evening",
        ]
    )
    assert lines.count("METHOD:REQUEST") == 1
    assert lines.count("BEGIN:VEVENT") == 1
    assert lines.count("BEGIN:VTIMEZONE") == 1


def test_write_cancel_of_one_person_has_no_status() -> None:
    lines = unfolded(write_cancel(make_content(), sequence=3, stamp=STAMP))

    assert lines.count("METHOD:CANCEL") == 1
    assert lines.count("SEQUENCE:3") == 1
    assert not [line for line in lines if line.startswith("STATUS")]
    assert "BEGIN:VALARM" not in lines
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
    assert len([line for line in lines if line.startswith("ORGANIZER")]) == 1


def test_write_cancel_of_the_whole_event_says_so() -> None:
    lines = unfolded(write_cancel(make_content(), sequence=1, stamp=STAMP, event_falls=True))

    assert lines.count("STATUS:CANCELLED") == 1


def test_write_download_asks_nobody_for_an_answer() -> None:
    lines = unfolded(write_download(make_content(), sequence=2, stamp=STAMP))

    assert not [line for line in lines if line.startswith(("METHOD", "ATTENDEE", "ORGANIZER"))]
    assert lines.count("UID:5b6e6f0e-0000-4000-8000-000000000001") == 1
    assert lines.count("SEQUENCE:2") == 1


def test_write_request_keeps_an_answer_that_was_given() -> None:
    content = write_request(make_content(partstat=PartStat.ACCEPTED), sequence=0, stamp=STAMP)

    assert b"PARTSTAT=ACCEPTED" in content.replace(b"\r\n ", b"")


def test_write_request_of_the_same_content_is_the_same_bytes() -> None:
    first = write_request(make_content(), sequence=0, stamp=STAMP)

    assert write_request(make_content(), sequence=0, stamp=STAMP) == first


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts_at", STARTS)
def test_write_request_is_read_alike_by_two_parsers(zone: str, starts_at: datetime) -> None:
    content = write_request(make_content(zone=zone, starts_at=starts_at), sequence=1, stamp=STAMP)

    [ours] = Calendar.from_ical(content).walk("VEVENT")
    theirs = vobject.readOne(content.decode()).vevent

    assert ours["DTSTART"].dt.astimezone(UTC) == starts_at
    assert theirs.dtstart.value.astimezone(UTC) == starts_at
    assert theirs.dtend.value.astimezone(UTC) == starts_at + timedelta(hours=2)
    assert theirs.uid.value == ours["UID"]
    assert theirs.sequence.value == str(ours["SEQUENCE"]) == "1"


HOSTILE = (
    "Ann\r\nATTENDEE:mailto:thief@evil.example",
    "Ann\nEND:VEVENT\nBEGIN:VEVENT",
    "Ann\rSTATUS:CANCELLED",
    "Ann\u2028STATUS:CANCELLED\u2029\x85\x0b\x0cX:1",
    'Ann";X=1:mailto:thief@evil.example',
    "Ann^nBen^'\\, ; : \\n",
    "Ann\x00\x07",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * 40 + "ü",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_write_request_keeps_its_shape_whatever_a_name_holds(text: str) -> None:
    plain = write_request(make_content(), sequence=0, stamp=STAMP)
    line = RotationLine(number=1, starts_at=START, minutes=10, table=text, meets=(text,))

    content = write_request(
        make_content(title=text, place=text, attendee_name=text, rotation=(line,)),
        sequence=0,
        stamp=STAMP,
    )

    assert [name(line) for line in unfolded(content)] == [name(line) for line in unfolded(plain)]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert len(content.decode().splitlines()) == content.count(b"\r\n")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:roza@example.org"


def name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]


def test_describe_speaks_the_events_own_time() -> None:
    content = make_content(zone="America/New_York")

    assert describe(content).splitlines()[0] == "12:00 Round 1: Table 3, with Diane and Wei"


def test_write_request_refuses_a_floating_time() -> None:
    floating = datetime(2027, 3, 4, 18, 0)  # noqa: DTZ001 -- what must be refused

    with pytest.raises(InstantError):
        write_request(make_content(), sequence=0, stamp=floating)
