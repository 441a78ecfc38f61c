"""A time that the clocks show twice is asked back: which of the two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from wtforms import Form

from app.blueprints.organiser.twice import Which, chosen
from app.db import unit_of_work
from app.models import Event
from app.services import zones
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event

TWICE = {"date": "2027-10-31", "time": "02:30"}
NEW = TWICE | {"name": "Night shift", "zone": "Europe/Berlin"}
FIRST = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
SECOND = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
BOTH = pytest.mark.parametrize(("which", "at"), [("0", FIRST), ("1", SECOND)])
ASKED = "say which one"
CHOICE = "The second time, after they went back"


class OneForm(Form):  # type: ignore[misc]
    which = Which()


def event_of(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_event(session, organisation=desk.house(session)).id


def starts(desk: Desk) -> list[datetime]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(Event.starts_at).order_by(Event.id)))


@BOTH
def test_the_move_asks_which_and_moves_there(desk: Desk, which: str, at: datetime) -> None:
    path = f"/events/{event_of(desk)}/move"

    asked = desk.client.get(path, query_string=TWICE)
    shown = desk.client.get(path, query_string=TWICE | {"which": which})
    moved = desk.client.post(path, data=TWICE | {"which": which})

    assert (asked.status_code, ASKED in asked.text, CHOICE in asked.text) == (422, True, True)
    assert "becomes" not in asked.text
    assert f'<input type="hidden" name="which" value="{which}">' in shown.text
    assert moved.status_code == 302
    assert starts(desk) == [at]


def test_a_time_shown_once_is_not_asked_about(desk: Desk) -> None:
    path = f"/events/{event_of(desk)}/move"

    page = desk.client.get(path, query_string=TWICE | {"time": "04:30", "which": "1"})

    assert (page.status_code, CHOICE in page.text) == (200, False)


def test_the_move_begins_where_the_event_is(desk: Desk) -> None:
    path = f"/events/{event_of(desk)}/move"

    before = desk.client.get(path).text
    desk.client.post(path, data=TWICE | {"which": "1"})
    after = desk.client.get(path).text

    assert ('value="2027-03-04"' in before, 'value="18:00"' in before) == (True, True)
    assert CHOICE not in before
    assert 'name="which" value="1" checked' in after


@pytest.mark.parametrize("wrong", ["", "2", "-1", "x", "²"])
def test_no_choice_is_none(desk: Desk, wrong: str) -> None:
    path = f"/events/{event_of(desk)}/move"

    answer = desk.client.post(path, data=TWICE | {"which": wrong})

    assert (answer.status_code, ASKED in answer.text) == (422, True)


@BOTH
def test_a_new_event_asks_which(desk: Desk, which: str, at: datetime) -> None:
    path = "/events/new?preset=conference-hour"

    asked = desk.client.post(path, data=NEW)
    made = desk.client.post(path, data=NEW | {"which": which})

    assert (asked.status_code, asked.text.count(CHOICE)) == (422, 1)
    assert "Night shift" in asked.text
    assert made.status_code == 302
    assert starts(desk) == [at]


@BOTH
def test_a_copy_asks_which(desk: Desk, which: str, at: datetime) -> None:
    path = f"/events/{event_of(desk)}/clone"
    wanted = TWICE | {"name": "Again"}

    asked = desk.client.post(path, data=wanted)
    made = desk.client.post(path, data=wanted | {"which": which})

    assert (asked.status_code, CHOICE in asked.text, made.status_code) == (422, True, 303)
    assert starts(desk)[1] == at


@BOTH
def test_the_end_of_sign_up_asks_which(desk: Desk, which: str, at: datetime) -> None:
    later = NEW | {"date": "2027-11-20", "time": "18:00"}
    closes = {"closes_date": "2027-10-31", "closes_time": "02:30"}
    path = "/events/new?preset=conference-hour"

    asked = desk.client.post(path, data=later | closes)
    desk.client.post(path, data=later | closes | {"closes_which": which})
    with unit_of_work(desk.factory, write=False) as session:
        [event] = session.scalars(select(Event))
    settings = desk.client.get(f"/events/{event.id}/sign-up").text

    assert (asked.status_code, asked.text.count(CHOICE)) == (422, 1)
    assert event.signup_closes_at == at
    assert f'name="closes_which" value="{which}" checked' in settings
    assert "changes_which" not in settings


def test_a_choice_made_stays_while_something_else_is_wrong(desk: Desk) -> None:
    answer = desk.client.post(
        "/events/new?preset=conference-hour", data=NEW | {"name": "", "which": "1"}
    )

    assert answer.status_code == 422
    assert 'name="which" value="1" checked' in answer.text


def test_which_stands_for_a_local_time_only_if_it_comes_twice() -> None:
    local = SECOND.astimezone(zones.zone_of("Europe/Berlin"))

    assert (chosen(local), chosen(local.replace(hour=4, fold=0)), chosen(None)) == ("1", None, None)
    assert OneForm(data={"which": "1"}).which.fold == 1


@pytest.mark.parametrize(
    ("wall", "zone", "is_twice"),
    [
        ("2027-10-31T02:30", "Europe/Berlin", True),
        ("2027-10-31T03:00", "Europe/Berlin", False),
        ("2027-03-28T02:30", "Europe/Berlin", False),  # skipped
        ("2027-04-04T01:45", "Australia/Lord_Howe", True),  # half an hour back
        ("2027-10-31T02:30", "UTC", False),
        ("2027-10-31T02:30", "Nowhere/At_All", False),
        ("0001-01-01T00:00", "Europe/Berlin", False),
    ],
)
def test_which_times_come_twice(wall: str, zone: str, *, is_twice: bool) -> None:
    assert zones.is_shown_twice(datetime.fromisoformat(wall), zone) is is_twice
