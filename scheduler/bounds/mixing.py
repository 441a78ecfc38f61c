"""The sizes of tables at which stages mix best: a small integer program over kinds of tables.

A table of k people with d stages adds k d, less its people with a stage, to ``stage_mix``. So what
counts is how many tables there are of each (k, d); a stage is at no more tables than it has people,
nor at more than there are tables.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from scheduler.arrays import Floats

_EPS = 1e-6
_NODES = 200
_MOST_SIZES = 12
_EVENLY = 0.3
"""Among tables that mix alike, those of one size are taken; in all, that counts for less than 1."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The most that stages mix, and sizes of tables at which they do, largest first."""

    value: int
    sizes: tuple[int, ...]


@lru_cache(maxsize=256)
def best_mix(
    people: int, stages: tuple[int, ...], least: int, most: int, tables: int
) -> Mix | None:
    """Return how well stages can mix when everybody of a round sits.

    Parameters
    ----------
    people : int
        All people of the round.
    stages : tuple of int
        How many of them there are of each stage.
    least, most : int
        Size of a table.
    tables : int
        Most tables.

    Returns
    -------
    Mix or None
        None when nobody can sit so, or the program was not solved.
    """
    known = tuple(count for count in stages if count)
    sizes = range(least, min(most, people) + 1)
    if not sizes or len(sizes) > _MOST_SIZES or not tables:
        return None
    plain = people - sum(known)
    kinds = [
        (k, d) for k, d in product(sizes, range(len(known) + 1)) if d <= k and (d > 0 or k <= plain)
    ]
    return _solved(people, known, np.array(kinds, dtype=np.float64).T, tables) if kinds else None


def _solved(people: int, known: tuple[int, ...], kinds: Floats, tables: int) -> Mix | None:
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 -- slow import

    size, different = kinds
    evenly = _EVENLY / (people * size.max())
    rows, lower, upper = _rows(people, known, kinds, tables)
    nothing = np.zeros(rows.shape[1] - len(size))
    worth = np.append(size * different - evenly * size**2, nothing)
    found = milp(
        -worth,
        integrality=np.ones(len(worth)),
        bounds=Bounds(np.zeros(len(worth)), np.full(len(worth), np.inf)),
        constraints=[LinearConstraint(rows, lower, upper)],
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
    if found.status != 0 or found.x is None:
        return None
    counts = np.round(found.x[: len(size)]).astype(int)
    value = math.floor(_EVENLY + _EPS - found.mip_dual_bound) - sum(known)
    taken = np.repeat(size.astype(int), counts)
    return Mix(value=value, sizes=tuple(sorted(taken.tolist(), reverse=True)))


def _rows(
    people: int, known: tuple[int, ...], kinds: Floats, tables: int
) -> tuple[Floats, Floats, Floats]:
    """Return rows with their limits; columns are tables of each kind, then stages by size.

    The latter say at how many tables of a size a stage is.
    """
    size, different = kinds
    sizes = np.unique(size)
    width, wide = len(size), len(sizes) * len(known)
    found: list[tuple[Floats, float, float]] = [
        (np.append(size, np.zeros(wide)), people, people),
        (np.append(np.ones(width), np.zeros(wide)), 1, tables),
    ]
    by_size = np.arange(wide).reshape(len(sizes), len(known)) + width
    for k, columns in zip(sizes, by_size, strict=True):
        of_size = np.append(np.where(size == k, different, 0.0), np.zeros(wide))
        of_size[columns] = -1
        found.append((of_size, -np.inf, 0))
        for column in columns:
            at_most = np.append(np.where(size == k, -1.0, 0.0), np.zeros(wide))
            at_most[column] = 1
            found.append((at_most, -np.inf, 0))
    for s, count in enumerate(known):
        everywhere = np.zeros(width + wide)
        everywhere[by_size[:, s]] = 1
        found.append((everywhere, -np.inf, count))
    rows, lower, upper = zip(*found, strict=True)
    return np.array(rows), np.array(lower, dtype=float), np.array(upper, dtype=float)
