"""What the walk down the street needs: a town with an organiser, mail that arrives, a worker."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage

from flask import Flask
from icalendar import Calendar, Event

from app.blueprints.context import EXTENSION, Wiring
from app.db import unit_of_work
from app.enums import OrganiserRole
from app.services import accounts, delivery, planning
from tests.fakes import MemoryTransport
from tests.visitor import Page, Visitor

PASSWORD = "a long enough phrase"
LINK = re.compile(r"http://localhost(/(?:c|me)/[\w-]+)")


@dataclass
class Town:
    """A running application with a worker that works when told, and everybody's mailbox."""

    app: Flask
    transport: MemoryTransport = field(default_factory=MemoryTransport)
    read: int = 0

    @property
    def wiring(self) -> Wiring:
        found: Wiring = self.app.extensions[EXTENSION]
        return found

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def organiser(self) -> Visitor:
        """Return a signed-in owner's browser."""
        now = self.wiring.clock()
        with unit_of_work(self.wiring.session_factory) as session:
            organisation = accounts.create_organisation(session, "Institute", now=now)
            accounts.create_organiser(
                session,
                organisation_id=organisation.id,
                name="Olga Organiser",
                email="olga@example.org",
                password=PASSWORD,
                role=OrganiserRole.OWNER,
                now=now,
            )
        visitor = self.visitor()
        page = visitor.open("/sign-in")
        visitor.send(page, page.form("sign-in"), email="olga@example.org", password=PASSWORD)
        return visitor

    def new_mail(self) -> list[EmailMessage]:
        """Deliver what is due and return what arrived since the last look."""
        while delivery.deliver_due(
            self.wiring.session_factory,
            self.transport,
            clock=self.wiring.clock,
            settings=self.wiring.settings,
            key=self.wiring.key,
            owner="the test's worker",
        ):
            continue
        messages = self.transport.messages[self.read :]
        self.read += len(messages)
        return messages

    def work(self, run_id: int) -> None:
        """Plan as the worker does."""
        planning.execute(
            self.wiring.session_factory, run_id, owner="worker", clock=self.wiring.clock
        )


def plan(town: Town, organiser: Visitor, event_id: int) -> Page:
    """Ask for a plan, let the worker make it, and return the page with the result."""
    page = organiser.open(f"/events/{event_id}/plan")
    running = organiser.send(page, page.form(f"/events/{event_id}/plan"), time_limit_s=2)
    town.work(int(running.url.rsplit("/", 1)[1]))
    return organiser.open(running.url)


def publish(organiser: Visitor, event_id: int, planned: Page) -> Page:
    """Publish a plan and tell whom it concerns."""
    run_id = planned.url.rsplit("/", 1)[1]
    page = organiser.open(f"/events/{event_id}/publish/{run_id}")
    return organiser.send(page, page.form("publish"), tell="yes")


def recipient(message: EmailMessage) -> str:
    return str(message["To"].addresses[0].addr_spec)


def link_in(message: EmailMessage) -> str:
    """Return the personal link a mail holds."""
    body = message.get_body(("plain",))
    assert body is not None
    found = LINK.search(body.get_content())
    assert found is not None, body.get_content()
    return found.group(1)


def entry_of(message: EmailMessage) -> tuple[str, Event]:
    """Return METHOD and the one VEVENT of an invite; both of its copies must be alike."""
    parts = [
        part.get_payload(decode=True)
        for part in message.walk()
        if part.get_content_type() in {"text/calendar", "application/ics"}
    ]
    assert len(parts) == 2
    assert parts[0] == parts[1]
    calendar = Calendar.from_ical(parts[0])
    assert len(calendar.events) == 1
    return str(calendar["METHOD"]), calendar.events[0]


def recipients(messages: list[EmailMessage]) -> Counter[str]:
    return Counter(recipient(message) for message in messages)
