"""The naughty strings in an organiser's fields, and in every mail and calendar entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.db import unit_of_work
from app.mail.message import MAX_HEADER_CHARACTERS
from app.models import CustomQuestion, Event
from app.services import delivery, events, invites, publishing
from config import Config
from tests.app.blueprints.organiser.conftest import Desk
from tests.app.blueprints.test_bad_strings import STRINGS, is_harmed, send
from tests.bad_strings import ALL, FEW, Read, core, shows_nothing
from tests.builders import default_rules, make_event
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.published import Evening, make_evening, make_run

NEW = {"date": "2027-05-11", "time": "17:45", "zone": "Europe/Berlin"}
LONGEST = {"name": 120, "venue": 200, "label": 200, "hint": 300, "choices": 100}
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def may_refuse(field: str, text: str) -> bool:
    if field in {"name", "label"} and shows_nothing(text):
        return True
    return "\0" in text or len(text) > LONGEST[field]


@pytest.mark.parametrize("strings", STRINGS)
def test_an_event_and_its_questions_keep_every_text_or_say_what_is_wrong(
    desk: Desk, strings: tuple[str, ...]
) -> None:
    with unit_of_work(desk.factory) as session:
        first = make_event(session, organisation=desk.house(session)).id
    harmed = {}
    for text in strings:
        event = made_event(desk, text)
        asked = asked_question(desk, first, text)
        if event or asked:
            harmed[ascii(text)[:60]] = (event, asked)

    assert harmed == {}


def made_event(desk: Desk, text: str) -> object:
    """Make an event of a name and a place; return what went wrong."""
    answer = send(
        desk.client, "/events/new?preset=small-all-meet", NEW | {"name": text, "venue": text}
    )
    if answer.status_code in {400, 422}:
        return unfairly_refused(answer, ("name", "venue"), text)
    with unit_of_work(desk.factory) as session:
        event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        name, venue, slug = event.name, event.venue, event.slug
        events.open_signup(session, event, now=event.created_at, actor="test")
    harmed = [kept for kept in (name, venue) if is_harmed(text, kept)]
    page = Read(desk.client.get(f"/e/{slug}").text)
    unseen = [kept for kept in (name, venue) if kept and kept not in page.apart]
    return harmed + unseen


def asked_question(desk: Desk, event_id: int, text: str) -> object:
    """Ask a question of an own label, help and choices; return what went wrong."""
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        event.questions.clear()
    sent = {"label": text, "hint": text, "kind": "choice", "choices": f"{text}\nOther\nThird"}
    url = f"/events/{event_id}/sign-up/questions"
    answer = send(desk.client, f"{url}/new", sent | {"roles": ["mentor", "mentee"]})
    if answer.status_code in {400, 422}:
        return unfairly_refused(answer, ("label", "hint", "choices"), text)
    with unit_of_work(desk.factory, write=False) as session:
        row = session.scalars(select(CustomQuestion).order_by(CustomQuestion.id.desc())).first()
        assert row is not None
        kept = (row.label, row.hint, "".join(row.choices[:-2]))
    page = Read(desk.client.get(url).text)
    unseen = [one for one in (*kept[:2], *row.choices) if one and one not in page.apart]
    return [one for one in kept if is_harmed(text, one)] + unseen


def unfairly_refused(answer: object, fields: Sequence[str], text: str) -> object:
    """Return fields that were refused for no reason, or nothing."""
    status, html = answer.status_code, answer.text  # type: ignore[attr-defined]
    if status == 400:
        return [] if "\0" in text else "400"
    wrong = Read(html).wrong
    return sorted(field for field in wrong if field not in fields or not may_refuse(field, text))


@pytest.mark.parametrize(
    "strings",
    [
        pytest.param(FEW[::2], id="a few"),
        pytest.param(ALL, id="all", marks=[pytest.mark.night, pytest.mark.timeout(1_800)]),
    ],
)
def test_every_mail_and_calendar_entry_reads_back_what_was_written(
    desk: Desk, settings: Config, key: bytes, clock: Clock, strings: tuple[str, ...]
) -> None:
    kept = [text for text in map(_as_stored, strings) if text]
    harmed: dict[str, object] = {}
    for number in range(0, len(kept), 8):
        names = (kept[number:] + kept)[:8]
        messages = invited(desk, names, clock(), settings, key)
        for message, name in zip(messages, names, strict=True):
            found = list(lost_in_mail(message, person=name, event=names[0]))
            if found:
                harmed[ascii(name)[:60]] = found

    assert harmed == {}


def _as_stored(text: str) -> str:
    """Return a name as sign-up keeps it, if it keeps it."""
    line = " ".join(core(part) for part in text.split())
    return "" if shows_nothing(line) or len(line) > 120 else line


def invited(
    desk: Desk, names: Sequence[str], now: datetime, settings: Config, key: bytes
) -> list[EmailMessage]:
    """Publish an evening of eight people of these names; return their mails as they arrive."""
    transport = MemoryTransport()
    with unit_of_work(desk.factory) as session:
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        event = make_event(session, organisation=desk.house(session), name=names[0], rules=rules)
        event.venue = names[0]
        evening = make_evening(session, event=event)
        for sign_up, name in zip((*evening.mentors, *evening.mentees), names, strict=True):
            sign_up.person.name = name
        run = make_run(session, evening, now=now)
        publishing.publish(session, event, [run], expected_version=0, now=now, actor="test")
        invites.sync(session, event, now=now, settings=settings)
        order = addresses_of(evening)
    while delivery.deliver_due(
        desk.factory, transport, clock=lambda: now, settings=settings, key=key, owner="test"
    ):
        continue
    arrived = [
        message_from_bytes(bytes(message), policy=policy.default) for message in transport.messages
    ]
    by_address = {str(one["To"].addresses[0].addr_spec): one for one in arrived}
    return [by_address[address] for address in order]


def addresses_of(evening: Evening) -> list[str]:
    return [sign_up.person.email for sign_up in (*evening.mentors, *evening.mentees)]


def lost_in_mail(message: EmailMessage, *, person: str, event: str) -> Iterator[str]:
    """Say in which parts of a mail a person's or an event's name is not what it was."""
    subject = str(message["Subject"])
    if readable(event)[: MAX_HEADER_CHARACTERS - 40] not in readable(subject) or "\n" in subject:
        yield "subject"
    if message["Bcc"] or message["Cc"] or len(message["To"].addresses) != 1 or message.defects:
        yield "headers"
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    if readable(person) not in readable(plain.get_content()):
        yield "text"
    shown = _Texts(html.get_content())
    if readable(person) not in readable(shown.text) or not shown.tags <= OURS:
        yield "html"
    entries = [part for part in message.walk() if part.get_content_type() == "application/ics"]
    [entry] = Calendar.from_ical(entries[0].get_payload(decode=True)).walk("VEVENT")
    if {readable(str(entry[name])) for name in ("SUMMARY", "LOCATION")} != {readable(event)}:
        yield "calendar"


OURS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td"} | {
    *("span", "h1", "p", "a", "br", "b"),
}


def readable(text: str) -> str:
    """Return the signs that a mail keeps: links are taken apart, what turns text round is out."""
    for apart in (" ", "\n", "\u00ad", *TURNING):
        text = text.replace(apart, "")
    return "".join(sign for sign in text if sign.isprintable() or sign in "\u200c\u200d")


class _Texts(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
