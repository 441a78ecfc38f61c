"""Fetch everything that somebody can: from the app's own map, then wherever the pages lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from tests.security.routes import CHANGING, Kind, Route, routes
from tests.security.world import Side

MOST_PAGES = 600
MOST_ALIKE = 2
_NUMBER = re.compile(r"[A-Za-z0-9_-]{24,}|\d+")
_LINK = re.compile(r'(?:href|src|action|hx-get|data-[a-z-]*(?:src|href|url))="([^"]*)"')
DESK = frozenset({Kind.HOUSE, Kind.ORGANISER, Kind.OWNER, Kind.HOUSE_OWNER})
LINKS = frozenset({Kind.PERSONAL, Kind.ONE_TIME, Kind.FEED})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One answer, with every byte of it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def content(self) -> bytes:
        """Headers and body in small letters."""
        head = "".join(f"{name}: {value}\n" for name, value in self.headers)
        return head.lower().encode() + b"\n" + self.body.lower()

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known == name), "")

    @property
    def is_page(self) -> bool:
        return self.header("Content-Type").startswith("text/html")


Pages = dict[str, Seen]


def starts(app: Flask, side: Side, kinds: Iterable[Kind], *, person: str = "asker") -> list[str]:
    """Return the addresses of a side's pages that only read, of the kinds asked for."""
    wanted = set(kinds)
    return [
        route.url(side, person=person)
        for route in routes(app)
        if route.row.kind in wanted and route.method not in CHANGING
    ]


def crawl(client: FlaskClient, urls: Iterable[str], *, alike: int = MOST_ALIKE) -> Pages:
    """Return each page and all that the pages lead to, but few that differ in a number only."""
    todo, found, shapes = list(dict.fromkeys(urls)), Pages(), Counter[str]()
    while todo:
        url = todo.pop(0)
        shape = _NUMBER.sub("#", url)
        if url in found or url.startswith("/static/") or shapes[shape] >= alike:
            continue
        shapes[shape] += 1
        assert len(found) < MOST_PAGES, "the pages never end"
        answer = client.get(url, buffered=True)
        assert answer.status_code != 500, url
        found[url] = Seen(
            status=answer.status_code, headers=tuple(answer.headers), body=answer.data
        )
        links = [answer.headers["Location"]] if "Location" in answer.headers else []
        if answer.mimetype == "text/html":
            links += [unescape(link) for link in _LINK.findall(answer.text)]
        todo += [path for link in links if (path := _own(url, link)) and path not in found]
    return found


def _own(base: str, link: str) -> str:
    """Return an address of ours without its fragment, or nothing."""
    parts = urlsplit(urljoin(f"http://localhost{base}", link))
    if parts.scheme != "http" or parts.netloc != "localhost":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def changes(app: Flask, kinds: Iterable[Kind]) -> list[Route]:
    """Return the routes that change something, of the kinds asked for."""
    wanted = set(kinds)
    return [route for route in routes(app) if route.row.kind in wanted and route.method in CHANGING]


def pages_with(pages: Pages, secret: str) -> list[str]:
    """Return the addresses where a text stands, in any spelling of case."""
    return [url for url, seen in pages.items() if secret.casefold().encode() in seen.content]
