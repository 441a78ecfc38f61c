from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import BlockKind, EventState, Role, TopicKind
from app.models import Event
from app.services import series
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.app.blueprints.organiser.desk import make_desk
from tests.builders import (
    default_rules,
    make_event,
    make_organisation,
    make_schedule,
    make_sign_up,
)
from tests.conftest import Clock
from tests.visitor import Visitor

SEEN = re.compile(r'name="seen" value="(\w+)"')
RULES = default_rules() | {"goals": [{"goal": "attendance"}]}
DETAILS = {
    "name": "An evening",
    "tagline": "Bring a question",
    "description": "",
    "venue": "Atrium",
    "zone": "Europe/Berlin",
    "contact_email": "",
}
NEXT = {"name": "The next", "date": "2027-04-01", "time": "18:00"}
BLANK = {
    "name": "Our own format",
    "date": "2027-05-04",
    "time": "18:00",
    "zone": "Europe/Berlin",
    "roles": ["peer", "facilitator"],
}


def make(desk: Desk, **changes: object) -> int:
    with unit_of_work(desk.factory) as session:
        return make_event(session, organisation=desk.house(session), **changes).id  # type: ignore[arg-type]


def stored(desk: Desk, event_id: int) -> Event:
    with unit_of_work(desk.factory, write=False) as session:
        event = session.get_one(Event, event_id)
        _ = event.blocks, event.stages, event.topics, event.capacities
        return event


def newest(desk: Desk) -> Event:
    with unit_of_work(desk.factory, write=False) as session:
        found = session.scalars(select(Event.id).order_by(Event.id.desc())).first()
    assert found is not None
    return stored(desk, found)


def test_formats_are_shown_with_figures_and_source_and_one_is_blank(desk: Desk) -> None:
    page = desk.client.get("/events/new").text

    assert page.count('class="panel stack"') == 10
    assert "Speed mentoring: an innovative method" in page
    assert 'href="/events/new?preset=blank"' in page


def test_blank_event_leads_to_its_agenda(desk: Desk) -> None:
    answer = desk.client.post("/events/new?preset=blank", data=BLANK)

    event = newest(desk)
    assert answer.location == f"/events/{event.id}/agenda"
    assert [block.kind for block in event.blocks] == [BlockKind.PLENARY, BlockKind.PLENARY]
    assert {row.role: row.places for row in event.capacities} == {
        Role.PEER: None,
        Role.FACILITATOR: None,
    }


@pytest.mark.parametrize("path", ["", "/agenda", "/plan", "/numbers", "/roster", "/details"])
def test_pages_of_a_blank_event_open(desk: Desk, path: str) -> None:
    desk.client.post("/events/new?preset=blank", data=BLANK)

    answer = desk.client.get(f"/events/{newest(desk).id}{path}")

    assert answer.status_code == 200


@pytest.mark.parametrize("roles", [[], ["king"]])
def test_blank_event_needs_a_role(desk: Desk, roles: list[str]) -> None:
    answer = desk.client.post("/events/new?preset=blank", data=BLANK | {"roles": roles})

    assert answer.status_code == 422
    assert 'value="Our own format"' in answer.text


def test_details_are_saved(desk: Desk) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/details", data=DETAILS)

    assert answer.status_code == 303
    assert stored(desk, event_id).tagline == "Bring a question"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Write what it is called"),
        ({"zone": "Mars/Olympus"}, "Choose a time zone from the list"),
        ({"contact_email": "x"}, "Write an address with an @"),
        ({"description": "x" * 4001}, "Write 4000 characters at most"),
    ],
)
def test_bad_details_keep_what_was_written(
    desk: Desk, changes: dict[str, str], message: str
) -> None:
    event_id = make(desk)

    answer = desk.client.post(
        f"/events/{event_id}/details", data=DETAILS | {"tagline": "Typed"} | changes
    )

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert message in answer.text
    assert 'value="Typed"' in answer.text


def test_new_place_of_a_published_event_is_told_after_a_yes(
    session_factory: SessionFactory, client: FlaskClient, settings: Config, clock: Clock, key: bytes
) -> None:
    desk = make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )
    desk.publish()
    path = f"/events/{desk.event_id}/details"

    asks = client.post(path, data=DETAILS | {"venue": "Library"})
    done = client.post(path, data=DETAILS | {"venue": "Library", "agreed": "8"})

    assert asks.status_code == 200
    assert "Save and tell 8 people" in asks.text
    assert 'value="Library"' in asks.text
    assert done.status_code == 303


def test_copy_is_a_draft_at_another_time(desk: Desk) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/clone", data=NEXT)

    copy = newest(desk)
    assert answer.location == f"/events/{copy.id}"
    assert (copy.name, copy.state, f"{copy.starts_at:%Y-%m-%d %H:%M}") == (
        "The next",
        EventState.DRAFT,
        "2027-04-01 16:00",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Write what it is called"),
        ({"date": "2026-01-01"}, "Choose a day that is still to come"),
        ({"date": "soon"}, "Write a date, like 2027-03-11"),
        ({"date": "2027-03-28", "time": "02:30"}, "the clocks in Europe/Berlin skip 02:30"),
        ({"time": ""}, "Write a time, like 17:45"),
    ],
)
def test_bad_copy_makes_none(desk: Desk, changes: dict[str, str], message: str) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/clone", data=NEXT | changes)

    assert answer.status_code == 422
    assert message in answer.text
    assert newest(desk).id == event_id


def test_archived_event_is_shown_by_a_filter_only(desk: Desk) -> None:
    event_id = make(desk, name="Old evening")
    make(desk, name="New evening")

    desk.client.post(f"/events/{event_id}/archive")
    shown, kept = (desk.client.get(path).text for path in ("/events", "/events?show=archived"))
    desk.client.post(f"/events/{event_id}/archive", data={"to": "back"})

    assert ("Old evening" in shown, "New evening" in shown) == (False, True)
    assert "Show archived events (1)" in shown
    assert ("Old evening" in kept, "New evening" in kept) == (True, False)
    assert "Old evening" in desk.client.get("/events").text


def test_empty_archive_says_so(desk: Desk) -> None:
    assert "No event is in the archive" in desk.client.get("/events?show=archived").text


def test_series_is_named_and_goes_on(desk: Desk) -> None:
    event_id = make(desk)

    desk.client.post(f"/events/{event_id}/series", data={"series": "0", "name": "Circle"})
    page = desk.client.get(f"/events/{event_id}/series").text
    desk.client.post(f"/events/{event_id}/clone", data=NEXT | {"goes_on": "y"})
    both = desk.client.get(f"/events/{event_id}/series").text

    assert "Next event of the series" in page
    assert "2 events" in both
    assert newest(desk).series_id == stored(desk, event_id).series_id is not None


def test_event_joins_a_series_that_is_there_and_leaves_it(desk: Desk) -> None:
    first, second = make(desk), make(desk)
    desk.client.post(f"/events/{first}/series", data={"series": "0", "name": "Circle"})
    series_id = stored(desk, first).series_id

    desk.client.post(f"/events/{second}/series", data={"series": str(series_id)})
    joined = stored(desk, second).series_id
    desk.client.post(f"/events/{second}/series", data={"do": "leave"})

    assert joined == series_id
    assert stored(desk, second).series_id is None


@pytest.mark.parametrize("data", [{"series": "0", "name": " "}, {"series": "99"}, {"series": "x"}])
def test_bad_series_is_refused(desk: Desk, data: dict[str, str]) -> None:
    event_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/series", data=data)

    assert answer.status_code == 422
    assert stored(desk, event_id).series_id is None


def test_stages_are_renamed_moved_and_added_in_one_go(desk: Desk) -> None:
    event_id = make(desk)
    first, second, *rest = stored(desk, event_id).stages
    data = {f"word-{one.id}": one.label for one in (first, *rest)}
    data |= {f"word-{second.id}": "Trainee", "new": "Emeritus", "do": f"up-{second.id}"}

    answer = desk.client.post(f"/events/{event_id}/stages", data=data)

    labels = [stage.label for stage in stored(desk, event_id).stages]
    assert answer.status_code == 303
    assert labels[:2] == ["Trainee", "Student"]
    assert labels[-1] == "Emeritus"


def test_bad_stage_keeps_what_was_written(desk: Desk) -> None:
    event_id = make(desk)
    first, second, *_rest = stored(desk, event_id).stages
    data = {f"word-{first.id}": "", f"word-{second.id}": "Typed", "new": "Emeritus", "do": "save"}

    answer = desk.client.post(f"/events/{event_id}/stages", data=data)

    assert answer.status_code == 422
    assert "Write a word for it, or remove it" in answer.text
    assert 'value="Typed"' in answer.text
    assert 'value="Emeritus"' in answer.text
    assert stored(desk, event_id).stages[1].label == "Resident or trainee"


def test_chosen_topic_offers_no_removal(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        make_sign_up(session, event, topics=("Career planning",))
        event_id, chosen = event.id, event.topics[0].id

    page = desk.client.get(f"/events/{event_id}/topics").text
    answer = desk.client.post(f"/events/{event_id}/topics", data={"do": f"remove-{chosen}"})

    assert len(re.findall(r'value="remove-\d+"', page)) == 2
    assert answer.status_code == 422
    assert "1 person chose it, so it stays" in answer.text


def test_topic_gets_another_kind(desk: Desk) -> None:
    event_id = make(desk)
    topic = stored(desk, event_id).topics[0]
    data = {f"kind-{topic.id}": "personal", "do": "save", "new": "Anatomy", "new_kind": "nonsense"}

    desk.client.post(f"/events/{event_id}/topics", data=data)

    kinds = [one.kind for one in stored(desk, event_id).topics]
    assert (kinds[0], kinds[-1]) == (TopicKind.PERSONAL, TopicKind.CONTEXTUAL)


def test_details_that_somebody_else_changed_are_not_overwritten_unasked(desk: Desk) -> None:
    event_id = make(desk)
    path = f"/events/{event_id}/details"
    [mine] = SEEN.findall(desk.client.get(path).text)
    desk.client.post(path, data=DETAILS | {"description": "Bring a coat", "seen": mine})

    refused = desk.client.post(path, data=DETAILS | {"tagline": "Come", "seen": mine})
    kept = stored(desk, event_id)
    [theirs] = SEEN.findall(refused.text)
    saved = desk.client.post(path, data=DETAILS | {"tagline": "Come", "seen": theirs})

    assert refused.status_code == 422
    assert "Somebody else changed the details while you wrote." in refused.text
    assert 'value="Come"' in refused.text
    assert (kept.description, kept.tagline) == ("Bring a coat", "Bring a question")
    assert (saved.status_code, stored(desk, event_id).tagline) == (303, "Come")


def test_an_old_list_does_not_put_back_what_somebody_else_wrote(desk: Desk) -> None:
    event_id = make(desk)
    visitor, other = Visitor(desk.client), Visitor(desk.client)
    mine, theirs = (one.open(f"/events/{event_id}/topics") for one in (visitor, other))
    first, second, *_ = stored(desk, event_id).topics
    theirs_form, mine_form = theirs.form("topics"), mine.form("topics")
    words: dict[str, Any] = {
        f"word-{first.id}": "Grants",
        f"kind-{first.id}": TopicKind.PERSONAL.value,
    }
    other_words: dict[str, Any] = {f"word-{second.id}": "Trials"}
    other.send(theirs, theirs_form, do="save", **words)

    visitor.send(mine, mine_form, do="save", **other_words)

    kept = stored(desk, event_id).topics[:2]
    assert [one.name for one in kept] == ["Grants", "Trials"]
    assert kept[0].kind is TopicKind.PERSONAL


@pytest.mark.parametrize("path", ["details", "clone", "series", "stages", "topics", "agenda"])
def test_set_up_of_another_organisation_is_not_found(desk: Desk, path: str) -> None:
    with unit_of_work(desk.factory) as session:
        other = make_event(session, organisation=make_organisation(session)).id

    assert desk.client.get(f"/events/{other}/{path}").status_code == 404
    assert desk.client.post(f"/events/{other}/{path}").status_code in {404, 405}


def test_plan_page_says_how_many_pairs_have_met_before(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        first, second = (
            make_event(session, organisation=desk.house(session), rules=RULES) for _ in range(2)
        )
        second.starts_at += timedelta(days=30)
        for event in (first, second):
            series.begin(session, event.id, "Circle", now=clock(), actor="o")
            people = [
                make_sign_up(session, event, email="m@example.org", role=Role.MENTOR),
                make_sign_up(session, event, email="a@example.org"),
                make_sign_up(session, event, email="b@example.org"),
            ]
            if event is first:
                make_schedule(session, event, seats={one.id: {1: 1} for one in people})
        event_id = second.id

    page = desk.client.get(f"/events/{event_id}/plan").text

    assert "3 pairs have met before and are kept for later" in page
