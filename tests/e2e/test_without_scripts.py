"""The whole street with JavaScript off: what an organiser and participants do, by real clicks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.db import unit_of_work
from app.enums import Role
from app.models import Event
from tests.builders import make_sign_up
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import serving
from tests.e2e.street import PASSWORD, Town, link_in, recipient
from tests.ports import free_port

pytestmark = [needs_browser, pytest.mark.browser]
EVENT = "/e/evening-of-questions"


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


def press(page: Page, name: str) -> None:
    """Click a button or link by what it says, and wait for the page it leads to."""
    main = page.locator("main")
    found = main.get_by_role("button", name=name, exact=True)
    found = found.or_(main.get_by_role("link", name=name, exact=True)).first
    with page.expect_navigation():
        found.click()


def test_the_whole_street_works_with_javascript_off(town: Town, url: str, browser: Browser) -> None:
    town.organiser()
    desk, phone = (open_page(browser, width=width, scripts=False) for width in (1280, 390))
    sign_in(desk, url)
    event_id = make_an_event(desk, url)
    ask_for_a_place(phone, url, "zoe@example.org")
    ask_for_a_place(phone, url, "max@example.org")
    links = confirm(phone, url, town)
    say_yes(desk, url, event_id)
    change_answers(phone, url + links["zoe@example.org"])
    fill_up(town, event_id)
    plan_and_publish(desk, url, event_id, town)
    read_and_take_own_data(phone, url + links["zoe@example.org"])
    withdraw(phone, url + links["max@example.org"])
    erase(phone, url + links["zoe@example.org"])
    for page in (desk, phone):
        page.context.close()


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail").fill("olga@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")

    assert page.url.endswith("/events")


def make_an_event(page: Page, url: str) -> int:
    """Make it, ask for approval and a question of its own, and open it."""
    page.goto(f"{url}/events/new?preset=small-all-meet")
    page.get_by_label("Name of the event").fill("Evening of questions")
    page.get_by_label("Day", exact=True).fill("2027-03-11")
    page.get_by_label("Start", exact=True).fill("17:45")
    press(page, "Make the event")
    event_id = int(page.url.rsplit("/", 1)[1])
    press(page, "Sign-up settings")
    page.get_by_label(re.compile("We read each sign-up")).check()
    press(page, "Save")
    page.goto(f"{url}/events/{event_id}/sign-up/questions/new")
    page.get_by_label("Your question").fill("First language")
    page.get_by_label("A text in their own words").check()
    press(page, "Put it on the form")
    assert "First language" in page.inner_text("main")
    page.goto(f"{url}/events/{event_id}")
    press(page, "Open sign-up")
    page.locator("main form input[type=checkbox]").check()
    press(page, "Open sign-up")

    return event_id


def ask_for_a_place(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}{EVENT}?role=mentee")
    press(page, "Ask for my place")
    assert page.title().startswith("Error: ")
    page.get_by_label("Your name").fill("Zoë Newcomer")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Where you are in training").select_option("student")
    page.get_by_label("One question you will bring").fill("How do I begin?")
    page.get_by_label("Choice 1").select_option(index=1)
    page.get_by_label("First language").fill("Farsi")
    page.get_by_text("Somebody you would love to meet").click()
    page.locator("[name=wishes]").fill("Ada Mentor")
    page.get_by_label("Plan my time with these answers").check()
    press(page, "Ask for my place")

    assert page.url.endswith("/thanks")


def confirm(page: Page, url: str, town: Town) -> dict[str, str]:
    """Open the links in the mail and press the button; return the personal links."""
    for message in town.new_mail():
        page.goto(url + link_in(message))
        press(page, "Confirm my address")
    return {recipient(message): link_in(message) for message in town.new_mail()}


def say_yes(page: Page, url: str, event_id: int) -> None:
    page.goto(f"{url}/events/{event_id}/roster?show=asked")
    press(page, "Tick all 2")
    press(page, "Say yes")

    assert "2 people have a place" in page.inner_text("main")


def change_answers(page: Page, link: str) -> None:
    page.goto(link)
    assert "You have a place" in page.inner_text("h1")
    press(page, "Change my answers")
    page.get_by_label("One question you will bring").fill("How do I go on?")
    press(page, "Keep these answers")
    assert "How do I go on?" in page.inner_text("main")
    assert "all 7" in page.inner_text("main")
    page.get_by_text("I will be late or leave early").click()
    press(page, "Change my rounds")
    page.locator("[name=rounds]").first.uncheck(force=True)
    press(page, "Tell the organisers")

    assert "all 7" not in page.inner_text("main")


def fill_up(town: Town, event_id: int) -> None:
    """Let others come too: they did the same."""
    with unit_of_work(town.wiring.session_factory) as session:
        event = session.get_one(Event, event_id)
        topic = event.topics[0].name
        for number in range(8):
            role = Role.MENTOR if number < 4 else Role.MENTEE
            make_sign_up(session, event, role=role, topics=(topic,))


def plan_and_publish(page: Page, url: str, event_id: int, town: Town) -> None:
    page.goto(f"{url}/events/{event_id}/plan")
    page.locator("[name=time_limit_s]").fill("2")
    press(page, "Plan")
    town.work(int(page.url.rsplit("/", 1)[1]))
    page.reload()
    page.goto(page.url.replace("/plans/", "/publish/"))
    press(page, "Publish and tell 10 people")

    assert page.url == f"{url}/events/{event_id}"
    assert len(town.new_mail()) >= 10


def read_and_take_own_data(page: Page, link: str) -> None:
    page.goto(link)
    assert "Your rounds" in page.inner_text("main")
    press(page, "My data: who reads what, a copy of it, erasing it")
    for label in ("For a program (JSON)", "For a spreadsheet (CSV)"):
        with page.expect_download() as found:
            page.get_by_role("button", name=label).click()
        content = found.value.path().read_text("utf-8-sig")
        assert "How do I go on?" in content
        if "JSON" in label:
            assert json.loads(content)


def withdraw(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_text("I cannot come after all").click()
    press(page, "Withdraw")
    with page.expect_navigation():
        page.locator("main form button.danger").click()
    page.goto(link)

    assert "You have withdrawn" in page.inner_text("h1")


def erase(page: Page, link: str) -> None:
    page.goto(f"{link}/data")
    press(page, "Erase me")
    page.locator("[name=sure]").check()
    press(page, "Erase me")
    answer = page.goto(link)

    assert answer is not None
    assert answer.status in {404, 410}
