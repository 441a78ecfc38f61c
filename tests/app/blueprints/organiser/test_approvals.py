from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.blueprints.organiser import wording
from app.db import unit_of_work
from app.enums import OrganiserRole, Role, SignUpState
from app.models import Event, OutboxMessage, SignUp
from app.services import accounts
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.conftest import Clock
from tests.questions import answer, make_question
from tests.visitor import Visitor

ASKED = SignUpState.ASKED


def make(desk: Desk, *names: str, places: int = 2) -> tuple[int, list[int]]:
    """Return the ids of an event and of the sign-ups that wait for a yes."""
    with unit_of_work(desk.factory) as session:
        capacities: dict[Role, int | None] = {Role.MENTEE: places, Role.MENTOR: 4}
        event = make_event(session, organisation=desk.house(session), capacities=capacities)
        event.asks_approval = True
        made = [make_sign_up(session, event, name=name, state=ASKED) for name in names]
        return event.id, [one.id for one in made]


def states(desk: Desk) -> list[SignUpState]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(SignUp.state).order_by(SignUp.seq)))


def kinds(desk: Desk) -> list[str]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_overview_says_who_waits_for_a_yes(desk: Desk) -> None:
    event_id, _ = make(desk, "Ada", "Bea", "Cem")

    page = Visitor(desk.client).open(f"/events/{event_id}")

    assert "<b>3 sign-ups wait for your yes.</b>" in page.html
    assert page.link("show=asked") == f"/events/{event_id}/roster?show=asked"
    assert "3 wait for your yes." in page.html


def test_roster_shows_what_there_is_to_decide_by(desk: Desk) -> None:
    event_id, _ = make(desk, "Ada")
    with unit_of_work(desk.factory) as session:
        sign_up = session.scalars(select(SignUp)).one()
        sign_up.question = "Shall I change my field?"

    page = Visitor(desk.client).open(f"/events/{event_id}/roster?show=asked")

    assert "Shall I change my field?" in page.html
    assert "Waits for your yes" in page.html
    assert "1 mentee waits and 2 places are left." in page.html


def test_ticked_people_get_a_yes_in_the_order_of_sign_up(desk: Desk) -> None:
    event_id, ids = make(desk, "Ada", "Bea", "Cem", "Dan")
    visitor = Visitor(desk.client)
    page = visitor.open(f"/events/{event_id}/roster?show=asked")

    after = visitor.send(page, page.form("/approve"), sign_up=[ids[2], ids[0], ids[1]])

    placed = SignUpState.PLACED
    assert states(desk) == [placed, placed, SignUpState.WAITING, ASKED]
    assert "Ada and Bea have a place. Cem is on the waitlist. 3 mails are on the way." in after.html


def test_all_of_a_page_can_be_ticked_by_a_link(desk: Desk) -> None:
    event_id, ids = make(desk, "Ada", "Bea")
    visitor = Visitor(desk.client)
    page = visitor.open(f"/events/{event_id}/roster?show=asked")

    ticked = visitor.open(page.link("tick=all"))

    assert ticked.html.count(" checked>") == len(ids)
    assert states(desk) == [ASKED, ASKED]


def test_second_click_changes_nothing_and_says_so(desk: Desk) -> None:
    event_id, ids = make(desk, "Ada")
    visitor = Visitor(desk.client)
    page = visitor.open(f"/events/{event_id}/roster")
    visitor.send(page, page.form("/approve"), sign_up=ids)

    again = visitor.send(page, page.form("/approve"), sign_up=ids)

    assert "Answered before, so nothing was changed: Ada (Has a place)." in again.html
    assert kinds(desk) == ["welcome"]


def test_no_names_the_people_first(desk: Desk) -> None:
    event_id, ids = make(desk, "Ada", "Bea")
    visitor = Visitor(desk.client)
    page = visitor.open(f"/events/{event_id}/roster")
    no = replace(page.form("/approve"), action=f"/events/{event_id}/roster/refuse")

    asks = visitor.send(page, no, sign_up=ids)
    before = states(desk), kinds(desk)
    done = visitor.send(asks, asks.form("/refuse"))

    assert "Say no to 2 people?" in asks.html
    assert '<button class="danger">Say no and tell 2 people</button>' in asks.html
    assert before == ([ASKED, ASKED], [])
    assert "Ada and Bea are refused. 2 mails are on the way." in done.html
    assert (states(desk), kinds(desk)) == ([SignUpState.REFUSED] * 2, ["refused"] * 2)


def test_no_to_somebody_answered_meanwhile_says_so(desk: Desk) -> None:
    event_id, ids = make(desk, "Ada")
    desk.client.post(f"/events/{event_id}/roster/approve", data={"sign_up": ids})

    for sure in ("", "yes"):
        after = desk.client.post(
            f"/events/{event_id}/roster/refuse",
            data={"sign_up": ids, "sure": sure},
            follow_redirects=True,
        )

        assert "Answered before, so nothing was changed: Ada (Has a place)." in after.text
    assert states(desk) == [SignUpState.PLACED]


@pytest.mark.parametrize("action", ["approve", "refuse"])
@pytest.mark.parametrize("ticked", [[], ["x"], ["99999999999999999999"]])
def test_nobody_ticked_says_what_to_do(desk: Desk, action: str, ticked: list[str]) -> None:
    event_id, _ = make(desk, "Ada")

    after = desk.client.post(
        f"/events/{event_id}/roster/{action}", data={"sign_up": ticked}, follow_redirects=True
    )

    assert "Nobody was ticked. Tick who you want to answer" in after.text
    assert states(desk) == [ASKED]


@pytest.mark.parametrize("action", ["approve", "refuse"])
def test_people_of_another_organisation_are_not_found(desk: Desk, action: str) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=make_organisation(session))
        stranger = make_sign_up(session, event, state=ASKED)
        other, stranger_id = event.id, stranger.id
    mine, _ = make(desk)
    data = {"sign_up": stranger_id, "sure": "yes"}

    statuses = [
        desk.client.post(f"/events/{event_id}/roster/{action}", data=sent).status_code
        for event_id, sent in ((other, data), (mine, data), (other, {}))
    ]

    assert statuses == [404, 404, 404]
    assert states(desk) == [ASKED]


def test_person_page_offers_both_answers_and_a_yes_after_a_no(desk: Desk) -> None:
    event_id, (ada,) = make(desk, "Ada")
    visitor = Visitor(desk.client)
    page = visitor.open(f"/events/{event_id}/roster/{ada}")
    asks = visitor.send(page, page.form("/refuse"))
    visitor.send(asks, asks.form("/refuse"))
    refused = visitor.open(f"/events/{event_id}/roster/{ada}")

    after = visitor.send(refused, refused.form("/approve"))

    assert "<bdi>Ada</bdi> waits for your yes" in page.html
    assert "You said no" in refused.html
    assert "Ada has a place. 1 mail is on the way." in after.html


def test_private_answers_are_for_owners(desk: Desk, clock: Clock) -> None:
    event_id, (ada,) = make(desk, "Ada")
    with unit_of_work(desk.factory) as session:
        sign_up = session.get_one(SignUp, ada)
        question = make_question(
            session, session.get_one(Event, event_id), label="Any HERON", is_private=True
        )
        answer(session, sign_up, question, "Surgery CANARY")
        helper = make_organiser(
            session,
            organisation=desk.house(session),
            email="oskar@example.org",
            role=OrganiserRole.ORGANISER,
        )
        token = accounts.open_session(session, helper.id, now=clock())
    path = f"/events/{event_id}/roster"
    by_owner = [desk.client.get(url).text for url in (path, f"{path}/{ada}")]
    with desk.client.session_transaction() as browser:
        browser[SESSION_KEY] = token

    by_helper = [desk.client.get(url).text for url in (path, f"{path}/{ada}")]

    secrets = re.compile("CANARY|HERON")
    assert [len(secrets.findall(text)) for text in by_owner] == [0, 2]
    assert [len(secrets.findall(text)) for text in by_helper] == [0, 0]


def test_every_state_has_words() -> None:
    assert set(wording.SIGN_UP_STATES) == set(SignUpState)


def test_every_state_has_a_person_page(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        ids = [make_sign_up(session, event, state=state).id for state in SignUpState]
        event_id = event.id

    pages = [desk.client.get(f"/events/{event_id}/roster/{one}").status_code for one in ids]

    assert pages == [200] * len(SignUpState)
