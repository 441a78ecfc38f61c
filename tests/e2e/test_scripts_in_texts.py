"""Texts that look like scripts, on every kind of page: nothing of them runs in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, QuestionKind, Role
from app.factory import create_app
from app.models import Answer, CustomQuestion, Event
from app.services import access, accounts, addresses
from config import Config
from tests.bad_strings import SCRIPTS
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.e2e.browser import chromium, needs_browser, open_page
from tests.e2e.pages import cookie_for, serving
from tests.ports import free_port

pytestmark = [needs_browser, pytest.mark.browser]
TEXTS = tuple(filter(None, (addresses.clean_line(text) for text in SCRIPTS)))
ROSTER_PAGES = 1 + (len(TEXTS) - 1) // 50


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def fill(session: Session, key: bytes, now: datetime) -> tuple[str, list[str]]:
    """Make an event that is full of the texts; return its owner's session, and its addresses."""
    house = make_organisation(session, name=TEXTS[0])
    owner = make_organiser(session, organisation=house, name=TEXTS[1])
    event = make_event(session, organisation=house, slug="evening", name=TEXTS[2])
    event.venue, event.tagline, event.description = TEXTS[3], TEXTS[4], "\n\n".join(TEXTS)
    ask(event)
    session.flush()
    first = None
    for text in TEXTS:
        mentor = make_sign_up(
            session,
            event,
            name=text,
            role=Role.MENTOR,
            affiliation=text,
            topics=(text,),
            consents=(ConsentKind.PLAN, ConsentKind.LISTED),
        )
        first = first or mentor
    mentee = make_sign_up(
        session, event, name=TEXTS[5], affiliation=TEXTS[6], question="\n".join(TEXTS)
    )
    mentee.goals = "\n".join(TEXTS)
    mentee.answers = [Answer(question_id=one.id, value=TEXTS[7]) for one in event.questions]
    session.flush()
    links = [
        access.link_for(session, one.person_id, LinkPurpose.ACCESS, key=key, now=now)
        for one in (first, mentee)
        if one is not None
    ]
    desk = f"/events/{event.id}"
    rosters = [f"{desk}/roster?page={number + 1}" for number in range(ROSTER_PAGES)]
    paths = ("", "/edit", "/data", "/erase", "/withdraw", "/sheet")
    return accounts.open_session(session, owner.id, now=now), [
        *("/events", "/team", "/account", desk, f"{desk}/sign-up", f"{desk}/sign-up/questions"),
        *(f"{desk}/sign-up/questions/{one.id}" for one in event.questions),
        *rosters,
        *(f"{desk}/roster/{one.id}" for one in (first, mentee) if one is not None),
        *(f"/e/evening{path}" for path in ("", "?role=mentor", "/thanks", "/link")),
        *(f"/me/{link}{path}" for link in links for path in paths),
    ]


def ask(event: Event) -> None:
    event.questions = [
        CustomQuestion(
            position=at,
            key=f"q{at}",
            label=text,
            hint=text,
            kind=kind,
            choices=list(TEXTS) if kind is QuestionKind.CHOICE else [],
            roles=[],
        )
        for at, (text, kind) in enumerate(zip(TEXTS[8:], QuestionKind, strict=False))
    ]


def test_no_text_runs_on_any_page(
    browser: Browser,
    settings: Config,
    engine: Engine,
    session_factory: SessionFactory,
    key: bytes,
) -> None:
    port = free_port()
    now = datetime.fromisoformat("2027-03-01T09:00:00+00:00")
    with unit_of_work(session_factory) as session:
        token, paths = fill(session, key, now)
    settings = replace(settings, base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings, engine=engine, clock=lambda: now)
    said: list[str] = []
    with serving(app, port) as url:
        page = open_page(browser, width=1280)
        page.context.add_cookies([cookie_for(app, url, **{SESSION_KEY: token})])
        listen(page, said)
        for path in paths:
            answer = page.goto(url + path)
            assert answer is not None
            assert answer.status == 200, path
            strange = page.evaluate(STRANGE)
            said += [f"{path}: {one}" for one in strange]
        page.context.close()

    assert said == []


STRANGE = """() => [...document.querySelectorAll(
  'script:not([src^="/static/"]), iframe, u, i, foo, plaintext, title ~ title, [onerror], '
  + '[onload], [style], a[href^="javascript" i], img:not([src^="/static/"])'
)].map((one) => one.outerHTML)"""
"""Elements that no page of ours has."""


def listen(page: Page, said: list[str]) -> None:
    """Note dialogs, errors and breaches of the content policy."""
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))

    def dismiss(dialog: object) -> None:
        said.append(f"{page.url}: a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dismiss)
