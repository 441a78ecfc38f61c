"""Organisers see every version, and take an earlier one up again as a draft."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.db import unit_of_work
from app.enums import WishKind
from app.models import Wish
from app.services.addresses import canonical_target
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import default_rules, make_event
from tests.published import make_evening, publish, tables_in_turn


@pytest.fixture
def event_id(desk: Desk, now: datetime) -> int:
    with unit_of_work(desk.factory) as session:
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        event = make_event(session, organisation=desk.house(session), rules=rules)
        evening = make_evening(session, event=event)
        publish(session, evening, now=now)
        turned = [list(reversed(own)) for own in tables_in_turn(evening)]
        publish(session, evening, now=now, tables=turned)
        return event.id


def test_the_page_lists_each_version_with_what_it_changed(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/versions").text

    assert "Version 2" in page
    assert "8 people in 3 rounds; against version 1, 4 move." in page
    assert page.count("What everybody has") == 1
    assert page.count("Take up version") == 1
    overview = desk.client.get(f"/events/{event_id}").text
    assert f'href="/events/{event_id}/versions"' in overview


def test_an_event_without_versions_says_what_to_do(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id

    assert "Nothing is published yet" in desk.client.get(f"/events/{event_id}/versions").text


def test_an_earlier_version_becomes_a_draft_to_publish(desk: Desk, event_id: int) -> None:
    page = desk.client.post(f"/events/{event_id}/versions/1/take-up", follow_redirects=True).text

    assert "The plan changes for 4 people, 4 keep their seats" in page


def test_what_stands_against_it_names_nobody_who_asked(desk: Desk, event_id: int) -> None:
    with unit_of_work(desk.factory) as session:
        wish = Wish(
            sign_up_id=5,
            kind=WishKind.NOT_WITH,
            target="Oskar Lind",
            target_canonical=canonical_target("Oskar Lind"),
            weight=1,
        )
        session.add(wish)

    answer = desk.client.post(f"/events/{event_id}/versions/1/take-up")

    assert answer.status_code == 409
    assert "Version 1 cannot be taken up as it was" in answer.text
    assert "the rules of this event" in answer.text
    assert ("Oskar" in answer.text, "Róża" in answer.text) == (False, False)


def test_of_two_who_publish_at_once_the_second_sees_what_the_first_did(
    desk: Desk, event_id: int
) -> None:
    draft = desk.client.post(f"/events/{event_id}/versions/1/take-up").location
    publish = {"expected_version": "2", "tell": "no"}
    desk.client.post(draft, data=publish)

    page = desk.client.post(draft, data=publish, follow_redirects=True).text

    assert "Olivia Organiser published version 3 at 10:00, after you opened this page." in page
    assert "The plan changes for nobody" in page
    assert "against version 3" in page
