from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.enums import BlockKind, EventState, Role
from app.errors import InvalidInput, NotFound, TooLate
from app.models import Event
from app.services import events, presets, zones
from tests.builders import STARTS_AT, make_event, make_organisation


def make_from_preset(
    session: Session,
    *,
    preset: str,
    now: datetime,
    name: str = "Hour",
    starts_at: datetime = STARTS_AT,
) -> Event:
    return events.create_from_preset(
        session,
        organisation_id=make_organisation(session).id,
        preset=presets.get(preset),
        name=name,
        starts_at=starts_at,
        zone="Europe/Berlin",
        venue="Atrium",
        now=now,
        actor="organiser 1",
    )


def test_create_lays_the_agenda_out(session: Session, now: datetime) -> None:
    event = make_from_preset(session, preset="conference-hour", now=now)

    kinds = [block.kind for block in event.blocks]
    welcome, speed, close = event.blocks

    assert kinds == [BlockKind.PLENARY, BlockKind.SPEED, BlockKind.PLENARY]
    assert (welcome.starts_at, welcome.ends_at) == (STARTS_AT, speed.starts_at)
    assert [round_.starts_at - speed.starts_at for round_ in speed.rounds] == [
        timedelta(minutes=12 * at) for at in range(5)
    ]
    assert close.starts_at == speed.ends_at
    assert event.ends_at == close.ends_at
    assert len(speed.tables) == 60
    assert event.state is EventState.DRAFT
    assert {row.role: row.places for row in event.capacities} == {
        Role.MENTOR: 60,
        Role.MENTEE: 60,
    }


def test_create_takes_whole_minutes(session: Session, now: datetime) -> None:
    later = STARTS_AT + timedelta(seconds=7.25)

    event = make_from_preset(session, preset="conference-hour", now=now, starts_at=later)

    assert event.starts_at == STARTS_AT
    assert {block.starts_at.second for block in event.blocks} == {0}


@pytest.mark.parametrize("preset", [preset.id for preset in presets.PRESETS])
def test_every_preset_makes_an_event(session: Session, now: datetime, preset: str) -> None:
    event = make_from_preset(session, preset=preset, now=now)

    planned = [block for block in event.blocks if block.kind.is_planned]

    assert all(block.rounds and block.tables for block in planned)
    assert event.ends_at > event.starts_at


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Évening of “Good” Questions!", "evening-of-good-questions"),
        ("Вечер", "event"),
    ],
)
def test_slug_is_plain_and_unique(session: Session, now: datetime, name: str, slug: str) -> None:
    first = make_from_preset(session, preset="small-all-meet", now=now, name=name)
    second = make_from_preset(session, preset="small-all-meet", now=now, name=name)

    assert [first.slug, second.slug] == [slug, f"{slug}-2"]


def test_create_refuses_what_is_no_zone(session: Session, now: datetime) -> None:
    with pytest.raises(InvalidInput, match="no time zone"):
        events.create_from_preset(
            session,
            organisation_id=make_organisation(session).id,
            preset=presets.get("small-all-meet"),
            name="Hour",
            starts_at=STARTS_AT,
            zone="Europe/Atlantis",
            venue="",
            now=now,
            actor="organiser 1",
        )


def test_move_shifts_the_whole_agenda(session: Session, now: datetime) -> None:
    event = make_event(session)
    before = [round_.starts_at for block in event.blocks for round_ in block.rounds]
    by = timedelta(hours=1, minutes=30)

    shift = events.move(session, event, event.starts_at + by, now=now, actor="organiser 1")

    after = [round_.starts_at for block in event.blocks for round_ in block.rounds]
    assert shift == by
    assert after == [at + by for at in before]
    assert event.blocks[0].starts_at == event.starts_at
    assert event.blocks[-1].ends_at == event.ends_at


def test_move_into_the_past_is_refused(session: Session, now: datetime) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput):
        events.move(session, event, now, now=now, actor="organiser 1")


def test_open_and_close(session: Session, now: datetime) -> None:
    event = make_event(session, state=EventState.DRAFT)

    events.open_signup(session, event, now=now, actor="organiser 1")
    assert event.state is EventState.OPEN

    events.close_signup(session, event, now=now, actor="organiser 1")
    assert event.state is EventState.CLOSED


def test_open_is_too_late_after_the_start(session: Session) -> None:
    event = make_event(session, state=EventState.DRAFT)

    with pytest.raises(TooLate):
        events.open_signup(session, event, now=event.starts_at, actor="organiser 1")


def test_another_organisations_event_is_not_found(session: Session) -> None:
    event = make_event(session)
    stranger = make_organisation(session, name="Elsewhere")

    assert events.get_for(session, event.organisation_id, event.id) is event
    with pytest.raises(NotFound):
        events.get_for(session, stranger.id, event.id)


def test_a_draft_has_no_public_address(session: Session) -> None:
    event = make_event(session, state=EventState.DRAFT)

    with pytest.raises(NotFound):
        events.by_slug(session, event.slug)


@pytest.mark.parametrize(
    ("zone", "wall", "words"),
    [
        ("Europe/Berlin", datetime.fromisoformat("2027-03-28T02:30"), "skip 02:30"),
        ("America/New_York", datetime.fromisoformat("2027-03-14T02:30"), "skip 02:30"),
        ("Europe/Berlin", datetime.fromisoformat("2027-10-31T02:30"), "show 02:30 twice"),
        ("Australia/Lord_Howe", datetime.fromisoformat("2027-04-04T01:45"), "show 01:45 twice"),
    ],
)
def test_instant_refuses_times_that_are_no_one_time(zone: str, wall: datetime, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        zones.instant(wall, zone)


def test_instant_takes_the_named_one_of_two() -> None:
    wall = datetime.fromisoformat("2027-10-31T02:30")

    first = zones.instant(wall, "Europe/Berlin", fold=0)
    second = zones.instant(wall, "Europe/Berlin", fold=1)

    assert first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert second == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_instant_of_a_plain_time() -> None:
    assert zones.instant(datetime.fromisoformat("2027-03-04T18:00"), "Europe/Berlin") == STARTS_AT
