"""Who meets whom as a field of squares, for as many people as there are: one path, not a row each.

Where people host, a square is a person at a table; else it is a pair of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.queries.plan_seating import Seating, meetings, visits

CELL = 10
MARGIN = 2
MOST_SIDE = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Everything to draw, in the drawing's own units; the paths are squares."""

    width: int
    height: int
    cells: str
    again: str
    followed: str
    title: str


def draw(seating: Seating, follow: str, *, is_hosted: bool) -> Matrix | None:
    """Return the picture, None where there is nobody or far too much to draw."""
    rows = sorted(seating.movers, key=lambda one: (one.name.casefold(), one.id))
    if not rows or len(rows) > MOST_SIDE:
        return None
    places = {one.id: at for at, one in enumerate(rows)}
    if is_hosted:
        columns = [table.number for table in seating.tables]
        marks = _at_tables(visits(seating), places, columns)
        what = f"{len(columns)} tables"
    else:
        columns = [at for at, _one in enumerate(rows)]
        marks = _in_pairs(seating, places)
        what = "each other"
    mine = places.get(follow, -1)
    again = [spot for spot, times in marks.items() if times > 1]
    said = "nobody twice" if not again else f"{len(again)} more than once"
    return Matrix(
        width=len(columns) * CELL + 2 * MARGIN,
        height=len(rows) * CELL + 2 * MARGIN,
        cells=_squares([spot for spot, times in marks.items() if times == 1 and spot[1] != mine]),
        again=_squares([spot for spot in again if spot[1] != mine]),
        followed=_squares([spot for spot in marks if spot[1] == mine]),
        title=f"{len(rows)} people by {what}: {len(marks)} squares are met, {said}.",
    )


def _at_tables(
    seen: Mapping[str, Sequence[tuple[int, int]]],
    places: Mapping[str, int],
    columns: Sequence[int],
) -> dict[tuple[int, int], int]:
    """Return how often (column, row) was met."""
    column = {number: at for at, number in enumerate(columns)}
    found: dict[tuple[int, int], int] = {}
    for person, visited in seen.items():
        for _round, table in visited:
            spot = (column[table], places[person])
            found[spot] = found.get(spot, 0) + 1
    return found


def _in_pairs(seating: Seating, places: Mapping[str, int]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for pair, times in meetings(seating).items():
        first, second = (places[one] for one in pair)
        found[first, second] = found[second, first] = times
    return found


def _squares(spots: Sequence[tuple[int, int]]) -> str:
    side = CELL - 2
    return "".join(
        f"M{x * CELL + MARGIN + 1} {y * CELL + MARGIN + 1}h{side}v{side}h-{side}z"
        for x, y in sorted(spots)
    )
