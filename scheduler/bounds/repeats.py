"""What no plan can beat in ``repeats``: counting the pairs that must meet and those that may.

``repeats_bound`` holds for every plan; with nobody forced to sit it is mostly 0. What makes
repeats necessary is attendance, so ``repeats_bound_attended`` says what follows from a number of
seats: pairs needed less admissible pairs, in all and person by person, and the pigeonhole of two
rounds with fewer groups than places.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import AVOID, FREE, NEVER, NO_LIMIT, Arrays, Bools, Ints
from scheduler.problem import Count

Counts = NDArray[np.int16]
"""Rounds of two people: small numbers, of which there are millions."""


def repeats_bound(arrays: Arrays) -> float:
    """Return a proven lower limit on the repeats of any plan.

    Only history and ``min_rounds`` make anybody sit; without either the limit is 0.
    """
    forced = np.minimum(arrays.min_rounds, arrays.n_rounds)[arrays.is_mover].sum()
    return max(_frozen_repeats(arrays), repeats_bound_attended(arrays, int(forced)))


def repeats_bound_attended(arrays: Arrays, seats: float) -> float:
    """Return a proven lower limit on the repeats of plans with at least so many movers' seats."""
    if arrays.frozen.any() or arrays.problem.together:
        return _frozen_repeats(arrays)
    here = (arrays.here & arrays.is_mover[:, None]).sum(axis=0)
    bounds = [0.0, _by_all_pairs(arrays, seats, here, _pair_allowance(arrays))]
    if seats >= here.sum():
        bounds.append(_when_all_sit(arrays))
    return max(bounds)


@lru_cache(maxsize=1)
def _when_all_sit(arrays: Arrays) -> float:
    """Return the limit for plans in which every mover sits whenever they are there."""
    here = (arrays.here & arrays.is_mover[:, None]).sum(axis=0)
    limit = _pair_allowance(arrays)
    return max(_by_person(arrays, here, limit), _by_pigeonhole(arrays, here, limit))


def _frozen_repeats(arrays: Arrays) -> float:
    """Return the repeats that history already has."""
    if not arrays.frozen.any():
        return 0.0
    history = arrays.seating_from(arrays.problem.previous or ())
    meets = np.zeros((arrays.n, arrays.n), dtype=np.int64)
    for r in np.flatnonzero(arrays.frozen):
        place = history[:, r]
        meets += (place[:, None] == place[None, :]) & (place >= 0)[:, None]
    again = np.maximum(meets - 1 + arrays.past, 0)
    return float(np.triu(again * (arrays.limit == AVOID), k=1).sum())


@lru_cache(maxsize=1)
def _pair_allowance(arrays: Arrays) -> Counts:
    """Return how often two movers may meet without a repeat; symmetric, shape (n, n)."""
    common = _rounds_in_common(arrays)
    once = (arrays.limit == AVOID) & ~arrays.past | (arrays.limit == NEVER)
    allowance = np.where(arrays.limit == FREE, common, np.minimum(once, common))
    allowance[arrays.blocked] = 0
    allowance[:, ~arrays.is_mover] = 0
    allowance[~arrays.is_mover] = 0
    np.fill_diagonal(allowance, 0)
    return np.asarray(allowance)


def _rounds_in_common(arrays: Arrays) -> Counts:
    """Return in how many rounds two people are both available; shape (n, n)."""
    if arrays.here.all():
        return np.full((arrays.n, arrays.n), arrays.n_rounds, dtype=np.int16)
    here = arrays.here.astype(np.float32)
    return np.asarray((here @ here.T).astype(np.int16))


def _capacities(arrays: Arrays, r: int) -> Ints:
    """Return the movers' places of the tables open in a round, largest first."""
    return np.asarray(np.sort(_places(arrays, r)[arrays.open[:, r]])[::-1])


def _places(arrays: Arrays, r: int) -> Ints:
    """Return the movers' places of each table in a round; shape (T,)."""
    hosts = np.flatnonzero(~arrays.is_mover & arrays.here[:, r])
    there = np.bincount(arrays.host[hosts], minlength=arrays.n_tables)
    free = np.where(arrays.seats < NO_LIMIT, arrays.seats - there, arrays.n)
    return np.where(arrays.open[:, r], np.clip(free, 0, arrays.n), 0)


def _even(people: int, tables: int) -> int:
    """Return the fewest pairs that share a table when people spread over tables."""
    if not tables:
        return 0
    small, rest = divmod(people, tables)
    return tables * math.comb(small, 2) + rest * small


def _marginals(capacities: Ints, people: int) -> Ints:
    """Return how many people each next person must meet, at least: ascending, shape (people,)."""
    levels = np.arange(int(capacities.max(initial=0)))
    width = (capacities[None, :] > levels[:, None]).sum(axis=1)
    return np.repeat(levels, width)[:people]


def _by_all_pairs(arrays: Arrays, seats: float, here: Ints, allowance: Counts) -> float:
    """Return the pairs needed by so many seats less all admissible pairs."""
    needed = np.sort(
        np.concatenate(
            [_marginals(_capacities(arrays, r), int(here[r])) for r in range(arrays.n_rounds)]
        )
    )
    # Leaving seats empty saves the dearest ones first.
    total = needed[: max(math.ceil(seats - 1e-6), 0)].sum()
    return float(total - allowance.sum() // 2)


def _least_company(arrays: Arrays, r: int, people: int) -> int:
    """Return how many others everybody meets at least when all available people sit."""
    capacities = _capacities(arrays, r)
    capacities = capacities[capacities > 0]
    if not capacities.size:
        return 0
    # The smallest group sits at the smallest table while all other tables are full.
    tightest = people - int(capacities.sum() - capacities.min())
    hostless = bool(arrays.is_mover.all())
    least = max(tightest, 2 if hostless else 1)
    everybody = [
        entry.min
        for entry in arrays.problem.composition
        if isinstance(entry, Count)
        and entry.tables is None
        and entry.count.role is entry.count.stage is entry.count.trait is None
    ]
    if hostless:
        least = max([least, *everybody])
    return least - 1


def _by_person(arrays: Arrays, here: Ints, allowance: Counts) -> float:
    """Return half of what everybody must meet beyond their admissible partners."""
    company = np.array([_least_company(arrays, r, int(here[r])) for r in range(arrays.n_rounds)])
    must = (arrays.here * company[None, :]).sum(axis=1)
    excess = np.maximum(must - allowance.sum(axis=1), 0)[arrays.is_mover].sum()
    return float(math.ceil(excess / 2))


def _by_pigeonhole(arrays: Arrays, here: Ints, allowance: Counts) -> float:
    """Return the repeats of neighbouring rounds: people over pairs of tables."""
    free = int(np.triu((arrays.limit == FREE) & (allowance > 0), k=1).sum())
    total = 0
    movers = arrays.is_mover
    tables = [len(np.flatnonzero(_capacities(arrays, r))) for r in range(arrays.n_rounds)]
    for r in range(1, len(here)):
        both = int((arrays.here[:, r - 1] & arrays.here[:, r] & movers).sum())
        ways = tables[r - 1] * tables[r] - _tables_once(arrays, r - 1, r)
        total += max(_even(both, ways) - free, 0)
    return float(total)


def _tables_once(arrays: Arrays, first: int, second: int) -> int:
    """Return how many tables nobody sits at in both rounds: a host there may never meet twice."""
    movers = np.flatnonzero(arrays.is_mover)
    hosts = np.flatnonzero(~arrays.is_mover)
    usable = [
        _usable(arrays, r)[arrays.host[hosts]] & arrays.here[hosts, r] for r in (first, second)
    ]
    strict = (arrays.limit[np.ix_(hosts, movers)] == NEVER).all(axis=1)
    return len(np.unique(arrays.host[hosts[usable[0] & usable[1] & strict]]))


def _usable(arrays: Arrays, r: int) -> Bools:
    """Return which tables have places for movers in a round; shape (T,)."""
    return np.asarray(_places(arrays, r) > 0)
