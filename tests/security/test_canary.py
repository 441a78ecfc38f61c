"""Nothing of another organisation and nothing confidential in any byte that can be fetched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Mapper

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, OrganiserRole
from app.mail.message import build
from app.services import delivery
from config import Config
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.security.crawl import DESK, LINKS, changes, crawl, pages_with, starts
from tests.security.fixtures import Browser
from tests.security.world import NOT_WITH, World, owned_models, texts

PEOPLE = ("mentor", "asker", "named", "held")


def test_every_text_of_every_row_bears_its_sides_marker(
    session_factory: SessionFactory, world: World
) -> None:
    """Otherwise the tests below could not fail."""
    with unit_of_work(session_factory, write=False) as session:
        unmarked, marks = [], {"canarya": 0, "canaryb": 0}
        for mapper in owned_models():
            for row in session.scalars(select(mapper.class_)):
                for column in texts(mapper):
                    found = [mark for mark in marks if mark in str(getattr(row, column.name))]
                    if len(found) != 1:
                        unmarked.append((mapper.local_table.name, column.name, row.id))
                    for mark in found:
                        marks[mark] += 1

    assert unmarked == []
    assert marks["canarya"] == marks["canaryb"] > 200
    assert all(_both_have(world, mapper) for mapper in owned_models())


def _both_have(world: World, mapper: Mapper[object]) -> bool:
    name = str(mapper.local_table.name)
    return bool(world.a.rows[name] and world.b.rows[name])


@pytest.mark.parametrize("role", list(OrganiserRole))
def test_nothing_of_another_organisation_is_in_what_organisers_can_fetch(
    app: Flask, world: World, browser: Browser, role: OrganiserRole
) -> None:
    pages = crawl(browser(world.a, role), starts(app, world.a, DESK))

    assert pages_with(pages, world.b.marker) == []
    assert len(pages_with(pages, world.a.marker)) > 20


def test_nothing_of_another_organisation_is_in_what_a_link_opens(app: Flask, world: World) -> None:
    for person in PEOPLE:
        pages = crawl(app.test_client(), starts(app, world.a, LINKS, person=person))

        assert pages_with(pages, world.b.marker) == []
        assert len(pages_with(pages, world.a.marker)) > 3


def test_nothing_of_another_organisation_is_in_the_answer_to_a_form(
    app: Flask, world: World, browser: Browser, anew: Callable[[], None]
) -> None:
    shown = []
    for route in changes(app, DESK | LINKS):
        answer = browser(world.a).open(
            route.url(world.a), method=route.method, follow_redirects=True
        )
        shown += [str(route)] if world.b.marker in answer.text else []
        anew()

    assert shown == []


def test_foreign_rows_are_not_named_by_a_form_either(
    app: Flask, world: World, browser: Browser, anew: Callable[[], None]
) -> None:
    """Every field of every form that could name a row names a foreign one."""
    names = {f"{table}_id": rows[0] for table, rows in world.b.rows.items() if rows}
    fields = names | {"block": world.b.first("block_id"), "id": 1, "ids": 1, "people": 1}
    fields |= {"sign_up": world.b.first("sign_up_id"), "who": world.b.first("sign_up_id")}
    shown = []
    for route in changes(app, DESK):
        answer = browser(world.a).open(
            route.url(world.a), method=route.method, data=fields, follow_redirects=True
        )
        shown += [str(route)] if world.b.marker in answer.text else []
        anew()

    assert shown == []


def test_mails_hold_nothing_of_another_organisation_and_nothing_confidential(
    session_factory: SessionFactory, world: World, settings: Config, key: bytes, clock: Clock
) -> None:
    transport = MemoryTransport()
    delivery.deliver_due(
        session_factory, transport, clock=clock, settings=settings, key=key, owner="test"
    )
    wrong = []
    for mail in transport.delivered:
        content = bytes(build(mail)).decode("utf-8", "replace").lower()
        mine = [side for side in (world.a, world.b) if side.marker in mail.to_address.lower()]
        other = world.b if mine == [world.a] else world.a
        if len(mine) != 1 or other.marker in content or NOT_WITH.lower() in content:
            wrong.append(mail.to_address)

    assert wrong == []
    assert len(transport.delivered) > 10


def _confidential() -> tuple[str, ...]:
    return tuple(NOT_WITH.replace(" ", sign) for sign in (" ", "%20", "+", "_"))


def test_whom_somebody_would_rather_not_meet_is_nowhere_for_those_who_take_part(
    app: Flask, world: World
) -> None:
    for person in PEOPLE:
        pages = crawl(app.test_client(), starts(app, world.a, LINKS, person=person))

        assert [pages_with(pages, secret) for secret in _confidential()] == [[]] * 4


def test_whom_somebody_would_rather_not_meet_is_nowhere_for_an_organiser(
    app: Flask, world: World, browser: Browser
) -> None:
    pages = crawl(browser(world.a, OrganiserRole.ORGANISER), starts(app, world.a, DESK | LINKS))

    assert [pages_with(pages, secret) for secret in _confidential()] == [[]] * 4


def test_whom_somebody_would_rather_not_meet_is_in_no_answer_to_a_form(
    app: Flask, world: World, browser: Browser, anew: Callable[[], None]
) -> None:
    shown = []
    for route in changes(app, DESK | LINKS):
        client = browser(world.a, OrganiserRole.ORGANISER)
        answer = client.open(route.url(world.a), method=route.method, follow_redirects=True)
        shown += [str(route)] if NOT_WITH.lower() in answer.text.lower() else []
        anew()

    assert shown == []


def test_each_persons_feed_and_pages_are_found_by_their_links_only(world: World) -> None:
    tokens = [
        token
        for side in (world.a, world.b)
        for links in side.personal.values()
        for token in links.values()
    ]

    assert len(set(tokens)) == len(tokens) == 2 * len(PEOPLE) * len(LinkPurpose)
