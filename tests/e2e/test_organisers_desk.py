"""An organiser's way from a preset to printed cards, by real clicks; once without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page

from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import serving
from tests.e2e.street import PASSWORD, Town
from tests.ports import free_port

pytestmark = [needs_browser, pytest.mark.browser]
SAMPLES = Path(__file__).parents[1] / "samples"
PLANNING_S = "2"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def town(app: Flask) -> Town:
    app.config["WTF_CSRF_ENABLED"] = True
    return Town(app)


@pytest.fixture
def url(town: Town) -> Iterator[str]:
    port = free_port()
    with serving(town.app, port):
        yield f"http://localhost:{port}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_organiser_goes_from_a_preset_to_printed_cards(
    town: Town, url: str, browser: Browser, *, scripts: bool
) -> None:
    town.organiser()
    page = open_page(browser, width=1280, scripts=scripts)
    sign_in(page, url)
    event = make_an_event(page)
    furnish(page, event)
    bring_the_conference(page, event)
    bring_the_messy_list(page, event)
    first = plan(page, event, town)
    who = follow_a_person(page, first)
    second = swap_two(page, first, who, drags=scripts)
    pin_one(page, second, who)
    again = plan(page, event, town)
    assert pinned_seats(page, again) == 1
    compare_the_two(page, event)
    publish(page, event, town)
    print_cards(page, event)
    page.context.close()


def press(page: Page, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
    """Click a button or link by what it says, and wait for the page it leads to."""
    main = page.locator("main") if within is None else within
    is_exact = isinstance(name, str)
    found = main.get_by_role("button", name=name, exact=is_exact)
    found = found.or_(main.get_by_role("link", name=name, exact=is_exact)).first
    with page.expect_navigation():
        found.click()


def said(page: Page) -> str:
    return page.inner_text("body")


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail").fill("olga@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def make_an_event(page: Page) -> str:
    """Make it from a preset, with a break; return its address."""
    press(page, re.compile("^(New event|Choose a format)$"))
    page.locator("main a[href*='preset=conference-hour']").first.click()
    page.get_by_label("Name of the event").fill("Conference hour")
    page.get_by_label("Day", exact=True).fill("2027-03-11")
    page.get_by_label("Start", exact=True).fill("17:45")
    press(page, "Make the event")
    event = page.url
    page.goto(f"{event}/agenda")
    assert "5 rounds of 10 minutes" in said(page)
    return event


def furnish(page: Page, event: str) -> None:
    """Say that every table has whatever somebody may need."""
    page.goto(f"{event}/agenda")
    page.locator("main a[href$='/tables']").first.click()
    page.get_by_label("Tables", exact=True).fill("all")
    for box in page.locator("input[name=together-has]").all():
        box.check()
    press(page, "Set and save")
    assert page.locator("input[name^=has-]:not(:checked)").count() == 0


def bring_the_conference(page: Page, event: str) -> None:
    bring(page, event, "conference_hour.csv")
    assert "120 rows read, 120 ready to add" in said(page)
    press(page, "Add the 120 that are ready")
    assert "of 120 shown" in said(page)


def bring_the_messy_list(page: Page, event: str) -> None:
    """Say what its words mean, put its faults right, and leave out what nobody can mend."""
    bring(page, event, "messy_export.csv")
    before = ready(page)
    mend_everything(page)
    assert ready(page) > before
    number = ready(page)
    press(page, re.compile(r"^Add the \d+ that are ready"))
    assert "stayed behind" in said(page)
    press(page, "See the roster")
    assert f"of {120 + number} shown" in said(page)


def bring(page: Page, event: str, name: str) -> None:
    """Upload a list and take every guess, up to the report."""
    page.goto(f"{event}/roster")
    press(page, "Import a list")
    page.set_input_files("#file", SAMPLES / name)
    press(page, "Read the list")
    press(page, "Go on")
    while page.locator("select[name^=word-]").count():
        for select in page.locator("select[name^=word-]").all():
            if not select.input_value():
                select.select_option(index=1)
        press(page, "Check every row")


def ready(page: Page) -> int:
    found = re.search(r"(\d+) ready to add", said(page))
    assert found is not None, said(page)
    return int(found[1])


def mend_everything(page: Page) -> None:
    """Put right every row that can be, until none is left or nothing helps any more."""
    for at in range(6):
        if not page.get_by_role("button", name="Save and check again").count():
            return
        for number, field in enumerate(page.locator("input[name^=fix-]").all()):
            is_address = (field.get_attribute("name") or "").endswith("email")
            field.fill(f"mended{at}{number}@example.org" if is_address else "Mended Name")
        for select in page.locator("select[name^=fix-]").all():
            select.select_option(index=1)
        for box in page.locator("input[name^=empty-]").all():
            box.check()
        press(page, "Save and check again")


def plan(page: Page, event: str, town: Town) -> str:
    """Ask for a plan and let the worker work; return the plan's address."""
    page.goto(f"{event}/plan")
    page.locator("[name=time_limit_s]").fill(PLANNING_S)
    with page.expect_navigation():
        page.locator("main form").get_by_role("button", name="Plan", exact=True).first.click()
    run = page.url
    town.work(int(run.rsplit("/", 1)[1]))
    page.goto(run)
    assert page.locator("#verdict").count() == 1, said(page)
    return run


def follow_a_person(page: Page, run: str) -> str:
    """Follow somebody who moves through the seating; return their id in the plan."""
    page.goto(run)
    who = page.locator("table.seating td .chip").first.get_attribute("data-p") or ""
    page.locator("select#who").select_option(who)
    press(page, "Follow")
    assert page.locator("table.seating .chip.you").count() >= 3
    return who


def swap_two(page: Page, run: str, who: str, *, drags: bool) -> str:
    """Swap somebody with the first whom no rule forbids; take it back, and do it again."""
    page.goto(run)
    page.locator(f"table.seating td .chip[data-p={who}]").first.click()
    choice = page.locator("a.seat.ok, a.seat.care").filter(has_not_text="Move here").first
    choice.click()
    page.locator("#dock").wait_for()
    assert "No rule is broken." in said(page)
    press(page, re.compile("^Swap"), within=page.locator("#dock"))
    assert page.url != run
    press(page, re.compile("^Undo: "))
    press(page, re.compile("^Redo: "))
    if drags:
        drag_finds_choices(page, who)
    return page.url


def drag_finds_choices(page: Page, who: str) -> None:
    """Lift somebody in the grid, which says where they may go, and put them back."""
    chip = page.locator(f"table.seating td .chip[data-p={who}]").last
    chip.hover()
    box = chip.bounding_box()
    assert box is not None
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=8)
    page.locator("table.seating.dragging").locator(".ok, .care").first.wait_for()
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator("table.seating.dragging").count() == 0


def pin_one(page: Page, run: str, who: str) -> None:
    page.goto(run)
    page.locator(f"table.seating td .chip[data-p={who}]").first.click()
    press(page, re.compile("^Pin it to "))
    page.goto(run)
    assert page.locator("table.seating .chip.pin").count() == 1


def pinned_seats(page: Page, run: str) -> int:
    page.goto(run)
    return page.locator("table.seating .chip.pin").count()


def compare_the_two(page: Page, event: str) -> None:
    page.goto(f"{event}/plan")
    press(page, "Compare")
    assert "Goal by goal" in said(page)


def publish(page: Page, event: str, town: Town) -> None:
    page.goto(f"{event}/plan")
    press(page, "Compare and publish")
    assert "The first version" in said(page)
    press(page, re.compile("^Publish and tell "))
    assert len(town.new_mail()) >= 100


def print_cards(page: Page, event: str) -> None:
    """Open the cards, which print to whole sheets: four on each."""
    page.goto(f"{event}/paper")
    assert "version 1" in said(page)
    press(page, "Open Rotation cards")
    names = page.locator("article.card").count()
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert names >= 100
    assert sheets == -(-names // 4)
