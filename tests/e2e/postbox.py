"""A real mail server on this machine, and the calendars of those who read what it takes."""

from __future__ import annotations

import email
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller
from icalendar import Calendar, Event

from tests.ports import free_port


@dataclass
class Postbox:
    """Every message that was taken, as its bytes came over the line."""

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[tuple[str, ...]] = field(default_factory=list)
    """Of each message, to whom it was handed over: one address, whatever its headers say."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=SMTP)
        assert isinstance(message, EmailMessage)
        self.recipients.append(tuple(envelope.rcpt_tos))
        self.messages.append(message)
        return "250 2.0.0 kept"


@contextmanager
def serving(postbox: Postbox) -> Iterator[str]:
    """Take mail until the block ends; gives the server's address."""
    port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port, ready_timeout=120)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@dataclass
class Diary:
    """One person's calendar: it believes what RFC 5546 2.1.5 lets it believe, and nothing else."""

    entries: dict[str, Event] = field(default_factory=dict)
    marks: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)

    def take(self, content: bytes) -> Event:
        """Put an entry in, over or away; what is no newer than the last is a mistake of ours."""
        calendar = Calendar.from_ical(content)
        [event] = calendar.events
        uid, mark = str(event["UID"]), mark_of(event)
        assert uid not in self.marks or mark > self.marks[uid], (mark, self.marks[uid])
        self.marks[uid] = mark
        self.methods.append(str(calendar["METHOD"]))
        if self.methods[-1] == "CANCEL":
            del self.entries[uid]
        else:
            self.entries[uid] = event
        return event


def mark_of(event: Event) -> tuple[int, datetime]:
    """Return which version of an entry this is: its SEQUENCE, then its DTSTAMP."""
    stamp: datetime = event["DTSTAMP"].dt
    return int(event["SEQUENCE"]), stamp


def answer_to(event: Event, partstat: str, *, stamp: datetime) -> bytes:
    """Return what a mail program sends when its reader answers an invite."""
    organizer = str(event["ORGANIZER"]).removeprefix("mailto:")
    reader = str(event["ATTENDEE"])
    lines = (
        f"From: {reader.removeprefix('mailto:')}",
        f"To: {organizer}",
        f"Subject: {partstat.title()}: {event['SUMMARY']}",
        "MIME-Version: 1.0",
        'Content-Type: text/calendar; method=REPLY; charset="utf-8"',
        "",
        "BEGIN:VCALENDAR",
        "PRODID:-//A calendar//EN",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{event['UID']}",
        f"SEQUENCE:{event['SEQUENCE']}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"ORGANIZER:mailto:{organizer}",
        f"ATTENDEE;PARTSTAT={partstat}:{reader}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode()
