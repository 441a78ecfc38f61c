"""Badges and the sign-in list: everybody who is expected, by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.services.paper import fitting, times
from app.services.paper.facts import Facts, Paths, Somebody
from app.services.paper.sheets import Badge, SignInRow, SignInSheet

_BADGE_SIZES = {"big": (26.0, 10.0, 2), "middle": (19.0, 10.0, 3), "little": (11.0, 8.0, 99)}
_BADGE_LEAST = "least"
_BADGE_WIDTH = 91.0
_BADGE_INSIDE = 57.5
_PLACE_WIDTH = 30.0
_MOST_PLACE = 3
_ROOM = 40.0
_ROOM = 224.0
_PT = 10.5


def by_name(people: Sequence[Somebody]) -> list[Somebody]:
    """Return people as a list at the door is searched: accents and case do not matter."""
    return sorted(people, key=lambda one: (_plain(one.name), one.id))


def badge_of(me: Somebody, facts: Facts, paths: Paths) -> Badge:
    """Return somebody's badge with the first table they go to."""
    there = (one for one in paths.get(me.id, ()) if one.spot and not one.spot.is_closed)
    first = next(there, None)
    spot = first.spot if first else None
    return Badge(
        name=me.name,
        about=me.about,
        role=me.role.value.capitalize(),
        name_size=_size(me, facts.event.name, spot.place if spot else ""),
        sign=spot.sign if spot else "",
        place=spot.place if spot else "",
        is_small=spot is not None and _place_lines(spot.place, 11) > _MOST_PLACE,
        at=times.clock(first.starts_at, facts.event.zone) if first else "",
    )


def _size(me: Somebody, title: str, place: str) -> str:
    """Return the largest letters in which name and affiliation stay above the first table."""
    above = max(5.5, 3.6 * fitting.lines(title, size_pt=8.5, width=_BADGE_WIDTH - 8))
    below = max(15.0, 2.9 * _place_lines(place, 7))
    for size, (points, small, most) in _BADGE_SIZES.items():
        count = fitting.lines(me.name, size_pt=points, width=_BADGE_WIDTH)
        about = fitting.lines(me.about, size_pt=small, width=_BADGE_WIDTH)
        tall = (count * points * 1.1 + about * small * 1.25) * fitting.MM_PER_PT
        if count <= most and above + tall + below <= _BADGE_INSIDE:
            return size
    return _BADGE_LEAST


def _place_lines(place: str, size_pt: float) -> int:
    return fitting.lines(place, size_pt=size_pt, width=_PLACE_WIDTH)


def blank_badge() -> Badge:
    """Return a badge to write on."""
    return Badge(name="", about="", role="", name_size="big", is_blank=True)


def sign_in_sheets(facts: Facts, paths: Paths, *, blanks: int) -> list[SignInSheet]:
    """Return the list for the door, with empty lines for who walks in."""
    people = by_name(facts.there)
    rows = [_row(badge_of(one, facts, paths)) for one in people]
    rows += [SignInRow(name="", role="", table="", at="", is_blank=True)] * blanks
    parts = fitting.deal(rows, _height, first=_ROOM, others=_ROOM)
    return [
        SignInSheet(
            rows=tuple(part),
            part=f"sheet {at} of {len(parts)}" if len(parts) > 1 else "",
            people=len(people),
        )
        for at, part in enumerate(parts, start=1)
    ]


def _row(badge: Badge) -> SignInRow:
    return SignInRow(name=badge.name, role=badge.role, table=badge.sign or badge.place, at=badge.at)


def _height(row: SignInRow) -> float:
    named = fitting.lines(row.name, size_pt=_PT, width=68)
    table = fitting.lines(row.table, size_pt=_PT, width=24)
    return max(8.5, max(named, table) * _PT * fitting.MM_PER_PT * 1.25 + 2.6)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
