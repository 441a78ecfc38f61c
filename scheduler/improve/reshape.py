"""Other sizes of tables: what single exchanges do not come upon when stages should mix better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import AVOID, Arrays, Bools, Ints, Seating
from scheduler.bounds.groups import GroupLimits

_MOVES_A_ROUND = 60


def reshaped(arrays: Arrays, limits: GroupLimits, seating: Seating) -> Seating | None:
    """Return a seating with the sizes of tables at which stages can mix best.

    People of tables that are too large or to be closed go where they meet the fewest people again;
    rules and goals may suffer, a search settles them. None where nothing is to be changed.
    """
    if not limits.applies:
        return None
    seating = seating.copy()
    changed = False
    for r in range(arrays.n_rounds):
        mix = limits.best_mix(r)
        if mix is not None and bool((seating[arrays.here[:, r], r] >= 0).all()):
            changed |= _reshape(arrays, seating, r, mix.sizes)
    return seating if changed else None


def _reshape(arrays: Arrays, seating: Seating, r: int, sizes: tuple[int, ...]) -> bool:
    """Give the tables of a round these sizes, the largest to the fullest; return whether new."""
    tables = np.flatnonzero(arrays.open[:, r])
    loads = np.bincount(seating[seating[:, r] >= 0, r], minlength=arrays.n_tables)[tables]
    order = np.lexsort((tables, -arrays.seats[tables], -loads))
    tables, loads = tables[order], loads[order]
    wanted = np.zeros(len(tables), dtype=np.int64)
    wanted[: len(sizes)] = sizes[: len(tables)]
    if np.array_equal(np.sort(loads), np.sort(wanted)) or (wanted > arrays.seats[tables]).any():
        return False
    fixed = _pinned(arrays, r) | arrays.together.any(axis=1)
    spare: list[int] = []
    for table, surplus in zip(tables.tolist(), (loads - wanted).tolist(), strict=True):
        people = np.flatnonzero((seating[:, r] == table) & ~fixed)
        if surplus > people.size:
            return False
        spare += people[: max(surplus, 0)].tolist()
    if len(spare) > _MOVES_A_ROUND:
        return False
    column = seating[:, r].copy()
    column[spare] = -1
    room = np.zeros(arrays.n_tables, dtype=np.int64)
    room[tables] = np.maximum(wanted - loads, 0)
    others = np.delete(seating, r, axis=1)
    if not _seat(arrays, others, column, np.array(spare, dtype=np.int64), room):
        return False
    seating[:, r] = column
    return True


def _pinned(arrays: Arrays, r: int) -> Bools:
    pinned = np.zeros(arrays.n, dtype=bool)
    for person, round_id, _ in arrays.problem.pins:
        pinned[arrays.person_index[person]] |= arrays.round_index[round_id] == r
    return pinned


def _seat(
    arrays: Arrays, others: Seating, column: NDArray[np.int32], people: Ints, room: Ints
) -> bool:
    """Seat people one at a time where they meet the fewest again; return whether all could."""
    for p in people.tolist():
        met = ((others == others[p]) & (others[p] >= 0)).any(axis=1)
        clash = 3.0 * arrays.blocked[p] + (met & (arrays.limit[p] == AVOID))
        clash += 0.1 * (arrays.stage == arrays.stage[p])
        seated = column >= 0
        cost = np.bincount(column[seated], clash[seated], minlength=arrays.n_tables)
        free = np.flatnonzero((room > 0) & arrays.may_sit[p])
        if not free.size:
            return False
        table = int(free[cost[free].argmin()])
        column[p] = table
        room[table] -= 1
    return True
