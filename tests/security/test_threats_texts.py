"""Threats by number: markup, formulas, templates and headers in everything that people write."""

from __future__ import annotations

import ast
import csv
import io
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import JSON, select

import app as package
from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.enums import OrganiserRole
from app.factory import create_app
from app.models import Event
from app.services import delivery
from app.services.signups.mail import rendered
from app.tenancy import UNSCOPED
from tests.fakes import MemoryTransport
from tests.security.crawl import DESK, LINKS, Pages, crawl, starts
from tests.security.fixtures import MADE_NOW, settings_of
from tests.security.routes import Kind
from tests.security.world import ADDRESSES, World, owned_models, texts

MARKUP = "zzx"
HOSTILE = (
    "=1+1\"'><zzx onload=zzx()><!-- -->{{1337*7331}}${1337*7331}<%=1337*7331%>#{1337*7331}"
    "{1337*7331}\r\nBcc: thief@evil.example\u2028X-Zzx: 1 =?UTF-8?Q?=0ABcc:_thief@evil.example?="
)
FORMULA = set("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
ANSWER = str(1337 * 7331)
OURS = {
    "invite.uid",
    "outbox_message.uid",
    "outbox_message.html",
    "outbox_message.calendar",
    "outbox_message.message_id",
}
"""Written by ourselves alone; what goes into them is tried in the mails below."""
EXPRESSIONS = ("1337*7331", "7331*1337", "[].__class__.__base__", "config", "self.__init__")
BRACES = (
    "{{%s}}",
    "{{ %s }}",
    "{%% print(%s) %%}",
    "${%s}",
    "#{%s}",
    "<%%= %s %%>",
    "{%s}",
    "*{%s}",
    "@(%s)",
    "{{= %s}}",
    "[[%s]]",
    "{{{%s}}}",
)
TEMPLATES = [braces % expression for braces in BRACES for expression in EXPRESSIONS]


@pytest.fixture(scope="module")
def hostile(
    made: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Pages], MemoryTransport]:
    """Return every page and mail of a side whose every text attacks whoever reads it."""
    folder, world = tmp_path_factory.mktemp("hostile"), made[1]
    shutil.copyfile(made[0], folder / "roundabout.sqlite")
    settings = settings_of(folder)
    engine = make_engine(settings.database_url)
    factory = make_session_factory(engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        for mapper in owned_models():
            for row in session.scalars(select(mapper.class_)):
                for column in texts(mapper):
                    name = f"{mapper.local_table.name}.{column.name}"
                    is_text = not isinstance(column.type, JSON)
                    if is_text and column.name not in {*ADDRESSES, "slug"} and name not in OURS:
                        setattr(row, column.name, HOSTILE + str(getattr(row, column.name)))
    app = create_app(settings, engine=engine, clock=lambda: MADE_NOW)
    pages = {}
    for who, kinds in (
        (str(OrganiserRole.OWNER), DESK),
        ("asker", LINKS),
        ("mentor", LINKS),
        ("anonymous", {Kind.PUBLIC}),
    ):
        client = app.test_client()
        if who == OrganiserRole.OWNER:
            _sign_in(client, world.a.browsers[OrganiserRole.OWNER])
        person = who if who in world.a.personal else "asker"
        pages[who] = crawl(client, starts(app, world.a, kinds, person=person), alike=1)
    app.test_client().post(
        f"/e/{world.a.slug}/link", data={"email": f"{world.a.marker}.asker.a@example.org"}
    )
    mails = MemoryTransport()
    delivery.deliver_due(
        factory,
        mails,
        clock=lambda: MADE_NOW + timedelta(minutes=1),
        settings=settings,
        key=settings.secret_key.encode(),
        owner="test",
    )
    engine.dispose()
    return pages, mails


def _sign_in(client: FlaskClient, token: str) -> None:
    with client.session_transaction() as kept:
        kept[SESSION_KEY] = token


Hostile = tuple[dict[str, Pages], MemoryTransport]


def test_t03_no_text_becomes_markup_on_any_page(hostile: Hostile) -> None:
    pages = [(url, seen) for some in hostile[0].values() for url, seen in some.items()]
    shown = [url for url, seen in pages if b"zzx onload" in seen.body.lower()]
    live = [url for url, seen in pages if seen.is_page and f"<{MARKUP}".encode() in seen.body]

    assert live == []
    assert len(shown) > 15


def test_t03_no_page_lets_a_script_run(hostile: Hostile) -> None:
    """Should markup slip through all the same, nothing in it runs."""
    policies = {
        directive.strip()
        for pages in hostile[0].values()
        for seen in pages.values()
        for directive in seen.header("Content-Security-Policy").split(";")
        if directive.strip().startswith(("script-src", "default-src", "object-src", "base-uri"))
    }

    assert policies == {"default-src 'none'", "script-src 'self'", "base-uri 'none'"}
    assert all(
        seen.header("Content-Security-Policy")
        for pages in hostile[0].values()
        for seen in pages.values()
    )


def test_t17_no_text_is_computed_on_any_page_or_in_any_mail(hostile: Hostile) -> None:
    pages, mails = hostile
    computed = [
        url for some in pages.values() for url, seen in some.items() if ANSWER.encode() in seen.body
    ]

    assert computed == []
    assert [mail.to_address for mail in mails.messages if ANSWER in mail.as_string()] == []


def test_t17_a_mail_holds_what_somebody_wrote_and_nothing_made_of_it(
    session_factory: SessionFactory,
) -> None:
    with unit_of_work(session_factory, write=False) as session:
        event = session.scalars(select(Event).order_by(Event.id)).all()[0]
        session.expunge(event)
    made = []
    for text in TEMPLATES:
        event.name = event.venue = event.tagline = event.contact_email = text
        mail = rendered("withdrawn", event, name=text)
        for part in (mail.subject, mail.text, mail.html):
            made += [text for sign in (ANSWER, "&lt;class", "<class", " at 0x") if sign in part]

    assert made == []
    assert len(TEMPLATES) == 60


def test_t05_no_text_becomes_a_header_or_a_second_reader(hostile: Hostile) -> None:
    messages = hostile[1].messages
    names = {name.lower() for message in messages for name in message}

    assert len(messages) > 5
    assert not {"bcc", "cc", "x-zzx"} & names
    assert {len(message["To"].addresses) for message in messages} == {1}
    heads = [bytes(m).replace(b"\r\n", b"\n").partition(b"\n\n")[0] for m in messages]
    assert [head for head in heads if b"\nBcc:" in head or b"\nX-Zzx" in head] == []


def test_t04_what_a_stranger_wrote_is_no_link_in_a_mail(hostile: Hostile) -> None:
    linked = [
        mail.to_address
        for mail in hostile[1].delivered
        if 'href="http://evil' in mail.html or "mailto:thief" in mail.html
    ]

    assert linked == []


def test_t06_a_calendar_keeps_its_shape_whatever_the_texts(hostile: Hostile) -> None:
    feeds = [
        seen.body
        for pages in hostile[0].values()
        for url, seen in pages.items()
        if url.endswith(".ics") and "/outbox/" not in url
    ]

    assert len(feeds) > 2
    for feed in feeds:
        calendar = Calendar.from_ical(feed)
        kinds = {component.name for component in calendar.walk()}
        assert kinds <= {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
        names = {name for component in calendar.walk() for name in component}
        assert not {"BCC", "X-ZZX", "ATTACH", "VALARM"} & names
        assert max(len(line) for line in feed.split(b"\r\n")) <= 75
        assert feed.count(b"\r") == feed.count(b"\n") == feed.count(b"\r\n")


def test_t07_no_cell_of_an_export_begins_a_formula(hostile: Hostile) -> None:
    tables = [
        seen.body.decode("utf-8-sig")
        for pages in hostile[0].values()
        for seen in pages.values()
        if seen.header("Content-Type").startswith("text/csv")
    ]
    cells = [
        cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row if cell
    ]

    assert len(cells) > 20
    assert [cell[:20] for cell in cells if cell.lstrip(' "')[:1] in FORMULA] == []


def test_t21_nothing_here_fetches_an_address() -> None:
    """No setting of an organiser names a host, and no code opens one but the mail transport."""
    fetching = {"requests", "httpx", "urllib.request", "aiohttp", "http.client", "ftplib"}
    found = set()
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found |= {(path.name, name) for name in names if name in fetching}

    assert found <= {("serve.py", "urllib.request"), ("health.py", "urllib.request")}
