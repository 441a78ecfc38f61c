"""What no plan can beat: a cheap, proven limit on every goal, whatever the earlier goals ask."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.arrays import Arrays, Floats, Ints
from scheduler.bounds.repeats import repeats_bound
from scheduler.capacity import Capacity
from scheduler.problem import Distinct, GoalName


def goal_bound(arrays: Arrays, goal: GoalName, capacity: Capacity | None = None) -> float:
    """Return a limit on a goal's value that holds for every plan.

    Parameters
    ----------
    arrays : Arrays
    goal : GoalName
    capacity : Capacity or None
        Pass the same one for several goals: its figures are computed once.

    Returns
    -------
    float
        At least any plan's value for a goal that is maximised, at most for one minimised.
    """
    return _BOUND[goal](capacity or Capacity(arrays))


def _attendance_floor(c: Capacity) -> float:
    arrays = c.arrays
    counted = arrays.is_mover & (arrays.possible > 0)
    if not counted.any():
        return 0.0
    spare = (arrays.n_rounds - arrays.possible)[counted]
    by_person = int((c.most_seats[counted] + spare).min())
    return float(_level(spare, np.ones(len(spare), dtype=np.int64), c.attendance, by_person))


def _level(spare: Ints, cost: Ints, supply: int, most: int) -> int:
    """Return the highest floor whose seats, each at its cost, the supply can pay."""
    level = most
    while level > 0 and int((np.maximum(level - spare, 0) * cost).sum()) > supply:
        level -= 1
    return level


def _attendance(c: Capacity) -> float:
    return float(c.attendance)


def _hosts_floor(c: Capacity) -> float:
    arrays = c.arrays
    counted = ~arrays.is_mover & (arrays.possible > 0)
    if not counted.any():
        return 0.0
    tables = arrays.host[counted]
    spare = (arrays.n_rounds - arrays.possible)[counted]
    uses = np.minimum(c.uses[tables], np.maximum(arrays.max_rounds[counted], _used(c)[tables]))
    by_host = int((uses + spare).min())
    first = np.array([np.flatnonzero(tables == t)[0] for t in np.unique(tables)])
    cost = np.ones(len(first), dtype=np.int64)
    return float(_level(spare[first], cost, _guests(c), by_host))


def _guests(c: Capacity) -> int:
    """Return the most guests at tables: movers, and in history hosts away from theirs."""
    away = (c.history >= 0) & ~c.arrays.is_mover[:, None]
    return c.attendance + int(away.sum())


def _used(c: Capacity) -> Ints:
    used = np.zeros(c.arrays.n_tables, dtype=np.int64)
    for r in np.flatnonzero(c.arrays.frozen):
        guests = (c.history[:, r] >= 0) & (c.history[:, r] != c.arrays.host)
        used[np.unique(c.history[guests, r])] += 1
    return used


def _wishes_floor(c: Capacity) -> float:
    first, second, _ = c.arrays.wishes
    return float(len(np.unique(first[c.could_meet[first, second]])))


def _wishes(c: Capacity) -> float:
    first, second, weight = c.arrays.wishes
    amounts = np.zeros((c.arrays.n, c.arrays.n))
    np.add.at(amounts, (first, second), np.where(c.could_meet[first, second], weight, 0.0))
    amounts = np.maximum(amounts, 0.0)
    return float(min(_top(c, amounts).sum(), _top(c, amounts.T).sum()))


def _top(c: Capacity, amounts: Floats) -> Floats:
    """Return for each row the sum of its largest entries, as many as the person can meet.

    A mover meets so many hosts and so many movers a round; a host, the movers of the own table.
    """
    arrays = c.arrays
    movers = arrays.is_mover
    rounds = np.where(movers, c.most_seats, arrays.n_rounds)
    hosts = np.where(movers, c.most_hosts, 0) * rounds + c.met[:, ~movers].sum(axis=1)
    room = c.room.sum(axis=1)[np.maximum(arrays.host, 0)]
    guests = np.where(movers, max(c.most_people - 1, 0) * rounds, room)
    guests += c.met[:, movers].sum(axis=1)
    return _largest(amounts[:, ~movers], hosts) + _largest(amounts[:, movers], guests)


def _largest(amounts: Floats, counts: Ints) -> Floats:
    width = amounts.shape[1]
    counts = np.minimum(counts, width)
    most = int(counts.max(initial=0))
    if not most:
        return np.zeros(len(amounts))
    order = -amounts
    if most < width:  # the largest few are found quicker than an order of all
        order = np.partition(order, most - 1, axis=1)[:, :most]
    order = -np.sort(order, axis=1)
    sums = np.concatenate([np.zeros((len(order), 1)), np.cumsum(order, axis=1)], axis=1)
    return np.asarray(sums[np.arange(len(order)), counts])


def _gains(c: Capacity) -> Floats:
    """Return the fit that meetings can bring: losses only where history settled them."""
    gains = np.where(c.could_meet, np.maximum(c.arrays.fit, 0.0), 0.0)
    return np.asarray(np.where(c.met, c.arrays.fit, gains))


def _fit_floor(c: Capacity) -> float:
    arrays = c.arrays
    counted = arrays.has_fit & arrays.is_mover & (arrays.possible > 0)
    if not counted.any():
        return 0.0
    gains = _gains(c)
    losses = np.minimum(gains, 0.0).sum(axis=1)
    total = _top(c, np.maximum(gains, 0.0)) + losses
    return float((total[counted] * arrays.n_rounds / arrays.possible[counted]).min())


def _fit(c: Capacity) -> float:
    movers = c.arrays.is_mover
    gains = _gains(c)
    positive = np.maximum(gains, 0.0)
    losses = np.triu(np.minimum(gains, 0.0)).sum()
    among = positive.copy()
    among[:, ~movers] = 0.0
    among[~movers] = 0.0
    across = positive - among
    best = _top(c, across)
    from_movers, from_hosts = best[movers].sum(), best[~movers].sum()
    between_hosts = np.triu(across[np.ix_(~movers, ~movers)]).sum()
    between_movers = _top(c, among).sum() / 2 if among.any() else 0.0
    pairs = min(from_movers, from_hosts) + between_hosts + between_movers
    return float(pairs + losses + _table_fit(c))


def _table_fit(c: Capacity) -> float:
    arrays = c.arrays
    if not arrays.table_fit.any():
        return 0.0
    total = 0.0
    for r in range(arrays.n_rounds):
        if arrays.frozen[r]:
            people = np.flatnonzero(c.history[:, r] >= 0)
            total += arrays.table_fit[people, c.history[people, r]].sum()
            continue
        best = np.where(c.allowed(r), arrays.table_fit, 0.0).max(axis=1)
        hosts = np.flatnonzero(c.host_there[:, r])
        total += np.maximum(best, 0.0).sum()
        total += arrays.table_fit[hosts, arrays.host[hosts]].sum()
    return float(total)


def _stage_mix(c: Capacity) -> float:
    arrays = c.arrays
    known = arrays.stage >= 0
    stages = int(arrays.stage.max(initial=-1)) + 1
    if not stages:
        return 0.0
    different = stages
    if not arrays.frozen.any():
        limits = [
            entry.max
            for entry in arrays.problem.composition
            if isinstance(entry, Distinct) and entry.distinct == "stage" and entry.tables is None
        ]
        different = min([stages, *(limit for limit in limits if limit is not None)])
    others = np.minimum(different - known, max(c.most_people - 1, 0))
    there = c.host_there.sum(axis=1) + np.where(arrays.is_mover, 0, c.sat)
    rounds = np.where(arrays.is_mover, c.most_seats, there)
    by_person = int((np.maximum(others, 0) * rounds)[arrays.is_mover].sum())
    of_hosts = int((np.maximum(others, 0) * rounds)[~arrays.is_mover].sum())
    return float(by_person + of_hosts)


def _balance(c: Capacity) -> float:
    total = 0.0
    for r in np.flatnonzero(c.arrays.frozen):
        place = c.history[:, r]
        used = np.unique(place[(place >= 0) & (place != c.arrays.host)])
        sizes = np.bincount(place[place >= 0], minlength=c.arrays.n_tables)[used]
        total += float(sizes.max() - sizes.min()) if len(sizes) else 0.0
    return total


def _changes(c: Capacity) -> float:
    arrays = c.arrays
    lost = 0
    for r in c.live:
        before = arrays.previous[:, r]
        allowed = c.allowed(int(r)).copy()
        hosts = np.flatnonzero(c.host_there[:, r])
        allowed[hosts, arrays.host[hosts]] = True
        people = np.flatnonzero(before >= 0)
        kept = people[allowed[people, before[people]]]
        lost += len(people) - len(kept)
        guests = kept[arrays.is_mover[kept]]
        wanted = np.bincount(before[guests], minlength=arrays.n_tables)
        lost += int(np.maximum(wanted - c.room[:, r], 0).sum())
    return float(lost)


_BOUND: dict[GoalName, Callable[[Capacity], float]] = {
    GoalName.ATTENDANCE_FLOOR: _attendance_floor,
    GoalName.ATTENDANCE: _attendance,
    GoalName.HOSTS_FLOOR: _hosts_floor,
    GoalName.WISHES_FLOOR: _wishes_floor,
    GoalName.WISHES: _wishes,
    GoalName.FIT_FLOOR: _fit_floor,
    GoalName.FIT: _fit,
    GoalName.REPEATS: lambda c: repeats_bound(c.arrays),
    GoalName.STAGE_MIX: _stage_mix,
    GoalName.BALANCE: _balance,
    GoalName.CHANGES: _changes,
}
