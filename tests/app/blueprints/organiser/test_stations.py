"""The pages of the last two stations: the day, and afterwards."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.db import SessionFactory, unit_of_work
from app.enums import EventState
from app.models import Event
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import make_sign_up
from tests.conftest import Clock


@pytest.fixture
def desk(
    session_factory: SessionFactory, client: FlaskClient, settings: Config, clock: Clock, key: bytes
) -> Desk:
    return make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )


def page(desk: Desk, name: str) -> str:
    answer = desk.client.get(f"/events/{desk.event_id}/{name}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def station(text: str, name: str) -> str:
    found = re.search(rf'<li class="([a-z -]+)">\s*<a href="[^"]+"[^>]*>{name}', text)
    assert found is not None
    return found[1]


def test_before_a_plan_is_out_the_day_leads_to_it(desk: Desk) -> None:
    text = page(desk, "day")

    assert "No plan is published yet" in text
    assert "Print for the day" not in text
    assert station(text, "The day") == "here early"
    assert station(text, "Plan") == "ahead"


def test_published_plan_makes_the_day_ready(desk: Desk) -> None:
    desk.publish()
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        make_sign_up(session, event).absent_at = desk.clock()

    text = page(desk, "day")

    assert "Version 1 is out, for 9 people, 1 of them marked absent." in text
    assert "Print for the day" in text
    assert "begins near what everybody has" in text
    assert f'href="/events/{desk.event_id}/paper"' in text


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(days=5), "<b>5</b> days to go"),
        (timedelta(days=1), "It is <b>tomorrow</b>"),
        (timedelta(hours=2), "It is <b>today</b>"),
        (timedelta(minutes=-5), "It has begun"),
        (timedelta(days=-1), "The day is over"),
    ],
)
def test_the_sign_says_how_near_the_day_is(desk: Desk, ahead: timedelta, said: str) -> None:
    desk.publish()
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        starts_at = desk.clock() + ahead
        event.ends_at += starts_at - event.starts_at
        event.starts_at = starts_at

    assert said in page(desk, "day")


def test_cancelled_event_expects_nobody(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        session.get_one(Event, desk.event_id).state = EventState.CANCELLED

    text = page(desk, "day")

    assert "This event is cancelled" in text
    assert "When something changes" not in text
    assert "How it runs" in text


def test_afterwards_says_what_is_removed_when(desk: Desk) -> None:
    text = page(desk, "afterwards")

    assert "The event is still to come." in text
    assert "removed by themselves on" in text
    assert "8 people have a place" in text
    assert station(text, "Afterwards") == "here early"
    assert "Archive it" in text
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        event.anonymised_at, event.archived_at = desk.clock(), desk.clock()

    text = page(desk, "afterwards")

    assert "Names and addresses were removed on" in text
    assert "Erase one person earlier" not in text
    assert "Bring it back" in text
