"""What an organiser may leave to be filled in for each reader, in braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from app.errors import InvalidInput
from app.mail.render import without_links
from app.models import Event
from app.services.messages.audience import Reader
from app.services.publishing.itinerary import first_name
from app.services.reminders.mail import first_stop

_IN_BRACES = re.compile(r"\{([^{}\n]{1,60})\}")
NO_TABLE = "a table that you will be told"


def _starts(event: Event) -> tuple[str, str]:
    at = event.starts_at.astimezone(ZoneInfo(event.zone))
    return f"{at:%A} {at.day} {at:%B %Y}", f"{at:%H:%M}"


def _first_table(event: Event, reader: Reader) -> str:
    stop = first_stop(reader.itinerary, event.zone)
    return NO_TABLE if stop is None else stop.table


_FILLS: Final[Mapping[str, Callable[[Event, Reader], str]]] = MappingProxyType(
    {
        "first name": lambda _event, reader: without_links(first_name(reader.name)),
        "name": lambda _event, reader: without_links(reader.name),
        "role": lambda _event, reader: reader.role.value,
        "event": lambda event, _reader: event.name,
        "date": lambda event, _reader: _starts(event)[0],
        "time": lambda event, _reader: _starts(event)[1],
        "venue": lambda event, _reader: event.venue,
        "first table": _first_table,
    }
)
PLACEHOLDERS: Final = tuple(_FILLS)


def check(field: str, text: str) -> None:
    """Refuse a text with braces around something that nothing is known for."""
    for found in _IN_BRACES.finditer(text):
        if _key(found[1]) not in _FILLS:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise InvalidInput({field: f"Nothing is known for {found[0]}. You can use {known}"})


def fill(text: str, event: Event, reader: Reader) -> str:
    """Return the text as one reader gets it."""
    return _IN_BRACES.sub(
        lambda found: (
            _FILLS[_key(found[1])](event, reader) if _key(found[1]) in _FILLS else found[0]
        ),
        text,
    )


def names_table(text: str) -> bool:
    """Return whether a text tells a table."""
    return any(_key(found[1]) == "first table" for found in _IN_BRACES.finditer(text))


def _key(written: str) -> str:
    return " ".join(written.casefold().split())
