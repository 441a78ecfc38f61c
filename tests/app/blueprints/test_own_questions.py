"""Own questions, another role in one part, missed rounds and approval, as people see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import Admission, LinkPurpose, QuestionKind, Role, SignUpState
from app.models import Answer, BlockRole, CustomQuestion, Event, SignUp
from app.services import access
from tests.app.services.test_block_roles import make_two_parts
from tests.builders import make_event, make_sign_up, planned_block
from tests.conftest import Clock

PRIVATE = "Only you and the owners of this event read this."


def question(position: int, **changes: Any) -> CustomQuestion:
    return CustomQuestion(
        **{
            "position": position,
            "key": f"q{position}",
            "label": f"Question {position}",
            "kind": QuestionKind.CHOICE,
            "choices": ["North", "South"],
            "roles": [],
        }
        | changes
    )


@pytest.fixture
def asked(session_factory: SessionFactory) -> list[int]:
    """Write an event of three own questions; return their ids."""
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening", confirms_address=False)
        event.questions = [
            question(1, is_required=True),
            question(2, kind=QuestionKind.YES_NO, is_private=True, hint="Only if you like."),
            question(3, kind=QuestionKind.TEXT, roles=["mentor"]),
        ]
        session.flush()
        return [one.id for one in event.questions]


@pytest.fixture
def link(session_factory: SessionFactory, key: bytes, now: datetime) -> Any:
    def token(sign_up_id: int) -> str:
        with unit_of_work(session_factory) as session:
            person_id = session.get_one(SignUp, sign_up_id).person_id
            return access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)

    return token


def filled(session_factory: SessionFactory, **changes: Any) -> dict[str, Any]:
    with unit_of_work(session_factory, write=False) as session:
        event = session.scalars(select(Event).where(Event.slug == "evening")).one()
        rounds = [one.id for block in event.blocks for one in block.rounds]
    return {
        "name": "Róża Tylus",
        "email": "roza@example.org",
        "stage": "student",
        "question": "How?",
        "topic1": "Career planning",
        "rounds": rounds,
        "consent_plan": "y",
    } | changes


def test_each_role_reads_its_questions(client: FlaskClient, asked: list[int]) -> None:
    pages = {role: client.get(f"/e/evening?role={role}").text for role in ("mentee", "mentor")}

    found = {role: [f'name="own_{id_}"' in page for id_ in asked] for role, page in pages.items()}
    assert found == {"mentee": [True, True, False], "mentor": [True, True, True]}
    assert pages["mentee"].count(PRIVATE) == 1
    assert f"<bdi>Only if you like.</bdi> {PRIVATE}" in pages["mentee"]


def test_a_missing_answer_is_said_beside_its_question(
    client: FlaskClient, session_factory: SessionFactory, asked: list[int]
) -> None:
    typed = filled(session_factory, **{f"own_{asked[1]}": "no"})

    answer = client.post("/e/evening?role=mentee", data=typed)

    assert answer.status_code == 422
    assert f'<a href="#own_{asked[0]}">Choose an answer: Question 1</a>' in answer.text
    assert f'id="own_{asked[0]}-e"' in answer.text
    assert '<option selected value="no">No</option>' in answer.text


def test_answers_are_kept_shown_and_changed(
    client: FlaskClient, session_factory: SessionFactory, asked: list[int], link: Any
) -> None:
    typed = filled(
        session_factory, **{f"own_{asked[0]}": "North", f"own_{asked[1]}": "yes", "own_99": "x"}
    )

    assert client.post("/e/evening?role=mentee", data=typed).status_code == 303
    token = link(1)
    mine = client.get(f"/me/{token}").text
    edit = client.get(f"/me/{token}/edit").text
    changed = client.post(f"/me/{token}/edit", data=typed | {f"own_{asked[1]}": ""})

    assert '<bdi class="soft">Question 1</bdi><br><b><bdi>North</bdi></b></p>' in mine
    assert f'<bdi>Yes</bdi></b><br><span class="small soft">{PRIVATE}' in mine
    assert '<option selected value="North">North</option>' in edit
    assert changed.status_code == 303
    with unit_of_work(session_factory, write=False) as session:
        rows = session.execute(select(Answer.question_id, Answer.value)).all()
    assert [tuple(row) for row in rows] == [(asked[0], "North")]


def test_another_role_in_one_part_survives_an_error_and_an_edit(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    with unit_of_work(session_factory) as session:
        _, speed, groups = make_two_parts(session, slug="evening", confirms_address=False)
        names = (f"block_role_{speed.id}", f"block_role_{groups.id}")
    typed = filled(session_factory, **{names[0]: "none", names[1]: "mentor"})

    wrong = client.post("/e/evening?role=mentee", data=typed | {"name": ""}).text
    sent = client.post("/e/evening?role=mentee", data=typed)
    token = link(1)
    mine, edit = (client.get(f"/me/{token}{path}").text for path in ("", "/edit"))

    for page in (wrong, edit):
        assert '<option selected value="mentor">As mentor</option>' in page
        assert '<option selected value="none">Not in this part</option>' in page
        assert '<details class="more" open><summary>Another role in one part' in page
    assert sent.status_code == 303
    assert "As mentor in “<bdi>Circles</bdi>”" in mine
    with unit_of_work(session_factory, write=False) as session:
        roles = session.scalars(select(BlockRole.role).order_by(BlockRole.block_id)).all()
    assert roles == [None, Role.MENTOR]


def test_a_role_nobody_offers_is_no_role(
    client: FlaskClient, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory) as session:
        _, speed, _ = make_two_parts(session, slug="evening", confirms_address=False)
        name = f"block_role_{speed.id}"

    peer = client.post("/e/evening", data=filled(session_factory, **{name: "peer"}))
    junk = client.post("/e/evening", data=filled(session_factory, **{name: "junk"}))

    assert (peer.status_code, junk.status_code) == (422, 303)


def test_missed_rounds_are_told_from_my_page_after_everything_closed(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening", signup_closes_at=clock())
        first, second, third = (one.id for one in planned_block(event).rounds)
        sign_up_id = make_sign_up(session, event).id
    token = link(sign_up_id)

    assert f"/me/{token}/rounds" in client.get(f"/me/{token}").text
    page = client.get(f"/me/{token}/rounds").text
    wrong = client.post(f"/me/{token}/rounds", data={})
    sent = client.post(f"/me/{token}/rounds", data={"rounds": [second, third]})

    assert page.count("checked") == 3
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    assert "To miss them all, withdraw instead." in wrong.text
    assert sent.status_code == 303
    with unit_of_work(session_factory, write=False) as session:
        assert session.get_one(SignUp, sign_up_id).absent_rounds == [first]


def test_rounds_that_are_over_are_not_asked(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening")
        sign_up_id = make_sign_up(session, event).id
        begin, end = event.starts_at, event.ends_at
    token = link(sign_up_id)

    clock.at = begin + timedelta(minutes=26)
    page = client.get(f"/me/{token}/rounds").text
    clock.at = end - timedelta(minutes=1)
    after = client.get(f"/me/{token}/rounds").text
    clock.at = end
    over = client.get(f"/me/{token}/rounds")

    assert page.count('name="rounds"') == 2
    assert "One round is over already and stays as it was." in page
    assert "All rounds are over" in after
    assert over.status_code == 409


@pytest.mark.parametrize("state", [one for one in SignUpState if one.is_over])
def test_who_left_has_no_rounds_to_tell(
    client: FlaskClient, session_factory: SessionFactory, link: Any, state: SignUpState
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening")
        sign_up_id = make_sign_up(session, event, state=state).id

    token = link(sign_up_id)

    assert client.get(f"/me/{token}/rounds").status_code == 409
    assert client.post(f"/me/{token}/rounds").status_code == 409
    assert "/rounds" not in client.get(f"/me/{token}").text


def test_the_page_says_beforehand_who_decides_and_by_which_rule(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening", capacities={Role.MENTEE: 1, Role.MENTOR: 1})
        event.asks_approval = True
        event.capacities[0].admission = Admission.PLAN
        event.capacities[0].per_mentor = 2.5
        waiting = make_sign_up(session, event, state=SignUpState.WAITING).id
    page = client.get("/e/evening").text
    mine = client.get(f"/me/{link(waiting)}").text

    assert "The organisers read sign-ups before they give places." in page
    assert "at most 2.5 mentee places for each mentor who comes" in page
    rule = "Free places go to people of the career stage that has the fewest places so far"
    assert rule in page
    assert rule in mine
    assert "You are on the waitlist" in mine
    assert "Free places go to whoever asked first." in client.get("/e/evening?role=mentor").text
