"""An organiser changes a plan with the keyboard alone; a forbidden place takes nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.factory import create_app
from app.services import accounts
from config import Config
from tests.builders import make_organisation, make_organiser, planned_block
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import cookie_for, serving
from tests.ports import free_port
from tests.published import make_evening, make_run

pytestmark = [needs_browser, pytest.mark.browser]
HERE = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const ring = getComputedStyle(here);
  return {
    text: here.textContent.trim(), id: here.id, tag: here.tagName,
    href: here.getAttribute('href') ?? '',
    marked: ring.outlineStyle !== 'none' || ring.boxShadow !== 'none',
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
MOST_STEPS = 120
HOST_OF_OTHER = "Aurora Moresi"
UNDO = "Undo: swapped Róża Tylus and Hanna Nygren in round 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A plan on the screen, with ids of two people who can change seats in a round."""

    page: Page
    first: str
    other: str
    round: str

    def chip(self, person: str) -> str:
        return f"td[data-r={self.round}] a.chip[data-p={person}]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def table(
    browser: Browser,
    settings: Config,
    engine: Engine,
    session_factory: SessionFactory,
    now: datetime,
) -> Iterator[Table]:
    port = free_port()
    with unit_of_work(session_factory) as session:
        house = make_organisation(session)
        olivia = make_organiser(session, organisation=house)
        token = accounts.open_session(session, olivia.id, now=now)
        evening = make_evening(session)
        evening.event.organisation_id = house.id
        run = make_run(session, evening, now=now)
        path = f"/events/{evening.event.id}/plans/{run.id}"
        first, other = (f"p{evening.mentees[at].id}" for at in (0, 2))
        round_id = f"r{planned_block(evening.event).rounds[1].id}"
    settings = replace(settings, base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings, engine=engine, clock=lambda: now)
    with serving(app, port) as url:
        page = open_page(browser, width=1280)
        page.context.add_cookies([cookie_for(app, url, **{SESSION_KEY: token})])  # type: ignore[list-item]
        page.goto(url + path)
        yield Table(page=page, first=first, other=other, round=round_id)
        page.context.close()


def tab_to(page: Page, key: str, pattern: str) -> None:
    """Go on with Tab until something is reached; every stop is on the screen and marked."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert here["seen"], here
        assert here["marked"], here
        if re.search(pattern, here[key]):
            return
    pytest.fail(f"Tab never leads to {pattern}")


def test_two_people_are_swapped_and_put_back_with_the_keyboard_alone(table: Table) -> None:
    page = table.page
    tab_to(page, "href", rf"move\?person={table.first}&round={table.round}$")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title() == "Move Róża Tylus · Roundabout"
    tab_to(page, "id", rf"^to-{table.other}$")
    page.keyboard.press("Enter")
    page.wait_for_selector("#dock")
    tab_to(page, "text", "^Swap these two$")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "text", f"^{UNDO}$")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    tab_to(page, "text", "^Redo: swapped Róża Tylus and Hanna Nygren in round 2$")


def hold(page: Page, held: str, over: str) -> None:
    """Take something with the mouse and hold it over something else, once the prices have come."""
    page.set_viewport_size({"width": 1280, "height": 1600})
    take = page.locator(held)
    take.scroll_into_view_if_needed()
    here = take.bounding_box()
    assert here is not None
    page.mouse.move(here["x"] + 15, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 30, here["y"] + 12, steps=4)
    page.wait_for_selector("table.seating.dragging td.ok, table.seating.dragging td.no")
    there = page.locator(over).first.bounding_box()
    assert there is not None
    page.mouse.move(there["x"] + 20, there["y"] + there["height"] - 4, steps=6)


def test_a_drop_on_a_person_swaps_the_two_at_once_when_it_costs_nothing(table: Table) -> None:
    page = table.page
    hold(page, table.chip(table.first), table.chip(table.other))
    assert page.locator("[data-drag-says]").inner_text() == (
        "Róża Tylus → Hanna Nygren: Costs nothing. Drop to do it; it can be undone."
    )
    with page.expect_navigation():
        page.mouse.up()

    assert page.get_by_role("button", name=UNDO, exact=True).count() == 1
    moved = page.locator(f"tr:has({table.chip(table.first)}) th bdi").first
    assert moved.inner_text() == HOST_OF_OTHER


def test_a_drop_that_costs_something_asks_first(table: Table) -> None:
    page = table.page
    hold(page, table.chip(table.first), f"tr.out td[data-r={table.round}]")
    with page.expect_navigation():
        page.mouse.up()

    assert page.title() == "Move Róża Tylus · Roundabout"
    assert page.locator("#dock h2").inner_text() == "Róża Tylus sits out round 2"
    assert page.get_by_role("button", name="Let them sit out").count() == 1


def test_escape_leaves_everybody_where_they_were(table: Table) -> None:
    page, address = table.page, table.page.url
    hold(page, table.chip(table.first), table.chip(table.other))
    page.keyboard.press("Escape")
    page.mouse.up()

    assert page.locator("table.seating.dragging, .ghost, .over, .held").count() == 0
    assert page.url == address
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_place_against_the_rules_takes_nobody(table: Table) -> None:
    page, address = table.page, table.page.url
    hold(page, table.chip(table.first), f"td[data-r={table.round}] a.chip.no")
    page.mouse.up()

    assert page.locator("table.seating.dragging").count() == 0
    assert page.url == address
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_finger_takes_a_person_after_a_moment_and_drops_them_on_another(table: Table) -> None:
    page = table.page
    page.set_viewport_size({"width": 1280, "height": 1600})
    touch = page.context.new_cdp_session(page)
    here, there = (middle(page, table.chip(one)) for one in (table.first, table.other))
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [here]})
    page.wait_for_selector("table.seating.dragging td.ok")
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [there]})
    page.wait_for_selector("table.seating a.chip.ok.over")
    with page.expect_navigation():
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert page.get_by_role("button", name=UNDO, exact=True).count() == 1


def middle(page: Page, chip: str) -> dict[str, float]:
    page.locator(chip).scroll_into_view_if_needed()
    box = page.locator(chip).bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
