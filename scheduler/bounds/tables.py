"""What no plan can beat in ``balance`` and ``stage_mix`` once people must sit, hosts or none.

Both follow from who is there in a round: an even round needs tables of one size that the people
fill exactly, and a table mixes no more stages than it has people, nor a stage more tables than it
has people.
"""

from __future__ import annotations

import numpy as np

from scheduler.arrays import Ints
from scheduler.capacity import Capacity
from scheduler.problem import GoalName
from scheduler.score import goal_value

_MOST_SUMS = 50_000
"""Larger rounds pass for even, to stay within milliseconds."""


def balance_attended(c: Capacity, seats: float, hosts_floor: float = 0.0) -> float:
    """Return the least imbalance of plans with so many movers' seats.

    Parameters
    ----------
    c : Capacity
    seats : float
        Fewest movers' seats of the plans meant.
    hosts_floor : float
        Their least ``hosts_floor``: a table that must be in use whenever it can be has no choice.
    """
    past = goal_value(c.arrays, c.history, GoalName.BALANCE)
    missing = c.seats_in_round.sum() - seats
    must = _always_in_use(c, hosts_floor)
    uneven = sum(
        not _even(c, int(r), int(c.seats_in_round[r]), must) for r in c.live if c.seats_in_round[r]
    )
    # A seat left empty may make one round even, and no other.
    return past + max(0.0, float(uneven - np.floor(max(missing, 0.0) + 1e-6)))


def _always_in_use(c: Capacity, hosts_floor: float) -> set[int]:
    arrays = c.arrays
    hosts = np.flatnonzero(~arrays.is_mover & (arrays.possible > 0))
    asked = hosts_floor - (arrays.n_rounds - arrays.possible[hosts])
    return {int(t) for t in arrays.host[hosts[asked > c.uses[arrays.host[hosts]] - 1]]}


def _even(c: Capacity, r: int, movers: int, must: set[int]) -> bool:
    """Return whether some tables of one size take so many movers and their own hosts."""
    usable = np.flatnonzero(c.allowed(r).any(axis=0))
    room, hosts = np.minimum(c.room[usable, r], movers), c.hosts_at[usable, r]
    forced = np.isin(usable, list(must))
    largest = int((room + hosts).max(initial=0))
    if largest * len(usable) > _MOST_SUMS:
        return True
    for size in range(2, largest + 1):
        takes = size - hosts
        fine = (takes >= 1) & (takes <= room)
        rest = movers - int(takes[forced].sum())
        if fine[forced].all() and _is_sum(takes[fine & ~forced], rest):
            return True
    return False


def _is_sum(parts: Ints, total: int) -> bool:
    """Return whether some of the parts add up to a total; the bits of ``sums`` say which do."""
    if total < 0:
        return False
    sums, mask = 1, (1 << (total + 1)) - 1
    for part in parts.tolist():
        sums |= (sums << part) & mask
    return bool(sums >> total & 1)


def stage_mix_attended(c: Capacity, seats: float) -> float:
    """Return the most that stages can mix in plans with so many movers' seats.

    A table of k people with d stages adds k d less its people with a stage. k is at most the
    largest table, and the d of all tables sum to at most what each stage has people or tables
    for. Everybody who sits out makes the number of people with a stage smaller by at most one.
    """
    past = goal_value(c.arrays, c.history, GoalName.STAGE_MIX)
    missing = max(0.0, float(_movers_there(c) - (seats - _past_seats(c))))
    return past + missing + sum(_mixed(c, int(r)) for r in c.live)


def _movers_there(c: Capacity) -> int:
    return int((c.arrays.here & c.arrays.is_mover[:, None])[:, c.live].sum())


def _past_seats(c: Capacity) -> int:
    return int((c.history[c.arrays.is_mover] >= 0).sum())


def _mixed(c: Capacity, r: int) -> int:
    arrays = c.arrays
    tables = np.asarray(c.allowed(r).any(axis=0))
    size = int((c.room + c.hosts_at)[tables, r].max(initial=0))
    movers = arrays.is_mover & arrays.here[:, r]
    people = movers | (c.host_there[:, r] & tables[arrays.host])
    known = people & (arrays.stage >= 0)
    of_stage = np.bincount(arrays.stage[known], minlength=1)
    spread = int(np.minimum(of_stage, tables.sum()).sum())
    return size * spread - int((known & movers).sum())
