from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.enums import EventState, Role, SignUpState
from app.models import Event, SignUp
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_sign_up
from tests.conftest import Clock

NEW = {
    "name": "An evening of good questions",
    "date": "2027-03-11",
    "time": "17:45",
    "zone": "Europe/Berlin",
    "venue": "Atrium",
    "contact_email": "",
    "places_mentor": "9",
    "places_mentee": "",
    "closes_date": "2027-03-01",
    "closes_time": "20:00",
    "confirms_address": "y",
}
PRESET = "/events/new?preset=small-all-meet"


def make(desk: Desk, **changes: object) -> int:
    with unit_of_work(desk.factory) as session:
        return make_event(session, organisation=desk.house(session), **changes).id  # type: ignore[arg-type]


def only_event(desk: Desk) -> Event:
    with unit_of_work(desk.factory, write=False) as session:
        found = session.scalars(select(Event)).one()
        _ = found.capacities, found.blocks
        return found


def test_empty_list_says_how_to_begin(desk: Desk) -> None:
    page = desk.client.get("/events").text

    assert "No event yet" in page
    assert 'href="/events/new"' in page


def test_list_shows_each_event_with_its_station(desk: Desk) -> None:
    make(desk, name="First")
    make(desk, name="Second", state=EventState.CLOSED)

    page = desk.client.get("/events").text

    assert page.count('class="panel"') == 2
    assert 'aria-label="Station 1 of 6: Sign-up"' in page
    assert 'aria-label="Station 2 of 6: Roster"' in page


@pytest.mark.parametrize("path", ["", "/roster", "/plan", "/move", "/open"])
def test_event_of_another_organisation_is_not_found(desk: Desk, path: str) -> None:
    with unit_of_work(desk.factory) as session:
        other = make_event(session, organisation=make_organisation(session)).id

    assert desk.client.get(f"/events/{other}{path}").status_code == 404


@pytest.mark.parametrize("action", ["open", "close", "move", "plan", "roster/1/cancel"])
def test_event_of_another_organisation_is_not_changed(desk: Desk, action: str) -> None:
    with unit_of_work(desk.factory) as session:
        other = make_event(session, organisation=make_organisation(session))
        make_sign_up(session, other)
    before = only_event(desk)

    data = {"date": "2027-05-01", "time": "10:00", "knows": "y", "seed": "1", "time_limit_s": "5"}
    answer = desk.client.post(f"/events/{other.id}/{action}", data=data)

    assert answer.status_code == 404
    after = only_event(desk)
    assert (after.state, after.starts_at) == (before.state, before.starts_at)


def test_every_format_is_offered_with_figures_and_source(desk: Desk) -> None:
    page = desk.client.get("/events/new").text

    assert page.count('class="panel stack"') == 10  # nine formats and a blank one
    assert "7 mentees x 6 mentors" in page
    assert "Med Teach 2010" in page


def test_unknown_format_is_not_found(desk: Desk) -> None:
    assert desk.client.get("/events/new?preset=nonsense").status_code == 404


def test_new_event_is_made_in_local_time(desk: Desk) -> None:
    answer = desk.client.post(PRESET, data=NEW)

    event = only_event(desk)
    assert answer.headers["Location"] == f"/events/{event.id}"
    assert (event.name, event.state, event.venue) == (
        "An evening of good questions", EventState.DRAFT, "Atrium",
    )  # fmt: skip
    assert event.starts_at == datetime(2027, 3, 11, 16, 45, tzinfo=UTC)
    assert event.signup_closes_at == datetime(2027, 3, 1, 19, 0, tzinfo=UTC)
    assert {one.role: one.places for one in event.capacities} == {
        Role.MENTOR: 9,
        Role.MENTEE: None,
    }
    assert event.confirms_address is True


def test_sign_up_that_closes_on_a_day_closes_at_its_end(desk: Desk) -> None:
    desk.client.post(PRESET, data=NEW | {"closes_time": ""})

    assert only_event(desk).signup_closes_at == datetime(2027, 3, 1, 22, 59, tzinfo=UTC)


def test_confirmation_of_addresses_can_be_left_out(desk: Desk) -> None:
    data = dict(NEW)
    del data["confirms_address"]

    desk.client.post(PRESET, data=data)

    assert only_event(desk).confirms_address is False


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"date": "soon"}, "date"),
        ({"date": "2027-02-01"}, "date"),
        ({"time": "quarter past"}, "time"),
        ({"date": "2027-03-28", "time": "02:30"}, "time"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"places_mentor": "-3"}, "places_mentor"),
        ({"closes_date": "2027-03-12"}, "closes_date"),
        ({"closes_time": "late"}, "closes_time"),
    ],
)
def test_wrong_form_links_to_the_field_and_keeps_the_rest(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    answer = desk.client.post(PRESET, data=NEW | changes)

    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "There is 1 thing to put right" in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert ('value="Atrium"' in answer.text) is True
    with unit_of_work(desk.factory) as session:
        assert session.scalars(select(Event)).all() == []


def test_overview_says_what_the_numbers_allow(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session), rounds=6, tables=9)
        for _ in range(9):
            make_sign_up(session, event, role=Role.MENTOR)
        for _ in range(32):
            make_sign_up(session, event)

    page = " ".join(desk.client.get(f"/events/{event.id}").text.split())

    assert "Every mentee can meet <b>5</b> mentors" in page
    assert "32 mentees, 9 mentors, 3 seats a table, 6 rounds." in page
    assert "With <b>one more mentor</b>, 20 of them could meet six." in page


def test_overview_counts_sign_ups_and_names_what_waits(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(
            session, organisation=desk.house(session), capacities={Role.MENTEE: 1, Role.MENTOR: 4}
        )
        make_sign_up(session, event, state=SignUpState.HELD)
        make_sign_up(session, event, state=SignUpState.WAITING)

    page = " ".join(desk.client.get(f"/events/{event.id}").text.split())

    assert "Full. 1 on the waitlist; the first moves up by itself. 1 not confirmed yet." in page
    assert "1 address is not confirmed yet." in page


def test_every_page_names_the_mode(desk: Desk) -> None:
    event_id = make(desk)
    paths = ["/events", "/events/new", f"/events/{event_id}", f"/events/{event_id}/roster"]

    pages = [desk.client.get(path).text for path in paths]

    assert ["Mail is not being sent: set SMTP" in page for page in pages] == [True] * 4


def test_opening_without_smtp_asks_first(desk: Desk) -> None:
    event_id = make(desk, state=EventState.DRAFT)

    asked = desk.client.post(f"/events/{event_id}/open")
    after_asking = only_event(desk).state
    opened = desk.client.post(f"/events/{event_id}/open", data={"knows": "y"})

    assert (asked.status_code, after_asking) == (422, EventState.DRAFT)
    assert "I know that mail is not being sent" in asked.text
    assert (opened.status_code, only_event(desk).state) == (302, EventState.OPEN)


def test_get_opens_and_closes_nothing(desk: Desk) -> None:
    event_id = make(desk, state=EventState.DRAFT)

    page = desk.client.get(f"/events/{event_id}/open")

    assert (page.status_code, only_event(desk).state) == (200, EventState.DRAFT)
    assert desk.client.get(f"/events/{event_id}/close").status_code == 405


def test_closing_leads_to_the_roster(desk: Desk) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/close")

    assert answer.headers["Location"] == f"/events/{event_id}/roster"
    assert only_event(desk).state is EventState.CLOSED


def test_moving_shows_before_and_after_and_moves_on_post(desk: Desk) -> None:
    event_id = make(desk)
    asked = {"date": "2027-03-05", "time": "19:30"}

    shown = desk.client.get(f"/events/{event_id}/move", query_string=asked).text
    untouched = only_event(desk).starts_at
    moved = desk.client.post(f"/events/{event_id}/move", data=asked)

    assert "It begins 1 day, 1 hour and 30 minutes later" in shown
    assert "<del>Thursday 4 March 2027, 18:00 to 18:56</del>" in shown
    assert "<ins>Friday 5 March 2027, 19:30 to 20:26</ins>" in shown
    assert untouched == datetime(2027, 3, 4, 17, 0, tzinfo=UTC)
    event = only_event(desk)
    assert moved.status_code == 302
    assert event.starts_at == datetime(2027, 3, 5, 18, 30, tzinfo=UTC)
    assert event.blocks[1].starts_at == datetime(2027, 3, 5, 18, 45, tzinfo=UTC)


def test_moving_an_event_that_has_begun_gives_its_free_places_on(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(
            session,
            organisation=desk.house(session),
            starts_at=clock() - timedelta(minutes=5),
            capacities={Role.MENTEE: 1},
        )
        waiting = make_sign_up(session, event, state=SignUpState.WAITING)

    asked = {"date": "2027-03-20", "time": "18:00"}
    desk.client.post(f"/events/{event.id}/move", data=asked)

    with unit_of_work(desk.factory) as session:
        assert session.get_one(SignUp, waiting.id).state is SignUpState.OFFERED


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"date": "2027-02-01", "time": "10:00"}, "still to come"),
        ({"date": "2027-03-28", "time": "02:30"}, "skip 02:30"),
        ({"date": "", "time": "10:00"}, "Write a date"),
        ({"date": "9999-12-31", "time": "23:59"}, "Choose a year between 2000 and 2199"),
        ({"date": "0001-01-01", "time": "00:00"}, "Choose a year between 2000 and 2199"),
    ],
)
def test_moving_to_no_time_at_all_is_refused(desk: Desk, asked: dict[str, str], words: str) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/move", data=asked)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert only_event(desk).starts_at == datetime(2027, 3, 4, 17, 0, tzinfo=UTC)
