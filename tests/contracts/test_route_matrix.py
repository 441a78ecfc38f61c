"""Every route against everybody who might open it: the rows come from the app's own map.

A new route fails here until it has a row in ``tests/security/routes.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app.enums import OrganiserRole
from tests.security.fixtures import (
    Browser,
    anew,
    browser,
    database_copy,
    engine,
    made,
    rows_of,
    world,
)
from tests.security.routes import CHANGING, OTHERS, ROWS, Kind, Route, routes
from tests.security.world import ASKERS, Side, World

__all__ = ["anew", "browser", "database_copy", "engine", "made", "world"]

MAY_BE_MISSING = {"GET ops.security"}
"""Pages that are there only once somebody configured them."""
COUNTED = {"attempt"}
"""Tables that a refused request may write: how often somebody tried."""
GUARDS = {
    Kind.PUBLIC: {"public"},
    Kind.HOUSE: {"organiser"},
    Kind.ORGANISER: {"organiser"},
    Kind.OWNER: {"owner"},
    Kind.HOUSE_OWNER: {"owner"},
    Kind.PERSONAL: {"link"},
    Kind.ONE_TIME: {"link"},
    Kind.STEWARD: {"link", "steward"},
    Kind.MACHINE: {"hook"},
    Kind.FEED: {"link", "public"},
    Kind.PROGRAM: {"api"},
}
REFUSED = {401, 403, 404, 405, 500}
_ONCE = re.compile(rb'name="csrf_token"[^>]*|request \w+')


def all_routes(app: Flask, *kinds: Kind) -> list[Route]:
    return [route for route in routes(app) if not kinds or route.row.kind in kinds]


def send(client: FlaskClient, route: Route, url: str) -> TestResponse:
    sent = {"expected_version": "0"} if route.method in CHANGING else None
    return client.open(url, method=route.method, data=sent, buffered=True)


def body(answer: TestResponse) -> bytes:
    return _ONCE.sub(b"", answer.data)


def snapshot(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows there are, but those that count tries."""
    return {name: rows for name, rows in rows_of(engine).items() if name not in COUNTED}


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert (endpoints - set(ROWS), set(ROWS) - endpoints) == (set(), set())


def test_a_row_and_its_guard_say_the_same(app: Flask) -> None:
    wrong = {
        route.rule.endpoint: getattr(app.view_functions[route.rule.endpoint], "guard", "")
        for route in all_routes(app)
        if route.rule.endpoint != "static"
        and getattr(app.view_functions[route.rule.endpoint], "guard", "")
        not in GUARDS[route.row.kind]
    }

    assert wrong == {}


def test_pages_of_one_event_name_a_row_and_pages_of_a_house_none(app: Flask) -> None:
    wrong = [
        str(route)
        for route in all_routes(app, Kind.ORGANISER, Kind.OWNER, Kind.HOUSE, Kind.HOUSE_OWNER)
        if bool(route.rule.arguments) != (route.row.kind in {Kind.ORGANISER, Kind.OWNER})
    ]

    assert wrong == []


DESK = (Kind.HOUSE, Kind.ORGANISER, Kind.OWNER, Kind.HOUSE_OWNER)


def test_a_stranger_is_sent_to_sign_in(app: Flask, world: World, engine: Engine) -> None:
    before, client = snapshot(engine), app.test_client()

    answers = {
        str(route): (
            (answer := send(client, route, route.url(world.a))).status_code,
            answer.headers.get("Location", "").split("?")[0],
        )
        for route in all_routes(app, *DESK)
    }

    expected = {
        str(route): (401, "") if route.method in CHANGING else (302, "/sign-in")
        for route in all_routes(app, *DESK)
    }
    assert answers == expected
    assert snapshot(engine) == before


@pytest.mark.parametrize("role", list(OrganiserRole))
def test_another_organisation_learns_not_even_that_a_row_is_there(
    app: Flask, world: World, engine: Engine, browser: Browser, role: OrganiserRole
) -> None:
    client, before = browser(world.b, role), snapshot(engine)
    found = {}
    for route in all_routes(app, Kind.ORGANISER, Kind.OWNER):
        theirs = send(client, route, route.url(world.a))
        nobodys = send(client, route, route.url(world.a, made_up=True))
        is_owners = route.row.kind is Kind.OWNER and role is not OrganiserRole.OWNER
        found[str(route)] = (
            theirs.status_code == nobodys.status_code == (403 if is_owners else 404),
            body(theirs) == body(nobodys),
            world.a.marker.encode() not in theirs.data,
        )

    assert {name: answer for name, answer in found.items() if answer != (True, True, True)} == {}
    assert snapshot(engine) == before


def test_the_row_of_another_event_is_not_found_below_an_own_event(
    app: Flask, world: World, engine: Engine, browser: Browser
) -> None:
    """A foreign run, person or mail does not come in under the number of an own event."""
    client, before = browser(world.b), snapshot(engine)
    mixed = {}
    for route in all_routes(app, Kind.ORGANISER, Kind.OWNER):
        ids = {name for name in route.rule.arguments if name.endswith("_id")}
        if len(ids) < 2 or "event_id" not in ids:
            continue
        values: dict[str, object] = {
            name: (world.b if name == "event_id" else world.a).row(name) for name in ids
        }
        values |= {name: OTHERS[name] for name in route.rule.arguments - ids}
        built = route.rule.build(values)
        assert built is not None
        mixed[str(route)] = send(client, route, str(built[1])).status_code

    assert {name: status for name, status in mixed.items() if status != 404} == {}
    assert len(mixed) > 5
    assert snapshot(engine) == before


def test_an_organiser_is_refused_what_only_owners_may(
    app: Flask, world: World, engine: Engine, browser: Browser
) -> None:
    client, before = browser(world.a, OrganiserRole.ORGANISER), snapshot(engine)

    answers = {
        str(route): send(client, route, route.url(world.a)).status_code
        for route in all_routes(app, Kind.OWNER, Kind.HOUSE_OWNER)
    }

    assert set(answers.values()) <= {403}, answers
    assert snapshot(engine) == before


@pytest.mark.parametrize("role", list(OrganiserRole))
def test_whoever_may_open_a_page_gets_it(
    app: Flask,
    world: World,
    browser: Browser,
    anew: Callable[[], None],
    role: OrganiserRole,
) -> None:
    kinds = {Kind.PUBLIC, Kind.HOUSE, Kind.ORGANISER}
    if role is OrganiserRole.OWNER:
        kinds |= {Kind.OWNER, Kind.HOUSE_OWNER}
    answers = {}
    for route in all_routes(app, *kinds):
        if role is OrganiserRole.ORGANISER and route.method in CHANGING:
            continue  # sent as an organiser by the canary's forms
        client = browser(world.a, role)
        answers[str(route)] = send(client, route, route.url(world.a)).status_code
        if route.method in CHANGING:
            anew()

    refused = {name: code for name, code in answers.items() if code in REFUSED}
    assert {name: code for name, code in refused.items() if name not in MAY_BE_MISSING} == {}


LINKS = (Kind.PERSONAL, Kind.ONE_TIME, Kind.FEED)


def test_whoever_holds_a_link_gets_its_pages(
    app: Flask, world: World, anew: Callable[[], None]
) -> None:
    answers = {}
    for route in all_routes(app, *LINKS):
        answers[str(route)] = send(app.test_client(), route, route.url(world.a)).status_code
        if route.method in CHANGING:
            anew()

    refused = REFUSED | {410}
    assert {name: code for name, code in answers.items() if code in refused} == {}


@pytest.mark.parametrize("who", ["anonymous", "other organisation", "organiser", "owner"])
def test_nobody_gets_in_by_a_link_that_is_made_up(
    app: Flask, world: World, engine: Engine, browser: Browser, who: str
) -> None:
    side = {"anonymous": None, "other organisation": world.b}.get(who, world.a)
    role = OrganiserRole.ORGANISER if who == "organiser" else OrganiserRole.OWNER
    client, before = browser(side, role), snapshot(engine)

    answers = {
        str(route): send(client, route, route.url(world.a, made_up=True)).status_code
        for route in all_routes(app, *LINKS)
    }

    expected = {
        str(route): 410 if route.row.kind is Kind.ONE_TIME else 404
        for route in all_routes(app, *LINKS)
    }
    assert answers == expected
    assert snapshot(engine) == before


def test_only_a_browser_that_began_as_steward_reads_the_list_at_the_door(
    app: Flask, world: World, engine: Engine, browser: Browser
) -> None:
    before, refused = snapshot(engine), {}
    for side, role in ((None, OrganiserRole.OWNER), *((world.a, role) for role in OrganiserRole)):
        for route in all_routes(app, Kind.STEWARD):
            answer = send(browser(side, role), route, route.url(world.a))
            refused[f"{route} {side and role}"] = answer.status_code
    unchanged = snapshot(engine) == before
    steward = app.test_client()
    steward.post(f"/s/{world.a.secret('steward_link')}")
    let_in = {
        str(route): send(steward, route, route.url(world.a)).status_code
        for route in all_routes(app, Kind.STEWARD)
    }

    assert (set(refused.values()), unchanged) == ({403}, True)
    assert set(let_in.values()) == {200}


def test_a_link_for_one_purpose_opens_nothing_else(
    app: Flask, world: World, engine: Engine
) -> None:
    before = snapshot(engine)
    opened = []
    for route in all_routes(app, *LINKS):
        for token in _all_tokens(world.a) - _tokens_of(route, world.a):
            built = route.rule.build({"token": token} | _rest(route, world.a))
            assert built is not None
            status = send(app.test_client(), route, str(built[1])).status_code
            if status not in {404, 410}:
                opened.append((str(route), status))

    assert opened == []
    assert snapshot(engine) == before


def _rest(route: Route, side: Side) -> dict[str, object]:
    names = route.rule.arguments
    ids: dict[str, object] = {name: side.row(name) for name in names if name.endswith("_id")}
    return ids | {name: value for name, value in OTHERS.items() if name in names}


def _tokens_of(route: Route, side: Side) -> set[str]:
    """Return every link that is of the kind a route asks for."""
    personal = {
        token
        for links in side.personal.values()
        for purpose, token in links.items()
        if purpose == route.row.token
    }
    return personal | {route.token(side, "asker")}


def _all_tokens(side: Side) -> set[str]:
    own = {token for links in side.personal.values() for token in links.values()}
    return own | {
        side.secret(name)
        for name in ("organiser_invitation", "password_link", "steward_link", "feed_link")
    }


def test_another_participants_link_shows_nothing_of_ones_own(app: Flask, world: World) -> None:
    shown = []
    for route in all_routes(app, Kind.PERSONAL):
        if route.method in CHANGING:
            continue
        page = send(app.test_client(), route, route.url(world.a, person="named"))
        shown += [
            (str(route), secret)
            for secret in (ASKERS, ".asker.", *world.a.personal["asker"].values())
            if secret.encode() in page.data
        ]

    assert shown == []
