from __future__ import annotations

import pytest

from app.db import unit_of_work
from app.enums import BlockKind, Role
from app.models import Event
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_sign_up


def make_evening(desk: Desk, *, mentors: int = 9, mentees: int = 32) -> int:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session), rounds=6, tables=9)
        for _ in range(mentors):
            make_sign_up(session, event, role=Role.MENTOR)
        for _ in range(mentees):
            make_sign_up(session, event)
        return event.id


def read(desk: Desk, event_id: int, **numbers: object) -> str:
    answer = desk.client.get(f"/events/{event_id}/numbers", query_string=numbers)
    return " ".join(answer.text.split())


def test_it_begins_with_the_numbers_of_the_event(desk: Desk) -> None:
    page = read(desk, make_evening(desk))

    assert "Every mentee can meet <b>5</b> mentors" in page
    assert 'name="mentee" required type="number" value="32"' in page
    assert "20 of them could meet six" in page
    assert "<b>Every mentee can meet 5 mentors.</b>" in page


def test_other_numbers_change_the_sentence_and_nothing_else(desk: Desk) -> None:
    event_id = make_evening(desk)

    page = read(desk, event_id, mentor=10, tables=10, rounds=7)

    assert "Every mentee can meet <b>6</b> mentors" in page
    assert "7 rounds of 10 minutes, 2 to move, take 82 minutes; this part of the agenda has" in page
    with unit_of_work(desk.factory, write=False) as session:
        assert len(session.get_one(Event, event_id).blocks[1].rounds) == 6


def test_without_a_sign_up_every_place_counts_as_taken(desk: Desk) -> None:
    page = read(desk, make_evening(desk, mentors=0, mentees=0))

    assert "Nobody has a place yet, so the numbers begin with every place taken." in page
    assert "Nobody who could be seated has a place yet." in page


@pytest.mark.parametrize(("minutes", "warns"), [(7, True), (8, False)])
def test_a_short_round_warns(desk: Desk, minutes: int, *, warns: bool) -> None:
    page = read(desk, make_evening(desk), minutes=minutes)

    assert ("Under 8 minutes there is time to say hello" in page) is warns


@pytest.mark.parametrize(
    ("field", "value"), [("rounds", "0"), ("mentee", "-1"), ("seats", "x"), ("tables", "501")]
)
def test_what_is_no_number_is_said_and_kept(desk: Desk, field: str, value: str) -> None:
    event_id = make_evening(desk, mentees=2)

    answer = desk.client.get(f"/events/{event_id}/numbers", query_string={field: value})

    assert (answer.status_code, f'<a href="#{field}">' in answer.text) == (422, True)
    assert f'value="{value}"' in answer.text
    assert "<title>Error: " in answer.text


def test_peers_have_seats_in_rounds(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(
            session, organisation=desk.house(session), kind=BlockKind.GROUP,
            capacities={Role.PEER: 12},
        )  # fmt: skip
        event_id = event.id

    page = read(desk, event_id)

    assert "Every peer can sit in <b>3</b> of 3 rounds" in page
