"""A mentee at a phone's width signs up with the keyboard alone, and sees where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, select

from app.db import SessionFactory, unit_of_work
from app.enums import QuestionKind, WishKind
from app.factory import create_app
from app.models import CustomQuestion, Person
from config import Config
from tests.builders import make_event
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import serving
from tests.ports import free_port

pytestmark = [needs_browser, pytest.mark.browser]
FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const marked = [here, here.parentElement, here.closest('label'), here.nextElementSibling];
  const rings = marked.filter(Boolean).map((one) => getComputedStyle(one));
  return {
    tag: here.tagName, id: here.id, name: here.name ?? '', text: here.textContent.trim(),
    class: here.className, chosen: here.selectedOptions?.[0]?.text ?? '',
    marked: rings.some((ring) =>
      (ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2)
      || ring.boxShadow !== 'none'),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.left >= -1 && box.right <= innerWidth + 1,
  };
}"""
MOST_STEPS = 60


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(
    browser: Browser,
    settings: Config,
    engine: Engine,
    session_factory: SessionFactory,
    now: datetime,
) -> Iterator[Page]:
    """Open the page of an event that asks two questions of its own."""
    port = free_port()
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening", confirms_address=False)
        event.questions = [
            CustomQuestion(
                position=at,
                key=f"q{at}",
                label=label,
                kind=kind,
                choices=[],
                roles=[],
                is_required=True,
            )
            for at, (label, kind) in enumerate(
                [("Your first language", QuestionKind.TEXT), ("Coming by car", QuestionKind.YES_NO)]
            )
        ]
    settings = replace(settings, base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings, engine=engine, clock=lambda: now)
    with serving(app, port) as url:
        page = open_page(browser, width=390)
        page.goto(f"{url}/e/evening")
        yield page
        page.context.close()


def step(page: Page, key: str = "Tab") -> dict[str, Any]:
    """Press a key; return where that leads, which is somewhere, on the screen, and marked."""
    page.keyboard.press(key)
    here = look(page)
    assert here["tag"] != "BODY", f"lost after {key}"
    return here


def look(page: Page) -> dict[str, Any]:
    """Return where the focus is, which is on the screen, and marked."""
    here: dict[str, Any] = page.evaluate(FOCUS)
    assert here["seen"], here
    assert here["marked"], here
    return here


def tab_to(page: Page, **wanted: str) -> dict[str, Any]:
    """Go on with Tab until something is reached."""
    for _ in range(MOST_STEPS):
        here = step(page)
        if all(text in here[key] for key, text in wanted.items()):
            return here
    pytest.fail(f"Tab never leads to {wanted}")


def write(page: Page, name: str, text: str) -> None:
    tab_to(page, name=name)
    page.keyboard.type(text)


def choose(page: Page, name: str, option: str) -> None:
    """Go down a list to an option; typing its first letters counts only when it is done fast."""
    here = tab_to(page, name=name)
    for _ in range(MOST_STEPS):
        if here["chosen"].startswith(option):
            return
        here = step(page, "ArrowDown")
    pytest.fail(f"{name} never says {option}")


def test_a_mentee_signs_up_with_the_keyboard_alone(
    page: Page, session_factory: SessionFactory
) -> None:
    assert step(page)["text"] == "Skip to the content"
    send_it_empty(page)
    begin_at_the_first_problem(page)
    answer_everything(page)
    tab_to(page, tag="BUTTON", text="Ask for my place")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/e/evening/thanks"), page.inner_text("main")
    assert stored(session_factory) == (
        "Zoë Newcomer",
        "student",
        "Northern General",
        "How do I begin?",
        ["Research methods"],
        2,
        ["Farsi", "yes"],
        ["Prof. Strict"],
        {"plan", "name"},
    )


def send_it_empty(page: Page) -> None:
    tab_to(page, tag="BUTTON", text="Ask for my place")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    here = page.evaluate(FOCUS)
    assert (here["class"], here["seen"], here["marked"]) == ("errors", True, True)
    assert page.title().startswith("Error: ")


def begin_at_the_first_problem(page: Page) -> None:
    """Follow the first link of the summary to its field; Tab goes on from there."""
    assert step(page)["tag"] == "A"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName == 'INPUT'")
    here = look(page)
    assert (here["tag"], here["name"]) == ("INPUT", "name")


def answer_everything(page: Page) -> None:
    page.keyboard.type("Zoë Newcomer")
    write(page, "email", "zoe@example.org")
    choose(page, "stage", "Stu")
    write(page, "affiliation", "Northern General")
    write(page, "question", "How do I begin?")
    choose(page, "topic1", "Res")
    write(page, "own_1", "Farsi")
    choose(page, "own_2", "Y")
    tab_to(page, name="rounds")
    step(page, "Space")
    tab_to(page, tag="SUMMARY", text="rather not sit with")
    step(page, "Enter")
    write(page, "not_with", "Prof. Strict")
    for name in ("consent_plan", "consent_name"):
        tab_to(page, name=name)
        step(page, "Space")


def stored(session_factory: SessionFactory) -> tuple[object, ...]:
    with unit_of_work(session_factory, write=False) as session:
        person = session.scalars(select(Person)).one()
        mine = person.sign_up
        return (
            person.name,
            person.stage,
            person.affiliation,
            mine.question,
            mine.topics,
            3 - len(mine.absent_rounds),
            [answer.value for answer in mine.answers],
            [wish.target for wish in mine.wishes if wish.kind is WishKind.NOT_WITH],
            {str(consent.kind) for consent in mine.consents},
        )
