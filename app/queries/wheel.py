"""Who meets whom as a picture: tables inside, people outside, a line for each visit."""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_PEOPLE = 60
MOST_TABLES = 24
LONGEST_NAME = 15
CENTRE = 380.0
PEOPLE_RADIUS = 244.0
NAME_RADIUS = 260.0
TABLE_RADIUS = 132.0
WIDEST_TABLE_RADIUS = 186.0
DISC = 23.0
ROUND_DOT = 13.0
_ALONG = (0.44, 0.52, 0.36, 0.6, 0.28, 0.68, 0.2, 0.76, 0.84)
"""Where on its line a round's number may stand, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """A line from a person to a table."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDot:
    """The number of a round on a followed line."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A person on the outer circle, with the place and turn of the name."""

    name: str
    x: float
    y: float
    name_x: float
    name_y: float
    turn: float
    anchor: str
    is_followed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDisc:
    """A table on the inner circle."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """Everything to draw, in the drawing's own units."""

    tables: tuple[TableDisc, ...]
    people: tuple[Dot, ...]
    spokes: tuple[Spoke, ...]
    followed: tuple[Spoke, ...]
    rounds: tuple[RoundDot, ...]
    disc: float


Visits = Mapping[str, Sequence[tuple[int, int]]]
"""For each person, (number of the round, number of the table)."""


def draw(
    visits: Visits, names: Mapping[str, str], tables: Sequence[int], follow: str
) -> Wheel | None:
    """Return the picture, None when there are too many people or tables to read it."""
    if not 0 < len(visits) <= MOST_PEOPLE or not 1 < len(tables) <= MOST_TABLES:
        return None
    disc = min(DISC, math.pi * WIDEST_TABLE_RADIUS / len(tables) * 0.92)
    radius = min(WIDEST_TABLE_RADIUS, max(TABLE_RADIUS, len(tables) * disc * 1.12 / math.pi))
    angles = {number: _turn(at, len(tables)) - math.pi / 2 for at, number in enumerate(tables)}
    places = {number: _at(angle, radius) for number, angle in angles.items()}
    seats = _seat_people(visits, angles)
    followed = visits.get(follow, ())
    return Wheel(
        tables=tuple(
            TableDisc(number=number, x=_short(place.real), y=_short(place.imag))
            for number, place in places.items()
        ),
        people=tuple(
            _dot(names[person], angle, is_followed=person == follow)
            for person, angle in seats.items()
        ),
        spokes=tuple(
            _spoke(seats[person], places[table])
            for person, visited in visits.items()
            for table in sorted({table for _round, table in visited})
            if person != follow
        ),
        followed=tuple(
            _spoke(seats[follow], places[table])
            for table in sorted({table for _round, table in followed})
        ),
        rounds=_round_dots(
            [(number, seats[follow], places[table]) for number, table in sorted(followed)], disc
        ),
        disc=_short(disc),
    )


def label(name: str) -> str:
    """Return a name short enough for the picture: first word and last initial if need be."""
    if len(name) <= LONGEST_NAME:
        return name
    words = name.split()
    short = f"{words[0]} {words[-1][0]}." if len(words) > 1 else name
    return short if len(short) <= LONGEST_NAME else short[: LONGEST_NAME - 1] + "…"


def _seat_people(visits: Visits, angles: Mapping[int, float]) -> dict[str, float]:
    """Return an angle for each person: evenly spaced, near the tables they visit."""
    towards = {
        person: cmath.phase(
            sum((cmath.rect(1, angles[table]) for _round, table in visited), 0j) or 1 + 0j
        )
        for person, visited in visits.items()
    }
    order = sorted(visits, key=lambda person: (towards[person], person))
    lean = sum(
        (cmath.rect(1, towards[person] - _turn(at, len(order))) for at, person in enumerate(order)),
        0j,
    )
    offset = cmath.phase(lean or 1 + 0j)
    return {person: offset + _turn(at, len(order)) for at, person in enumerate(order)}


def _dot(name: str, angle: float, *, is_followed: bool) -> Dot:
    place, label = _at(angle, PEOPLE_RADIUS), _at(angle, NAME_RADIUS)
    is_left = math.cos(angle) < 0
    turn = math.degrees(angle) + (180 if is_left else 0)
    return Dot(
        name=name,
        x=_short(place.real),
        y=_short(place.imag),
        name_x=_short(label.real),
        name_y=_short(label.imag),
        turn=_short((turn + 180) % 360 - 180),
        anchor="end" if is_left else "start",
        is_followed=is_followed,
    )


def _spoke(angle: float, table: complex) -> Spoke:
    start, bend = _at(angle, PEOPLE_RADIUS), _bend(angle, table)
    return Spoke(
        path=f"M{start.real:.0f} {start.imag:.0f}Q{bend.real:.0f} {bend.imag:.0f} "
        f"{table.real:.0f} {table.imag:.0f}"
    )


def _round_dots(lines: Sequence[tuple[int, float, complex]], disc: float) -> tuple[RoundDot, ...]:
    """Put each round's number on its line, clear of the table and of the other numbers."""
    placed: list[complex] = []
    dots = []
    for number, angle, table in lines:
        spots = [_along(angle, table, t) for t in _ALONG]
        free = (
            spot
            for spot in spots
            if abs(spot - table) > disc + ROUND_DOT
            and all(abs(spot - other) > 2 * ROUND_DOT for other in placed)
        )
        spot = next(free, spots[0])
        placed.append(spot)
        dots.append(RoundDot(x=_short(spot.real), y=_short(spot.imag), number=number))
    return tuple(dots)


def _along(angle: float, table: complex, t: float) -> complex:
    start, bend = _at(angle, PEOPLE_RADIUS), _bend(angle, table)
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * table


def _bend(angle: float, table: complex) -> complex:
    """Pull the middle of a line halfway to the centre, so that lines part."""
    centre = complex(CENTRE, CENTRE)
    middle = (_at(angle, PEOPLE_RADIUS) + table) / 2
    return centre + (middle - centre) / 2


def _at(angle: float, radius: float) -> complex:
    return complex(CENTRE, CENTRE) + cmath.rect(radius, angle)


def _turn(at: int, count: int) -> float:
    return 2 * math.pi * at / count


def _short(value: float) -> float:
    return round(value, 1)
