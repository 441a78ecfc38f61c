"""Threats that reach every page: hosts, scanners, redirects, proxies, caches, large forms, forgery.

The numbers are those of the threat list; ``threats.py`` says which other tests catch them too.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, request
from sqlalchemy import Engine, func, select, text

from app.db import SessionFactory, unit_of_work
from app.factory import create_app
from app.models import Attempt, OutboxMessage
from config import Config
from tests.builders import PASSWORD
from tests.security.crawl import LINKS, changes
from tests.security.fixtures import Browser, Tour, rows_of
from tests.security.routes import CHANGING, Kind, routes
from tests.security.world import World

EVIL = "evil.example"
SCANNER = {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks; scanner/1.0)"}
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    " //evil.example",
    "\x00//evil.example",
    "//evil.example@localhost/",
    "http://localhost@evil.example",
    "/..//evil.example",
    "\uff0e//evil.example",  # full width
    "/\uff0fevil.example",
)


def mails(factory: SessionFactory) -> list[OutboxMessage]:
    with unit_of_work(factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


HOSTS = {
    "Host": {"Host": EVIL},
    "others": {"X-Forwarded-Host": EVIL, "X-Host": EVIL, "Forwarded": f"host={EVIL}"},
}


@pytest.mark.parametrize("name", HOSTS)
def test_t09_no_host_header_gets_into_a_page_or_a_mail(
    app: Flask, world: World, session_factory: SessionFactory, browser: Browser, name: str
) -> None:
    wrong = []
    for route in routes(app):
        is_change = route.method in CHANGING
        answer = browser(world.a).open(
            route.url(world.a),
            method=route.method,
            headers=HOSTS[name],
            data={"email": f"{world.a.marker}.asker.a@example.org"} if is_change else None,
            buffered=True,
        )
        if name == "Host" and answer.status_code != 400:
            wrong.append((str(route), answer.status_code))
        if EVIL in answer.text or EVIL in str(answer.headers):
            wrong.append((str(route), "names it"))
    sent = [f"{mail.text}{mail.html}{mail.calendar}" for mail in mails(session_factory)]

    assert wrong == []
    assert [text for text in sent if EVIL in text] == []


def test_t09_links_in_mails_are_those_of_the_configured_address(
    session_factory: SessionFactory, world: World, app: Flask, settings: Config
) -> None:
    client = app.test_client()

    answer = client.post(
        f"/e/{world.a.slug}/link", data={"email": f"{world.a.marker}.asker.a@example.org"}
    )

    assert answer.status_code == 200
    texts = mails(session_factory)[-1].text
    assert "http" not in texts.replace(settings.base_url, "").replace("{{link", "")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.night)])
def test_t10_a_scanner_that_opens_every_link_changes_nothing(
    app: Flask, world: World, browser: Browser, method: str, times: int
) -> None:
    engine: Engine = app.extensions["roundabout"].session_factory.kw["bind"]
    before = rows_of(engine)
    for route in routes(app):
        is_mailed = route.row.kind in LINKS | {Kind.PUBLIC}
        if route.method in CHANGING or route.rule.endpoint == "static":
            continue
        if method == "GET" and not is_mailed:
            continue  # opened by the tour
        client = app.test_client() if is_mailed else browser(world.a)
        for _ in range(times if is_mailed else 1):
            client.open(route.url(world.a), method=method, headers=SCANNER)

    after = rows_of(engine)

    assert {name for name in before if before[name] != after[name]} == set()


def test_t10_a_scanner_gets_no_session(app: Flask, world: World) -> None:
    """A link that was opened signs nobody in: no cookie that opens anything comes with it."""
    for route in routes(app):
        if route.row.kind not in LINKS or route.method in CHANGING:
            continue
        client = app.test_client()
        client.get(route.url(world.a), headers=SCANNER)

        assert client.get("/events").status_code == 302, str(route)


def test_t10_one_time_links_fall_to_the_first_post_only(app: Flask, world: World) -> None:
    used = {}
    for route in changes(app, {Kind.ONE_TIME}):
        if route.row.token == "steward_link":
            continue  # it is shared by those who help, until it ends
        data = {
            "name": "New",
            "password": "a long new passphrase",
            "again": "a long new passphrase",
        }
        first = app.test_client().post(route.url(world.a), data=data)
        second = app.test_client().post(route.url(world.a), data=data)
        used[str(route)] = (first.status_code, second.status_code)

    assert used
    assert set(used.values()) <= {(302, 410), (303, 410)}, used


@pytest.mark.parametrize("target", ELSEWHERE)
def test_t11_signing_in_leads_to_no_other_site(
    app: Flask, world: World, session_factory: SessionFactory, target: str
) -> None:
    with unit_of_work(session_factory) as session:
        email = f"{world.a.marker}.owner.a@example.org"
        session.execute(text("DELETE FROM attempt"))
    answer = app.test_client().post(
        "/sign-in", query_string={"next": target}, data={"email": email, "password": PASSWORD}
    )

    assert answer.status_code == (400 if "\0" in target else 302)
    led_to = urljoin("http://localhost/sign-in", answer.headers.get("Location", "/"))
    assert urlsplit(led_to).netloc == "localhost"
    assert answer.headers.get("Location", "/")[:2] not in {"//", "/\\"}


def test_t11_no_page_redirects_to_what_a_request_names(
    app: Flask, world: World, browser: Browser
) -> None:
    fields = dict.fromkeys(
        ("next", "to", "url", "return", "redirect", "back", "back_href", "r"),
        "https://evil.example/",
    )
    led = []
    for route in routes(app):
        answer = browser(world.a).open(
            route.url(world.a),
            method=route.method,
            query_string=fields,
            data=fields if route.method in CHANGING else None,
            headers={"Referer": "https://evil.example/"},
            buffered=True,
        )
        for name in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
            where = answer.headers.get(name, "/")
            led += [(str(route), where)] if where[:1] != "/" or where[:2] == "//" else []

    assert led == []


@pytest.mark.parametrize(("count", "address"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "6.6.6.6")])
def test_t16_the_client_is_who_the_counted_proxies_say(
    settings: Config, engine: Engine, count: int, address: str
) -> None:
    app = create_app(replace(settings, proxy_count=count), engine=engine)
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))

    app.test_client().get("/health", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.9"})

    assert seen == [address]


def test_t16_a_made_up_address_does_not_evade_the_limit(
    app: Flask, world: World, session_factory: SessionFactory
) -> None:
    client = app.test_client()
    statuses = [
        client.post(
            "/sign-in",
            data={"email": f"{world.a.marker}.owner.a@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.1.1.{turn}", "X-Real-Ip": f"10.1.2.{turn}"},
        ).status_code
        for turn in range(12)
    ]

    assert statuses == [422] * 10 + [429] * 2
    with unit_of_work(session_factory, write=False) as session:
        assert session.scalar(select(func.count(Attempt.id))) == 30


def test_t18_no_page_that_is_somebodys_is_kept_by_a_cache(tour: Tour) -> None:
    kept = {
        (who, url): seen.header("Cache-Control")
        for who, pages in tour.items()
        for url, seen in pages.items()
        if not url.endswith("/agenda.ics")  # the same bytes for everybody
        if "Cookie" not in seen.header("Vary")
        or seen.header("Cache-Control") not in {"no-store", "private, no-cache"}
    }

    assert kept == {}
