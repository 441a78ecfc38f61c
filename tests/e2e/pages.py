"""An application served from this process, and what a browser finds wrong with a page of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from app.jobs import web
from tests.ports import wait_until_listening

Look = tuple[int, bool]
"""How wide a window is, and whether the person's colours are dark."""
TWO_LOOKS: tuple[Look, ...] = ((320, False), (1280, True))
ALL_LOOKS: tuple[Look, ...] = (*TWO_LOOKS, (320, True), (1280, False))
Turns = tuple[tuple[Look, ...], ...]
"""In which looks the first page is seen, the second, and so on, then from the beginning."""
IN_TURN: Turns = ((TWO_LOOKS[0],), (TWO_LOOKS[1],))
LOOKS = [
    pytest.param(IN_TURN, id="two looks in turn"),
    pytest.param(
        (ALL_LOOKS,), id="all looks", marks=[pytest.mark.night, pytest.mark.timeout(1800)]
    ),
]
_AXE = Axe().axe_script


@contextmanager
def serving(app: Flask, port: int) -> Iterator[str]:
    """Serve an application until the end of the block; yield its address."""
    stopped = threading.Event()
    thread = threading.Thread(target=web.run, args=(app, "127.0.0.1", port, stopped), daemon=True)
    thread.start()
    try:
        wait_until_listening(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        stopped.set()
        thread.join()


def cookie_for(app: Flask, url: str, **kept: str) -> dict[str, str]:
    """Return the cookie of a browser whose session holds these values."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(kept)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    return {"name": name, "value": cookie.value, "url": url}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a page, and in which look."""

    look: str
    what: str


def problems_of(page: Page, looks: Sequence[Look]) -> list[Problem]:
    """Return what axe finds on an open page in each look, and whether it scrolls sideways."""
    page.evaluate(_AXE)
    found = []
    for width, dark in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        look = f"{width} {'dark' if dark else 'light'}"
        found += [Problem(look=look, what=text) for text in _violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        if wide > 0:
            found.append(Problem(look=look, what=f"scrolls sideways by {wide} px"))
    return found


def _violations(page: Page) -> list[str]:
    options = json.dumps({"resultTypes": ["violations"]})
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{rule['id']}: {' | '.join(node['html'][:120] for node in rule['nodes'][:3])}"
        for rule in result["violations"]
    ]
