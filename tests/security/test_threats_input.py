"""Threats by number: fields that no form has, and inputs made to keep a parser busy."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import Boolean, DateTime, Engine, Enum, Integer, LargeBinary

from app.blueprints.organiser.account import safe_next
from app.enums import OrganiserRole, Role
from app.errors import MentoringError
from app.mail.message import BadAddress, check_address, header_text
from app.mail.render import without_links
from app.models import Base
from app.services import addresses, roster_csv, tables_csv
from scheduler import jsonio
from scheduler.errors import SchedulerError
from tests.security.crawl import Pages
from tests.security.fixtures import Browser, Tour, rows_of
from tests.security.world import World, sign_up_answers
from tests.visitor import Form, forms_of

MILLION = 1_000_000
RANDOM = {"message_id", "uid", "token_hash", "password_hash", "idempotency_key", "order_key"}
"""Columns that hold something made by chance."""
BY_CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What chance made inside a longer text: the UID of an example's calendar entry."""
HOSTILE: dict[str, str] = {
    "one letter": "a" * MILLION,
    "at signs": "@" * MILLION,
    "dots": "a@" + "a." * (MILLION // 2),
    "hyphens": "a@" + "a-" * (MILLION // 2),
    "spaces": "a" + " " * MILLION + "b",
    "line breaks": "\n" * MILLION,
    "carriage returns": "a\r" * (MILLION // 2),
    "quotes": '"' * (MILLION + 1),
    "commas": "name,email\n" + "," * MILLION,
    "semicolons": "name;email\n" + "a;" * (MILLION // 2),
    "tabs": "name\temail\n" + "\t" * MILLION,
    "encoded words": "=?UTF-8?Q?" * (MILLION // 10),
    "equals and question": "=?" * (MILLION // 2),
    "braces": "{{" * (MILLION // 2),
    "brackets": "[" * MILLION,
    "objects": '{"a":' * (MILLION // 5),
    "addresses": "http://a.b" * (MILLION // 10),
    "backslashes": "\\" * MILLION,
    "combining marks": "e" + "\u0301" * MILLION,
    "numbers": "1" * MILLION,
    "exponents": "1e" + "9" * MILLION,
    "turning marks": "\u202e" * MILLION,
    "wide": "\U0001f468\u200d" * (MILLION // 2),
}
PARSERS: dict[str, Callable[[str], object]] = {
    "address": addresses.canonical_address,
    "name": addresses.canonical_name,
    "wish": addresses.canonical_target,
    "line": addresses.clean_line,
    "text": addresses.clean_text,
    "header": header_text,
    "mail address": check_address,
    "no links": without_links,
    "next page": safe_next,
    "roster": lambda text: roster_csv.read_people(
        text.encode(), rounds=3, roles=(Role.MENTEE,), stages=()
    ),
    "tables": lambda text: tables_csv.read_tables(text.encode()),
    "problem": jsonio.read_problem,
    "plan": jsonio.read_plan,
}


@pytest.mark.parametrize("parser", PARSERS)
def test_t20_no_long_input_keeps_a_parser_busy(app: Flask, parser: str) -> None:
    assert _slow(app, parser, length=MILLION // 20, within_s=1.0) == {}


@pytest.mark.night
@pytest.mark.parametrize("parser", PARSERS)
def test_t20_no_input_of_a_megabyte_keeps_a_parser_busy(app: Flask, parser: str) -> None:
    assert _slow(app, parser, length=MILLION, within_s=1.0) == {}


def _slow(app: Flask, parser: str, *, length: int, within_s: float) -> dict[str, float]:
    slow = {}
    with app.test_request_context():
        for name, text in HOSTILE.items():
            began = time.process_time()
            with suppress(MentoringError, BadAddress, SchedulerError):
                PARSERS[parser](text[:length])
            taken = time.process_time() - began
            slow |= {name: round(taken, 2)} if taken > within_s else {}
    return slow


def hostile_values(world: World, names: set[str]) -> dict[str, object]:
    """Return a value for each column of each model, of the wrong owner, state and time."""
    found: dict[str, object] = {}
    for table in Base.metadata.tables.values():
        for column in table.c:
            if column.name in names:
                continue
            if isinstance(column.type, Enum):
                found[column.name] = list(column.type.enums)[-1]
            elif isinstance(column.type, Boolean):
                found[column.name] = "y"
            elif isinstance(column.type, Integer):
                found[column.name] = world.b.event_id
            elif isinstance(column.type, DateTime):
                found[column.name] = "2040-01-01T00:00:00"
            elif not isinstance(column.type, LargeBinary):
                found[column.name] = "zzx"
    return found


def _forms(pages: Pages) -> list[tuple[str, Form]]:
    """Return the forms that post, and where they post to."""
    return [
        (form.action or url, form)
        for url, seen in pages.items()
        if seen.is_page
        for form in forms_of(seen.body.decode())
        if form.method == "post"
    ]


def _settled(engine: Engine) -> dict[str, object]:
    """Return all rows without what chance made."""
    tables = Base.metadata.tables
    kept: dict[str, object] = {}
    for name, rows in rows_of(engine).items():
        drop = {at for at, column in enumerate(tables[name].c) if column.name in RANDOM}
        kept[name] = [
            tuple(_plain(v) for at, v in enumerate(row) if at not in drop) for row in rows
        ]
    return kept


def _plain(value: object) -> object:
    return BY_CHANCE.sub("uid", value) if isinstance(value, str) else value


@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.night)])
def test_t13_a_column_that_a_form_does_not_have_is_not_written(  # noqa: PLR0917 -- fixtures
    world: World,
    tour: Tour,
    browser: Browser,
    engine: Engine,
    anew: Callable[[], None],
    share: int,
) -> None:
    """Each form is sent as it stands, then with every column of every model beside its fields."""
    changed, taken = [], 0
    everybody = ("owner", "asker", "anonymous")
    forms = {(who, *found): form for who in everybody for *found, form in _forms(tour[who])}
    for who, url in sorted(forms)[::share]:
        form = forms[who, url]
        sent = {name: values for name, values in form.fields.items() if name != "csrf_token"}
        if url.startswith("/e/") and not url.endswith("/link"):
            sent |= sign_up_answers(world.a, "new@example.org")
        extra = hostile_values(world, set(sent) | form.names)
        outcomes = []
        for data in (sent, sent | extra):
            client = browser(world.a, OrganiserRole.OWNER) if who == "owner" else browser()
            status = client.post(url, data=data).status_code
            outcomes.append({"status": status} | _settled(engine))
            taken += status in {302, 303}
            anew()
        plain, beside = outcomes
        changed += [
            (url, name, plain[name], beside[name]) for name in plain if plain[name] != beside[name]
        ]

    assert changed == []
    assert taken > 60 // share // 3
