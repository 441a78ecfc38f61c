"""Sheets as Chromium prints them: whole A4, nothing cut, nothing on a sheet too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.services import accounts
from tests.builders import make_event, make_organisation, make_organiser, planned_block
from tests.conftest import Clock
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import ALL_LOOKS, cookie_for, problems_of, serving
from tests.paper import SCRIPTS, add_break, make_hall, publish_hall
from tests.ports import free_port

pytestmark = [needs_browser, pytest.mark.browser]

WIDE = " ".join(["W" * 40] * 4) + "M" * 36
LONG = "Doctor " + "Maximiliane-Wilhelmina " * 8
CJK = "\u5b5f\u971e" * 100
OVERFLOW = """() => [...document.querySelectorAll(
  ".a4, .cut, .face, .inside, .page, .card ol, .card li, .card footer, .badge footer")]
  .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map(one => [one.className, one.scrollHeight, one.clientHeight, one.scrollWidth, one.clientWidth,
    one.innerText.slice(0, 40)].join(" "))"""
COVERED = """() => [...document.querySelectorAll(".a4")].flatMap(sheet =>
  [...sheet.querySelectorAll("footer")].filter(foot => {
    const above = foot.previousElementSibling;
    return above && above.getBoundingClientRect().bottom > foot.getBoundingClientRect().top + 1;
  }).map(foot => foot.innerText))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def an_evening(factory: SessionFactory, shape: str, now: datetime) -> tuple[int, str]:
    """Return an event of one of the shapes that may break a sheet, and a session's token."""
    is_long = shape == "names"
    mentors: tuple[str, ...] = ("Diane", WIDE, LONG) if is_long else ("Diane", "Oskar", "Bo")
    mentees: tuple[str, ...] = (*SCRIPTS, WIDE, LONG, CJK) if is_long else SCRIPTS
    if shape == "alone":
        mentors, mentees = ("Diane",), ()
    with unit_of_work(factory) as session:
        house = make_organisation(session)
        olivia = make_organiser(session, organisation=house)
        event = make_event(
            session,
            organisation=house,
            rounds={"twelve": 12, "sixty": 60}.get(shape, 3),
            tables=len(mentors),
            name="An evening of good questions " * (4 if is_long else 1),
        )
        if is_long:
            planned_block(event).tables[1].label = "The reading room, second floor, left " * 3
        hall = make_hall(
            session,
            event=event,
            mentors=mentors,
            mentees=mentees,
            question="Why is it so? " * (140 if is_long else 1),
        )
        if is_long:
            for one in (*hall.mentors, *hall.mentees):
                one.person.affiliation = "Institute " * 20
        add_break(session, event)
        if shape != "nobody":
            publish_hall(session, hall)
        return event.id, accounts.open_session(session, olivia.id, now=now)


def pages(document: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", document))


def opened(browser: Browser, app: Flask, url: str, token: str) -> Page:
    page = open_page(browser, width=1280)
    page.context.add_cookies([cookie_for(app, url, **{SESSION_KEY: token})])  # type: ignore[list-item]
    return page


@pytest.mark.parametrize("shape", ["nobody", "alone", "names", "twelve", "sixty"])
def test_sheets_are_whole_in_a_browser_and_in_the_file(
    app: Flask, browser: Browser, session_factory: SessionFactory, clock: Clock, shape: str
) -> None:
    event_id, token = an_evening(session_factory, shape, clock())
    with serving(app, free_port()) as url:
        page = opened(browser, app, url, token)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}/events/{event_id}/paper/all?blanks=3")
        page.wait_for_function("document.fonts.status == 'loaded'")
        sheets = page.locator(".a4").count()

        assert page.evaluate(OVERFLOW) == []
        assert page.evaluate(COVERED) == []
        assert sheets > 0
        assert pages(page.pdf(prefer_css_page_size=True)) == sheets
        file = page.request.get(f"{url}/events/{event_id}/paper/all.pdf?blanks=3")
        assert pages(file.body()) == sheets
        assert said == []
        page.context.close()


def test_pages_are_for_everybody(
    app: Flask, browser: Browser, session_factory: SessionFactory, clock: Clock
) -> None:
    event_id, token = an_evening(session_factory, "evening", clock())
    with serving(app, free_port()) as url:
        page = opened(browser, app, url, token)
        for path, looks in (("paper?since=1", ALL_LOOKS), ("paper/all?blanks=1", ((1280, False),))):
            page.goto(f"{url}/events/{event_id}/{path}")
            assert problems_of(page, looks) == [], path
        page.context.close()
