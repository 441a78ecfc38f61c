"""The agenda once a version is out: told anew, closed and opened again."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.models import Event, OutboxMessage, Schedule
from app.services import agenda
from config import Config
from tests.app.blueprints.organiser.agenda_parts import PART
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import planned_block
from tests.conftest import Clock


@pytest.fixture
def published(
    session_factory: SessionFactory, client: FlaskClient, settings: Config, clock: Clock, key: bytes
) -> Desk:
    desk = make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )
    desk.publish()
    desk.deliver()
    return desk


def lengthen(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        block = planned_block(event)
        part = {"seen": agenda.mark_of(block)}
        block_id = block.id
    data = PART | part | {"others_again": "avoid", "most_mentor": "1", "most_mentee": "3"}
    desk.client.post(f"/events/{desk.event_id}/agenda/{block_id}", data=data)


def test_new_times_of_a_published_event_are_told_in_a_step_of_their_own(
    published: Desk,
) -> None:
    before = _mails(published)
    lengthen(published)

    page = published.client.get(f"/events/{published.event_id}/agenda").text
    tell = published.client.get(f"/events/{published.event_id}/agenda/tell").text
    unsent = _mails(published) - before
    published.client.post(f"/events/{published.event_id}/agenda/tell")

    assert "People do not know yet" in page
    assert "8 people would hear of it" in page
    assert "Tell 8 people" in tell
    assert tell.count('class="now-is"') == 3
    assert unsent == 0
    assert _mails(published) - before == 8
    assert _versions(published) == [1, 2]
    after = published.client.get(f"/events/{published.event_id}/agenda").text
    assert "People do not know yet" not in after


def test_published_part_is_closed_and_opened_again(published: Desk) -> None:
    with unit_of_work(published.factory, write=False) as session:
        block_id = planned_block(session.get_one(Event, published.event_id)).id
    base = f"/events/{published.event_id}/agenda"
    path = f"{base}/{block_id}/remove"

    page = published.client.get(path).text
    blind = published.client.post(path, data={"agreed": "0"})
    closed = published.client.post(path, data=closing(page), follow_redirects=True).text
    told = published.client.get(f"{base}/tell").text
    again = published.client.post(f"{base}/{block_id}/open", follow_redirects=True).text

    assert "Close a part?" in page
    assert "8 people sit there in what is published now." in page
    assert "version 1 names it" in page
    assert (blind.status_code, "Nothing changed" in blind.text) == (409, True)
    assert "It is closed. You can open it again below." in closed
    assert "3 rounds are closed. 8 people would hear of it." in closed
    assert (closed.count('id="part-'), again.count('id="part-')) == (2, 3)
    assert told.count("does not take place") == 3
    assert "Closed parts" not in again
    assert "It is open again." in again


def test_closed_part_is_told_in_a_version_without_it(published: Desk) -> None:
    before = _mails(published)
    with unit_of_work(published.factory, write=False) as session:
        block_id = planned_block(session.get_one(Event, published.event_id)).id
    base = f"/events/{published.event_id}/agenda"

    path = f"{base}/{block_id}/remove"
    published.client.post(path, data=closing(published.client.get(path).text))
    unsent = _mails(published) - before
    waiting = published.client.get(f"/events/{published.event_id}").text
    published.client.post(f"{base}/tell")
    after = published.client.get(f"/events/{published.event_id}").text

    assert unsent == 0
    assert "8 people sit in a closed round in version 1." in waiting
    assert _mails(published) - before == 8
    assert _versions(published) == [1, 2]
    assert "closed round" not in after


def test_fewer_rounds_are_asked_about_and_then_closed(published: Desk) -> None:
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        part, block_id = PART | {"seen": agenda.mark_of(block), "rounds": "2"}, block.id
    path = f"/events/{published.event_id}/agenda/{block_id}"

    asks = published.client.post(path, data=part)
    saved = published.client.post(path, data=part | {"agreed": "0"} | closing(asks.text))
    page = published.client.get(f"/events/{published.event_id}/agenda").text

    assert asks.status_code == 200
    assert "This closes <b>1</b> round<" in asks.text
    assert saved.status_code == 303
    assert "1 round that was published is closed." in page


def test_published_table_is_asked_about_closed_and_opened_again(
    published: Desk,
) -> None:
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        table_id, path = block.tables[0].id, f"/events/{block.event_id}/agenda/{block.id}/tables"
    data = {f"label-{table_id}": "Table 1", f"seats-{table_id}": "", f"remove-{table_id}": "y"}

    asks = published.client.post(path, data=data).text
    closed = published.client.post(path, data=data | closing(asks), follow_redirects=True).text
    waiting = published.client.get(f"/events/{published.event_id}").text
    again = published.client.post(f"{path}/{table_id}/open", follow_redirects=True).text

    assert "This closes <b>1</b> table<" in asks
    assert "4 people sit there in what is published now." in asks
    assert "Closed tables" in closed
    assert "4 people sit at a closed table in version 1." in waiting
    assert ("Closed tables" in again, "It is open again." in again) == (False, True)


def test_table_whose_name_is_taken_stays_closed_and_says_why(published: Desk) -> None:
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        one, other = (table.id for table in block.tables[:2])
        path = f"/events/{block.event_id}/agenda/{block.id}/tables"
    gone = {f"label-{one}": "Table 1", f"seats-{one}": "", f"remove-{one}": "y"}
    asks = published.client.post(path, data=gone).text
    published.client.post(path, data=gone | closing(asks))
    published.client.post(path, data={f"label-{other}": "Table 1", f"seats-{other}": ""})

    page = published.client.post(f"{path}/{one}/open", follow_redirects=True).text

    assert "Another table is called Table 1 now. Give that one another name first." in page
    assert "Closed tables" in page


def closing(page: str) -> dict[str, str]:
    """Return what the form of a page that asks says of what it closes."""
    [mark] = re.findall(r'name="closes" value="([0-9-]+)"', page)
    return {"closes": mark}


def test_another_table_ticked_after_being_asked_is_asked_about_again(published: Desk) -> None:
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        ids = [table.id for table in block.tables[:2]]
        path = f"/events/{block.event_id}/agenda/{block.id}/tables"
    data = {f"label-{id_}": "" for id_ in ids} | {f"seats-{id_}": "" for id_ in ids}
    one, both = ({f"remove-{id_}": "y" for id_ in ids[:number]} for number in (1, 2))

    asks = published.client.post(path, data=data | one).text
    again = published.client.post(path, data=data | both | closing(asks)).text

    assert "This closes <b>1</b> table<" in asks
    assert "This closes <b>2</b> tables<" in again
    assert "Closed tables" not in published.client.get(path).text


def test_planning_again_is_asked_for_once_and_with_the_reason(published: Desk) -> None:
    published.plan()
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        table_id, path = block.tables[0].id, f"/events/{block.event_id}/agenda/{block.id}/tables"
    data = {f"label-{table_id}": "Table 1", f"seats-{table_id}": "", f"remove-{table_id}": "y"}
    event = f"/events/{published.event_id}"
    because = ("sit at a closed table", "The roster has changed since the last plan.")

    asks = published.client.post(path, data=data).text
    published.client.post(path, data=data | closing(asks))
    closed = published.client.get(event).text
    published.client.post(f"{path}/{table_id}/open")
    opened = published.client.get(event).text

    assert [text in closed for text in because] == [True, False]
    assert [text in opened for text in because] == [False, True]


def _mails(desk: Desk) -> int:
    with unit_of_work(desk.factory, write=False) as session:
        return len(session.scalars(select(OutboxMessage.id)).all())


def _versions(desk: Desk) -> list[int]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(Schedule.version).order_by(Schedule.version)))


@pytest.mark.parametrize("what", ["part", "round", "table"])
def test_every_page_of_a_plan_made_before_still_opens(published: Desk, what: str) -> None:
    run_id = published.plan()
    with unit_of_work(published.factory, write=False) as session:
        block = planned_block(session.get_one(Event, published.event_id))
        part, table_id, block_id = (
            PART | {"seen": agenda.mark_of(block), "rounds": "2"},
            block.tables[0].id,
            block.id,
        )
    base = f"/events/{published.event_id}/agenda/{block_id}"
    gone = {f"label-{table_id}": "Table 1", f"seats-{table_id}": "", f"remove-{table_id}": "y"}
    path, data = {
        "part": (f"{base}/remove", {}),
        "round": (base, part),
        "table": (f"{base}/tables", gone),
    }[what]
    ask = published.client.get if what == "part" else published.client.post
    asks = ask(path, data=data).text
    assert published.client.post(path, data=data | closing(asks)).status_code == 303

    answers = {
        rule.endpoint: published.client.get(
            rule.rule.replace("<int:event_id>", str(published.event_id)).replace(
                "<int:run_id>", str(run_id)
            )
        ).status_code
        for rule in published.client.application.url_map.iter_rules()
        if rule.arguments == {"event_id", "run_id"}
        and "<int:event_id>" in rule.rule
        and "GET" in (rule.methods or ())
    }

    assert len(answers) > 9
    assert {name: status for name, status in answers.items() if status >= 404} == {}
