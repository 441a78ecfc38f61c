from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import OrganiserRole, WishKind
from app.models import Pin, PlanRun, Wish
from app.services import accounts, planning
from app.services.addresses import canonical_address
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_organiser, planned_block
from tests.conftest import Clock
from tests.published import make_evening, make_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A plan at the desk, and ids of its problem."""

    desk: Desk
    event_id: int
    run_id: int
    mentees: tuple[str, ...]
    rounds: tuple[str, ...]

    def path(self, page: str, run_id: int | None = None, /, **query: str) -> str:
        path = f"/events/{self.event_id}/plans/{run_id or self.run_id}{page}"
        return f"{path}?{urlencode(query)}" if query else path

    def swap(self, **more: str) -> dict[str, str]:
        """Return a form that swaps two people and keeps every rule."""
        form = {"person": self.mentees[0], "round": self.rounds[1], "to": self.mentees[2]}
        return form | {"newest_child": "0"} | more

    def runs(self) -> list[PlanRun]:
        with unit_of_work(self.desk.factory, write=False) as session:
            return list(session.scalars(select(PlanRun).order_by(PlanRun.id)))

    def pins(self) -> list[tuple[str, str]]:
        with unit_of_work(self.desk.factory, write=False) as session:
            found = session.scalars(select(Pin).order_by(Pin.id))
            return [(f"p{one.sign_up_id}", f"r{one.round_id}") for one in found]


@pytest.fixture
def scene(desk: Desk, clock: Clock) -> Scene:
    with unit_of_work(desk.factory) as session:
        evening = make_evening(session)
        evening.event.organisation_id = desk.organisation_id
        session.add(
            Wish(
                sign_up_id=evening.mentees[1].id,
                kind=WishKind.NOT_WITH,
                target=evening.mentors[0].person.email,
                target_canonical=canonical_address(evening.mentors[0].person.email),
            )
        )
        session.flush()
        session.expire_all()
        run = make_run(session, evening, now=clock())
        return Scene(
            desk=desk,
            event_id=evening.event.id,
            run_id=run.id,
            mentees=tuple(f"p{one.id}" for one in evening.mentees),
            rounds=tuple(f"r{one.id}" for one in planned_block(evening.event).rounds),
        )


def test_grid_leads_to_the_page_of_each_person_in_each_round(scene: Scene) -> None:
    page = scene.desk.client.get(scene.path("")).text

    href = f"/events/{scene.event_id}/plans/{scene.run_id}/move"
    assert page.count(f'href="{href}?person={scene.mentees[0]}&amp;round=') == 3
    assert "js/plan-grid.js" in page


def test_page_shows_choices_and_changes_nothing(scene: Scene) -> None:
    where = {"person": scene.mentees[0], "round": scene.rounds[1]}

    page = scene.desk.client.get(scene.path("/move", **where))

    assert page.status_code == 200
    assert "Round 2: where could <bdi>Róża Tylus</bdi> go?" in page.text
    assert f"to={scene.mentees[2]}#dock" in page.text
    assert 'id="dock"' not in page.text
    assert len(scene.runs()) == 1


def test_choice_in_hand_waits_for_its_button(scene: Scene) -> None:
    where = {"person": scene.mentees[0], "round": scene.rounds[1], "to": scene.mentees[2]}

    page = scene.desk.client.get(scene.path("/move", **where)).text

    assert '<h2 id="dock-h"><bdi>Róża Tylus and Hanna Nygren, round 2</bdi></h2>' in page
    assert "No rule is broken. It costs nothing." in page
    assert "<button>Swap these two</button>" in page
    assert len(scene.runs()) == 1


def test_swap_leads_to_the_new_plan_with_its_undo(scene: Scene) -> None:
    answer = scene.desk.client.post(scene.path("/swap"), data=scene.swap())

    _, child = scene.runs()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{scene.path('', child.id)}#seating"
    page = scene.desk.client.get(scene.path("", child.id)).text
    assert "Undo: <bdi>swapped Róża Tylus and Hanna Nygren in round 2</bdi>" in page
    assert "1 change by hand since the planner's plan" in page


def test_swap_and_pin_keeps_both_seats(scene: Scene) -> None:
    scene.desk.client.post(scene.path("/swap"), data=scene.swap(pin="yes"))

    child = scene.runs()[-1]
    assert scene.pins() == [
        (scene.mentees[0], scene.rounds[1]),
        (scene.mentees[2], scene.rounds[1]),
    ]
    page = scene.desk.client.get(scene.path("", child.id)).text
    assert page.count('class="chip pin"') == 2
    assert "2 pinned seats" in page


def test_undo_and_redo_go_back_and_forth(scene: Scene) -> None:
    scene.desk.client.post(scene.path("/swap"), data=scene.swap())
    child = scene.runs()[-1].id

    back = scene.desk.client.post(scene.path("/undo", child))
    page = scene.desk.client.get(scene.path("")).text
    gone = scene.desk.client.get(scene.path("", child))
    again = scene.desk.client.post(scene.path("/redo"))

    assert back.headers["Location"] == f"{scene.path('')}#seating"
    assert "Redo: <bdi>swapped Róża Tylus and Hanna Nygren in round 2</bdi>" in page
    assert gone.headers["Location"] == scene.path("")
    assert again.headers["Location"] == f"{scene.path('', child)}#seating"


def test_a_change_taken_back_says_so_among_the_plans(scene: Scene) -> None:
    scene.desk.client.post(scene.path("/swap"), data=scene.swap())
    scene.desk.client.post(scene.path("/undo", scene.runs()[-1].id))

    page = scene.desk.client.get(f"/events/{scene.event_id}/plan").text

    assert page.count("Moved by hand</small>") == 1
    assert page.count("taken back</span>") == 1


def test_a_change_that_breaks_a_rule_comes_back_with_its_reason(scene: Scene) -> None:
    bad = scene.swap(person=scene.mentees[0], to=scene.mentees[1])

    answer = scene.desk.client.post(scene.path("/swap"), data=bad)

    assert answer.status_code == 422
    assert "<title>Error: Move Róża Tylus" in answer.text
    assert "already" in answer.text
    assert "Nothing was changed." in answer.text
    assert len(scene.runs()) == 1


def test_the_second_of_two_organisers_is_told_of_the_first(scene: Scene) -> None:
    scene.desk.client.post(scene.path("/swap"), data=scene.swap())

    answer = scene.desk.client.post(
        scene.path("/swap"), data=scene.swap(to="out"), follow_redirects=True
    )

    assert "Somebody else changed this plan meanwhile." in answer.text
    first = scene.runs()[1]
    assert f'href="{scene.path("", first.id)}#seating">Look at that one</a>' in answer.text


def test_the_old_plan_leads_to_the_changed_one(scene: Scene) -> None:
    scene.desk.client.post(scene.path("/swap"), data=scene.swap())

    page = scene.desk.client.get(scene.path("")).text

    child = scene.runs()[-1]
    assert "This plan was changed afterwards:" in page
    assert f'href="{scene.path("", child.id)}#seating">Go to the changed plan</a>' in page
    assert f'name="newest_child" value="{child.id}"' in page


def test_script_gets_every_choice_with_its_words(scene: Scene) -> None:
    where = {"person": scene.mentees[0], "round": scene.rounds[1]}

    found = scene.desk.client.get(scene.path("/choices", **where)).json

    assert found is not None
    assert found[scene.mentees[2]] == ["ok", "Costs nothing"]
    assert found["out"] == ["care", "One seat fewer is used"]


def test_others_than_owners_read_one_reason_whatever_it_is(
    scene: Scene, app: Flask, clock: Clock
) -> None:
    with unit_of_work(scene.desk.factory) as session:
        house = scene.desk.house(session)
        helper = make_organiser(
            session, organisation=house, email="helper@example.org", role=OrganiserRole.ORGANISER
        )
        token = accounts.open_session(session, helper.id, now=clock())
    client = app.test_client()
    with client.session_transaction() as browser:
        browser[SESSION_KEY] = token
    said = set()
    for person in scene.mentees:
        for round_id in scene.rounds:
            found = client.get(scene.path("/choices", person=person, round=round_id)).json
            said |= {words for kind, words in (found or {}).values() if kind == "no"}

    assert said == {"Not by the rules of this event"}


def test_owners_are_not_told_who_may_not_sit_with_whom(scene: Scene) -> None:
    said = set()
    for round_id in scene.rounds:
        where = {"person": scene.mentees[1], "round": round_id}
        found = scene.desk.client.get(scene.path("/choices", **where)).json
        said |= {words for kind, words in (found or {}).values() if kind == "no"}

    assert "Not by the rules of this event" in said
    assert [words for words in said if "Jip" in words and "Diane" in words] == []


def test_a_seat_is_pinned_and_unpinned_on_its_page(scene: Scene) -> None:
    form = {"person": scene.mentees[0], "round": scene.rounds[0], "back": "move"}

    scene.desk.client.post(scene.path("/pin"), data=form)
    pinned = scene.pins()
    page = scene.desk.client.get(
        scene.path("/move", person=scene.mentees[0], round=scene.rounds[0])
    ).text
    scene.desk.client.post(scene.path("/unpin"), data=form)

    assert pinned == [(scene.mentees[0], scene.rounds[0])]
    assert "Take the pin out" in page
    assert "Róża Tylus is pinned to table" in page
    assert scene.pins() == []


def test_a_whole_round_is_pinned_and_listed(scene: Scene) -> None:
    empty = scene.desk.client.get(scene.path("/pins")).text

    answer = scene.desk.client.post(
        scene.path("/pin"), data={"round": scene.rounds[0]}, follow_redirects=True
    )

    assert "No pins yet" in empty
    assert "8 seats are pinned." in answer.text
    assert "8 pins" in answer.text
    assert len(scene.pins()) == 8


def test_what_nobody_knows_is_not_found(scene: Scene) -> None:
    client = scene.desk.client

    answers = [
        client.get(scene.path("/move", person="p0", round=scene.rounds[0])),
        client.get(scene.path("/choices", person=scene.mentees[0], round="x")),
        client.post(scene.path("/swap"), data=scene.swap(to="t0")),
        client.post(scene.path("/pin"), data={"round": "r", "person": "px"}),
        client.post(scene.path("/undo", 99999)),
    ]

    assert [one.status_code for one in answers] == [404] * 5


def test_a_stale_plan_says_so_and_can_be_changed(scene: Scene, clock: Clock) -> None:
    with unit_of_work(scene.desk.factory) as session:
        run = session.get_one(PlanRun, scene.run_id)
        run.roster_version -= 1
    clock.advance(seconds=1)
    where = {"person": scene.mentees[0], "round": scene.rounds[1]}

    page = scene.desk.client.get(scene.path("/move", **where)).text
    scene.desk.client.post(scene.path("/swap"), data=scene.swap())

    child = scene.runs()[-1]
    assert "The roster has changed since this plan." in page
    assert "Compare and publish" not in scene.desk.client.get(scene.path("", child.id)).text
    assert planning.verify_run(child) == ()


@pytest.mark.parametrize("page", ["/move", "/choices"])
def test_an_address_that_names_nobody_leads_to_the_plan(scene: Scene, page: str) -> None:
    answer = scene.desk.client.get(scene.path(page))

    assert (answer.status_code, answer.location) == (303, scene.path("") + "#seating")
    assert scene.desk.client.get(scene.path(page, 99999)).status_code == 404


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("/swap", "Nothing was changed: pick a person, and then where they should go."),
        ("/pin", "Nothing was pinned: choose a round."),
        ("/undo", "Nothing was changed: this plan was not made by hand."),
        ("/redo", "Nothing was changed: no change to this plan waits to be made again."),
    ],
)
def test_a_form_without_its_fields_changes_nothing_and_says_so(
    scene: Scene, page: str, says: str
) -> None:
    answer = scene.desk.client.post(scene.path(page), follow_redirects=True)

    assert (answer.status_code, says in answer.text) == (200, True)
    assert [one.id for one in scene.runs()] == [scene.run_id]
