"""Who leaves after the plan came out and signs up again has no seat until the next plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, InviteState, LinkPurpose, SignUpState
from app.models import Event, Invite, SignUp
from app.queries.itinerary import itinerary_of
from app.services import access, invites, publishing, signups
from app.services.signups.form import SignUpForm
from config import Config
from tests.builders import planned_block
from tests.conftest import Clock
from tests.published import Evening, make_evening, publish

Link = Callable[[SignUp, LinkPurpose], str]


@pytest.fixture
def evening(session_factory: SessionFactory, clock: Clock, settings: Config, key: bytes) -> Evening:
    """Return a published evening whose first mentee withdrew and came again."""
    with unit_of_work(session_factory) as session:
        evening = make_evening(session)
        publish(session, evening, now=clock())
        invites.sync(session, evening.event, now=clock(), settings=settings)
        gone = evening.mentees[0]
        clock.advance(hours=1)
        signups.withdraw(session, gone, now=clock())
        invites.cancel_for(session, gone, now=clock(), settings=settings)
        clock.advance(hours=1)
        join_again(session, evening, clock, settings, key)
        for one in (*evening.mentors, *evening.mentees):
            session.refresh(one)
    return evening


def join_again(
    session: Session, evening: Evening, clock: Clock, settings: Config, key: bytes
) -> None:
    mentee = evening.mentees[0]
    form = SignUpForm(
        role=mentee.role,
        name=mentee.person.name,
        email=mentee.person.email,
        stage="student",
        affiliation="School 0",
        question="How do I begin again?",
        topics=("Career planning",),
        rounds=tuple(one.id for one in planned_block(evening.event).rounds),
        consents=frozenset({ConsentKind.PLAN, ConsentKind.NAME}),
    )
    signups.register(session, evening.event.id, form, now=clock(), key=key, settings=settings)
    token = access.link_for(session, mentee.person_id, LinkPurpose.CONFIRM, key=key, now=clock())
    signups.confirm(session, token, now=clock(), key=key)
    assert mentee.state is SignUpState.PLACED


@pytest.fixture
def link(session_factory: SessionFactory, key: bytes, clock: Clock) -> Link:
    def token(sign_up: SignUp, purpose: LinkPurpose) -> str:
        with unit_of_work(session_factory) as session:
            return access.link_for(session, sign_up.person_id, purpose, key=key, now=clock())

    return token


def entries(client: FlaskClient, token: str) -> list[tuple[str, str]]:
    found = Calendar.from_ical(client.get(f"/feed/{token}.ics").data).walk("VEVENT")
    return [(str(entry["SUMMARY"]), str(entry["STATUS"])) for entry in found]


def test_own_page_shows_no_rounds_of_the_old_plan(
    evening: Evening, client: FlaskClient, link: Link
) -> None:
    token = link(evening.mentees[0], LinkPurpose.ACCESS)

    page = client.get(f"/me/{token}").text

    assert "You have a place" in page
    assert "Your tables stand here once a plan with you in it is published" in page
    assert client.get(f"/me/{token}/invite.ics").status_code == 404


def test_own_feed_stays_cancelled(evening: Evening, client: FlaskClient, link: Link) -> None:
    found = entries(client, link(evening.mentees[0], LinkPurpose.FEED))

    assert [status for _, status in found] == ["CANCELLED"] * 3


def test_nobody_else_waits_for_them(
    evening: Evening, client: FlaskClient, link: Link, session_factory: SessionFactory
) -> None:
    mentor = evening.mentors[0]
    token = link(mentor, LinkPurpose.FEED)
    feed = Calendar.from_ical(client.get(f"/feed/{token}.ics").data).walk("VEVENT")

    assert str(feed[0]["SUMMARY"]) == "Round 1: Table 1"
    assert feed[0]["DTSTAMP"].dt > feed[1]["DTSTAMP"].dt
    with unit_of_work(session_factory, write=False) as session:
        host = session.get_one(SignUp, mentor.id)
        way = itinerary_of(session, host, session.get_one(Event, host.event_id))
        assert way is not None
        assert "Róża Tylus" not in {one.name for stop in way.stops for one in stop.people}


def test_no_mail_gives_the_old_seat_back(
    evening: Evening, session: Session, settings: Config, clock: Clock
) -> None:
    event = session.merge(evening.event)

    invites.sync(session, event, now=clock(), settings=settings)

    mine = select(Invite.state).where(Invite.sign_up_id == evening.mentees[0].id)
    assert session.scalar(mine) is InviteState.CANCELLED


def test_the_next_plan_seats_them(
    evening: Evening, session: Session, settings: Config, clock: Clock
) -> None:
    again = Evening(
        event=session.merge(evening.event),
        mentors=tuple(session.merge(one) for one in evening.mentors),
        mentees=tuple(session.merge(one) for one in evening.mentees),
    )
    clock.at += timedelta(hours=1)
    before = publishing.current(session, again.event.id).people

    publish(session, again, now=clock())
    invites.sync(session, again.event, now=clock(), settings=settings)

    me = again.mentees[0]
    way = itinerary_of(session, me, again.event)
    assert me.id not in before
    assert me.id in publishing.current(session, again.event.id).people
    assert way is not None
    assert sum(stop.kind == "seat" for stop in way.stops) == 3
