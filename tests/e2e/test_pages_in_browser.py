"""The main pages as people see them: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.conftest import RunningDemo
from tests.e2e.pages import LOOKS, TWO_LOOKS, Turns, problems_of

pytestmark = [needs_browser, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(demo: RunningDemo, browser: Browser) -> dict[str, str]:
    """Return the addresses of the main pages, found by walking from the sign-in page."""
    page = open_page(browser, width=1280)
    sign_in(page, demo)
    found = {"events": "/events", "outbox": "/outbox", "new event": "/events/new"}
    events = sorted(hrefs(page, r"^/events/\d+$"))
    found |= {"event": events[0], "roster": f"{events[0]}/roster", "before a plan": events[1]}
    page.goto(f"{demo.url}{events[2]}/plan")
    found["plan"] = hrefs(page, r"/plans/\d+$")[0]
    found["publish"] = found["plan"].replace("/plans/", "/publish/")
    page.goto(f"{demo.url}/outbox")
    found["mail"] = hrefs(page, r"^/outbox/\d+$")[0]
    page.goto(demo.url + found["mail"])
    mine = [
        link.get_attribute("href") or ""
        for frame in page.frames
        for link in frame.query_selector_all("a[href*='/me/']")
    ]
    found["my page"] = "/me/" + mine[0].split("/me/", 1)[1]
    found["public page"] = "/e/an-evening-of-good-questions"
    found["sign-up as a mentor"] = "/e/an-evening-of-good-questions?role=mentor"
    page.context.close()
    return found


def sign_in(page: Page, demo: RunningDemo) -> None:
    page.goto(f"{demo.url}/sign-in")
    page.get_by_label("E-mail").fill("organiser@example.org")
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/events$"))


def hrefs(page: Page, pattern: str) -> list[str]:
    links = [link.get_attribute("href") or "" for link in page.query_selector_all("main a")]
    return sorted({link for link in links if re.search(pattern, link)})


@pytest.mark.parametrize("turns", LOOKS[1:])  # by day every page there is looked at elsewhere
def test_main_pages_are_accessible_and_fit(
    browser: Browser, demo: RunningDemo, pages: dict[str, str], turns: Turns
) -> None:
    page = open_page(browser, width=1280)
    sign_in(page, demo)
    problems = {}
    for at, (name, address) in enumerate(pages.items()):
        page.goto(demo.url + address)
        found = problems_of(page, turns[at % len(turns)])
        if found:
            problems[name] = found
    page.context.close()

    assert problems == {}


def test_what_is_wrong_with_a_page_is_found(browser: Browser) -> None:
    page = open_page(browser, width=1280)
    page.set_content("<main><img src='data:,'><p>" + "wide" * 400 + "</p></main>")

    found = {problem.what.partition(":")[0] for problem in problems_of(page, TWO_LOOKS[:1])}
    page.context.close()

    assert "image-alt" in found
    assert any(what.startswith("scrolls sideways") for what in found)


def test_main_pages_report_no_breach_of_the_content_policy(
    browser: Browser, demo: RunningDemo, pages: dict[str, str]
) -> None:
    page = open_page(browser, width=1280)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    sign_in(page, demo)

    for address in pages.values():
        page.goto(demo.url + address)
    page.context.close()

    assert said == []


def test_the_demo_signs_up_somebody_without_javascript(
    browser: Browser, demo: RunningDemo, pages: dict[str, str]
) -> None:
    page = open_page(browser, width=320, scripts=False)
    page.goto(demo.url + pages["sign-up as a mentor"])

    page.get_by_label("Your name").fill("Zoë Newcomer")
    page.get_by_label("E-mail").fill("zoe@example.org")
    page.get_by_label("Where you are in training").select_option("senior")
    page.get_by_label("Hospital or school").fill("Northern General")
    page.get_by_label("assessment").check()
    page.get_by_label("Plan my time with these answers").check()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("place")).click()

    assert page.url.endswith("/thanks"), page.content()
    page.context.close()
