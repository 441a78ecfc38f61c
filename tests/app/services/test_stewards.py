"""Stewards' links: one event, until an hour, ended at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, LinkExpired, NotFound
from app.models import AuditEntry, Event, StewardLink
from app.services import stewards
from tests.builders import make_event, make_organiser


def make(session: Session, event: Event, now: datetime, *, until: datetime | None = None) -> str:
    organiser = make_organiser(session, organisation=None, email=f"o{event.id}@example.org")
    return stewards.make_link(
        session,
        event,
        label=" Front  desk ",
        expires_at=until or event.ends_at + stewards.AFTER_EVENT,
        now=now,
        organiser_id=organiser.id,
    )


def test_link_opens_its_event_until_its_hour(session: Session, now: datetime) -> None:
    event = make_event(session)
    token = make(session, event, now)
    end = event.ends_at + timedelta(hours=2)

    found = stewards.find(session, token, now=end - timedelta(seconds=1))

    assert (found.event_id, found.label, found.expires_at) == (event.id, "Front desk", end)
    with pytest.raises(LinkExpired, match="Ask the organisers for a new one"):
        stewards.find(session, token, now=end)


def test_link_that_was_ended_opens_nothing(session: Session, now: datetime) -> None:
    event = make_event(session)
    token = make(session, event, now)
    link = session.scalars(select(StewardLink)).one()

    label = stewards.revoke(session, event, link.id, now=now, organiser_id=1)

    assert label == "Front desk"
    with pytest.raises(LinkExpired):
        stewards.find(session, token, now=now)
    with pytest.raises(LinkExpired):
        stewards.find(session, "made up", now=now)


def test_only_the_hash_is_kept(session: Session, now: datetime) -> None:
    token = make(session, make_event(session), now)

    stored = session.scalars(select(StewardLink)).one()

    assert (len(stored.token_hash), len(token) >= 32) == (32, True)
    assert stored.token_hash != token.encode()


def test_end_is_ahead_and_at_most_a_week_after_the_event(session: Session, now: datetime) -> None:
    event = make_event(session)
    latest = event.ends_at + timedelta(days=7)

    make(session, event, now, until=latest)

    with pytest.raises(InvalidInput, match="within 7 days after the event"):
        make(session, make_event(session), now, until=latest + timedelta(seconds=1))
    with pytest.raises(InvalidInput, match="still to come"):
        make(session, make_event(session), now, until=now)
    with pytest.raises(InvalidInput, match="Write who gets it"):
        stewards.make_link(
            session, event, label=" \x00 ", expires_at=latest, now=now, organiser_id=1
        )


def test_usual_end_is_two_hours_after_the_event_or_after_now(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    later = event.ends_at + timedelta(days=1)

    assert stewards.usual_end(event, now) == event.ends_at + timedelta(hours=2)
    assert stewards.usual_end(event, later) == later + timedelta(hours=2)


def test_link_of_another_event_is_out_of_reach(session: Session, now: datetime) -> None:
    event, other = make_event(session), make_event(session)
    make(session, event, now)
    link = session.scalars(select(StewardLink)).one()

    with pytest.raises(NotFound):
        stewards.revoke(session, other, link.id, now=now, organiser_id=1)


def test_making_beginning_and_ending_are_written_down(session: Session, now: datetime) -> None:
    event = make_event(session)
    token = make(session, event, now)
    link = session.scalars(select(StewardLink)).one()
    stewards.begin(session, token, now=now)
    stewards.revoke(session, event, link.id, now=now, organiser_id=7)
    stewards.revoke(session, event, link.id, now=now, organiser_id=7)

    said = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [(one.actor.split()[0], one.what, one.event_id) for one in said] == [
        ("organiser", "stewards' link made", event.id),
        ("steward", "steward began", event.id),
        ("organiser", "stewards' link ended", event.id),
    ]
