from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import InvalidInput
from app.models import Event, OutboxMessage
from app.services import details, invites
from config import Config
from tests.builders import STARTS_AT, make_event, make_sign_up, planned_block
from tests.published import make_evening, publish


def save(
    session: Session, event: Event, now: datetime, settings: Config, agreed: int = 0, **to: str
) -> details.Outcome:
    return details.save(
        session,
        event.id,
        replace(details.of_event(event), **to),
        agreed=agreed,
        now=now,
        actor="organiser 1",
        settings=settings,
    )


def test_words_are_saved_as_they_are_meant(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)

    save(session, event, now, settings, name="  An  evening ", description="One\r\ntwo\n")

    assert (event.name, event.description) == ("An evening", "One\ntwo")


def test_new_place_asks_before_it_tells(session: Session, now: datetime, settings: Config) -> None:
    evening = make_evening(session)
    event = evening.event
    publish(session, evening, now=now)
    invites.sync(session, event, now=now, settings=settings)
    before = len(session.scalars(select(OutboxMessage.id)).all())

    asks = save(session, event, now, settings, venue="Library", name="Another name")
    unsent = len(session.scalars(select(OutboxMessage.id)).all()) - before
    assert (asks, event.venue, unsent) == (
        details.Outcome(is_saved=False, told=8),
        "Atrium",
        0,
    )

    outcome = save(session, event, now, settings, 8, venue="Library")
    assert (outcome, event.venue) == (details.Outcome(is_saved=True, told=8), "Library")


def test_another_name_tells_nobody(session: Session, now: datetime, settings: Config) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)

    outcome = save(session, evening.event, now, settings, name="Another name")

    assert outcome == details.Outcome(is_saved=True)


def test_clock_stays_in_another_zone(session: Session, now: datetime, settings: Config) -> None:
    event = make_event(session)

    save(session, event, now, settings, zone="Europe/Lisbon")

    later = timedelta(hours=1)
    assert (event.zone, event.starts_at) == ("Europe/Lisbon", STARTS_AT + later)
    assert planned_block(event).rounds[0].starts_at == STARTS_AT + later + timedelta(minutes=15)


def test_another_zone_tells_who_signed_up(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    make_sign_up(session, event)
    make_sign_up(session, event, state=SignUpState.WITHDRAWN)

    asks = save(session, event, now, settings, zone="Europe/Lisbon")
    assert (asks.told, event.zone, event.starts_at) == (1, "Europe/Berlin", STARTS_AT)

    outcome = save(session, event, now, settings, 1, zone="Europe/Lisbon")
    assert (outcome.told, event.zone) == (1, "Europe/Lisbon")


@pytest.mark.parametrize(
    ("to", "field"),
    [
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"tagline": "x" * 161}, "tagline"),
        ({"description": "x" * 4001}, "description"),
        ({"venue": "x" * 201}, "venue"),
        ({"zone": "Berlin"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"contact_email": "nobody"}, "contact_email"),
    ],
)
def test_bad_details_are_refused_by_field(
    session: Session, now: datetime, settings: Config, to: dict[str, str], field: str
) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        save(session, event, now, settings, **to)

    assert list(caught.value.fields) == [field]


def test_event_that_has_begun_keeps_its_zone(session: Session, settings: Config) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        save(session, event, STARTS_AT + timedelta(hours=3), settings, zone="Europe/Lisbon")

    assert caught.value.fields == {"zone": "In that zone the event would have begun already"}
