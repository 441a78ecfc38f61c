"""Every page there is, found in the app's own map: axe finds nothing, and nothing runs off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask, abort
from playwright.sync_api import Browser, Page

from app.blueprints.guards import SESSION_KEY, STEWARD_KEY
from app.db import make_engine
from app.enums import OrganiserRole
from app.factory import create_app
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import LOOKS, Turns, cookie_for, problems_of, serving
from tests.ports import free_port
from tests.security.fixtures import MADE_NOW, made, settings_of
from tests.security.routes import MADE_UP, Kind, routes
from tests.security.world import World

__all__ = ["made"]

pytestmark = [needs_browser, pytest.mark.browser]
STATUSES = (400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)
STRANGER, OWNER = "a stranger", "an owner"
HOLDERS = {
    "participant.home": ("mentor", "asker", "named", "held"),
    "participant.edit": ("mentor", "asker"),
    "my_data.sheet": ("mentor",),
}
"""Whose links are opened, where people see different things."""
OWN_QUERIES = {
    "archived events": "/events?show=archived",
    "a new group block": "/events/{event}/agenda/new?kind=group",
    "a mentor to add": "/events/{event}/roster/add?role=mentor",
    "who waits for a yes": "/events/{event}/roster?show=asked",
    "nobody found": "/events/{event}/roster?q=nobody-is-called-this",
}
"""Pages of an organiser that show something else with a query."""
WRONG_FORMS = {
    "a stranger, sign-up sent empty": "/e/{slug}?role=mentee",
    "a stranger, a mentor's sign-up sent empty": "/e/{slug}?role=mentor",
    "a stranger, link asked for nobody": "/e/{slug}/link",
    "a stranger, forgot sent empty": "/forgot",
    "an owner, event without a name": "/events/new?preset=small-all-meet",
    "an owner, question without words": "/events/{event}/sign-up/questions/new",
    "an owner, team without an address": "/team",
    "an owner, a key without a name": "/api-access",
    "an owner, somebody without a name": "/events/{event}/roster/add?role=mentee",
    "an owner, a message without a text": "/events/{event}/messages/new",
}
"""Pages whose main form is sent as it is, and comes back with what to put right."""

PRESSED = {"/team": "main form[method=post] button:has-text('Send the invitation')"}
"""Which button, where the form that is sent is not the last one of its page."""


@dataclass(frozen=True, kw_only=True)
class House:
    """The served application, and a page of each kind of person."""

    app: Flask
    url: str
    world: World
    people: dict[str, Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def house(
    made: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[House]:
    folder, port, world = tmp_path_factory.mktemp("house"), free_port(), made[1]
    shutil.copyfile(made[0], folder / "roundabout.sqlite")
    settings = replace(settings_of(folder), base_url=f"http://127.0.0.1:{port}")
    engine = make_engine(settings.database_url)
    app = create_app(settings, engine=engine, clock=lambda: MADE_NOW)
    app.add_url_rule("/broken/<int:status>", "broken", abort)
    with serving(app, port) as url:
        people = {STRANGER: open_page(browser, width=320), OWNER: open_page(browser, width=320)}
        kept = {
            SESSION_KEY: world.a.browsers[OrganiserRole.OWNER],
            STEWARD_KEY: world.a.secret("steward_link"),
        }
        people[OWNER].context.add_cookies([cookie_for(app, url, **kept)])
        yield House(app=app, url=url, world=world, people=people)
    engine.dispose()


def addresses(house: House) -> dict[str, str]:
    """Return every address that answers with a page, by who opens it and what it is."""
    side, found = house.world.a, {}
    strangers = {Kind.PUBLIC, Kind.PERSONAL, Kind.ONE_TIME, Kind.FEED}
    for route in routes(house.app):
        if route.method != "GET" or route.rule.endpoint in {"static", "broken"}:
            continue
        who = STRANGER if route.row.kind in strangers else OWNER
        for person in HOLDERS.get(route.rule.endpoint, ("asker",)):
            found[f"{who}, {route.rule.endpoint} {person}"] = route.url(side, person=person)
    found[f"{STRANGER}, a mentor's form"] = f"/e/{side.slug}?role=mentor"
    found[f"{OWNER}, a format's form"] = "/events/new?preset=small-all-meet"
    for name, address in OWN_QUERIES.items():
        found[f"{OWNER}, {name}"] = address.format(event=side.event_id)
    found[f"{STRANGER}, a link that nobody has"] = f"/me/{MADE_UP}"
    for status in STATUSES:
        found[f"{STRANGER}, error {status}"] = f"/broken/{status}"
    return found


def is_page(house: House, who: str, address: str) -> bool:
    """Return whether an address leads to a whole page of HTML; looked up without the browser.

    In a mail's own page no script runs, axe as little as any other.
    """
    client = house.app.test_client()
    for cookie in house.people[who].context.cookies():
        client.set_cookie(cookie["name"], cookie["value"])
    answer = client.get(address, buffered=True)
    if "sandbox" in answer.headers.get("Content-Security-Policy", ""):
        return False
    return answer.mimetype == "text/html" and answer.data.lstrip()[:9].lower() == b"<!doctype"


@pytest.mark.parametrize("turns", LOOKS)
def test_every_page_is_accessible_and_fits(house: House, turns: Turns) -> None:
    problems, seen = {}, 0
    for name, address in addresses(house).items():
        who = name.partition(",")[0]
        if not is_page(house, who, address):
            continue
        page = house.people[who]
        page.goto(house.url + address)
        seen += 1
        found = problems_of(page, turns[seen % len(turns)])
        if found:
            problems[name] = found

    assert problems == {}
    assert seen > 50


@pytest.mark.parametrize("turns", LOOKS)
def test_every_form_that_comes_back_is_accessible_and_has_the_focus_on_its_summary(
    house: House, turns: Turns
) -> None:
    side, problems = house.world.a, {}
    for at, (name, address) in enumerate(WRONG_FORMS.items()):
        page = house.people[name.partition(",")[0]]
        page.goto(house.url + address.format(slug=side.slug, event=side.event_id))
        with page.expect_navigation():
            page.locator(PRESSED.get(address, "main form[method=post] button")).last.click()
        found: list[object] = [*problems_of(page, turns[at % len(turns)])]
        if not page.title().startswith("Error: "):
            found.append(page.title())
        if page.evaluate("document.activeElement.className") != "errors":
            found.append(f"focus on {page.evaluate('document.activeElement.outerHTML')[:80]}")
        if found:
            problems[name] = found

    assert problems == {}
