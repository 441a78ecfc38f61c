"""The ORGANIZER's address, put in as an invite leaves: every reader answers to one of their own.

What is stored holds a placeholder, so that no token is ever kept; all other bytes stay as they are.
"""

from __future__ import annotations

import re

from app.ical.text import clean_uri

PLACEHOLDER = "{{reply}}"
MAX_OCTETS = 75  # RFC 5545 3.1, without the line break
_LINE = re.compile(rb"\r\nORGANIZER[;:](?:[^\r]|\r\n[ \t])*(?=\r\n)")
_MAILTO = b":mailto:"


def fill_organizer(content: bytes, address: str) -> bytes:
    """Return a stored calendar object with the address in place of the placeholder.

    Parameters
    ----------
    content
        What `app.ical.invite` wrote; without the placeholder it is returned as it is.
    address
        A bare address, in ASCII.
    """
    placeholder, value = _MAILTO + PLACEHOLDER.encode(), _MAILTO + clean_uri(address).encode()

    def put(found: re.Match[bytes]) -> bytes:
        line = re.sub(rb"\r\n[ \t]", b"", found[0].removeprefix(b"\r\n"))
        if not line.endswith(placeholder):
            return found[0]
        return b"\r\n" + fold(line.removesuffix(placeholder) + value)

    return _LINE.sub(put, content)


def fold(line: bytes) -> bytes:
    """Return a content line in pieces of at most 75 octets that split no character."""
    pieces, at, room = [], 0, MAX_OCTETS
    while len(line) - at > room:
        end = at + room
        while line[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        pieces.append(line[at:end])
        at, room = end, MAX_OCTETS - 1
    return b"\r\n ".join([*pieces, line[at:]])
