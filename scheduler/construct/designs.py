"""Designs for peer groups: many rounds in which no two people meet twice.

Each generator develops a short starting piece by a group of symmetries. The families and the
mathematics are described in ``MODEL.md``; the stored integers in ``designs.json``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from scheduler.construct.columns import (
    Development,
    DifferenceMatrix,
    difference_matrix,
)
from scheduler.construct.finite_fields import AbelianGroup


def design(groups: int, size: int, rounds: int) -> Development | None:
    """Return groups of equal size without any repeat; None when no generator has that many rounds.

    Returns
    -------
    Development or None
        Group of each point in each round, shape (groups * size, rounds).
    """
    if rounds == 1 or groups < size:
        return _single(groups, size) if rounds == 1 else None
    cell = _cells().get((groups, size), {"family": "columns"})
    # Formulas give any number of rounds for any size; only beyond them the stored pieces count.
    if size > 2 and cell["family"] in {"columns", "field"}:
        return _with_inner_rounds(groups, size, rounds)
    developed = develop(groups, size)
    return None if developed is None or developed.shape[1] < rounds else developed[:, :rounds]


def develop(groups: int, size: int) -> Development | None:
    """Return all rounds of the stored or closed-form design for so many groups of a size."""
    if groups < size:
        return _single(groups, size)
    if size == 2:
        return _circle(groups)
    cell = _cells().get((groups, size))
    if cell is None:
        return None
    if cell["family"] == "starter":
        return _starter(cell)
    if cell["family"] == "quasi":
        return _quasi(cell)
    rounds = groups if cell["family"] == "field" else len(_rows(cell))
    return _with_inner_rounds(groups, size, rounds + _inner_count(groups, size))


def spare_points(developed: Development, count: int) -> list[int] | None:
    """Return points of which no two ever meet, to be left out where numbers are uneven.

    Each group then loses at most one person in each round.
    """
    chosen: list[int] = []
    open_ = np.ones(developed.shape[0], dtype=bool)
    while len(chosen) < count:
        candidates = np.flatnonzero(open_)
        if not candidates.size:
            return None
        point = int(candidates[-1])
        chosen.append(point)
        open_ &= ~(developed == developed[point]).any(axis=1)
    return chosen


@lru_cache(maxsize=1)
def _cells() -> dict[tuple[int, int], dict[str, Any]]:
    text = (files("scheduler.construct") / "designs.json").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    keyed = {tuple(map(int, key.split(","))): cell for key, cell in cells.items()}
    return {(groups, size): cell for (groups, size), cell in keyed.items()}


def _rows(cell: dict[str, Any]) -> list[list[int]]:
    """Return the rows of a stored matrix, which may stand with another cell."""
    if "rows_of" in cell:
        groups, size = map(int, cell["rows_of"].split(","))
        return _rows(_cells()[groups, size])
    rows: list[list[int]] = cell["rows"]
    return rows


def _single(groups: int, size: int) -> Development:
    """One round: with fewer groups than places, two of any group meet again (pigeonhole)."""
    return np.tile(np.arange(groups, dtype=np.int32), size)[:, None]


def _circle(groups: int) -> Development:
    """Round robin of 2g people: in round r, r + i meets r - i mod 2g - 1, and r the extra one."""
    modulus = 2 * groups - 1
    rounds = np.arange(modulus)
    table = np.zeros((2 * groups, modulus), dtype=np.int32)
    for i in range(1, groups):
        table[(rounds + i) % modulus, rounds] = i
        table[(rounds - i) % modulus, rounds] = i
    return table


def _starter(cell: dict[str, Any]) -> Development:
    """Add 0 ... m-1 to the points of each base round; fixed points stay."""
    modulus, moving = cell["modulus"], cell["modulus"] * cell["orbits"]
    points = moving + cell["fixed"]
    table = np.zeros((points, modulus * len(cell["base_rounds"])), dtype=np.int32)
    for b, base in enumerate(cell["base_rounds"]):
        for shift in range(modulus):
            for group, members in enumerate(base):
                for point in members:
                    orbit, x = divmod(point, modulus)
                    moved = orbit * modulus + (x + shift) % modulus if point < moving else point
                    table[moved, b * modulus + shift] = group
    return table


def _quasi(cell: dict[str, Any]) -> Development:
    """Two orthogonal Latin squares of order 10 from a quasi-difference matrix over Z_7."""
    modulus = cell["modulus"]
    columns = [(s, s, s, s) for s in range(modulus)]
    columns += [
        tuple(modulus + x % 3 for x in (i, j, i + j, i + 2 * j)) for i in range(3) for j in range(3)
    ]
    for hole, multiplier in enumerate(cell["multipliers"]):
        for shift in range(modulus):
            entries = [modulus + hole]
            entries += [(multiplier * v + shift) % modulus for v in cell["vector"]]
            columns += [tuple(np.roll(entries, turn).tolist()) for turn in range(len(entries))]
    return np.array(columns, dtype=np.int32)


def _inner_count(groups: int, size: int) -> int:
    """Return how many rounds the columns can play among themselves."""
    if groups % size:
        return 0
    inner = develop(groups // size, size) if groups > size else _single(1, size)
    return 0 if inner is None else inner.shape[1]


def _with_inner_rounds(groups: int, size: int, rounds: int) -> Development | None:
    """Take rounds across the columns, then, where sizes divide, rounds inside all columns."""
    inner_count = _inner_count(groups, size)
    matrix = _longest_matrix(groups, size, rounds, inner_count)
    if matrix is None:
        return None
    across = matrix.develop()
    missing = rounds - across.shape[1]
    if missing <= 0:
        return across[:, :rounds]
    inner = develop(groups // size, size) if groups > size else _single(1, size)
    if inner is None or inner.shape[1] < missing:
        return None
    offsets = np.repeat(np.arange(size, dtype=np.int32) * (groups // size), groups)[:, None]
    return np.hstack([across, np.tile(inner[:, :missing], (size, 1)) + offsets])


def _longest_matrix(groups: int, size: int, rounds: int, inner: int) -> DifferenceMatrix | None:
    cell = _cells().get((groups, size), {})
    if cell.get("family") == "matrix":
        rows = np.array(_rows(cell), dtype=np.int64)[:rounds, :size]
        return DifferenceMatrix(group=AbelianGroup((groups,)), rows=rows)
    across = min(rounds, groups)
    matrix = difference_matrix(groups, size, across)
    if matrix is None and across > rounds - inner:
        matrix = difference_matrix(groups, size, rounds - inner)
    return matrix
