"""Fetch everything that somebody can: from the app's own map, then wherever the pages lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from tests.security.routes import CHANGING, Kind, Route, routes
from tests.security.world import Side

MOST_PAGES = 600
_LINK = re.compile(r'(?:href|src|action|hx-get|data-[a-z-]*(?:src|href|url))="([^"]*)"')
DESK = frozenset({Kind.HOUSE, Kind.ORGANISER, Kind.OWNER, Kind.HOUSE_OWNER})
LINKS = frozenset({Kind.PERSONAL, Kind.ONE_TIME, Kind.STEWARD, Kind.FEED})


def starts(app: Flask, side: Side, kinds: Iterable[Kind], *, person: str = "asker") -> list[str]:
    """Return the addresses of a side's pages that only read, of the kinds asked for."""
    wanted = set(kinds) | {Kind.PUBLIC}
    return [
        route.url(side, person=person)
        for route in routes(app)
        if route.row.kind in wanted and route.method not in CHANGING
    ]


def crawl(client: FlaskClient, urls: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes, headers first, of each page and of all that the pages lead to."""
    todo, found = list(dict.fromkeys(urls)), dict[str, bytes]()
    while todo:
        url = todo.pop(0)
        if url in found or url.startswith("/static/"):
            continue
        assert len(found) < MOST_PAGES, "the pages never end"
        answer = client.get(url, buffered=True)
        head = "".join(f"{name}: {value}\n" for name, value in answer.headers)
        found[url] = head.encode() + b"\n" + answer.data
        assert answer.status_code != 500, (url, answer.status_code)
        links = [answer.headers["Location"]] if "Location" in answer.headers else []
        if answer.mimetype == "text/html":
            links += [unescape(link) for link in _LINK.findall(answer.text)]
        todo += [path for link in links if (path := _own(url, link)) not in found and path]
    return found


def _own(base: str, link: str) -> str:
    """Return an address of ours without its fragment, or nothing."""
    parts = urlsplit(urljoin(f"http://localhost{base}", link))
    if parts.scheme != "http" or parts.netloc != "localhost" or parts.path == "/sign-out":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def changes(app: Flask, kinds: Iterable[Kind]) -> list[Route]:
    """Return the routes that change something, of the kinds asked for."""
    wanted = set(kinds)
    return [route for route in routes(app) if route.row.kind in wanted and route.method in CHANGING]


def pages_with(pages: dict[str, bytes], secret: str) -> list[str]:
    """Return the addresses where a text stands, in any spelling of case."""
    return [url for url, content in pages.items() if secret.casefold().encode() in content.lower()]
