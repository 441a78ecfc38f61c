"""A newcomer follows one calendar entry: read the invite, import it, move the event, see it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.conftest import RunningDemo

pytestmark = [needs_browser, pytest.mark.browser]
EVENT = "Conference hour"
UPDATED_WITHIN_S = 240.0


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        found = open_page(browser, width=1280)
        yield found
        found.context.close()


def sign_in(page: Page, demo: RunningDemo) -> None:
    page.goto(f"{demo.url}/sign-in")
    page.get_by_label("E-mail").fill("organiser@example.org")
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/events$"))


def open_first_mail(page: Page, subject: str) -> str:
    """Open the newest mail about something; return whom it is to."""
    row = page.get_by_role("row").filter(has_text=subject).first
    name = row.get_by_role("cell").nth(1).inner_text()
    with page.expect_navigation():
        row.get_by_role("link").click()
    return name


def entry(page: Page) -> icalendar.Event:
    """Download the calendar entry of the open mail, and read it as an import does."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the calendar entry").click()
    assert download.value.suggested_filename == "invite.ics"
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    assert calendar["METHOD"] == "REQUEST"
    [found] = calendar.walk("VEVENT")
    return found


def plain_text(page: Page) -> str:
    return page.get_by_role("region", name="Plain text of the mail").inner_text()


def feed(page: Page, text: str) -> list[icalendar.Event]:
    """Read the feed that a mail names, in the order of its rounds."""
    address = re.search(r"http\S+/feed/\S+\.ics", text)
    assert address is not None
    answer = page.request.get(address[0])
    assert answer.ok
    rounds = Calendar.from_ical(answer.body()).walk("VEVENT")
    return sorted(rounds, key=lambda one: one["DTSTART"].dt)


def move(page: Page, to: datetime) -> None:
    """Take the way that the first page offers."""
    page.get_by_role("link", name=f"Move {EVENT}").click()
    page.get_by_label("New day").fill(f"{to:%Y-%m-%d}")
    page.get_by_label("New start").fill(f"{to:%H:%M}")
    page.get_by_role("button", name="Show before and after").click()
    page.get_by_role("button", name=re.compile(r"Move and tell \d+ people")).click()
    expect(page.get_by_role("status")).to_contain_text("The event is moved.")


def wait_for_update(page: Page, name: str) -> None:
    """Look for somebody's update in the outbox until it has left."""
    with page.expect_navigation():
        page.get_by_role("link", name="Outbox", exact=True).click()
    page.get_by_role("searchbox").fill(name)
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    mail = page.get_by_role("row").filter(has_text=f"New time: {EVENT}").first
    until = time.monotonic() + UPDATED_WITHIN_S
    while mail.count() == 0 or "sent" not in mail.inner_text():
        assert time.monotonic() < until, "the update did not leave"
        page.wait_for_timeout(500)
        page.reload()


def test_a_newcomer_follows_one_calendar_entry(demo: RunningDemo, page: Page) -> None:
    tomorrow = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    to = tomorrow.replace(hour=18, minute=0, second=0, microsecond=0)

    sign_in(page, demo)
    page.get_by_role("region", name="New here?").get_by_role("link", name="outbox").click()
    reader = open_first_mail(page, f"Your plan for {EVENT}")
    seen = page.frame_locator("iframe")
    expect(seen.get_by_role("heading", name="Your plan, round by round")).to_be_visible()
    invited, letter = entry(page), plain_text(page)
    page.get_by_role("link", name="All events").click()
    move(page, to)
    wait_for_update(page, reader)
    open_first_mail(page, f"New time: {EVENT}")
    updated, lines = entry(page), plain_text(page).splitlines()
    rounds = feed(page, letter)

    assert (invited["SEQUENCE"], updated["SEQUENCE"]) == (0, 1)
    assert updated["UID"] == invited["UID"]
    assert updated["DTSTART"].dt == to
    assert lines[0].startswith("Before: ")
    assert lines[1].startswith(f"Now:    {to:%A} {to.day} {to:%B %Y}, 18:00 to ")
    assert rounds[0]["DTSTART"].dt == to
    assert len({one["UID"] for one in [*rounds, updated]}) == len(rounds) + 1
