"""What must hold for every message that any test sends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import EmailMessage

from icalendar import Calendar

from app.services.addresses import token_of

_ADDRESS = re.compile(r"[\w.+\-/']+@[\w\-]+(?:\.[\w\-]+)+")
_CALENDARS = ("text/calendar", "application/ics")
_TOKEN = re.compile(r"/(?:me|c|feed)/[A-Za-z0-9_-]{20,}")


def assert_private(
    message: EmailMessage, recipient: str, organiser_addresses: Iterable[str]
) -> None:
    """Check that a mail tells nobody's address but its reader's and the organiser's."""
    allowed = {recipient.casefold(), *(address.casefold() for address in organiser_addresses)}
    _check_headers(message, recipient, allowed)
    for part in message.walk():
        if part.get_content_maintype() == "multipart":
            continue
        text = _text(part)
        if part.get_content_type() in _CALENDARS:
            text = _check_calendar(
                part, text, recipient, str(message["From"].addresses[0].addr_spec)
            )
        found = {address.casefold() for address in _ADDRESS.findall(text)}
        assert found <= allowed, f"{found - allowed} in {part.get_content_type()}"
    files = [_text(part) for part in message.walk() if part.get_content_type() in _CALENDARS]
    assert len(set(files)) <= 1


def _check_headers(message: EmailMessage, recipient: str, allowed: set[str]) -> None:
    assert [box.addr_spec for box in message["To"].addresses] == [recipient]
    assert not {"Cc", "Bcc", "Resent-To"} & set(message.keys())
    for name in ("From", "Reply-To"):
        for box in message[name].addresses if message[name] else ():
            assert box.addr_spec.casefold() in allowed
    own = str(message["Message-ID"]).strip("<>")
    rest = " ".join(str(value) for name, value in message.items() if name != "Message-ID")
    found = {address.casefold() for address in _ADDRESS.findall(rest)}
    assert found <= allowed, f"{found - allowed} in headers"
    assert "@" in own


def _check_calendar(part: EmailMessage, text: str, recipient: str, sender: str) -> str:
    """Return the text with the address to answer to, the reader's own, written as the sender's."""
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    assert [str(attendee).removeprefix("mailto:") for attendee in attendees] == [recipient]
    assert not calendar.walk("VALARM")
    assert not _TOKEN.search(text)
    if part.get_content_type() == "text/calendar":
        assert part["Content-Type"].params["method"] == calendar["METHOD"]
        assert part["Content-Disposition"] is None
    organizer = str(event["ORGANIZER"]).removeprefix("mailto:")
    assert organizer == sender or token_of(organizer, sender) is not None
    return text.replace(f"mailto:{organizer}", f"mailto:{sender}")


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8").replace("\r\n ", "")
