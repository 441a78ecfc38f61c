"""Organisers make links for stewards, see them once, and end them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.db import unit_of_work
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation

GOOD = {"label": "Front desk", "until_date": "2027-03-04", "until_time": "22:00"}


@pytest.fixture
def event_id(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_event(session, organisation=desk.house(session)).id


def test_page_offers_two_hours_after_the_event(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/stewards").text

    assert "No link yet" in page
    assert 'value="2027-03-04"' in page
    assert 'value="21:00"' in page


def test_link_is_shown_once_and_works(desk: Desk, app: Flask, event_id: int) -> None:
    made = desk.client.post(f"/events/{event_id}/stewards", data=GOOD).text
    [link] = re.findall(r'value="http://localhost(/s/[\w-]{32,})"', made)
    again = desk.client.get(f"/events/{event_id}/stewards").text

    assert link not in again
    assert "<bdi>Front desk</bdi>" in again
    assert "Until Thursday 4 March, 22:00, made by <bdi>Olivia Organiser</bdi>" in again
    assert app.test_client().get(link).status_code == 200


def test_link_is_ended_by_hand(desk: Desk, app: Flask, event_id: int) -> None:
    made = desk.client.post(f"/events/{event_id}/stewards", data=GOOD).text
    [link] = re.findall(r'value="http://localhost(/s/[\w-]+)"', made)
    [end] = re.findall(r'action="(/events/\d+/stewards/\d+/revoke)"', made)

    page = desk.client.post(end, follow_redirects=True).text

    assert "The link of Front desk has ended" in page
    assert "Ended by hand" in page
    assert app.test_client().get(link).status_code == 410


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": ""}, "Write who gets it, like front desk"),
        ({"until_date": "2027-03-12"}, "Choose a time within 7 days after the event"),
        ({"until_date": "2027-02-12"}, "Choose a time that is still to come"),
        ({"until_date": "soon"}, "Not a valid date value"),
        ({"until_date": "2027-03-28", "until_time": "02:30"}, "Choose a time within 7 days"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    desk: Desk, event_id: int, change: dict[str, str], said: str
) -> None:
    answer = desk.client.post(f"/events/{event_id}/stewards", data=GOOD | change)

    assert answer.status_code == 422
    if said.startswith(("Write", "Choose a time that")):
        assert said in answer.text
    assert "<title>Error: Stewards" in answer.text


def test_another_organisations_event_is_not_there(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        theirs = make_event(session, organisation=make_organisation(session, name="Other")).id

    assert desk.client.get(f"/events/{theirs}/stewards").status_code == 404
    assert desk.client.post(f"/events/{theirs}/stewards", data=GOOD).status_code == 404
    assert desk.client.post(f"/events/{theirs}/stewards/1/revoke").status_code == 404
