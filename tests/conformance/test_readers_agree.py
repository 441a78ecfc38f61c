"""20 zones, 12 instants, and the things we write: five parsers read the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.ical.feed import FeedContent, FeedEntry, write_feed
from app.ical.invite import InviteContent, RotationLine, write_cancel, write_request
from tests.conformance.readers import READERS, ReadCalendar, ReadEvent, need

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
)
INSTANTS = 12
UID = "4b2d0a1e-3a8e-4a57-9a4c-7f3a6f3d7c11"
STAMP = datetime(2027, 1, 5, 8, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Bytes of ours, and what everybody should read in them."""

    name: str
    content: bytes
    expected: ReadCalendar


def instants() -> list[datetime]:
    """Return instants all over a year: seeded, and beside each a change of clocks is likely."""
    chosen = random.Random(7)
    start = datetime(2027, 1, 1, tzinfo=UTC)
    month = timedelta(days=365) / INSTANTS
    return [
        start + at * month + timedelta(minutes=15 * chosen.randrange(0, 4 * 24 * 28))
        for at in range(INSTANTS)
    ]


def cases_of(zone: str, at: datetime) -> Iterator[Case]:
    """Return the invitation, its update two hours later, the cancellation and the feeds."""
    content = make_content(zone, at)
    moved = make_content(zone, at + timedelta(hours=2))
    plain = {"method": "REQUEST", "status": "CONFIRMED"}
    yield case("request", write_request(content, sequence=0, stamp=STAMP), content, 0, **plain)
    yield case("update", write_request(moved, sequence=1, stamp=STAMP), moved, 1, **plain)
    cancel = write_cancel(moved, sequence=2, stamp=STAMP)
    yield case("removed", cancel, moved, 2, method="CANCEL", status="")
    yield feed_case("feed", make_feed(zone, at))
    yield feed_case("agenda", make_agenda(zone, at))
    if zone == "UTC":
        yield feed_case("house", make_house(at))


def feed_case(name: str, feed: FeedContent) -> Case:
    expected = frozenset(
        event(entry.uid, entry.sequence, entry.starts_at, entry.ends_at, status_of(entry))
        for entry in feed.entries
    )
    return Case(
        name=name, content=write_feed(feed), expected=ReadCalendar(method="", events=expected)
    )


def case(
    name: str, written: bytes, content: InviteContent, sequence: int, *, method: str, status: str
) -> Case:
    found = event(content.uid, sequence, content.starts_at, content.ends_at, status)
    return Case(
        name=name,
        content=written,
        expected=ReadCalendar(method=method, events=frozenset({found})),
    )


def event(uid: str, sequence: int, starts: datetime, ends: datetime, status: str) -> ReadEvent:
    return ReadEvent(
        uid=uid,
        sequence=sequence,
        status=status,
        starts=f"{starts:%Y-%m-%dT%H:%M:%SZ}",
        ends=f"{ends:%Y-%m-%dT%H:%M:%SZ}",
    )


def make_content(zone: str, at: datetime) -> InviteContent:
    return InviteContent(
        uid=UID,
        zone=zone,
        starts_at=at,
        ends_at=at + timedelta(minutes=90),
        title="Evening of good questions; Zürich, Αθήνα",
        place="Atrium, 2nd floor",
        url="https://mentoring.example.org/e/evening",
        organiser_name="Institute of Medical Education",
        organiser_address="events@example.org",
        attendee_name='Zoë "Z" O\'Neill',
        attendee_address="zoe@example.org",
        rotation=(
            RotationLine(number=1, starts_at=at, minutes=10, table="Table 3", meets=("Diane",)),
            RotationLine(number=2, starts_at=at, minutes=10, table=None),
        ),
    )


def make_feed(zone: str, at: datetime) -> FeedContent:
    first = FeedEntry(
        uid=f"{UID}-r1",
        sequence=0,
        starts_at=at,
        ends_at=at + timedelta(minutes=10),
        title="Round 1: Table 3, with Diane",
        place="Table 3, Atrium",
        text="Evening of good questions",
        url="https://mentoring.example.org/e/evening",
        changed_at=STAMP,
    )
    later = at + timedelta(minutes=12)
    second = replace(
        first,
        uid=f"{UID}-r2",
        sequence=1,
        starts_at=later,
        ends_at=later + timedelta(minutes=10),
        is_cancelled=True,
    )
    return FeedContent(
        name="Evening of good questions",
        zone=zone,
        starts_at=at,
        ends_at=at + timedelta(minutes=90),
        entries=(first, second),
    )


def make_agenda(zone: str, at: datetime) -> FeedContent:
    """Return an event's agenda: entries for everybody, from half a year before to long after."""
    block = replace(
        make_feed(zone, at).entries[0], uid=f"{UID}-b1", title="Welcome: Évening", is_private=False
    )
    return replace(make_feed(zone, at), entries=(block, *_moved(block, days=170, number=2)))


def make_house(at: datetime) -> FeedContent:
    """Return an organiser's feed of events in several zones: all in UTC, one not open yet."""
    event = replace(make_feed("UTC", at).entries[0], uid=UID, is_tentative=True)
    return replace(make_feed("UTC", at), entries=(event, *_moved(event, days=400, number=3)))


def _moved(entry: FeedEntry, *, days: int, number: int) -> Iterator[FeedEntry]:
    for step in (-timedelta(days=days), timedelta(days=days)):
        yield replace(
            entry,
            uid=f"{entry.uid}-{number}{step.days}",
            starts_at=entry.starts_at + step,
            ends_at=entry.ends_at + step,
        )


def status_of(entry: FeedEntry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calendars")


@pytest.fixture(scope="module")
def written(workshop: Path) -> dict[Path, ReadCalendar]:
    """Write every case to a file of its own."""
    files = {}
    for zone in ZONES:
        for number, at in enumerate(instants()):
            for one in cases_of(zone, at):
                path = workshop / f"{zone.replace('/', '-')}-{number}-{one.name}.ics"
                path.write_bytes(one.content)
                files[path] = one.expected
    return files


SLOW = {"ics.py": 12}
"""Takes 30 ms for a file: by day it reads one file in so many."""


@pytest.mark.parametrize("name", READERS)
def test_every_reader_finds_what_was_meant(
    name: str, written: dict[Path, ReadCalendar], workshop: Path
) -> None:
    need(name)
    paths = sorted(written)[:: SLOW.get(name, 1)]

    wrong = misread(name, paths, written, workshop)

    assert (len(paths), wrong) == (len(written) // SLOW.get(name, 1), [])


@pytest.mark.night
@pytest.mark.parametrize("name", SLOW)
def test_slow_readers_find_what_was_meant_in_every_file(
    name: str, written: dict[Path, ReadCalendar], workshop: Path
) -> None:
    need(name)

    wrong = misread(name, sorted(written), written, workshop)

    assert (len(written), wrong) == (len(ZONES) * INSTANTS * 5 + INSTANTS, [])


def misread(
    name: str, paths: list[Path], written: dict[Path, ReadCalendar], workshop: Path
) -> list[tuple[str, ReadCalendar, ReadCalendar]]:
    """Return each file that a reader understood otherwise than it was meant."""
    found = READERS[name](paths, workshop)
    return [
        (path.name, read, written[path])
        for path, read in zip(paths, found, strict=True)
        if read != written[path]
    ]
