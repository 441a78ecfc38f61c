from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, Role, SignUpState
from app.models import AccessLink, AuditEntry, Event, OutboxMessage, SignUp, Wish
from app.services import access
from tests.builders import make_event, make_schedule, make_sign_up
from tests.conftest import Clock

TODAY = datetime.fromisoformat("2027-03-01T08:00Z")


@pytest.fixture
def link(session_factory: SessionFactory, key: bytes, now: datetime) -> Any:
    """Return a function that gives a sign-up's token."""

    def token(sign_up_id: int, purpose: LinkPurpose = LinkPurpose.ACCESS) -> str:
        with unit_of_work(session_factory) as session:
            person_id = session.get_one(SignUp, sign_up_id).person_id
            return access.link_for(session, person_id, purpose, key=key, now=now)

    return token


def make_one(factory: SessionFactory, **changes: Any) -> int:
    """Write an event of one mentee and return their sign-up's id."""
    with unit_of_work(factory) as session:
        event = make_event(session, slug="evening")
        return make_sign_up(
            session, event, **({"name": "Róża Tylus", "email": "roza@example.org"} | changes)
        ).id


def state_of(factory: SessionFactory, sign_up_id: int) -> str:
    with unit_of_work(factory, write=False) as session:
        return session.get_one(SignUp, sign_up_id).state.value


def counts(factory: SessionFactory) -> list[int | None]:
    with unit_of_work(factory, write=False) as session:
        models = (SignUp, OutboxMessage, AuditEntry, AccessLink, Wish)
        return [session.scalar(select(func.count()).select_from(model)) for model in models]


def edited(page: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser would post from the edit page, with changes."""
    form: dict[str, Any] = dict(re.findall(r'name="(name|affiliation)"[^>]*value="([^"]*)"', page))
    form["stage"] = re.findall(r'<option selected value="(\w+)"', page)[0]
    form["question"] = re.findall(r'<textarea[^>]*name="question"[^>]*>\s*(.*?)</textarea>', page)[
        0
    ]
    form["topic1"] = "Career planning"
    form["rounds"] = re.findall(r'name="rounds" value="(\d+)" checked', page)
    form["wishes"] = re.findall(r'<textarea[^>]*name="wishes"[^>]*>\s*(.*?)</textarea>', page)[0]
    form["consent_plan"] = "y"
    return form | changes


def test_a_place_is_not_confirmed_after_the_start(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    held = make_one(session_factory, state=SignUpState.HELD, at=clock())
    token = link(held, LinkPurpose.CONFIRM)
    clock.advance(days=3, hours=9)
    with unit_of_work(session_factory) as session:
        session.get_one(SignUp, held).held_until = clock() + timedelta(hours=1)

    answers = [client.get(f"/c/{token}"), client.post(f"/c/{token}")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("This event has begun" in answer.text for answer in answers)
    assert state_of(session_factory, held) == "held"


def test_opening_the_confirming_link_changes_nothing(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    held = make_one(session_factory, state=SignUpState.HELD, at=TODAY)
    token = link(held, LinkPurpose.CONFIRM)
    before = counts(session_factory)

    for _ in range(10):
        assert client.get(f"/c/{token}").status_code == 200
        assert client.head(f"/c/{token}").status_code == 200

    assert state_of(session_factory, held) == "held"
    assert counts(session_factory) == before


def test_confirming_leads_to_my_page(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    held = make_one(session_factory, state=SignUpState.HELD, at=TODAY)
    token = link(held, LinkPurpose.CONFIRM)

    answer = client.post(f"/c/{token}", follow_redirects=True)

    assert answer.status_code == 200
    assert "You have a place, <bdi>Róża</bdi>" in answer.text
    assert state_of(session_factory, held) == "placed"


def test_confirming_twice_says_that_it_is_done(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    held = make_one(session_factory, state=SignUpState.HELD, at=TODAY)
    token = link(held, LinkPurpose.CONFIRM)
    client.post(f"/c/{token}")

    for answer in (client.post(f"/c/{token}"), client.get(f"/c/{token}")):
        assert answer.status_code == 410
        assert "confirmed already" in answer.text


def test_confirming_too_late_is_gone(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    held = make_one(session_factory, state=SignUpState.HELD, at=TODAY)
    token = link(held, LinkPurpose.CONFIRM)
    clock.advance(hours=48)

    assert client.post(f"/c/{token}").status_code == 410
    assert state_of(session_factory, held) == "held"


@pytest.mark.parametrize("path", ["/c/{}", "/me/{}", "/me/{}/edit", "/me/{}/withdraw"])
@pytest.mark.parametrize("token", ["x", "A" * 32, "Ж" * 32])
def test_a_wrong_link_opens_nothing(client: FlaskClient, path: str, token: str) -> None:
    assert client.get(path.format(token)).status_code == 404
    assert client.post("/me/x/accept").status_code == 404


def test_a_link_for_one_purpose_opens_no_other(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up = make_one(session_factory)

    assert client.get(f"/me/{link(sign_up, LinkPurpose.FEED)}").status_code == 404
    assert client.get(f"/me/{link(sign_up, LinkPurpose.CONFIRM)}").status_code == 404
    assert client.get(f"/me/{link(sign_up)}").status_code == 200


def test_my_page_is_kept_from_caches_and_referrers(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    answer = client.get(f"/me/{link(make_one(session_factory))}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_a_mentors_page_shows_who_comes(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    agreed = (ConsentKind.PLAN, ConsentKind.QUESTION)
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        mentor = make_sign_up(session, event, name="Diane Lévêque", role=Role.MENTOR).id
        yes = make_sign_up(session, event, name="Róża <i>", question="Why?", consents=agreed).id
        no = make_sign_up(session, event, name="Oskar Lind", question="CANARY").id
        seats = {mentor: {1: 1, 2: 1, 3: 1}, yes: {1: 1}, no: {2: 1}}
        make_schedule(session, event, seats=seats)

    page = client.get(f"/me/{link(mentor)}").text

    assert "You have a seat, <bdi>Diane</bdi>" in page
    assert "Róża &lt;i&gt;" in page
    assert "Why?" in page
    assert "Oskar Lind" in page
    assert "CANARY" not in page
    assert "Your round to reflect" in page
    assert "Two mentees, one round to yourself." in page
    assert "/invite.ics" in page


def test_nobody_elses_address_stands_on_a_page(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        mentor = make_sign_up(session, event, role=Role.MENTOR, email="diane@example.org").id
        mentee = make_sign_up(session, event, email="roza@example.org").id
        make_schedule(session, event, seats={mentor: {1: 1}, mentee: {1: 1}})

    pages = [client.get(f"/me/{link(one)}").text for one in (mentor, mentee)]

    for page in pages:
        assert not re.findall(r"[\w.]+@example\.org", page.replace("evening@example.org", ""))


def test_withdrawing_asks_first_then_frees_the_place(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up = make_one(session_factory)
    token = link(sign_up)
    before = counts(session_factory)

    asked = client.get(f"/me/{token}/withdraw")

    client.head(f"/me/{token}/withdraw")
    assert "Withdraw my place" in asked.text
    assert state_of(session_factory, sign_up) == "placed"
    assert counts(session_factory) == before

    for _ in range(2):
        answer = client.post(f"/me/{token}/withdraw", follow_redirects=True)
        assert "You have withdrawn" in answer.text

    assert state_of(session_factory, sign_up) == "withdrawn"
    with unit_of_work(session_factory, write=False) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["withdrawn"]


def test_an_offer_is_taken_by_post_only(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up = make_one(session_factory, state=SignUpState.OFFERED, at=TODAY)
    token = link(sign_up)

    page = client.get(f"/me/{token}").text
    assert client.get(f"/me/{token}/accept").status_code == 405
    assert "A place is free for you" in page
    assert "until Tuesday 2 March, 09:00" in page

    answer = client.post(f"/me/{token}/accept", follow_redirects=True)

    assert "You have a place" in answer.text
    assert state_of(session_factory, sign_up) == "placed"


def test_an_offer_taken_too_late_is_told(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    sign_up = make_one(session_factory, state=SignUpState.OFFERED)
    clock.advance(days=1)

    answer = client.post(f"/me/{link(sign_up)}/accept")

    assert answer.status_code == 409
    assert "gone on to the next" in answer.text


def test_editing_keeps_what_is_not_changed(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up = make_one(session_factory, wishes=("Ann",), not_with=("CANARY",))
    token = link(sign_up)
    page = client.get(f"/me/{token}/edit").text

    answer = client.post(f"/me/{token}/edit", data=edited(page, question="Another"))

    assert "CANARY" not in page
    assert (answer.status_code, answer.location) == (303, f"/me/{token}?kept=answers")
    assert "Saved. Your answers count from the next plan on." in client.get(answer.location).text
    with unit_of_work(session_factory, write=False) as session:
        found = session.get_one(SignUp, sign_up)
        assert found.question == "Another"
        assert found.person.name == "Róża Tylus"
        assert found.absent_rounds == []
        assert [wish.target for wish in found.wishes] == ["Ann", "CANARY"]
        assert session.scalars(select(Event.roster_version)).all() == [2]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"not_with": "My Boss"}, ["Ann", "My Boss"]),
        ({"forget_not_with": "y"}, ["Ann"]),
        ({"wishes": ""}, ["CANARY"]),
    ],
)
def test_editing_whom_one_named(
    client: FlaskClient,
    session_factory: SessionFactory,
    link: Any,
    changes: dict[str, str],
    left: list[str],
) -> None:
    sign_up = make_one(session_factory, wishes=("Ann",), not_with=("CANARY",))
    token = link(sign_up)
    page = client.get(f"/me/{token}/edit").text

    client.post(f"/me/{token}/edit", data=edited(page, **changes))

    with unit_of_work(session_factory, write=False) as session:
        assert session.scalars(select(Wish.target).order_by(Wish.id)).all() == left


def test_editing_wrongly_says_so_and_keeps_what_was_typed(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up = make_one(session_factory)
    token = link(sign_up)
    page = client.get(f"/me/{token}/edit").text

    answer = client.post(f"/me/{token}/edit", data=edited(page, name="", affiliation="Kept"))

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'href="#name"' in answer.text
    assert 'value="Kept"' in answer.text


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "sign up again with the same address"), (4, "Sign-up for this event is")],
)
def test_editing_after_leaving_says_how_to_come_again(  # noqa: PLR0917 -- fixtures and a case
    client: FlaskClient,
    session_factory: SessionFactory,
    link: Any,
    clock: Clock,
    days: int,
    words: str,
) -> None:
    token = link(make_one(session_factory, state=SignUpState.WITHDRAWN))
    clock.advance(days=days)

    answers = [client.get(f"/me/{token}/edit"), client.post(f"/me/{token}/edit", data={})]

    assert [answer.status_code for answer in answers] == [409, 409]
    for answer in answers:
        assert "<h1>You have withdrawn</h1>" in answer.text
        assert words in answer.text
        assert ('href="/e/evening">Sign up again</a>' in answer.text) is (days == 0)


def test_editing_is_over_when_sign_up_is(
    client: FlaskClient, session_factory: SessionFactory, link: Any, clock: Clock
) -> None:
    token = link(make_one(session_factory))
    clock.advance(days=4)

    assert client.get(f"/me/{token}/edit").status_code == 409
    assert client.post(f"/me/{token}/edit", data={}).status_code == 409
    assert "Change my answers" not in client.get(f"/me/{token}").text


@pytest.mark.parametrize("state", list(SignUpState))
def test_every_state_has_its_page(
    client: FlaskClient, session_factory: SessionFactory, link: Any, state: SignUpState
) -> None:
    token = link(make_one(session_factory, state=state))
    before = counts(session_factory)
    words = {
        SignUpState.HELD: "Confirm your address first",
        SignUpState.PLACED: "You have a place",
        SignUpState.WAITING: "You are number 1 on the waitlist",
        SignUpState.OFFERED: "A place is free for you",
        SignUpState.WITHDRAWN: "You have withdrawn",
        SignUpState.RELEASED: "Your place went to the next",
        SignUpState.ASKED: "The organisers read your sign-up",
        SignUpState.REFUSED: "There is no place for you this time",
    }

    answer = client.get(f"/me/{token}")

    assert answer.status_code == 200
    assert words[state] in answer.text
    assert " style=" not in answer.text
    assert answer.text.count("<script") == answer.text.count('<script src="/static/js/')
    assert counts(session_factory) == before


def test_a_stale_tab_keeps_what_was_typed_and_asks_once_more(
    client: FlaskClient, session_factory: SessionFactory, link: Any
) -> None:
    sign_up_id = make_one(session_factory)
    token = link(sign_up_id)
    old_tab = client.get(f"/me/{token}/edit").text
    seen = re.findall(r'name="seen" value="(\w+)"', old_tab)[0]
    form = edited(old_tab, seen=seen)

    first = client.post(f"/me/{token}/edit", data=form | {"question": "From the other tab"})
    same = client.post(f"/me/{token}/edit", data=form | {"question": "From the other tab"})
    stale = client.post(f"/me/{token}/edit", data=form | {"question": "From this tab"})
    anew = re.findall(r'name="seen" value="(\w+)"', stale.text)[0]
    again = client.post(f"/me/{token}/edit", data=form | {"question": "From this", "seen": anew})

    assert [answer.status_code for answer in (first, same, stale, again)] == [303, 303, 422, 303]
    assert "changed since you opened this page" in stale.text
    assert "From this tab</textarea>" in stale.text
    assert "<title>Error: " in stale.text
    with unit_of_work(session_factory, write=False) as session:
        assert session.get_one(SignUp, sign_up_id).question == "From this"
