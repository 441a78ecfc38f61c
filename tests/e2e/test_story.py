"""One evening as calendars live through it: asked, answered, moved, planned anew, left, called off.

Everything goes over HTTP and a real mail server; what arrives is read by another's parser, into
calendars that believe no older message. After each step every feed says what the calendars say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar
from icalendar import Event as Entry
from sqlalchemy import Engine

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import IncomingKind, PartStat
from app.mail.smtp import SmtpTransport
from app.models import Event, Invite, SignUp
from app.services import delivery, replies
from app.tenancy import UNSCOPED
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.conftest import Clock, make_settings
from tests.e2e.postbox import Diary, Postbox, answer_to, mark_of, serving
from tests.e2e.street import LINK, entry_of, recipient
from tests.mail_invariants import assert_private
from tests.published import Evening, make_run, tables_in_turn
from tests.visitor import Visitor

OURS = ("roundabout@localhost", "evening@example.org")
HOME = "http://localhost"


@pytest.fixture
def session_factory(any_engine: Engine) -> SessionFactory:
    """Let the whole application stand on each of the two databases."""
    return make_session_factory(any_engine, tenant=UNSCOPED)


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """Let answers be read, so that each invite names an address of its own to answer to."""
    return replace(make_settings(tmp_path), imap_url="imaps://us:secret@localhost/INBOX")


@dataclass
class Story:
    """The organiser's desk, the mail server, and what lies in everybody's calendar."""

    desk: Desk
    organiser: Visitor
    postbox: Postbox
    url: str
    diaries: defaultdict[str, Diary] = field(default_factory=lambda: defaultdict(Diary))
    homes: dict[str, str] = field(default_factory=dict)
    read: int = 0

    def visitor(self) -> Visitor:
        return Visitor(self.desk.client.application.test_client())

    def deliver(self) -> dict[str, EmailMessage]:
        """Send what is due, put it into the calendars, and return it by reader: one mail each."""
        self.desk.clock.advance(minutes=5)
        desk, transport = self.desk, SmtpTransport(self.url)
        delivery.deliver_due(
            desk.factory,
            transport,
            clock=desk.clock,
            settings=desk.settings,
            key=desk.key,
            owner="the test's worker",
        )
        new, self.read = self.postbox.messages[self.read :], len(self.postbox.messages)
        found = {recipient(message): message for message in new}
        assert len(found) == len(new)
        for address, message in found.items():
            assert_private(message, address, (*OURS, desk.settings.mail_from))
            self.diaries[address].take(calendar_of(message))
            self.homes[address] = self.homes.get(address) or link_of(message)
        self.desk.clock.advance(minutes=5)
        return found

    def entries(self) -> dict[str, Entry]:
        """Return the one entry that each person has in their calendar now."""
        return {
            address: event
            for address, diary in self.diaries.items()
            for event in diary.entries.values()
        }

    def own_feed(self, address: str) -> tuple[Entry, ...]:
        page = self.visitor().open(f"{self.homes[address]}/calendar")
        return self.read_feed("/feed/" + page.link("/feed/").split("/feed/", 1)[1])

    def event_feed(self) -> tuple[Entry, ...]:
        return self.read_feed(f"/e/{self.desk.evening.event.slug}/agenda.ics")

    def organiser_feed(self) -> tuple[Entry, ...]:
        page = self.organiser.open("/account/calendar")
        if not any("/agenda/" in link for link in page.links):
            page = self.organiser.send(page, page.form("calendar"))
        return self.read_feed("/agenda/" + page.link("/agenda/").split("/agenda/", 1)[1])

    def read_feed(self, path: str) -> tuple[Entry, ...]:
        """Return a feed's entries; asked again with its ETag there is nothing new."""
        client = self.desk.client.application.test_client()
        answer = client.get(path)
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        calendar = Calendar.from_ical(answer.data)
        assert (answer.status_code, again.status_code, again.data) == (200, 304, b"")
        assert "METHOD" not in calendar
        assert all("ATTENDEE" not in event for event in calendar.events)
        return tuple(calendar.events)

    def rounds(self) -> dict[str, set[str]]:
        """Return what everybody's own feed says of the rounds that take place."""
        return {address: lines_of(self.own_feed(address)) for address in self.homes}

    def publish(self, tables: list[list[int | None]] | None = None) -> None:
        with unit_of_work(self.desk.factory) as session:  # read anew: the event may have moved
            evening = Evening(
                event=session.get_one(Event, self.desk.event_id),
                mentors=tuple(session.get_one(SignUp, one.id) for one in self.desk.evening.mentors),
                mentees=tuple(session.get_one(SignUp, one.id) for one in self.desk.evening.mentees),
            )
            run_id = make_run(session, evening, now=self.desk.clock(), tables=tables).id
        page = self.organiser.open(f"/events/{self.desk.event_id}/publish/{run_id}")
        self.organiser.send(page, page.form("publish"), tell="yes")

    def partstat(self, address: str) -> PartStat:
        evening = self.desk.evening
        [who] = [one for one in evening.mentees if one.person.email == address]
        with unit_of_work(self.desk.factory, write=False) as session:
            return session.query(Invite).filter_by(sign_up_id=who.id).one().partstat


def calendar_of(message: EmailMessage) -> bytes:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content
    raise AssertionError(message["Subject"])


def link_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    found = LINK.search(body.get_content())
    assert found is not None
    return found[1]


def first_lines(message: EmailMessage) -> list[str]:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().splitlines()[:2]


def lines_of(feed: tuple[Entry, ...]) -> set[str]:
    """Return the rounds of a personal feed as an invite's description writes them."""
    return {
        f"{event['DTSTART'].dt:%H:%M} {event['SUMMARY']}"
        for event in feed
        if event["STATUS"] != "CANCELLED"
    }


def instants_of(event: Entry) -> tuple[datetime, datetime]:
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


def is_block(event: Entry) -> bool:
    """Whether an entry of the organiser's feed is a part of an event, by its longer UID."""
    return str(event["UID"]).count("-") == 5


def assert_agreement(story: Story, *, gone: str = "") -> None:
    """Check that feeds of people, event and organiser say what lies in the calendars.

    Who has ``gone`` is still named in the entries of those who hear nothing of it, and in no feed.
    """
    entries = story.entries()
    blocks = [event for event in story.event_feed() if event["STATUS"] == "CONFIRMED"]
    own = {event["UID"]: event for event in story.organiser_feed()}
    [whole] = [event for event in own.values() if not is_block(event)]
    assert {str(event["UID"]) for event in blocks} == {
        uid for uid, event in own.items() if is_block(event) and event["STATUS"] == "CONFIRMED"
    }
    for address in story.homes:
        rounds = lines_of(story.own_feed(address))
        if address not in entries:
            assert rounds == set(), address
            continue
        told = str(entries[address]["DESCRIPTION"]).split("\n\n", 1)[0]
        told = told.replace(f", with {gone}", "") if gone else told
        assert rounds == set(told.split("\n")), address
        assert instants_of(entries[address]) == instants_of(whole)
        assert instants_of(entries[address]) == (
            min(instants_of(block)[0] for block in blocks),
            max(instants_of(block)[1] for block in blocks),
        )


@pytest.fixture
def story(
    app: Flask, session_factory: SessionFactory, settings: Config, clock: Clock, key: bytes
) -> Iterator[Story]:
    desk = make_desk(
        factory=session_factory, client=app.test_client(), settings=settings, clock=clock, key=key
    )
    postbox = Postbox()
    with serving(postbox) as url:
        yield Story(desk=desk, organiser=Visitor(desk.client), postbox=postbox, url=url)
    assert {len(recipients) for recipients in postbox.recipients} == {1}


def test_one_entry_stays_true_from_invite_to_cancellation(  # noqa: PLR0915 -- one story
    story: Story,
) -> None:
    people = {
        one.person.email for one in (*story.desk.evening.mentors, *story.desk.evening.mentees)
    }
    roza, jip, hanna, wei = (one.person.email for one in story.desk.evening.mentees)

    # Invited: one REQUEST each, under a UID of its own.
    story.publish()
    invited = story.deliver()
    uids = {address: str(event["UID"]) for address, event in story.entries().items()}
    assert set(invited) == people
    assert len(set(uids.values())) == len(people)
    assert {mark_of(event)[0] for event in story.entries().values()} == {0}
    assert_agreement(story)

    # Accepted, by what Róża's mail program sends to the address that only her invite has.
    reply = answer_to(story.entries()[roza], "ACCEPTED", stamp=story.desk.clock())
    with unit_of_work(story.desk.factory) as session:
        taken = replies.take(
            session,
            reply,
            now=story.desk.clock(),
            settings=story.desk.settings,
            key=story.desk.key,
        )
        assert (taken.kind, taken.reason) == (IncomingKind.REPLY, "")
    assert (story.partstat(roza), story.partstat(jip)) == (
        PartStat.ACCEPTED,
        PartStat.NEEDS_ACTION,
    )
    assert ">Accepted<" in story.organiser.open(f"/events/{story.desk.event_id}/roster").html
    assert story.deliver() == {}

    # An hour later: the same entries, SEQUENCE 1, and everybody is asked again.
    page = story.organiser.open(f"/events/{story.desk.event_id}/move")
    shown = story.organiser.send(page, page.form("move"), date="2027-03-04", time="19:00")
    story.organiser.send(shown, shown.forms[-1])
    moved = story.deliver()
    assert set(moved) == people
    assert {first_lines(message)[0] for message in moved.values()} == {
        "Before: Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)"
    }
    assert {mark_of(event)[0] for event in story.entries().values()} == {1}
    assert story.partstat(roza) is PartStat.NEEDS_ACTION
    assert_agreement(story)

    # Jip and Hanna change places: they and their mentors hear of it, the other two do not.
    before, stamps = story.rounds(), {who: mark_of(one) for who, one in story.entries().items()}
    tables = tables_in_turn(story.desk.evening)
    tables[1], tables[2] = tables[2], tables[1]
    story.publish(tables)
    refreshed = story.deliver()
    after = story.rounds()
    assert set(refreshed) == {who for who in people if before[who] != after[who]}
    assert set(refreshed) == people - {roza, wei}
    for address, message in refreshed.items():
        sequence, stamp = mark_of(story.entries()[address])
        assert sequence == stamps[address][0] == 1
        assert stamp > stamps[address][1]
        was, now = first_lines(message)
        assert was.startswith("Before: 19:")
        assert now.startswith("Now:    19:")
        assert was.split(": ")[1] != now.split(": ")[1]
    assert_agreement(story)

    # Hanna withdraws: her entry goes, the evening does not, and nobody else hears of it.
    page = story.visitor().open(f"{story.homes[hanna]}/withdraw")
    story.visitor().send(page, page.form("withdraw"))
    left = story.deliver()
    assert set(left) == {hanna}
    method, cancel = entry_of(left[hanna])
    assert (method, int(cancel["SEQUENCE"]), "STATUS" in cancel) == ("CANCEL", 2, False)
    assert set(story.entries()) == people - {hanna}
    assert_agreement(story, gone="Hanna")

    # Called off: everybody who still had it loses it, Hanna hears nothing more.
    page = story.organiser.open(f"/events/{story.desk.event_id}/cancel")
    story.organiser.send(page, page.form("cancel"))
    fallen = story.deliver()
    assert set(fallen) == people - {hanna}
    for message in fallen.values():
        method, cancel = entry_of(message)
        assert (method, int(cancel["SEQUENCE"]), cancel["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert story.entries() == {}
    assert set().union(*story.rounds().values()) == set()
    feeds = (*story.event_feed(), *story.organiser_feed())
    assert {str(event["STATUS"]) for event in feeds} == {"CANCELLED"}

    # Of everybody there was one UID all the way.
    assert {who: set(diary.marks) for who, diary in story.diaries.items()} == {
        who: {uid} for who, uid in uids.items()
    }
