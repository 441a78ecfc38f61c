from __future__ import annotations

import re

import pytest

from app.db import unit_of_work
from app.enums import BlockKind
from app.models import Block, Event
from tests.app.blueprints.organiser.agenda_parts import PART
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, planned_block
from tests.conftest import Clock
from tests.published import make_evening, make_run


def make(desk: Desk, **changes: object) -> tuple[int, int]:
    """Return an event of the organiser's and its block of seats."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session), **changes)  # type: ignore[arg-type]
        return event.id, planned_block(event).id


def blocks(desk: Desk, event_id: int) -> list[Block]:
    with unit_of_work(desk.factory, write=False) as session:
        found = session.get_one(Event, event_id).blocks
        for block in found:
            _ = block.rounds, block.tables
        return found


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_agenda_shows_each_part_with_who_sits_there(desk: Desk) -> None:
    event_id, _block = make(desk)

    page = desk.client.get(f"/events/{event_id}/agenda").text

    assert page.count('id="part-') == 3
    assert "1 mentor stays at each table." in page
    assert "1 to 3 mentees at a table, and move." in page
    assert "4 tables: all step free, all quiet." in page
    assert "called them too short" not in page


def test_short_rounds_are_warned_of_and_why(desk: Desk) -> None:
    event_id, _block = make(desk, minutes=7)

    page = desk.client.get(f"/events/{event_id}/agenda").text

    assert "People who sat in rounds of 4 minutes called them too short" in page


@pytest.mark.parametrize("kind", list(BlockKind))
def test_part_is_added_with_the_figures_offered(desk: Desk, kind: BlockKind) -> None:
    event_id, _block = make(desk)
    path = f"/events/{event_id}/agenda/new?kind={kind}"
    page = desk.client.get(path).text
    data = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    if kind.is_planned:
        ticked = re.findall(r'<input checked[^>]*name="(\w+)"', page)
        data = {name: text for name, text in data.items() if text != "y" or name in ticked}

    answer = desk.client.post(path, data=data | {"after": "0", "tables": "6"})

    first = blocks(desk, event_id)[0]
    assert answer.status_code == 303
    assert first.kind is kind
    assert len(first.tables) == (6 if kind.is_planned else 0)


def test_changed_part_is_stored_and_the_rest_follows(desk: Desk) -> None:
    event_id, block_id = make(desk)
    path = f"/events/{event_id}/agenda/{block_id}"
    mark = seen(desk.client.get(path).text)

    answer = desk.client.post(path, data=PART | {"seen": mark}, follow_redirects=True)

    block = blocks(desk, event_id)[1]
    assert "Saved. What comes later follows." in answer.text
    assert (block.minutes, block.rules["hosts_per_table"]) == (12, 2)
    assert block.rules["composition"][1] == {"count": {"role": "mentee"}, "min": 1, "max": 4}
    assert block.ends_at == blocks(desk, event_id)[2].starts_at


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Write what this part is called"),
        ({"minutes": "ten"}, "Write a number of minutes, like 10"),
        ({"minutes": ""}, "Write a number of minutes, like 10"),
        ({"minutes": "-5"}, "Write 1 to 480 minutes"),
        ({"minutes": "9" * 30}, "Write 1 to 480 minutes"),
        ({"rounds": "0"}, "Write 1 to 30 rounds"),
        ({"changeover_minutes": "x"}, "Write a number of minutes, like 2"),
        ({"most_mentee": "0"}, "Write 1 to 50, or leave it empty"),
        ({"least_mentee": "five"}, "Write how many, like 3"),
        ({"takes_mentee": ""}, "Somebody has to move"),
        ({"takes_mentee": "", "takes_mentor": ""}, "Tick who takes part"),
        ({"stages": "40"}, "Write 0 to 6: a table holds no more"),
        ({"mentors_again": "sometimes"}, "Not a valid choice"),
    ],
)
def test_bad_part_keeps_what_was_written(desk: Desk, changes: dict[str, str], message: str) -> None:
    event_id, block_id = make(desk)
    path = f"/events/{event_id}/agenda/{block_id}"
    data = PART | {"note": "Bring a badge"} | changes
    data = {name: text for name, text in data.items() if text or not name.startswith("takes_")}

    answer = desk.client.post(path, data=data)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert message in answer.text
    assert 'value="Bring a badge"' in answer.text
    assert blocks(desk, event_id)[1].minutes == 10


def test_somebody_elses_change_is_said_before_it_is_overwritten(desk: Desk) -> None:
    event_id, block_id = make(desk)
    path = f"/events/{event_id}/agenda/{block_id}"
    mark = seen(desk.client.get(path).text)
    desk.client.post(path, data=PART | {"seen": mark})

    answer = desk.client.post(path, data=PART | {"seen": mark, "minutes": "20"})
    again = desk.client.post(path, data=PART | {"seen": seen(answer.text), "minutes": "20"})

    assert answer.status_code == 422
    assert "Somebody else changed this part while you wrote" in answer.text
    assert again.status_code == 303
    assert blocks(desk, event_id)[1].minutes == 20


def test_parts_change_places_by_button(desk: Desk) -> None:
    event_id, block_id = make(desk)

    desk.client.post(
        f"/events/{event_id}/agenda/{block_id}/move", data={"to": "later", "from": "2"}
    )

    assert [one.title for one in blocks(desk, event_id)] == ["Welcome", "Close", "Speed mentoring"]


def test_part_is_removed_after_a_look(desk: Desk) -> None:
    event_id, block_id = make(desk)
    path = f"/events/{event_id}/agenda/{block_id}/remove"

    page = desk.client.get(path).text
    answer = desk.client.post(path, data={"agreed": "0"})

    assert "begins 36 minutes earlier" in page
    assert answer.status_code == 303
    assert [one.title for one in blocks(desk, event_id)] == ["Welcome", "Close"]


def test_event_without_seats_still_has_its_pages(desk: Desk) -> None:
    event_id, block_id = make(desk)
    desk.client.post(f"/events/{event_id}/agenda/{block_id}/remove", data={"agreed": "0"})

    found = [desk.client.get(f"/events/{event_id}{path}").status_code for path in ("", "/agenda")]

    assert found == [200, 200]


def test_fewer_rounds_say_which_plans_they_cost(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        evening = make_evening(session, event=event)
        make_run(session, evening, now=clock())
        event_id, block_id = event.id, planned_block(event).id
    path = f"/events/{event_id}/agenda/{block_id}"
    data = PART | {"rounds": "2", "seen": seen(desk.client.get(path).text)}

    asks = desk.client.post(path, data=data)
    done = desk.client.post(path, data=data | {"agreed": "1"})

    assert asks.status_code == 200
    assert "Save and give up 1 plan" in asks.text
    assert done.status_code == 303
    assert len(blocks(desk, event_id)[1].rounds) == 2


def test_tables_are_named_furnished_and_removed(desk: Desk) -> None:
    event_id, block_id = make(desk)
    first, second, *rest = blocks(desk, event_id)[1].tables
    path = f"/events/{event_id}/agenda/{block_id}/tables"
    page = desk.client.get(path).text
    data = {f"label-{one.id}": one.label for one in rest}
    data |= {
        f"label-{first.id}": "Window",
        f"seats-{first.id}": "5",
        f"has-{first.id}": "hearing_loop",
        f"label-{second.id}": "gone",
        f"remove-{second.id}": "y",
    }

    answer = desk.client.post(path, data=data)

    found = blocks(desk, event_id)[1].tables
    assert page.count('class="table-row"') == 4
    assert answer.status_code == 303
    assert [(one.label, one.seats, one.features) for one in found[:2]] == [
        ("Window", 5, ["hearing_loop"]),
        ("Table 3", None, []),
    ]


def test_several_tables_are_furnished_in_one_line(desk: Desk) -> None:
    event_id, block_id = make(desk)
    tables = blocks(desk, event_id)[1].tables
    data = {f"label-{one.id}": one.label for one in tables}
    data |= {"which": "2-3", "together-has": "hearing_loop", "together-seats": "5"}
    data |= {f"has-{tables[2].id}": "quiet", f"seats-{tables[3].id}": "7"}

    answer = desk.client.post(f"/events/{event_id}/agenda/{block_id}/tables", data=data)

    assert answer.status_code == 303
    assert [(one.seats, one.features) for one in blocks(desk, event_id)[1].tables] == [
        (None, []),
        (5, ["hearing_loop"]),
        (5, ["quiet", "hearing_loop"]),
        (7, []),
    ]


def test_line_about_several_tables_is_kept_while_it_is_wrong(desk: Desk) -> None:
    event_id, block_id = make(desk)
    tables = blocks(desk, event_id)[1].tables
    data = {f"label-{one.id}": one.label for one in tables} | {f"label-{tables[0].id}": "Window"}
    data |= {"which": "1-9", "have": "n", "together-has": "quiet"}

    answer = desk.client.post(f"/events/{event_id}/agenda/{block_id}/tables", data=data)

    assert answer.status_code == 422
    assert answer.text.count("There is no table 5. Their numbers go from 1 to 4") == 2
    assert 'value="1-9"' in answer.text
    assert '<option value="n" selected>' in answer.text
    assert blocks(desk, event_id)[1].tables[0].label == "Table 1"


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("seats", "many", "Write a number of seats, like 6, or leave it empty"),
        ("seats", "1", "Write 2 to 100, or leave it empty"),
        ("seats", "²", "Write a number of seats, like 6, or leave it empty"),
        ("label", "x" * 41, "Write 40 characters at most"),
        ("label", "TABLE 2", "Another table is called so"),
    ],
)
def test_bad_tables_keep_what_was_written(desk: Desk, field: str, text: str, message: str) -> None:
    event_id, block_id = make(desk)
    tables = blocks(desk, event_id)[1].tables
    data = {f"label-{one.id}": one.label for one in tables}
    data |= {f"{field}-{tables[0].id}": text, f"label-{tables[3].id}": "Typed anew"}

    answer = desk.client.post(f"/events/{event_id}/agenda/{block_id}/tables", data=data)

    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="Typed anew"' in answer.text
    assert [one.label for one in blocks(desk, event_id)[1].tables] == [
        f"Table {number}" for number in (1, 2, 3, 4)
    ]


def test_several_tables_are_added_at_once(desk: Desk) -> None:
    event_id, block_id = make(desk)
    path = f"/events/{event_id}/agenda/{block_id}/tables/add"
    data = {"count": "3", "word": "Booth", "seats": "4", "features": ["quiet"], "other": "Sofa"}

    answer = desk.client.post(path, data=data)

    found = blocks(desk, event_id)[1].tables[4:]
    assert answer.status_code == 303
    assert [(one.label, one.seats, one.features) for one in found] == [
        (f"Booth {number}", 4, ["quiet", "sofa"]) for number in (5, 6, 7)
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"count": "none"}, "Write how many, like 3"),
        ({"count": "0"}, "Write 1 to 496"),
        ({"seats": "1"}, "Write 2 to 100, or leave it empty"),
        ({"word": "x" * 50}, "Write 36 characters at most"),
    ],
)
def test_bad_new_tables_are_refused(desk: Desk, changes: dict[str, str], message: str) -> None:
    event_id, block_id = make(desk)
    data = {"count": "3", "word": "Booth", "seats": "", "other": "Near the door"} | changes

    answer = desk.client.post(f"/events/{event_id}/agenda/{block_id}/tables/add", data=data)

    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="Near the door"' in answer.text


@pytest.mark.parametrize("path", ["agenda/999", "agenda/999/tables", "agenda/999/remove"])
def test_part_that_is_gone_is_not_found(desk: Desk, path: str) -> None:
    event_id, _block = make(desk)

    assert desk.client.get(f"/events/{event_id}/{path}").status_code == 404


def test_break_has_no_tables(desk: Desk) -> None:
    event_id, _block = make(desk)
    welcome = blocks(desk, event_id)[0]

    assert desk.client.get(f"/events/{event_id}/agenda/{welcome.id}/tables").status_code == 404
