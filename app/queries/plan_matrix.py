"""Who meets whom as a field of squares, for as many people as there are: one path, not a row each.

Where people host, a square is a person at a table; else it is a pair of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.queries.plan_seating import Seating, meetings, visits
from app.queries.wheel import label

MARGIN = 2
MOST_SIDE = 700
MOST_NAMED = 120
"""With more rows or columns than this nobody is named: the picture is a pattern then."""
_NAMES = 130
_NUMBERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word beside a row, or above a column."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the squares begin, and how wide each is."""

    left: int
    top: int
    cell: int

    def squares(self, spots: Sequence[tuple[int, int]]) -> str:
        """Return a path of squares at (column, row)."""
        side = self.cell - 2
        return "".join(
            f"M{self.left + x * self.cell + 1} {self.top + y * self.cell + 1}"
            f"h{side}v{side}h-{side}z"
            for x, y in sorted(spots)
        )


_NAMED = _Frame(left=_NAMES, top=_NUMBERS, cell=15)
_BARE = _Frame(left=MARGIN, top=MARGIN, cell=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Everything to draw, in the drawing's own units; the paths are squares."""

    width: int
    height: int
    cells: str
    again: str
    followed: str
    title: str
    rows: tuple[Label, ...] = ()
    columns: tuple[Label, ...] = ()


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
    is_named = is_hosted and max(len(rows), len(columns)) <= MOST_NAMED
    frame = _NAMED if is_named else _BARE
    return Matrix(
        width=frame.left + len(columns) * frame.cell + MARGIN,
        height=frame.top + len(rows) * frame.cell + MARGIN,
        cells=frame.squares(
            [spot for spot, times in marks.items() if times == 1 and spot[1] != mine]
        ),
        again=frame.squares([spot for spot in again if spot[1] != mine]),
        followed=frame.squares([spot for spot in marks if spot[1] == mine]),
        rows=_down(frame, [label(one.short) for one in rows]) if is_named else (),
        columns=_across(frame, columns) if is_named else (),
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


def _down(frame: _Frame, names: Sequence[str]) -> tuple[Label, ...]:
    return tuple(
        Label(x=frame.left - 6, y=frame.top + at * frame.cell + 11, text=name)
        for at, name in enumerate(names)
    )


def _across(frame: _Frame, numbers: Sequence[int]) -> tuple[Label, ...]:
    middle = frame.left + frame.cell // 2
    return tuple(
        Label(x=middle + at * frame.cell, y=frame.top - 6, text=str(number))
        for at, number in enumerate(numbers)
    )
