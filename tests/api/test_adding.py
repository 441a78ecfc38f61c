"""What is wrong with somebody's answers is said of the field that was sent."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.db import SessionFactory, unit_of_work
from app.enums import QuestionKind
from app.models import Event
from tests.api.conftest import Program
from tests.builders import planned_block
from tests.questions import make_question

SOMEBODY: dict[str, Any] = {
    "name": "Mia Example",
    "email": "mia@example.org",
    "role": "mentee",
    "stage": "student",
    "question": "How do I begin?",
    "topics": ["Career planning"],
}


def refused(program: Program, **more: Any) -> list[dict[str, str]]:
    answer = program.post(f"/events/{program.event_id}/sign-ups", SOMEBODY | more)

    assert answer.status_code == 422
    return errors_of(answer)


def errors_of(answer: TestResponse) -> list[dict[str, str]]:
    problem: dict[str, Any] = answer.get_json()
    found: list[dict[str, str]] = problem["errors"]
    return found


@pytest.fixture
def rounds(program: Program, session_factory: SessionFactory) -> list[int]:
    with unit_of_work(session_factory, write=False) as session:
        event = session.get_one(Event, program.event_id)
        return [one.id for one in planned_block(event).rounds]


def test_who_misses_all_rounds_is_refused_by_the_field_that_says_so(
    program: Program, rounds: list[int]
) -> None:
    [error] = refused(program, absent_rounds=rounds)

    assert error["where"] == "/absent_rounds"


def test_a_round_of_no_part_is_named(program: Program, rounds: list[int]) -> None:
    [error] = refused(program, absent_rounds=[rounds[0], 987_654])

    assert error == {"where": "/absent_rounds", "expected": "ids of rounds of this event"}


def test_answers_are_refused_by_their_question(
    program: Program, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        event = session.get_one(Event, program.event_id)
        field = make_question(session, event)
        food = make_question(session, event, kind=QuestionKind.TEXT, is_required=True)
        asked = (field.id, food.id)

    [error] = refused(program, answers=[{"question_id": asked[0], "value": "nothing of it"}])
    [unknown] = refused(program, answers=[{"question_id": 987_654, "value": "yes"}])
    [twice] = refused(program, answers=[{"question_id": asked[1], "value": one} for one in "ab"])

    assert error["where"] == "/answers"
    assert f"question {asked[0]}: Choose one of" in error["expected"]
    assert f"question {asked[1]}: Write an answer" in error["expected"]
    assert unknown == {"where": "/answers", "expected": "ids of questions of this event"}
    assert twice == {"where": "/answers", "expected": "one answer to each question"}


def test_places_of_a_role_that_the_preset_does_not_have_are_refused(program: Program) -> None:
    event = {
        "preset": "conference-hour",
        "name": "Evening",
        "starts_at": "2027-04-03T18:00:00+02:00",
        "zone": "Europe/Berlin",
        "places": {"peer": 9, "mentor": 3},
    }

    answer = program.post("/events", event)

    assert answer.status_code == 422
    assert [one["where"] for one in errors_of(answer)] == ["/places/peer"]
