"""Which of a file's rows hold headings, which hold people, and which hold neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.roster_csv.columns import known_headings, plain
from app.services.roster_csv.text import MAX_COLUMNS, UnreadableFile

_LOOK_AT = 20
_TOTALS = frozenset(
    {"total", "totals", "sum", "count", "average", "gesamt", "summe", "anzahl", "insgesamt"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row; ``number`` is what a spreadsheet shows beside it.

    ``faults`` are (place of the column, what stands there, what was expected) of cells that the
    file itself leaves open, such as a formula nobody computed.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that holds no person, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The headings and the people's rows of one sheet.

    ``how`` says how the file was read, ``notes`` what was done to its cells on the way.
    """

    name: str
    names: tuple[str, ...]
    how: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[SourceRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def framed(
    rows: Sequence[SourceRow],
    *,
    how: str,
    most_rows: int,
    name: str = "",
    names: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Sheet:
    """Return the sheet of a file's rows, none of them blank."""
    if not rows:
        msg = "The file is empty. A line of headings and a row for each person are expected."
        raise UnreadableFile(msg)
    at = heading_place([list(row.cells) for row in rows[:_LOOK_AT]])
    headings = _trimmed(rows[at].cells)
    if len(headings) > MAX_COLUMNS:
        msg = (
            f"The file has {len(headings)} columns; at most {MAX_COLUMNS} can be read. "
            "Keep only those about people, then upload it again."
        )
        raise UnreadableFile(msg)
    people, left_out = _people(rows[at + 1 :], headings)
    _check_count(len(people), most_rows)
    above = [LeftOut(number=row.number, why="it stands above the headings") for row in rows[:at]]
    return Sheet(
        name=name,
        names=names,
        how=how,
        headings=headings,
        heading_row=rows[at].number,
        rows=tuple(people),
        left_out=(*above, *left_out),
        notes=notes,
    )


def heading_place(lines: Sequence[list[str]]) -> int:
    """Return which line holds the headings: the one with most of them, else the first."""
    counts = [known_headings(line) if not _has_address(line) else 0 for line in lines]
    best = max(counts, default=0)
    return counts.index(best) if best > 1 else 0


def _people(
    rows: Sequence[SourceRow], headings: tuple[str, ...]
) -> tuple[list[SourceRow], list[LeftOut]]:
    people: list[SourceRow] = []
    left_out: list[LeftOut] = []
    again = [plain(cell) for cell in headings]
    for row in rows:
        words = [plain(cell) for cell in _trimmed(row.cells)]
        if words == again or (not people and _is_heading(row)):
            left_out.append(LeftOut(number=row.number, why="it repeats the headings"))
        else:
            people.append(row)
    while people and _is_total(people[-1]):
        left_out.append(LeftOut(number=people.pop().number, why="it holds a total, nobody's name"))
    return people, left_out


def _is_heading(row: SourceRow) -> bool:
    return known_headings(list(row.cells)) > 2 and not _has_address(row.cells)


def _is_total(row: SourceRow) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    words = plain(filled[0]).split() if filled else []
    is_short = len(filled) <= 3 and not _has_address(filled)
    return is_short and bool(words) and words[0] in _TOTALS


def _check_count(people: int, most_rows: int) -> None:
    if people > most_rows:
        raise too_many(most_rows)
    if not people:
        msg = (
            "The file has headings but no rows below them. A row for each person is expected; "
            "look whether the right sheet was saved."
        )
        raise UnreadableFile(msg)


def too_many(most_rows: int) -> UnreadableFile:
    """Return the refusal of a list that is longer than any event."""
    msg = (
        f"The file has more than {most_rows:,} rows; that many people at most can be brought at "
        "once. Divide the list, then upload the parts one after the other."
    )
    return UnreadableFile(msg)


def _has_address(cells: Sequence[str]) -> bool:
    return any("@" in cell for cell in cells)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cells[: last + 1])
