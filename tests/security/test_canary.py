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
from tests.security.fixtures import Browser, Tour
from tests.security.routes import Kind
from tests.security.world import NOT_WITH, World, owned_models, texts

CONFIDENTIAL = tuple(NOT_WITH.replace(" ", sign) for sign in (" ", "%20", "+", "_"))


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


def test_nothing_of_another_organisation_is_in_what_anybody_can_fetch(
    world: World, tour: Tour
) -> None:
    shown = {who: pages_with(pages, world.b.marker) for who, pages in tour.items()}

    assert {who: pages for who, pages in shown.items() if pages} == {}


@pytest.mark.night
@pytest.mark.parametrize("role", list(OrganiserRole))
def test_nothing_of_another_organisation_is_on_any_page_there_is(
    app: Flask, world: World, browser: Browser, role: OrganiserRole
) -> None:
    pages = crawl(browser(world.a, role), starts(app, world.a, DESK), alike=10_000)

    assert pages_with(pages, world.b.marker) == []
    if role is not OrganiserRole.OWNER:
        assert [pages_with(pages, secret) for secret in CONFIDENTIAL] == [[]] * 4


def test_everybody_fetched_enough_to_find_something(world: World, tour: Tour) -> None:
    """Otherwise the tests around could not fail."""
    own = {who: len(pages_with(pages, world.a.marker)) for who, pages in tour.items()}

    assert own["owner"] >= own["organiser"] > 20
    assert min(own[who] for who in ("asker", "named", "mentor", "anonymous")) >= 3
    assert own["steward"] >= 1


def test_whom_somebody_would_rather_not_meet_is_nowhere_but_with_owners(tour: Tour) -> None:
    """Not for who is named, who helps or who organises, and not by the link of who asked."""
    shown = {
        who: {page for secret in CONFIDENTIAL for page in pages_with(pages, secret)}
        for who, pages in tour.items()
        if who != OrganiserRole.OWNER
    }

    assert {who: pages for who, pages in shown.items() if pages} == {}


def test_no_page_but_the_owners_says_that_two_are_kept_apart(world: World, tour: Tour) -> None:
    asking = tour["organiser"][f"/events/{world.a.event_id}/keep-apart"]

    assert asking.status == 403


def test_nothing_foreign_and_nothing_confidential_is_in_the_answer_to_a_form(
    app: Flask, world: World, browser: Browser, anew: Callable[[], None]
) -> None:
    """Not even when every field that could name a row names a foreign one."""
    foreign = world.b.row("sign_up_id")
    fields: dict[str, object] = dict.fromkeys(("id", "ids", "people", "who", "sign_up"), foreign)
    fields |= {f"{table}_id": rows[0] for table, rows in world.b.rows.items() if rows}
    fields |= {"block": world.b.row("block_id"), "expected_version": 1}
    shown = []
    for route in changes(app, DESK | LINKS):
        answer = browser(world.a, OrganiserRole.ORGANISER).open(
            route.url(world.a), method=route.method, data=fields, follow_redirects=True
        )
        assert route.row.kind in {Kind.OWNER, Kind.HOUSE_OWNER} or answer.status_code not in {
            403,
            500,
        }
        for secret in (world.b.marker, *CONFIDENTIAL):
            shown += [(str(route), secret)] if secret.lower() in answer.text.lower() else []
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


def test_each_persons_feed_and_pages_are_found_by_their_links_only(world: World) -> None:
    tokens = [
        token
        for side in (world.a, world.b)
        for links in side.personal.values()
        for token in links.values()
    ]

    assert len(set(tokens)) == len(tokens) == 2 * len(world.a.personal) * len(LinkPurpose)
