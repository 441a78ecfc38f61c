from __future__ import annotations

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import unit_of_work
from app.enums import Role, SignUpState
from app.models import Event, OutboxMessage, SignUp
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_sign_up, planned_block
from tests.questions import answer, make_question


def make(desk: Desk, **changes: Any) -> tuple[int, int]:
    """Return the ids of an event and of one sign-up."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        sign_up = make_sign_up(session, event, name="Róża Tylus", **changes)
        return event.id, sign_up.id


def fields(desk: Desk, event_id: int, **changes: Any) -> dict[str, Any]:
    with unit_of_work(desk.factory, write=False) as session:
        rounds = [one.id for one in planned_block(session.get_one(Event, event_id)).rounds]
    return {
        "name": "Lucy Turner",
        "email": "lucy@example.org",
        "stage": "student",
        "affiliation": "Rural Health",
        "question": "How do I begin?",
        "topic1": "Career planning",
        "rounds": rounds,
        "consented": "yes",
    } | changes


def post(desk: Desk, url: str, data: dict[str, Any]) -> TestResponse:
    return desk.client.post(url, data=data, follow_redirects=True)


def sign_up_of(desk: Desk, sign_up_id: int) -> SignUp:
    with unit_of_work(desk.factory, write=False) as session:
        sign_up = session.get_one(SignUp, sign_up_id)
        _ = sign_up.person, sign_up.wishes
        session.expunge_all()
        return sign_up


def test_the_page_says_what_somebody_new_will_get(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        roomy = make_event(session, organisation=desk.house(session)).id
        full = make_event(session, organisation=desk.house(session), capacities={Role.MENTEE: 0}).id

    assert (
        "12 mentee places are left: they get one."
        in desk.client.get(f"/events/{roomy}/roster/add").text
    )
    page = desk.client.get(f"/events/{full}/roster/add").text
    assert "All mentee places are taken: they will stand on the waitlist." in page
    assert "Add to the waitlist" in page


def test_somebody_is_added_and_nobody_told(desk: Desk) -> None:
    event_id, _ = make(desk)

    page = post(desk, f"/events/{event_id}/roster/add", fields(desk, event_id))

    assert "Lucy Turner has a place. Nobody was told." in page.text
    with unit_of_work(desk.factory, write=False) as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def test_what_is_missing_is_said_and_the_rest_kept(desk: Desk) -> None:
    event_id, _ = make(desk)
    data = fields(desk, event_id, name="", email="nobody", consented="")

    page = post(desk, f"/events/{event_id}/roster/add", data)

    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert "Say whether they agreed that you plan with these answers." in page.text
    assert "Write an address with an @" in page.text
    assert "Write their name as it should stand on their card." in page.text
    assert 'value="Rural Health"' in page.text


def test_an_address_on_the_roster_is_named(desk: Desk) -> None:
    event_id, _ = make(desk, email="lucy@example.org")

    page = post(desk, f"/events/{event_id}/roster/add", fields(desk, event_id))

    assert page.status_code == 422
    assert "Róża Tylus signed up with this address already." in page.text


def test_the_edit_page_holds_nothing_private(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        food = make_question(session, event, label="Food CANARY", is_private=True)
        sign_up = make_sign_up(session, event, wishes=("FINCH",), not_with=("CROW",))
        sign_up.goals = "SPARROW"
        answer(session, sign_up, food, "Surgery")
        event_id, sign_up_id = event.id, sign_up.id

    page = desk.client.get(f"/events/{event_id}/roster/{sign_up_id}/edit").text

    assert [word for word in ("CANARY", "FINCH", "CROW", "SPARROW") if word in page] == []


def test_an_edit_is_kept_and_wishes_stay(desk: Desk) -> None:
    event_id, sign_up_id = make(desk, wishes=("FINCH",), not_with=("CROW",))
    data = fields(desk, event_id, not_with="", wishes="")

    page = post(desk, f"/events/{event_id}/roster/{sign_up_id}/edit", data)

    kept = sign_up_of(desk, sign_up_id)
    assert "The answers are kept. Nobody was told." in page.text
    assert (kept.person.name, kept.person.email) == ("Lucy Turner", "lucy@example.org")
    assert [wish.target for wish in kept.wishes] == ["FINCH", "CROW"]


def test_an_edit_of_what_changed_meanwhile_is_shown_again(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)
    data = fields(desk, event_id, seen="0" * 16)

    page = post(desk, f"/events/{event_id}/roster/{sign_up_id}/edit", data)

    assert page.status_code == 422
    assert "Somebody changed these answers since you opened this page" in page.text
    assert sign_up_of(desk, sign_up_id).person.name == "Róża Tylus"


def test_the_role_page_says_what_each_role_has_room_for(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)
    url = f"/events/{event_id}/roster/{sign_up_id}/role"

    page = desk.client.get(url).text
    nothing = post(desk, url, {})
    done = post(desk, url, {"role": "mentor"})

    assert "4 places are left: they keep a place." in page
    assert nothing.status_code == 422
    assert "Róża Tylus comes as mentor now." in done.text
    assert sign_up_of(desk, sign_up_id).role is Role.MENTOR


def test_absence_says_what_happens_first(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)
    url = f"/events/{event_id}/roster/{sign_up_id}/absent"

    page = desk.client.get(url).text
    before = sign_up_of(desk, sign_up_id).absent_at
    away = post(desk, url, {"is": "absent"})
    back = post(desk, url, {"is": "present"})

    assert "nobody of the waitlist moves up" in page
    assert before is None
    assert "Róża Tylus is marked absent." in away.text
    assert "Mark present" in away.text
    assert "Róża Tylus comes after all." in back.text
    assert sign_up_of(desk, sign_up_id).state is SignUpState.PLACED


def test_a_new_link_ends_the_old_one(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)
    url = f"/events/{event_id}/roster/{sign_up_id}"
    shown = desk.client.post(f"{url}/link").text
    old = shown.partition('value="http://localhost')[2].partition('"')[0]

    page = desk.client.post(f"{url}/new-link").text
    new = page.partition('value="http://localhost')[2].partition('"')[0]

    assert "This link is new." in page
    assert desk.client.get(old).status_code == 404
    assert desk.client.get(new).status_code == 200


def test_two_that_look_like_one_are_compared_and_made_one(desk: Desk) -> None:
    event_id, one = make(desk)
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        other = make_sign_up(
            session, event, name="róża tylus", needs=("quiet",), not_with=("CROW",)
        ).id
    url = f"/events/{event_id}/roster"

    listed = desk.client.get(f"{url}/twice").text
    person = desk.client.get(f"{url}/{one}").text
    compared = desk.client.get(f"{url}/{other}/merge?other={one}").text
    done = post(desk, f"{url}/{one}/merge", {"other": other, "take_needs": "other"})

    assert f"/roster/{one}/merge?other={other}" in listed
    assert "Perhaps signed up twice." in person
    assert "Quiet table" in compared
    assert "CROW" not in compared
    assert "Róża Tylus stands on the roster once now." in done.text
    assert sign_up_of(desk, one).needs == ["quiet"]
    assert sign_up_of(desk, other).state is SignUpState.WITHDRAWN


def test_two_people_are_not_asked_about_again(desk: Desk) -> None:
    event_id, one = make(desk)
    with unit_of_work(desk.factory) as session:
        other = make_sign_up(session, session.get_one(Event, event_id), name="Róża Tylus").id
    url = f"/events/{event_id}/roster/{one}"

    page = post(desk, f"{url}/not-same", {"other": other})

    assert "You are not asked about them again." in page.text
    assert "Nobody looks like anybody else" in page.text
    assert "not by name and place of work" in desk.client.get(f"{url}/merge").text


def test_nobody_is_compared_with_themselves(desk: Desk) -> None:
    event_id, one = make(desk)
    url = f"/events/{event_id}/roster/{one}"

    assert desk.client.get(f"{url}/merge?other={one}").status_code == 422
    assert desk.client.post(f"{url}/merge").status_code == 422
    assert desk.client.post(f"{url}/not-same").status_code == 422
