"""METHOD:REPLY, read out of what calendars send (RFC 5546 3.2.3, RFC 6047).

Read by hand, line by line: of a whole calendar object six values count, and a parser that is fed
by strangers must take no longer for an evil megabyte than for a good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.enums import PartStat
from app.errors import MentoringError

MAX_BYTES = 1_000_000
MAX_DEPTH = 8
"""Components in components; a VALARM in a VEVENT in a VCALENDAR is three."""
MAX_UID = 255
MAX_SEQUENCE = 2**31 - 1
MAX_ATTENDEE = 320
REPLY = "REPLY"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_MARK = re.compile(r'[":;]')
_STAMP = re.compile(r"\d{8}T\d{6}(Z?)", re.ASCII)
INSTANT = "an instant, like 20270301T090000Z"
_NUMBER = re.compile(r"\+?\d{1,12}", re.ASCII)
_OF_CALENDAR = frozenset({"METHOD"})
_OF_EVENT = frozenset({"UID", "SEQUENCE", "DTSTAMP", "ATTENDEE"})
_SHOWN = 60


class BadReply(MentoringError):
    """This is no answer to an invite.

    ``what`` is the property or component, ``found`` what stood there, ``expected`` what should.
    """

    status = 422

    def __init__(self, *, what: str, found: str, expected: str) -> None:
        self.what, self.found, self.expected = what, _short(found), expected
        super().__init__(f"{what}: found {self.found}, expected {expected}")


class ReplyTooLarge(BadReply):
    """This is larger than any answer to an invite."""


class OtherMethod(BadReply):
    """This is a calendar object, and no answer: a proposal of another time, or an invite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedReply:
    """One person's answer to one invite.

    Parameters
    ----------
    uid
        Of the invite that is answered.
    sequence
        The version that is answered; 0 when the calendar left it out.
    stamp
        DTSTAMP, aware, UTC: when the answer was made.
    attendee
        Who answers, by their own word, without ``mailto:``: no proof of anything.
    partstat
        What they answer.
    """

    uid: str
    sequence: int
    stamp: datetime
    attendee: str
    partstat: PartStat


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    params: str  # between the name and the value, as it came
    value: str


@dataclass(slots=True)
class _Found:
    """What counts of a calendar object: its METHOD, and the properties of its VEVENTs."""

    calendars: int = 0
    events: int = 0
    lines: dict[str, list[_Line]] = field(default_factory=dict)


def read(data: bytes) -> ParsedReply:
    """Return the answer in a calendar object.

    An ORGANIZER may be missing, as in answers from Outlook.com, and so may SEQUENCE; line ends
    may be bare, ``mailto:`` in capitals, times on the clock of a zone that only Windows knows.

    Raises
    ------
    ReplyTooLarge
        Beyond ``MAX_BYTES``.
    OtherMethod
        METHOD is not REPLY.
    BadReply
        Not exactly one VEVENT with one UID, DTSTAMP, ATTENDEE and a PARTSTAT that is one.
    """
    if len(data) > MAX_BYTES:
        raise ReplyTooLarge(
            what="calendar part", found=f"{len(data)} bytes", expected=f"at most {MAX_BYTES}"
        )
    found = _scan(_text(data))
    if found.calendars != 1:
        raise BadReply(what="VCALENDAR", found=str(found.calendars), expected="one")
    method = _one(found, "METHOD").value.strip()
    if method.upper() != REPLY:
        raise OtherMethod(what="METHOD", found=method, expected=REPLY)
    if found.events != 1:
        raise BadReply(what="VEVENT", found=str(found.events), expected="one")
    attendee = _one(found, "ATTENDEE")
    return ParsedReply(
        uid=_uid(_one(found, "UID").value),
        sequence=_sequence(found),
        stamp=_stamp(_one(found, "DTSTAMP")),
        attendee=_attendee(attendee.value),
        partstat=_partstat(attendee.params),
    )


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # as Outlook sends where its charset is not said
        return data.decode("windows-1252", "replace")


def _unfolded(text: str) -> Iterator[str]:
    """Return content lines; nothing but CR and LF ends one (RFC 5545 3.1)."""
    pieces: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in {" ", "\t"} and pieces:
            pieces.append(line[1:])
            continue
        if pieces:
            yield "".join(pieces)
        pieces = [line] if line else []
    if pieces:
        yield "".join(pieces)


def _scan(text: str) -> _Found:
    """Walk through the components and keep the lines that count."""
    found, open_ = _Found(), list[str]()
    for line in _unfolded(text):
        name = _NAME.match(line)
        if name is None:
            continue  # an empty line, or text around the object
        word = name[0].upper()
        if word in {"BEGIN", "END"}:
            _step(found, open_, word, line[name.end() :])
        elif word in _wanted(open_):
            found.lines.setdefault(word, []).append(_split(word, line[name.end() :]))
    if open_:
        raise BadReply(what=open_[-1], found="its beginning", expected="its end too")
    return found


def _wanted(open_: list[str]) -> frozenset[str]:
    if open_ == ["VCALENDAR"]:
        return _OF_CALENDAR
    return _OF_EVENT if open_ == ["VCALENDAR", "VEVENT"] else frozenset()


def _step(found: _Found, open_: list[str], word: str, rest: str) -> None:
    """Enter or leave a component."""
    component = rest.removeprefix(":").strip().upper()
    if word == "END":
        if not open_ or open_.pop() != component:
            raise BadReply(
                what=f"END:{_short(component)}", found="it alone", expected="its BEGIN first"
            )
        return
    if len(open_) >= MAX_DEPTH:
        raise BadReply(what="components", found="more", expected=f"{MAX_DEPTH} in each other")
    found.calendars += not open_ and component == "VCALENDAR"
    found.events += open_ == ["VCALENDAR"] and component == "VEVENT"
    open_.append(component)


def _split(name: str, rest: str) -> _Line:
    """Return the parameters and the value of a line; a colon within quotes ends nothing."""
    is_quoted = False
    for mark in _MARK.finditer(rest):
        if mark[0] == '"':
            is_quoted = not is_quoted
        elif mark[0] == ":" and not is_quoted:
            return _Line(params=rest[: mark.start()], value=rest[mark.end() :])
    raise BadReply(what=name, found=rest, expected="a colon and a value")


def _param(params: str, wanted: str) -> str | None:
    """Return the value of a parameter, None when it is not there."""
    begin, is_quoted = 0, False
    pieces = []
    for mark in _MARK.finditer(params):
        if mark[0] == '"':
            is_quoted = not is_quoted
        elif mark[0] == ";" and not is_quoted:
            pieces.append(params[begin : mark.start()])
            begin = mark.end()
    values = [
        value.strip().strip('"').strip()
        for name, _, value in (piece.partition("=") for piece in (*pieces, params[begin:]))
        if name.strip().upper() == wanted
    ]
    if len(values) > 1:
        raise BadReply(what=wanted, found=", ".join(values), expected="one")
    return values[0] if values else None


def _one(found: _Found, name: str) -> _Line:
    lines = found.lines.get(name, [])
    if len(lines) != 1:
        raise BadReply(what=name, found=str(len(lines) or "none"), expected="one")
    return lines[0]


def _uid(value: str) -> str:
    uid = value.strip()
    if not uid or len(uid) > MAX_UID or not uid.isprintable():
        raise BadReply(what="UID", found=uid or "none", expected="that of the invite")
    return uid


def _sequence(found: _Found) -> int:
    if "SEQUENCE" not in found.lines:
        return 0
    value = _one(found, "SEQUENCE").value.strip()
    if not _NUMBER.fullmatch(value) or int(value) > MAX_SEQUENCE:
        raise BadReply(what="SEQUENCE", found=value, expected="a whole number")
    return int(value)


def _stamp(line: _Line) -> datetime:
    """Return DTSTAMP, which must be in UTC; some calendars name a zone, or nothing, instead."""
    value = line.value.strip()
    parts = _STAMP.fullmatch(value)
    if parts is None:
        raise BadReply(what="DTSTAMP", found=value, expected=INSTANT)
    zone = UTC if parts[1] else _zone(_param(line.params, "TZID"))
    try:
        wall = datetime.strptime(value[:15], "%Y%m%dT%H%M%S").replace(tzinfo=zone)
        return wall.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadReply(what="DTSTAMP", found=value, expected=INSTANT) from None


def _zone(tzid: str | None) -> ZoneInfo:
    """Return a zone by its own name or Windows's; UTC for one that nobody knows."""
    name = WINDOWS_TO_OLSON.get(tzid or "", tzid or "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _attendee(value: str) -> str:
    address = value.strip()
    if address[:7].lower() == "mailto:":
        address = address[7:].strip()
    if not address or len(address) > MAX_ATTENDEE or not address.isprintable():
        raise BadReply(what="ATTENDEE", found=address or "none", expected="mailto: and an address")
    return address


def _partstat(params: str) -> PartStat:
    value = (_param(params, "PARTSTAT") or "").upper()
    if value not in set(PartStat):
        raise BadReply(what="PARTSTAT", found=value or "none", expected=", ".join(PartStat))
    return PartStat(value)


def _short(text: str) -> str:
    """Return what was found as it may stand in a log: one line, not long."""
    line = "".join(sign if sign.isprintable() else " " for sign in text[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
