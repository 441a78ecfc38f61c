from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role, SignUpState
from app.errors import InvalidInput, NotFound
from app.models import Answer, AuditEntry, CustomQuestion, Event
from app.services.event_settings import questions
from app.services.event_settings.cautions import find_cautions
from app.services.event_settings.question_form import MOST_QUESTIONS, QuestionForm, form_of
from tests.builders import make_event, make_sign_up
from tests.questions import answer, make_question

ACTOR = "organiser 3"
SPECIALTY = QuestionForm(
    kind=QuestionKind.CHOICE, label="Specialty", choices=("Surgery", "Paediatrics")
)


def add(session: Session, event: Event, form: QuestionForm, now: datetime) -> CustomQuestion:
    return questions.add(session, event.id, form, now=now, actor=ACTOR)


def change(
    session: Session, event: Event, question: CustomQuestion, now: datetime, **changes: object
) -> bool:
    form = replace(form_of(question), **changes)  # type: ignore[arg-type]
    return questions.change(session, event.id, question.id, form, now=now, actor=ACTOR)


def problems(
    session: Session, event: Event, question: CustomQuestion, now: datetime, **changes: object
) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        change(session, event, question, now, **changes)
    return caught.value.fields


def labels(session: Session, event: Event) -> list[str]:
    statement = (
        select(CustomQuestion.label)
        .where(CustomQuestion.event_id == event.id)
        .order_by(CustomQuestion.position)
    )
    return list(session.scalars(statement))


def test_question_is_added_at_the_end_in_clean_words(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_question(session, event, label="First")

    added = add(
        session,
        event,
        replace(SPECIALTY, label="  Your \n specialty ", choices=("", " Surgery", "X ", "Surgery")),
        now,
    )

    assert labels(session, event) == ["First", "Your specialty"]
    assert (added.choices, added.key) == (["Surgery", "X"], f"q{added.id}")


def test_question_sent_twice_is_one(session: Session, now: datetime) -> None:
    event = make_event(session)

    first, second = add(session, event, SPECIALTY, now), add(session, event, SPECIALTY, now)

    assert first.id == second.id
    assert labels(session, event) == ["Specialty"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(SPECIALTY, label="  "), "label"),
        (replace(SPECIALTY, label="x" * 201), "label"),
        (replace(SPECIALTY, label="TAKEN"), "label"),
        (replace(SPECIALTY, hint="x" * 301), "hint"),
        (replace(SPECIALTY, choices=("One",)), "choices"),
        (replace(SPECIALTY, choices=("One", "x" * 101)), "choices"),
        (replace(SPECIALTY, choices=tuple(str(n) for n in range(21))), "choices"),
        (replace(SPECIALTY, roles=(Role.PEER,)), "roles"),
        (QuestionForm(kind=QuestionKind.TEXT, label="Why", is_trait=True), "is_trait"),
    ],
)
def test_wrong_question_says_what_to_put_right(
    session: Session, now: datetime, form: QuestionForm, field: str
) -> None:
    event = make_event(session)
    make_question(session, event, label="Taken")

    with pytest.raises(InvalidInput) as caught:
        add(session, event, form, now)

    assert list(caught.value.fields) == [field]
    assert labels(session, event) == ["Taken"]


def test_form_does_not_grow_without_end(session: Session, now: datetime) -> None:
    event = make_event(session)
    for number in range(MOST_QUESTIONS):
        make_question(session, event, label=f"Question {number}")

    with pytest.raises(InvalidInput, match="a form that is longer loses people"):
        add(session, event, SPECIALTY, now)


def test_words_can_be_put_right_after_answers(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event)
    answer(session, make_sign_up(session, event), question, "Surgery")

    is_changed = change(
        session, event, question, now, label="Your field", choices=("Radiology", "Surgery")
    )

    assert is_changed is True
    assert (question.label, question.choices) == ("Your field", ["Radiology", "Surgery"])
    assert change(session, event, question, now) is False


def test_choice_that_somebody_made_stays(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event)
    for _ in range(2):
        answer(session, make_sign_up(session, event), question, "Surgery")

    found = problems(session, event, question, now, choices=("Paediatrics", "Radiology"))

    assert found == {"choices": "Somebody chose what you took out (“Surgery”: 2). Put it back."}


def test_choice_of_somebody_who_left_can_go(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event)
    gone = make_sign_up(session, event, state=SignUpState.WITHDRAWN)
    answer(session, gone, question, "Surgery")

    assert change(session, event, question, now, choices=("Paediatrics", "Radiology")) is True


def test_kind_stays_once_somebody_answered(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event)
    free = change(session, event, question, now, kind=QuestionKind.YES_NO)
    answer(session, make_sign_up(session, event), question, "yes")

    found = problems(session, event, question, now, kind=QuestionKind.TEXT)

    assert free is True
    assert found == {
        "kind": "1 person has answered, so the kind stays. Add another question instead."
    }


def test_what_was_answered_in_private_stays_private(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event, is_private=True)
    answer(session, make_sign_up(session, event), question, "Surgery")

    found = problems(session, event, question, now, is_private=False)

    assert found == {
        "is_private": "1 person has answered on the word that only owners read it, so it stays "
        "private."
    }


@pytest.mark.parametrize(("has_answer", "rises"), [(True, 1), (False, 0)])
def test_trait_that_somebody_has_changes_what_is_planned(
    session: Session, now: datetime, *, has_answer: bool, rises: int
) -> None:
    event = make_event(session)
    question = make_question(session, event)
    sign_up = make_sign_up(session, event)
    if has_answer:
        answer(session, sign_up, question, "Surgery")
    before = event.roster_version

    change(session, event, question, now, is_trait=True)

    assert event.roster_version - before == rises


@pytest.mark.parametrize(
    ("up", "position", "expected"),
    [
        (True, 1, ["B", "A", "C"]),
        (False, 1, ["A", "C", "B"]),
        (True, 0, ["A", "B", "C"]),  # it is not there any more: a double click
        (False, 7, ["A", "B", "C"]),
    ],
)
def test_question_moves_by_one(
    session: Session, now: datetime, *, up: bool, position: int, expected: list[str]
) -> None:
    event = make_event(session)
    _, middle, _ = (make_question(session, event, label=label) for label in "ABC")

    questions.move(session, event.id, middle.id, up=up, position=position, now=now, actor=ACTOR)

    assert labels(session, event) == expected


def test_first_question_cannot_move_up(session: Session, now: datetime) -> None:
    event = make_event(session)
    first = make_question(session, event)

    moved = questions.move(session, event.id, first.id, up=True, position=0, now=now, actor=ACTOR)

    assert moved is False


def test_removing_takes_the_answers_along(session: Session, now: datetime) -> None:
    event = make_event(session)
    question, other = make_question(session, event), make_question(session, event, label="Other")
    sign_up = make_sign_up(session, event)
    answer(session, sign_up, question, "Surgery")
    answer(session, sign_up, other, "Surgery")

    questions.remove(session, event.id, question.id, answers=1, now=now, actor=ACTOR)

    assert labels(session, event) == ["Other"]
    assert list(session.scalars(select(Answer.question_id))) == [other.id]
    assert other.position == 0


def test_removing_more_answers_than_were_said_asks_again(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event)
    answer(session, make_sign_up(session, event), question, "Surgery")

    with pytest.raises(questions.AnswersChanged) as caught:
        questions.remove(session, event.id, question.id, answers=0, now=now, actor=ACTOR)

    assert caught.value.answers == 1
    assert labels(session, event) == ["Specialty"]


def test_question_of_another_event_is_not_found(session: Session, now: datetime) -> None:
    question = make_question(session, make_event(session))
    other = make_event(session)

    with pytest.raises(NotFound):
        change(session, other, question, now, label="Mine now")
    with pytest.raises(NotFound):
        questions.remove(session, other.id, question.id, answers=0, now=now, actor=ACTOR)


def test_changes_are_written_down_without_their_words(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = add(session, event, replace(SPECIALTY, label="CANARY"), now)
    change(session, event, question, now, hint="FINCH")
    questions.remove(session, event.id, question.id, answers=0, now=now, actor=ACTOR)

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [entry.what for entry in entries] == [
        "question added", "question changed", "question removed",
    ]  # fmt: skip
    assert {entry.detail["question_id"] for entry in entries} == {question.id}
    assert not any(word in str(entry.detail) for entry in entries for word in ("CANARY", "FINCH"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do you have dietary requirements?", ("health",)),
        ("Halal or kosher food", ("religion or belief",)),
        ("Any disability or illness we should know of", ("health",)),
        ("Your religion and ethnic origin", ("religion or belief", "ethnic origin")),
        ("Which part of health professions education do you teach in?", ()),
        ("Specialty", ()),
    ],
)
def test_cautions_name_what_the_law_protects(text: str, expected: tuple[str, ...]) -> None:
    assert find_cautions(text) == expected
