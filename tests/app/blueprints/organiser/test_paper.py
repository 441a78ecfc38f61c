"""The page that says what to print, the sheets as pages, and as files."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.db import unit_of_work
from app.services import paper
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation
from tests.paper import make_hall, publish_hall


@pytest.fixture
def event_id(desk: Desk) -> int:
    """Return an event with two versions, of which the second moves two people."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session), tables=3)
        hall = make_hall(session, event=event, mentees=("Anna", "Ben", "Cy", "Dan", "<b>Eva</b>"))
        publish_hall(session, hall)
        publish_hall(session, hall, version=2, shift=1)
        return event.id


def test_page_says_what_there_is_on_how_many_sheets(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/paper").text

    assert "They belong to version 2" in page
    assert re.findall(r"<h3>(.+?) <span[^>]*>(.+?)</span>", page) == [
        ("Sign-in list", "1 sheet, for 8"),
        ("Table cards", "3 sheets, for 3"),
        ("Mentors&#39; sheets", "3 sheets, for 3"),
        ("Rotation cards", "2 sheets, for 8"),
        ("Badges", "1 sheet, for 8"),
    ]
    assert "Open all 10 sheets" in page


def test_page_names_whose_cards_are_printed_again(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/paper?since=1").text

    assert "What changed since version 1" in page
    assert "<b>Print again:</b> <bdi>Anna</bdi>, <bdi>Ben</bdi>." in page
    assert f"/events/{event_id}/paper/badges?since=1" in page


def test_page_before_any_version_says_what_comes(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        empty = make_event(session, organisation=desk.house(session)).id

    page = desk.client.get(f"/events/{empty}/paper").text

    assert "Nothing is published yet" in page
    assert "Open all" not in page


@pytest.mark.parametrize("what", [*paper.Kind, "all"])
def test_sheets_and_their_file(desk: Desk, event_id: int, what: str) -> None:
    page = desk.client.get(f"/events/{event_id}/paper/{what}?blanks=1")
    file = desk.client.get(f"/events/{event_id}/paper/{what}.pdf?blanks=1")

    sheets = page.text.count('class="a4')
    assert page.text.count("printed Monday 1 March, 10:00") >= sheets > 0
    assert "<b>Eva</b>" not in page.text
    assert file.mimetype == "application/pdf"
    assert len(re.findall(rb"/Type ?/Page\b", file.data)) == sheets
    assert f"{what}-v2.pdf" in file.headers["Content-Disposition"]


def test_code_leads_to_the_public_page_and_nowhere_else(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/paper/cards").text

    assert page.count("<symbol") == 1
    assert page.count('<use href="#code"/>') == 8
    assert "/me/" not in page


def test_one_persons_sheet(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/paper/all").text
    assert "Oskar Lind" in page

    alone = desk.client.get(f"/events/{event_id}/paper/mentors?person=2").text

    assert alone.count('class="a4') == 1


@pytest.mark.parametrize(
    "path", ["paper/posters", "paper/posters.pdf", "paper/cards?since=7", "paper?person=9999"]
)
def test_what_is_not_there(desk: Desk, event_id: int, path: str) -> None:
    assert desk.client.get(f"/events/{event_id}/{path}").status_code == 404


@pytest.mark.parametrize("asked", ["since=&blanks=", "since=x&blanks=-4", "blanks=99999999999"])
def test_odd_wishes_cost_nothing(desk: Desk, event_id: int, asked: str) -> None:
    page = desk.client.get(f"/events/{event_id}/paper?{asked}")

    assert page.status_code == 200
    assert "What to print" in page.text


def test_nothing_to_put_in_a_file_is_told(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        empty = make_event(session, organisation=desk.house(session)).id

    page = desk.client.get(f"/events/{empty}/paper/cards.pdf", follow_redirects=True).text

    assert "There is nothing to print here." in page


def test_other_houses_paper_is_not_there(desk: Desk, app: Flask, event_id: int) -> None:
    with unit_of_work(desk.factory) as session:
        theirs = make_event(session, organisation=make_organisation(session, name="Others")).id

    for path in ("paper", "paper/cards", "paper/cards.pdf"):
        assert desk.client.get(f"/events/{theirs}/{path}").status_code == 404
        assert app.test_client().get(f"/events/{event_id}/{path}").status_code in {302, 303, 401}
