from __future__ import annotations

import re

from sqlalchemy import select

from app.db import unit_of_work
from app.enums import QuestionKind, Role
from app.models import Answer, CustomQuestion, Event
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_sign_up
from tests.questions import answer, make_question
from tests.visitor import Page, Visitor


def make(desk: Desk, *labels: str, answers: int = 0, **changes: object) -> tuple[int, list[int]]:
    """Return the ids of an event and of its questions; the first is answered so often."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        made = [make_question(session, event, label=label, **changes) for label in labels]  # type: ignore[arg-type]
        for _ in range(answers):
            answer(session, make_sign_up(session, event), made[0], "Surgery")
        return event.id, [question.id for question in made]


def labels(desk: Desk) -> list[str]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(CustomQuestion.label).order_by(CustomQuestion.position)))


def listing(event_id: int) -> str:
    return f"/events/{event_id}/sign-up/questions"


def open_new(desk: Desk, event_id: int) -> tuple[Visitor, Page]:
    visitor = Visitor(desk.client)
    return visitor, visitor.open(listing(event_id) + "/new")


def test_empty_list_says_what_is_asked_already(desk: Desk) -> None:
    event_id, _ = make(desk)

    page = Visitor(desk.client).open(listing(event_id))

    assert "No question of your own yet" in page.html
    assert page.link("/questions/new")


def test_question_is_added(desk: Desk) -> None:
    event_id, _ = make(desk)
    visitor, page = open_new(desk, event_id)

    after = visitor.send(
        page,
        page.form("/new"),
        label="Your specialty",
        hint="To mix the tables.",
        kind="choice",
        choices="Surgery\r\nPaediatrics\r\n",
        roles=["mentee"],
        is_trait="y",
    )

    assert "The question is on the form from now on." in after.html
    assert "One of several choices, asked of mentees. Nobody answered yet." in after.html
    with unit_of_work(desk.factory, write=False) as session:
        made = session.scalars(select(CustomQuestion)).one()
    assert (made.label, made.choices, made.roles) == (
        "Your specialty", ["Surgery", "Paediatrics"], ["mentee"],
    )  # fmt: skip
    assert (made.is_trait, made.is_required, made.is_private) == (True, False, False)


def test_everybody_ticked_stays_everybody(desk: Desk) -> None:
    event_id, _ = make(desk)
    visitor, page = open_new(desk, event_id)

    after = visitor.send(page, page.form("/new"), label="Why", kind="text")

    assert "A text in their own words, asked of everybody." in after.html


def test_double_click_adds_one_question(desk: Desk) -> None:
    event_id, _ = make(desk)
    visitor, page = open_new(desk, event_id)

    for _ in range(2):
        visitor.send(page, page.form("/new"), label="Why", kind="text")

    assert labels(desk) == ["Why"]


def test_wrong_question_keeps_everything_typed(desk: Desk) -> None:
    event_id, _ = make(desk)
    visitor, page = open_new(desk, event_id)

    wrong = visitor.send(
        page, page.form("/new"), status=422, label="", hint="my hint", choices="only one"
    )

    assert wrong.title.startswith("Error: Add a question")
    assert re.findall(r'<li><a href="#(\w+)">', wrong.html) == ["label", "choices"]
    assert 'value="my hint"' in wrong.html
    assert "only one</textarea>" in wrong.html


def test_question_without_a_kind_asks_for_one(desk: Desk) -> None:
    event_id, _ = make(desk)
    visitor, page = open_new(desk, event_id)

    wrong = visitor.send(page, page.form("/new"), status=422, label="Why", kind="essay")

    assert re.findall(r'<li><a href="#(\w+)">', wrong.html) == ["kind"]


def test_answered_choice_cannot_be_taken_out(desk: Desk) -> None:
    event_id, (first,) = make(desk, "Specialty", answers=2)
    visitor = Visitor(desk.client)
    page = visitor.open(f"{listing(event_id)}/{first}")

    wrong = visitor.send(page, page.form("questions"), status=422, choices="Paediatrics\nOther")

    assert "2 people answered." in page.html
    assert "Somebody chose what you took out (“Surgery”: 2). Put it back." in wrong.html
    assert "Paediatrics\nOther</textarea>" in wrong.html


def test_words_of_an_answered_question_can_be_changed(desk: Desk) -> None:
    event_id, (first,) = make(desk, "Specialty", answers=1)
    visitor = Visitor(desk.client)
    page = visitor.open(f"{listing(event_id)}/{first}")

    after = visitor.send(page, page.form("questions"), label="Your field")

    assert "The question is saved." in after.html
    assert labels(desk) == ["Your field"]


def test_list_counts_who_chose_what(desk: Desk) -> None:
    event_id, _ = make(desk, "Specialty", answers=3)

    page = Visitor(desk.client).open(listing(event_id))

    assert "3 people answered." in page.html
    assert "<li><bdi>Surgery</bdi> <b>3</b></li>" in page.html


def test_order_is_changed_by_buttons(desk: Desk) -> None:
    event_id, (_, second) = make(desk, "A", "B")
    visitor = Visitor(desk.client)
    page = visitor.open(listing(event_id))

    after = visitor.send(page, page.form(f"{second}/move"), to="up")
    visitor.send(page, page.form(f"{second}/move"), to="up")  # a second click changes nothing

    assert after.html.index("<bdi>B</bdi>") < after.html.index("<bdi>A</bdi>")
    assert labels(desk) == ["B", "A"]


def test_removing_says_what_is_lost(desk: Desk) -> None:
    event_id, (first,) = make(desk, "Specialty", answers=2)
    visitor = Visitor(desk.client)
    page = visitor.open(f"{listing(event_id)}/{first}/remove")

    after = visitor.send(page, page.form("remove"))

    assert "2 people answered it (<bdi>Surgery</bdi> 2)." in page.html
    assert "Remove it and 2 answers</button>" in page.html
    assert "The question is off the form." in after.html
    assert labels(desk) == []
    with unit_of_work(desk.factory, write=False) as session:
        assert session.scalars(select(Answer)).all() == []


def test_answer_that_came_meanwhile_is_counted_again(desk: Desk) -> None:
    event_id, (first,) = make(desk, "Specialty")
    visitor = Visitor(desk.client)
    page = visitor.open(f"{listing(event_id)}/{first}/remove")
    with unit_of_work(desk.factory) as session:
        question = session.get_one(CustomQuestion, first)
        sign_up = make_sign_up(session, session.get_one(Event, event_id))
        answer(session, sign_up, question, "Surgery")

    again = visitor.send(page, page.form("remove"), status=409)

    assert "Somebody answered meanwhile" in again.html
    assert "Remove it and 1 answer</button>" in again.html
    assert labels(desk) == ["Specialty"]


def test_removing_twice_says_that_it_is_gone(desk: Desk) -> None:
    event_id, (first,) = make(desk, "Specialty")
    visitor = Visitor(desk.client)
    page = visitor.open(f"{listing(event_id)}/{first}/remove")

    visitor.send(page, page.form("remove"))
    again = visitor.send(page, page.form("remove"), status=404)

    assert "This question is gone already." in again.html


def test_protected_facts_are_pointed_out(desk: Desk) -> None:
    event_id, _ = make(desk, "Dietary requirements", "Specialty", is_required=True)

    page = Visitor(desk.client).open(listing(event_id)).html

    assert page.count("This may ask about health.") == 1
    assert "Let people leave it out, and let only owners read it." in page


def test_questions_of_another_organisation_are_not_found(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=make_organisation(session))
        question = make_question(session, event, kind=QuestionKind.TEXT, roles=(Role.MENTEE,))
        event_id, question_id = event.id, question.id
    mine, _ = make(desk)
    data = {"label": "Mine", "kind": "text", "answers": "0", "to": "up", "from": "0"}

    statuses = {
        desk.client.open(
            f"{listing(owner)}{path}", method=method, data=data, follow_redirects=False
        ).status_code
        for owner, paths in (
            (event_id, ("", "/new", f"/{question_id}", f"/{question_id}/remove")),
            (mine, (f"/{question_id}",)),
        )
        for path in paths
        for method in (["GET"] if not path else ["GET", "POST"])
    }
    moved = desk.client.post(f"{listing(event_id)}/{question_id}/move", data=data).status_code

    assert (statuses, moved) == ({404}, 404)
    assert labels(desk) == ["Specialty"]


def test_what_somebody_else_made_private_stays_private_unless_asked(desk: Desk) -> None:
    event_id, [question_id] = make(desk, "Specialty")
    path = f"{listing(event_id)}/{question_id}"
    visitor, other = Visitor(desk.client), Visitor(desk.client)
    mine, theirs = visitor.open(path), other.open(path)
    other.send(theirs, theirs.form("questions"), is_private="y")

    refused = visitor.send(mine, mine.form("questions"), label="Field", status=422)
    kept = stored(desk)
    visitor.send(refused, refused.form("questions"))

    assert "Somebody else changed this question while you wrote." in refused.html
    assert (kept.label, kept.is_private) == ("Specialty", True)
    assert (stored(desk).label, stored(desk).is_private) == ("Field", False)


def stored(desk: Desk) -> CustomQuestion:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalars(select(CustomQuestion)).one()
