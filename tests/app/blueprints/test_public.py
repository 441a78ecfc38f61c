from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, EventState, Role, SignUpState, WishKind
from app.models import AuditEntry, Event, OutboxMessage, Person, SignUp, Wish
from tests.builders import make_event, make_sign_up, planned_block
from tests.conftest import Clock

SLUG = "evening"


def make_page(factory: SessionFactory, **changes: Any) -> tuple[int, ...]:
    """Write an event at ``/e/evening``; return its rounds."""
    with unit_of_work(factory) as session:
        event = make_event(session, slug=SLUG, **changes)
        return tuple(round_.id for round_ in planned_block(event).rounds)


def make_post(rounds: tuple[int, ...], /, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Róża Tylus",
        "email": "roza@example.org",
        "stage": "student",
        "affiliation": "University Hospital",
        "question": "What now?",
        "topic1": "Research methods",
        "topic2": "Career planning",
        "topic3": "",
        "rounds": [str(id_) for id_ in rounds],
        "consent_plan": "y",
    } | changes


def states(factory: SessionFactory) -> list[tuple[str, str]]:
    with unit_of_work(factory, write=False) as session:
        rows = session.execute(select(Person.email, SignUp.state).join(SignUp).order_by(SignUp.seq))
        return [(email, state.value) for email, state in rows]


def mail_kinds(factory: SessionFactory) -> list[str]:
    with unit_of_work(factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_event_page_says_what_and_when(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    make_page(session_factory)

    page = client.get("/e/evening").text

    assert "An evening of good questions" in page
    assert "Thursday 4 March 2027" in page
    assert "18:00 to 18:56" in page
    assert "0 of 12 mentee places taken" in page
    assert "Three rounds of ten minutes" in page
    assert page.count('name="rounds"') == 3


@pytest.mark.parametrize("state", [EventState.DRAFT, None])
def test_event_page_of_no_public_event_is_not_found(
    client: FlaskClient, session_factory: SessionFactory, state: EventState | None
) -> None:
    if state is not None:
        make_page(session_factory, state=state)

    assert client.get("/e/evening").status_code == 404
    assert client.post("/e/evening").status_code == 404


def test_a_strange_address_is_not_found(client: FlaskClient) -> None:
    for path in ("/e/%00", "/e/a%00b", "/e/%F0%9F%99%88", "/e/" + "x" * 5_000):
        assert client.get(path).status_code == 404


def test_event_page_asks_each_role_its_own(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    roles = dict.fromkeys(Role, 4)
    make_page(session_factory, capacities=roles)
    asked = {
        role: set(re.findall(r'name="(\w+)"', client.get(f"/e/evening?role={role}").text))
        for role in Role
    }

    always = {"name", "email", "stage", "affiliation", "rounds", "needs", "wishes", "not_with"}
    ranks = {"topic1", "topic2", "topic3"}

    assert all(always <= names for names in asked.values())
    assert asked[Role.MENTEE] - always >= ranks | {"question", "goals", "consent_question"}
    assert asked[Role.MENTOR] >= {"topics", "consent_listed"}
    assert not asked[Role.MENTOR] & (ranks | {"question", "goals", "consent_question"})
    assert asked[Role.PEER] >= ranks | {"goals"}
    assert "question" not in asked[Role.PEER]
    assert "question" not in asked[Role.FACILITATOR]


def test_no_consent_is_ticked_beforehand(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    make_page(session_factory)

    page = client.get("/e/evening").text

    ticks = re.findall(r'<input[^>]*name="consent_\w+"[^>]*>', page)
    assert len(ticks) == 3
    assert not [tick for tick in ticks if "checked" in tick]


def test_mentors_are_listed_who_said_yes_and_have_a_place(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    yes = (ConsentKind.PLAN, ConsentKind.LISTED)
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug=SLUG)
        make_sign_up(session, event, name="Diane Yes", role=Role.MENTOR, consents=yes)
        make_sign_up(session, event, name="Nora No", role=Role.MENTOR)
        waiting = SignUpState.WAITING
        make_sign_up(
            session, event, name="Wanda Waits", role=Role.MENTOR, consents=yes, state=waiting
        )

    page = client.get("/e/evening").text

    assert "Diane Yes" in page
    assert ">DY<" in page
    assert "Nora No" not in page
    assert "Wanda Waits" not in page


def test_sign_up_writes_everything_and_thanks(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    first, *others = make_page(session_factory)
    form = make_post(
        tuple(others),
        needs=["quiet"],
        wishes="Oskar Lind\nann@example.org",
        not_with="My Boss",
        consent_question="y",
    )

    answer = client.post("/e/evening?role=mentee", data=form)

    assert (answer.status_code, answer.location) == (303, "/e/evening/thanks")
    assert states(session_factory) == [("roza@example.org", "held")]
    with unit_of_work(session_factory, write=False) as session:
        sign_up = session.scalars(select(SignUp)).one()
        assert sign_up.topics == ["Research methods", "Career planning"]
        assert sign_up.needs == ["quiet"]
        assert sign_up.absent_rounds == [first]
        assert {consent.kind for consent in sign_up.consents} == {
            ConsentKind.PLAN,
            ConsentKind.QUESTION,
        }
        wishes = session.execute(select(Wish.kind, Wish.target).order_by(Wish.id)).all()
        assert [tuple(wish) for wish in wishes] == [
            (WishKind.WISH, "Oskar Lind"),
            (WishKind.WISH, "ann@example.org"),
            (WishKind.NOT_WITH, "My Boss"),
        ]
    assert "Now look in your mailbox" in client.get(answer.location).text


def test_a_mentor_signs_up_with_topics_offered(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    rounds = make_page(session_factory)
    form = make_post(rounds, topics=["Career planning", "Research methods"])

    client.post("/e/evening?role=mentor", data=form)

    with unit_of_work(session_factory, write=False) as session:
        sign_up = session.scalars(select(SignUp)).one()
        assert (sign_up.role, sign_up.question) == (Role.MENTOR, "")
        assert sign_up.topics == ["Career planning", "Research methods"]


def test_a_wrong_form_says_so_and_keeps_what_was_typed(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    rounds = make_page(session_factory)
    form = make_post(rounds[:2], email="roza.example.org", question="", not_with="My Boss")
    del form["consent_plan"]

    answer = client.post("/e/evening", data=form)

    page = answer.text
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert "There are 3 things to put right" in page
    for name in ("email", "question", "consent_plan"):
        assert f'href="#{name}"' in page
        assert re.search(rf'id="{name}"', page)
        assert f'aria-describedby="{name}-e' in page or f" {name}-e" in page
    assert page.count("Write an address with an @, like name@hospital.org") == 2
    for kept in ("Róża Tylus", "roza.example.org", "University Hospital", "My Boss"):
        assert kept in page
    assert page.count('name="rounds"') == 3
    assert len(re.findall(r'name="rounds" value="\d+" checked', page)) == 2
    assert states(session_factory) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"rounds": ["x", "-1", "99999999999999999999"]},
        {"topic1": "Not a topic"},
        {"stage": "emperor"},
        {"needs": ["throne"]},
        {"name": "x" * 10_000},
        {"question": "x" * 10_000},
    ],
)
def test_what_the_form_never_offered_is_refused(
    client: FlaskClient, session_factory: SessionFactory, changes: dict[str, Any]
) -> None:
    rounds = make_page(session_factory)

    answer = client.post("/e/evening", data=make_post(rounds, **changes))

    assert answer.status_code == 422
    assert states(session_factory) == []


def test_columns_cannot_be_posted(client: FlaskClient, session_factory: SessionFactory) -> None:
    rounds = make_page(session_factory)
    extra = {
        "state": "placed",
        "seq": "1000",
        "confirmed_at": "2027-01-01",
        "event_id": "7",
        "role": "mentor",
        "id": "99",
    }

    client.post("/e/evening", data=make_post(rounds, **extra))

    with unit_of_work(session_factory, write=False) as session:
        sign_up = session.scalars(select(SignUp)).one()
        assert (sign_up.state, sign_up.seq, sign_up.role) == (SignUpState.HELD, 1, Role.MENTEE)
        assert sign_up.confirmed_at is None


def test_a_known_address_gets_the_same_answer(
    client: FlaskClient, session_factory: SessionFactory, clock: Clock
) -> None:
    rounds = make_page(session_factory, confirms_address=False)
    first = client.post("/e/evening", data=make_post(rounds))
    clock.advance(minutes=5)

    second = client.post("/e/evening", data=make_post(rounds, email="ROZA@Example.org"))

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.data == second.data
    assert states(session_factory) == [("roza@example.org", "placed")]
    assert mail_kinds(session_factory) == ["welcome", "link_again"]


def test_a_double_click_is_one_sign_up_and_one_mail(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    rounds = make_page(session_factory)

    for _ in range(2):
        assert client.post("/e/evening", data=make_post(rounds)).status_code == 303

    assert states(session_factory) == [("roza@example.org", "held")]
    assert mail_kinds(session_factory) == ["confirm_address"]


def test_a_full_event_says_so_beforehand_and_queues(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    rounds = make_page(session_factory, capacities={Role.MENTEE: 1}, confirms_address=False)
    client.post("/e/evening", data=make_post(rounds))

    page = client.get("/e/evening").text
    client.post("/e/evening", data=make_post(rounds, email="b@example.org"))

    assert "All mentee places are taken: you would be number 1 on the waitlist." in page
    assert states(session_factory) == [("roza@example.org", "placed"), ("b@example.org", "waiting")]


def test_a_closed_event_takes_nobody(client: FlaskClient, session_factory: SessionFactory) -> None:
    rounds = make_page(session_factory, state=EventState.CLOSED)

    page = client.get("/e/evening")
    answer = client.post("/e/evening", data=make_post(rounds))

    assert "Sign-up is closed" in page.text
    assert answer.status_code == 409
    assert states(session_factory) == []


def test_markup_in_a_name_is_text(client: FlaskClient, session_factory: SessionFactory) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug=SLUG, name="<b>Bold</b>")
        yes = (ConsentKind.PLAN, ConsentKind.LISTED)
        name = "<script>alert(1)</script>"
        make_sign_up(session, event, name=name, role=Role.MENTOR, consents=yes)

    page = client.get("/e/evening").text

    assert page.count("<script") == page.count('<script src="/static/js/')
    assert "<b>Bold" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_resend_says_the_same_to_everybody(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug=SLUG)
        make_sign_up(session, event, email="known@example.org")

    known = client.post("/e/evening/link", data={"email": "Known@Example.org"})
    unknown = client.post("/e/evening/link", data={"email": "unknown@example.org"})

    assert known.status_code == unknown.status_code == 200
    assert known.data == unknown.data
    assert mail_kinds(session_factory) == ["link_again"]


def test_resend_refuses_what_is_no_address(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    make_page(session_factory)

    answer = client.post("/e/evening/link", data={"email": "<nobody>"})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'value="&lt;nobody&gt;"' in answer.text


def test_reading_changes_nothing(client: FlaskClient, session_factory: SessionFactory) -> None:
    make_page(session_factory)

    for path in ("/e/evening", "/e/evening/thanks", "/e/evening/link", "/privacy"):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200

    with unit_of_work(session_factory, write=False) as session:
        for model in (SignUp, OutboxMessage, AuditEntry):
            assert session.scalar(select(func.count()).select_from(model)) == 0
        assert session.scalars(select(Event.next_seq)).all() == [1]


@pytest.mark.parametrize("path", ["/e/evening", "/e/evening?role=mentor", "/e/evening/link"])
def test_pages_carry_no_inline_style_or_script(
    client: FlaskClient, session_factory: SessionFactory, path: str
) -> None:
    make_page(session_factory)

    page = client.get(path).text

    assert " style=" not in page
    assert page.count("<script") == page.count('<script src="/static/js/')
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize(
    "path",
    ["/e/evening", "/e/evening/link", "/c/x", "/me/x/edit", "/me/x/withdraw", "/me/x/accept"],
)
def test_a_forged_post_is_refused(app: Flask, session_factory: SessionFactory, path: str) -> None:
    rounds = make_page(session_factory)
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post(path, data=make_post(rounds))

    assert answer.status_code == 400
    assert states(session_factory) == []
    assert mail_kinds(session_factory) == []
