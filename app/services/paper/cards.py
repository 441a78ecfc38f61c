"""Rotation cards: where to go in each round, a quarter of an A4 sheet each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.enums import Role
from app.models import Event
from app.services.paper import fitting, times
from app.services.paper.facts import Facts, Paths, Somebody, Visit
from app.services.paper.sheets import Card, Line

BLANK_LINES = 8
_MOST_NAMES = 400
_MOST_QUESTION = 220
_LEAST_QUESTION = 60
_WIDTH = 89.0
_TEXT = 62.0
_INSIDE = 132.6
_MOST_AIR = 6.0
_TO_WRITE_ON = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """Letters of a card in pt, and the room between two lines in mm."""

    who: float
    small: float
    least: float
    pad: float


_SIZES = {
    "roomy": _Size(who=10, small=8, least=9.5, pad=2.0),
    "close": _Size(who=8.5, small=7.5, least=7.0, pad=1.4),
    "tight": _Size(who=7.5, small=7, least=5.6, pad=1.0),
}
_NAMES = {"big": (19.0, 2), "middle": (14.0, 3), "little": (9.5, 999)}
_LEADING = 1.18


def lines_of(event: Event, visits: Sequence[Visit], me: Somebody) -> tuple[Line, ...]:
    """Return the rounds of one person, with the breaks between them."""
    found = [(visit.starts_at, _line(visit, me, event.zone)) for visit in visits]
    if found:
        first, last = visits[0].starts_at, visits[-1].starts_at
        found += [
            (block.starts_at, _pause(block.starts_at, block.title, event.zone))
            for block in event.blocks
            if not block.kind.is_planned and first < block.starts_at < last
        ]
    return tuple(line for _at, line in sorted(found, key=lambda one: one[0]))


def cards_of(me: Somebody, lines: Sequence[Line], *, title: str) -> list[Card]:
    """Return somebody's card, or several when their rounds do not fit on one."""
    question = _short(me.question, _MOST_QUESTION)
    about = me.about or me.role.value.capitalize()
    names = name_sizes_of(me.name)
    rooms = {name: _room(title, me.name, name, about, question) for name in names}
    if any(_needs(line, "tight") > max(rooms.values()) for line in lines):
        question = _short(me.question, _LEAST_QUESTION)
        rooms = {name: _room(title, me.name, name, about, question) for name in names}
    name_size, size, parts = _laid_out(lines, rooms)
    return [
        Card(
            name=me.name,
            about=about,
            lines=tuple(part),
            talls=_talls(part, size, rooms[name_size]),
            size=size,
            name_size=name_size,
            question=question,
            part=_part(at, len(parts)),
        )
        for at, part in enumerate(parts, start=1)
    ]


def blank_cards(lines: Sequence[Line], *, title: str) -> list[Card]:
    """Return a card for somebody who walks in: the times are there, the rest is by hand."""
    blank = [line if line.kind == "break" else Line(kind="blank", at=line.at) for line in lines]
    rooms = {"big": _room(title, "", "big", "", "") - _TO_WRITE_ON}
    name_size, size, parts = _laid_out(blank or [Line(kind="blank", at="")] * BLANK_LINES, rooms)
    return [
        Card(
            name="",
            about="",
            lines=tuple(part),
            talls=_talls(part, size, rooms[name_size]),
            size=size,
            name_size=name_size,
            part=_part(at, len(parts)),
            is_blank=True,
        )
        for at, part in enumerate(parts, start=1)
    ]


def _laid_out(
    lines: Sequence[Line], rooms: Mapping[str, float]
) -> tuple[str, str, list[list[Line]]]:
    """Return the largest letters, of the rounds before the name's, in which everything fits.

    Where nothing does, the rounds go on on further cards. ``rooms`` is what is left for them in
    mm, by how large the name stands.
    """
    for size in _SIZES:
        needed = sum(_needs(line, size) for line in lines)
        for name_size, room in rooms.items():
            if needed <= room:
                return name_size, size, [list(lines)]
    name_size, room = max(rooms.items(), key=lambda one: one[1])
    size = "close" if all(_needs(line, "close") <= room for line in lines) else "tight"
    parts = fitting.deal(lines, lambda line: _needs(line, size), first=room, others=room)
    return name_size, size, parts


def _talls(lines: Sequence[Line], size: str, room: float) -> tuple[float, ...]:
    """Return how tall the lines stand when they share the room; a short list stays together."""
    needs = [_needs(line, size) for line in lines]
    share = max(0.0, room - sum(needs)) / max(1, len(lines))
    return tuple(
        round(need + min(_MOST_AIR, share * (0.4 if line.kind == "break" else 1)), 2)
        for line, need in zip(lines, needs, strict=True)
    )


def _part(at: int, count: int) -> str:
    return f"{at} of {count}" if count > 1 else ""


def all_lines(facts: Facts, paths: Paths) -> dict[int, tuple[Line, ...]]:
    """Return everybody's lines, by sign-up."""
    return {
        sign_up_id: lines_of(facts.event, visits, facts.people[sign_up_id])
        for sign_up_id, visits in paths.items()
    }


def name_sizes_of(name: str) -> list[str]:
    """Return how large a name may stand on a card, the largest first."""
    return [
        size
        for size, (points, most) in _NAMES.items()
        if fitting.lines(name, size_pt=points, width=_WIDTH) <= most
    ]


def _line(visit: Visit, me: Somebody, zone: str) -> Line:
    at = times.clock(visit.starts_at, zone)
    if visit.spot is None:
        return Line(kind="rest", at=at, who="Your round to reflect")
    who, small = _company(visit, me)
    return Line(
        kind="seat", at=at, sign=visit.spot.sign, place=visit.spot.place, who=who, small=small
    )


def _pause(at: datetime, title: str, zone: str) -> Line:
    return Line(kind="break", at=times.clock(at, zone), who=title)


def _company(visit: Visit, me: Somebody) -> tuple[str, str]:
    """Return whom a line names, and what stands small below."""
    if visit.is_host:
        beside = f"beside {names_of(visit.hosts)}" if visit.hosts else ""
        return names_of(visit.guests) or "Nobody comes: yours to reflect", beside
    if not visit.hosts:
        return names_of(visit.guests) or "Nobody else sits here", ""
    offered = [topic for one in visit.hosts for topic in one.topics]
    mine = {topic.casefold() for topic in me.topics}
    shared = [topic for topic in offered if topic.casefold() in mine]
    small = ", ".join(list(dict.fromkeys(shared or offered))[:2])
    if any(one.role_in(visit.block_id) is Role.MENTOR for one in visit.hosts):
        return names_of(visit.hosts), small
    return names_of((*visit.hosts, *visit.guests)), small


def names_of(people: Sequence[Somebody]) -> str:
    """Return the names; of a very long list how many more there are."""
    listed: list[str] = []
    for one in people:
        if listed and sum(map(len, listed)) + len(one.name) > _MOST_NAMES:
            return f"{', '.join(listed)} and {len(people) - len(listed)} more"
        listed.append(fitting.apart(one.name))
    return ", ".join(listed)


def _short(text: str, most: int) -> str:
    """Return a question as a card holds it; one that goes on ends with three dots."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip()} \u2026"


def _rows_mm(text: str, size_pt: float, width: float, leading: float = _LEADING) -> float:
    count = fitting.lines(text, size_pt=size_pt, width=width)
    return count * size_pt * fitting.MM_PER_PT * leading


def _needs(line: Line, size: str) -> float:
    """Return the height of a line in mm."""
    chosen = _SIZES[size]
    if line.kind == "break":
        return max(chosen.least * 0.6, _rows_mm(line.who, 8.5, _TEXT) + 1)
    text = _rows_mm(line.who, chosen.who, _TEXT) + _rows_mm(line.small, chosen.small, _TEXT)
    return max(chosen.least, text + _rows_mm(line.place, chosen.who, _TEXT) + chosen.pad)


def _room(title: str, name: str, name_size: str, about: str, question: str) -> float:
    """Return what is left for the rounds, in mm."""
    points, _most = _NAMES[name_size]
    head = max(5.5, _rows_mm(title, 8.5, _WIDTH - 8)) + 3
    named = _rows_mm(name, points, _WIDTH, 1.1) + _rows_mm(about, 9, _WIDTH, 1.25) + 5
    asked = _rows_mm(question, 8.5, _WIDTH - 19, 1.25) + 8.0 if question else 0.0
    return _INSIDE - head - named - 2.5 - max(15.0, asked + 6.5)
