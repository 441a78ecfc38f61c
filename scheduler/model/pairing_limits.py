"""Limits and candidates by counting alone, before the aggregated program (`pairing`) runs."""

from __future__ import annotations

import math

import numpy as np

from scheduler.arrays import Bools, Floats, Ints
from scheduler.problem import GoalName
from scheduler.rotation import Rotation

CANDIDATES_PER_MOVER = 24
CANDIDATES_PER_SEAT = 2
NEAR = 1e-5
"""Share of a floor below which, without steps, nothing more is looked for."""


def ceiling(rotation: Rotation, goal: GoalName) -> float:
    """Return a limit on one of the attendance or wish floors by counting alone."""
    most, may = rotation.most_seats, rotation.may
    if goal == GoalName.WISHES_FLOOR:
        return float(len(rotation.wished_cells))
    elsewhere = rotation.is_on[~rotation.hosted].sum() > 0
    reach = most if elsewhere else np.minimum(most, _hosts_in_reach(rotation, may))
    total = min(int(reach.sum()), rotation.most_attendance)
    if goal == GoalName.ATTENDANCE:
        return float(total)
    if goal == GoalName.HOSTS_FLOOR:
        return _hosts_ceiling(rotation, total)
    there = most > 0
    lost = int(most.sum()) - total
    spread = rotation.n_rounds - -(-lost // int(there.sum()))
    return float(min(spread, (reach + rotation.n_rounds - most)[there].min()))


def _hosts_ceiling(rotation: Rotation, supply: int) -> float:
    """Return the highest floor that so many seats of movers can pay: one a round in use."""
    arrays = rotation.arrays
    possible = arrays.possible[rotation.hosts]
    tables = arrays.host[rotation.hosts][possible > 0]
    spare = rotation.n_rounds - possible[possible > 0]
    least = np.full(arrays.n_tables, rotation.n_rounds)
    np.minimum.at(least, tables, spare)  # hosts of one table pay together
    level = rotation.n_rounds
    while level > 0 and np.maximum(level - least, 0).sum() > supply:
        level -= 1
    return float(level)


def _hosts_in_reach(rotation: Rotation, may: Bools) -> Ints:
    """Return how many tables each mover could visit once each; shape (m,)."""
    tables = np.zeros((len(rotation.stations), rotation.arrays.n_tables))
    tables[np.arange(len(rotation.stations)), rotation.table] = 1
    if len(set(rotation.table.tolist())) < len(rotation.stations):
        return np.asarray(may.sum(axis=1))
    return np.asarray((may @ tables > 0).sum(axis=1))


def concerns_nobody(rotation: Rotation, goal: GoalName) -> bool:
    """Return whether a goal is over nobody, so that its value is 0."""
    if goal == GoalName.FIT_FLOOR:
        return not rotation.floor_movers.size
    if goal == GoalName.HOSTS_FLOOR:
        return not (rotation.arrays.possible[rotation.hosts] > 0).any()
    if goal == GoalName.ATTENDANCE_FLOOR:
        return not (rotation.most_seats > 0).any()
    if goal in {GoalName.WISHES, GoalName.WISHES_FLOOR}:
        return not rotation.wished_cells
    return False


def promising(rotation: Rotation) -> Bools:
    """Return candidate pairs: the best of each mover and of each station, wishes, and spares."""
    fit = np.where(rotation.may, rotation.fit, -np.inf)
    chosen = _best_in_rows(fit, CANDIDATES_PER_MOVER)
    per_station = int(rotation.capacity.max(initial=1)) * CANDIDATES_PER_SEAT
    chosen |= _best_in_rows(fit.T, min(per_station, rotation.m)).T
    for cells in rotation.wished_cells:
        chosen[tuple(np.array(cells).T)] = True
    index = {name: i for i, name in enumerate(rotation.arrays.person_ids)}
    place = {int(p): i for i, p in enumerate(rotation.movers)}
    for pair_ids in rotation.arrays.problem.must_meet:
        chosen[[place[index[name]] for name in pair_ids if index[name] in place]] = True
    size = len(rotation.stations)
    spares = (np.arange(rotation.m)[:, None] + np.arange(rotation.n_rounds + 2)[None, :]) % size
    chosen[np.arange(rotation.m)[:, None], spares] = True
    return np.asarray(chosen & rotation.may)


def _best_in_rows(matrix: Floats, count: int) -> Bools:
    chosen = np.zeros(matrix.shape, dtype=bool)
    count = min(count, matrix.shape[1])
    top = np.argpartition(-matrix, count - 1, axis=1)[:, :count]
    np.put_along_axis(chosen, top, values=True, axis=1)
    return chosen


class Grid:
    """The values that a mover's scaled sum of fit can have, where fit comes in steps.

    Each number of possible rounds scales the step in its own way; without a step, any value is.

    Parameters
    ----------
    rotation : Rotation
    """

    def __init__(self, rotation: Rotation) -> None:
        values = rotation.pair_fit
        most = np.unique(rotation.most_seats[rotation.floor_movers])
        self.steps: Floats = np.zeros(0)
        for step in (1.0, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001):
            if np.abs(values / step - np.round(values / step)).max(initial=0.0) < 1e-9:
                self.steps = step * rotation.n_rounds / most
                break

    def below(self, value: float) -> float:
        """Return the largest value that is not above a limit."""
        if not self.steps.size or not math.isfinite(value):
            return value
        return float((np.floor(value / self.steps + 1e-6) * self.steps).max())

    def under(self, value: float) -> float:
        """Return the largest value less than one that cannot be."""
        if not self.steps.size:
            return value
        return float(((np.ceil(value / self.steps - 1e-6) - 1.0) * self.steps).max())

    def between(self, best: float, proved: float) -> float | None:
        """Return a value half way from what was reached to what was ruled out, if one is left."""
        if not self.steps.size:
            is_left = proved - best > NEAR * max(1.0, abs(proved))
            return (best + proved) / 2 if is_left else None
        above = float(((np.floor(best / self.steps + 1e-6) + 1.0) * self.steps).min())
        middle = max(self.below((best + proved) / 2), above)
        return middle if middle <= proved + 1e-9 else None


def tidy(best: float, bound: float) -> float:
    """Return a maximised goal's bound, never on the wrong side by rounding of the solver."""
    close = abs(bound - best) <= 1e-6 * max(1.0, abs(bound))
    return best if close else max(best, bound)
