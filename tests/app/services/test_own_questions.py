"""The organiser's own questions: asked by role, checked, kept, and given to the planner."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import BlockKind, QuestionKind, Role
from app.errors import InvalidInput
from app.models import Answer, CustomQuestion, Event
from app.services import signups
from app.services.planning import build_problem
from app.services.roster import close_roster
from app.services.signups.questions import MAX_ANSWER
from config import Config
from scheduler import jsonio
from scheduler.params import SolveParams
from scheduler.planner import solve
from tests.app.services.roster_builders import make_person, make_roster
from tests.app.services.test_signups import make_form
from tests.builders import default_rules, make_event, make_sign_up, planned_block


@pytest.fixture
def how(now: datetime, key: bytes, settings: Config) -> dict[str, Any]:
    return {"now": now, "key": key, "settings": settings}


def make_question(session: Session, event: Event, **changes: Any) -> CustomQuestion:
    number = len(event.questions)
    question = CustomQuestion(
        **{
            "position": number,
            "key": f"q{number}",
            "label": "Which working group?",
            "kind": QuestionKind.CHOICE,
            "choices": ["North", "South"],
            "roles": [],
        }
        | changes
    )
    event.questions.append(question)
    session.flush()
    return question


def refused(session: Session, event: Event, how: dict[str, Any], **changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        signups.register(session, event.id, make_form(event, **changes), **how)
    return caught.value.fields


def test_answers_are_kept_and_changed(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    group = make_question(session, event)
    text = make_question(session, event, kind=QuestionKind.TEXT, choices=[])
    yes = make_question(session, event, kind=QuestionKind.YES_NO, choices=[])
    form = make_form(
        event, own_answers=((group.id, "North"), (text.id, " No\r\nnuts "), (yes.id, ""))
    )

    sign_up = signups.register(session, event.id, form, **how)
    edited = replace(form, not_with=None, own_answers=((group.id, "South"), (yes.id, "no")))
    changes = [signups.edit(session, sign_up, edited, now=how["now"]) for _ in range(2)]

    found = {answer.question_id: answer.value for answer in session.scalars(select(Answer))}
    assert found == {group.id: "South", yes.id: "no"}
    assert changes == [True, False]


def test_a_required_question_wants_an_answer_of_its_roles_only(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session)
    group = make_question(session, event, is_required=True, roles=["mentee"])
    text = make_question(
        session, event, kind=QuestionKind.TEXT, choices=[], is_required=True, label="Which diet?"
    )

    fields = refused(session, event, how, own_answers=((text.id, " \n "),))
    mentor = make_form(
        event,
        role=Role.MENTOR,
        email="m@example.org",
        own_answers=((group.id, "North"), (text.id, "None")),
    )
    sign_up = signups.register(session, event.id, mentor, **how)

    assert fields == {
        f"own_{group.id}": "Choose an answer: Which working group?",
        f"own_{text.id}": "Write an answer: Which diet?",
    }
    assert [(one.question_id, one.value) for one in sign_up.answers] == [(text.id, "None")]


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (QuestionKind.CHOICE, "West", "Choose one of: North, South."),
        (QuestionKind.YES_NO, "maybe", "Choose one of: yes, no."),
        (QuestionKind.TEXT, "x" * (MAX_ANSWER + 1), "Write it in 500 characters or fewer."),
    ],
)
def test_an_answer_must_fit_its_question(
    session: Session, how: dict[str, Any], kind: QuestionKind, typed: str, message: str
) -> None:
    event = make_event(session)
    question = make_question(session, event, kind=kind)

    fields = refused(session, event, how, own_answers=((question.id, typed),))

    assert fields == {f"own_{question.id}": message}


def test_a_question_of_another_event_is_not_answered(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    other = make_question(session, make_event(session))

    form = make_form(event, own_answers=((other.id, "North"),))
    signups.register(session, event.id, form, **how)

    assert session.scalars(select(Answer)).all() == []


def test_only_answered_traits_reach_the_roster(session: Session, now: datetime) -> None:
    event = make_event(session)
    questions = [
        make_question(session, event, key="site", is_trait=True),
        make_question(session, event, key="first", is_trait=True, kind=QuestionKind.YES_NO),
        make_question(session, event, key="essay", is_trait=True, kind=QuestionKind.TEXT),
        make_question(session, event, key="diet"),
    ]
    answered, silent = (make_sign_up(session, event) for _ in range(2))
    answered.answers = [
        Answer(question_id=question.id, value=value)
        for question, value in zip(questions, ("North", "no", "long", "South"), strict=True)
    ]
    session.flush()

    roster = close_roster(session, event, planned_block(event), now)

    assert [person.traits for person in roster.people] == [{"site": "North", "first": "no"}, {}]
    assert [person.id for person in roster.people] == [f"p{answered.id}", f"p{silent.id}"]


def test_a_plan_leaves_nobody_alone_by_a_trait() -> None:
    people = [
        replace(
            make_person(f"p{number}", role=Role.PEER),
            traits={"site": "North"} if number <= 2 else {"site": "South"},
        )
        for number in range(1, 9)
    ]
    rules = default_rules(BlockKind.GROUP)
    rules["composition"] = [
        *rules["composition"],
        {"not_alone": {"trait": "site", "value": "North"}},
        {"count": {"trait": "site", "value": "North"}, "max": 2},
    ]

    problem = build_problem(make_roster(*people, tables=2, rounds=1), rules)
    plan = solve(problem, SolveParams(time_limit_s=5, seed=1))
    document = json.loads(jsonio.write_problem(problem))

    assert document["people"][0]["traits"] == {"site": "North"}
    assert len(document["tables"]) == 2  # eight people at most five a table, not two
    tables = {seat.person: seat.table for seat in plan.seats}
    assert len(tables) == 8
    assert tables["p1"] == tables["p2"]


def test_whom_somebody_named_is_matched_when_they_come(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session, confirms_address=False)
    form = make_form(event, wishes=("OSKAR  Lind",), not_with=("Boss@Example.org", "Nobody Here"))
    signups.register(session, event.id, form, **how)

    def reads() -> tuple[Any, ...]:
        person = close_roster(session, event, planned_block(event), how["now"]).people[0]
        return person.wishes, person.not_with, person.unresolved

    before = reads()
    for name, email in (("Oskar Lind", "o@example.org"), ("B", "boss@EXAMPLE.org")):
        later = make_form(event, name=name, email=email, wishes=(), not_with=())
        signups.register(session, event.id, later, **how)

    assert before == ((), (), ("OSKAR Lind", "Boss@Example.org", "Nobody Here"))
    assert reads() == ((("p2", 1),), ("p3",), ("Nobody Here",))
