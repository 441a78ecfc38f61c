"""The last resort: people sit out until no rule is broken, for an empty seat breaks none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import NEVER, Arrays, Bools, Ints, Seating
from scheduler.improve.tables import TableRules

Places = NDArray[np.int32]


def vacated(rules: TableRules, seating: Seating) -> Seating:
    """Return a seating in which as few people as are soon found have left their seats.

    Pinned people and history stay; so do ``min_rounds`` and ``must_meet``, which may be broken
    still, or for the first time.
    """
    arrays = rules.arrays
    seating = seating.copy()
    seats = np.zeros(arrays.n, dtype=np.int64)
    met = np.zeros((arrays.n, arrays.n), dtype=bool)
    for r in np.flatnonzero(arrays.frozen).tolist():
        seats += seating[:, r] >= 0
        met |= _shares(seating[:, r])
    for r in np.flatnonzero(~arrays.frozen).tolist():
        places = seating[:, r]
        stays = ~arrays.is_mover | _pinned(arrays, r)
        fits = arrays.may_sit[np.arange(arrays.n), places] & arrays.open[places, r]
        fits &= arrays.here[:, r] & (seats < arrays.max_rounds)
        places[~stays & ~fits] = -1
        _part(places, stays, arrays.blocked | ((arrays.limit == NEVER) & met))
        while _clear(rules, places, stays) or _follow(arrays, places, stays, r):
            pass
        seats += places >= 0
        met |= _shares(places)
    return seating


def _shares(places: Places) -> Bools:
    return np.asarray((places[:, None] == places[None, :]) & (places >= 0)[:, None])


def _pinned(arrays: Arrays, r: int) -> Bools:
    pinned = np.zeros(arrays.n, dtype=bool)
    for person, round_id, _ in arrays.problem.pins:
        pinned[arrays.person_index[person]] |= arrays.round_index[round_id] == r
    return pinned


def _part(places: Places, stays: Bools, refused: Bools) -> None:
    """Send away whoever clashes most, until nobody sits with somebody refused."""
    clash = refused & _shares(places)
    while clash.any():
        count = np.where(stays, 0, clash.sum(axis=1))
        person = int(count.argmax())
        if not count[person]:
            return
        places[person] = -1
        clash[person] = clash[:, person] = False


def _follow(arrays: Arrays, places: Places, stays: Bools, r: int) -> bool:
    """Send away who sits without those they belong to; return whether anybody went."""
    here = arrays.here[:, r]
    apart = arrays.together & np.outer(here, here) & (places[:, None] != places[None, :])
    gone = apart.any(axis=1) & ~stays & (places >= 0)
    places[gone] = -1
    return bool(gone.any())


def _clear(rules: TableRules, places: Places, stays: Bools) -> bool:
    """Let one person leave each table that breaks a rule, or all if that is no help."""
    tables = np.arange(rules.arrays.n_tables)
    place = np.where(places < 0, len(tables), places).astype(np.int64)
    counts = rules.counts(place)[:-1]
    changed = False
    for table in np.flatnonzero(rules.broken(tables, counts)).tolist():
        people = np.flatnonzero((places == table) & ~stays)
        if people.size:
            places[_leavers(rules, counts[table], table, people)] = -1
            changed = True
    return changed


def _leavers(rules: TableRules, counts: Ints, table: int, people: Ints) -> Ints:
    """Return the one whose leaving mends most, or everybody."""
    without = counts[None, :] - (rules.kind[people][:, None] == np.arange(rules.n_kinds)[None, :])
    missed = rules.broken(np.full(len(people), table), without)
    now = float(rules.broken(np.array([table]), counts[None, :])[0])
    left = len(people) > 1 and rules.in_use(without).all()
    return people[[int(missed.argmin())]] if left and missed.min() < now else people
