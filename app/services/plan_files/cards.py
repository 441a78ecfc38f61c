"""``cards.html``: a rotation card for everybody, four on a page, in one file of its own."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.services.plan_files.itineraries import Itinerary, Stop

_APP = Path(__file__).parents[2]
_FONTS = (
    ("Overpass", "overpass", "latin", 0x0000, 0x00FF),
    ("Overpass", "overpass", "latin-ext", 0x0100, 0x024F),
    ("Overpass", "overpass", "cyrillic", 0x0400, 0x04FF),
    ("Commissioner", "commissioner", "latin", 0x0000, 0x00FF),
    ("Commissioner", "commissioner", "latin-ext", 0x0100, 0x024F),
    ("Commissioner", "commissioner", "greek", 0x0370, 0x03FF),
    ("Commissioner", "commissioner", "cyrillic", 0x0400, 0x04FF),
)
_SHORT_SIGN = 3
_MOST_NAMES = 6
_MOST_SIGNS = 140
_ROOMY = 75
PER_PAGE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One round on a card. ``sign`` is the table to walk to, empty for a round to reflect."""

    time: str
    sign: str
    is_long: bool
    who: str
    small: str

    @property
    def is_tight(self) -> bool:
        """Whether it needs smaller letters."""
        return len(self.who) + len(self.small) > _ROOMY


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    name: str
    about: str
    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    family: str
    data: str
    span: str


def write_cards(itineraries: Sequence[Itinerary], *, title: str, zone: str) -> str:
    """Return the page; like the plan itself it gives no reasons."""
    cards = [_card(itinerary, zone) for itinerary in itineraries if itinerary.stops]
    environment = Environment(
        loader=FileSystemLoader(_APP / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = [cards[at : at + PER_PAGE] for at in range(0, len(cards), PER_PAGE)]
    text = "".join(card.name + "".join(line.who for line in card.lines) for card in cards)
    page = environment.get_template("print/cards.html")
    return page.render(title=title, pages=pages, fonts=_fonts(text))


def _card(itinerary: Itinerary, zone: str) -> Card:
    person = itinerary.person
    about = [person.stage_label, person.affiliation]
    return Card(
        name=person.name,
        about=", ".join(part for part in about if part) or person.role.value.capitalize(),
        question=_short(person.question),
        lines=tuple(_line(stop, itinerary, zone) for stop in itinerary.stops),
    )


def _line(stop: Stop, itinerary: Itinerary, zone: str) -> Line:
    starts = stop.round.starts_at
    time = f"{starts.astimezone(ZoneInfo(zone)):%H:%M}" if starts else f"Round {stop.round.number}"
    if stop.table is None:
        return Line(time=time, sign="", is_long=False, who="Your round to reflect", small="")
    sign = stop.table.name
    who, small = _company(stop, itinerary)
    return Line(time=time, sign=sign, is_long=len(sign) > _SHORT_SIGN, who=who, small=small)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SIGNS else f"{text[: _MOST_SIGNS - 1].rstrip()}\u2026"


def _company(stop: Stop, itinerary: Itinerary) -> tuple[str, str]:
    """Return whom the card names, and what stands small below."""
    if itinerary.is_host:
        asked = [one.question for one in stop.guests if one.question and one.shares_question]
        asked = asked if itinerary.person.role.value == "mentor" else []
        small = _short(asked[0]) if len(stop.guests) == 1 and asked else ""
        if stop.hosts:
            small = f"beside {_names(one.name for one in stop.hosts)}"
        return _names(one.name for one in stop.guests), small
    if not stop.hosts:
        return _names(one.name for one in stop.guests), ""
    own = {topic.casefold() for topic in itinerary.person.topics}
    topics = [topic for one in stop.hosts for topic in one.topics]
    shared = [topic for topic in topics if topic.casefold() in own]
    parts = [", ".join(list(dict.fromkeys(shared or topics))[:2])]
    if stop.guests:
        parts.append(f"with {_names(one.name for one in stop.guests)}")
    return _names(one.name for one in stop.hosts), "; ".join(part for part in parts if part)


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > _MOST_NAMES:
        listed = [*listed[: _MOST_NAMES - 1], f"{len(listed) - _MOST_NAMES + 1} more"]
    return ", ".join(listed)


def _fonts(text: str) -> list[Font]:
    """Return the fonts that these names need; other scripts use the system's own."""
    fonts = []
    for family, name, script, first, last in _FONTS:
        path = _APP / "static" / "fonts" / f"{name}-{script}-wght-normal.woff2"
        if path.exists() and any(first <= ord(sign) <= last for sign in text):
            data = base64.b64encode(path.read_bytes()).decode("ascii")
            fonts.append(Font(family=family, data=data, span=f"U+{first:04X}-{last:04X}"))
    return fonts
