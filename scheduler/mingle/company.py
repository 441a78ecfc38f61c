"""Who sits with whom in a rota: pairs and visits counted, sums kept, swaps carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import Bools, Floats, Ints
from scheduler.problem import Goal, GoalName
from scheduler.rotation import Rotation

_AVOID, _FREE, _APART = 0, 1000, 2000
"""A pair's kind is added to its count of shared rounds, so one look-up gives both."""
Code = NDArray[np.int16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What a rota is judged by, in order; ``limits`` cap what counts of a goal with slack."""

    goals: tuple[GoalName, ...]
    limits: dict[GoalName, float] = field(default_factory=dict)


def wants_of(goals: Sequence[Goal], best: dict[GoalName, float]) -> Wants:
    """Return what to judge by: goals with slack count up to their limit, all but the last."""
    known = [
        g
        for g in goals
        if g.goal
        in {
            GoalName.WISHES_FLOOR,
            GoalName.REPEATS,
            GoalName.WISHES,
            GoalName.FIT_FLOOR,
            GoalName.FIT,
        }
    ]
    limits = {g.goal: g.limit(best[g.goal]) for g in known[:-1] if g.slack and g.goal in best}
    return Wants(goals=tuple(g.goal for g in known), limits=limits)


class Company:
    """A rota and what decides about it: which pairs shared how many rounds, visits, and sums.

    Parameters
    ----------
    rotation : Rotation
    rota : array of int, shape (m, R)
        Station of each mover in each round, or -1.
    wants : Wants
    """

    def __init__(self, rotation: Rotation, rota: Ints, wants: Wants) -> None:
        self.rotation = rotation
        self.wants = wants
        self.m = rotation.m
        self.rota = rota.copy()
        self.stations = [np.unique(col[col >= 0]) for col in rota.T]
        self._lay_slots()
        self._count_pairs()
        self._count_visits()
        self._set_worth()
        self.repeats, self.broken = self._pair_totals()

    def _lay_slots(self) -> None:
        """``slots[r][s]`` holds the movers of a station in a round, filled up with m."""
        loads = [np.bincount(col[col >= 0]).max(initial=0) for col in self.rota.T]
        width = int(min(max(loads, default=0) + 1, self.rotation.room.max(initial=1)))
        shape = len(self.rota[0]), len(self.rotation.stations), width
        self.is_seat = np.arange(width)[None, :] < self.rotation.room[:, None]
        self.slots = np.full(shape, self.m, dtype=np.int64)
        for r, column in enumerate(self.rota.T):
            for s in self.stations[r]:
                who = np.flatnonzero(column == s)
                self.slots[r, s, : len(who)] = who

    def _count_pairs(self) -> None:
        rotation = self.rotation
        avoid = _AVOID if GoalName.REPEATS in self.wants.goals else _FREE
        kind = np.array([_FREE, avoid, _APART], dtype=np.int16)[rotation.pair_limit]
        self.code: Code = np.full((self.m + 1, self.m + 1), _FREE, dtype=np.int16)
        past = rotation.arrays.past[np.ix_(rotation.movers, rotation.movers)]
        self.code[:-1, :-1] = kind + (past & (kind == _AVOID))
        for groups in self.slots:
            for who in groups:
                seated = who[who < self.m]
                self.code[np.ix_(seated, seated)] += 1
        everybody = np.arange(self.m + 1)
        self.code[everybody, everybody] = _FREE
        shared = np.arange(3000)
        self.joins: Floats = np.where(shared < _FREE, shared >= 1, 0).astype(np.float64)
        self.leaves: Floats = np.where(shared < _FREE, shared >= 2, 0).astype(np.float64)
        self.is_apart: Floats = (shared >= _APART).astype(np.float64)

    def _count_visits(self) -> None:
        rotation = self.rotation
        self.met: Ints = np.zeros((self.m + 1, len(rotation.stations)), dtype=np.int64)
        shares = rotation.shares.astype(np.int64)
        for column in self.rota.T:
            seated = np.flatnonzero(column >= 0)
            self.met[seated] += shares[column[seated]]
        self.shares = shares
        self.may: Bools = np.zeros((self.m + 1, len(rotation.stations)), dtype=bool)
        self.may[:-1] = rotation.may

    def _set_worth(self) -> None:
        """Scale fit and wishes to the typical difference in fit; floors become shortfalls."""
        rotation, wants = self.rotation, self.wants
        zero = np.zeros(rotation.fit.shape)
        fit = rotation.fit if GoalName.FIT in wants.goals else zero
        spread = float(fit[rotation.may].std()) if rotation.may.any() else 0.0
        self.unit = spread or 1.0
        wish = rotation.wish if GoalName.WISHES in wants.goals else zero
        self.worth = self._padded(fit / self.unit + 3.0 * wish)
        self.wished = self._padded((rotation.wish > 0).astype(np.float64))
        self.granted = self._sums(self.wished)
        cells = [(i, p, s) for i, group in enumerate(rotation.wished_cells) for p, s in group]
        self.wish_cells = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        self.wish_price = 20.0 if GoalName.WISHES_FLOOR in wants.goals else 0.0
        floors = GoalName.FIT_FLOOR in wants.goals
        self.floor_price = 4.0 / self.unit if floors else 0.0
        scale = np.zeros(self.m)
        counted = rotation.floor_movers
        scale[counted] = rotation.n_rounds / rotation.most_seats[counted]
        self.floor_worth = self._padded(rotation.pair_fit * scale[:, None])
        self.sums = self._sums(self.floor_worth)
        goal = wants.limits.get(GoalName.FIT_FLOOR)
        lowest = float(self.sums[counted].min(initial=np.inf)) if counted.size else 0.0
        self.target = np.full(self.m + 1, -np.inf)
        self.target[counted] = lowest if goal is None else goal

    def _padded(self, matrix: Floats) -> Floats:
        return np.vstack([matrix, np.zeros((1, matrix.shape[1]))])

    def _sums(self, matrix: Floats) -> Floats:
        """Return each mover's sum over their stations; shape (m + 1,)."""
        total = np.zeros(self.m + 1)
        for column in self.rota.T:
            seated = np.flatnonzero(column >= 0)
            total[seated] += matrix[seated, column[seated]]
        return total

    def _pair_totals(self) -> tuple[float, float]:
        above = np.triu(self.code[:-1, :-1], 1)
        avoided = above[(above > 1) & (above < _FREE)]
        met = self.rotation.pair_limit == 2
        apart = (np.triu(self.code[:-1, :-1], 1)[np.triu(met, 1)] > _APART).sum()
        return float((avoided.astype(np.int64) - 1).sum()), float(apart)

    def key(self) -> tuple[float, ...]:
        """Return the rota's values in the order of the goals, larger is better."""
        values = [-self.broken]
        for goal in self.wants.goals:
            value = self._value(goal)
            values.append(min(value, self.wants.limits.get(goal, np.inf)))
        return tuple(values)

    def _value(self, goal: GoalName) -> float:
        rotation = self.rotation
        if goal == GoalName.REPEATS:
            return -self.repeats
        if goal == GoalName.FIT_FLOOR:
            counted = rotation.floor_movers
            return round(float(self.sums[counted].min(initial=np.inf)), 9) if counted.size else 0.0
        mover, r = np.nonzero(self.rota >= 0)
        at = self.rota[mover, r]
        if goal == GoalName.WISHES_FLOOR:
            sits = np.zeros(rotation.may.shape, dtype=bool)
            sits[mover, at] = True
            owner, who, where = self.wish_cells
            return float((np.bincount(owner, sits[who, where]) > 0).sum())
        matrix = rotation.wish if goal == GoalName.WISHES else rotation.fit
        return round(float(matrix[mover, at].sum()), 9)

    def swap(self, r: int, one: Ints, two: Ints, i: Ints, j: Ints) -> None:
        """Let the i-th mover of each first station swap with the j-th of the second."""
        p, q = self.slots[r, one, i], self.slots[r, two, j]
        first, second = self.slots[r, one].copy(), self.slots[r, two].copy()
        rows = np.arange(len(one))
        first[rows, i] = self.m
        second[rows, j] = self.m
        for who, group, by in ((p, first, -1), (q, first, 1), (q, second, -1), (p, second, 1)):
            cells = (who[:, None], group)
            self.code[cells] += np.int16(by)
            self.code[cells[::-1]] += np.int16(by)
        self.code[self.m, :] = _FREE
        self.code[:, self.m] = _FREE
        self.slots[r, one, i], self.slots[r, two, j] = q, p
        for who, target in ((p, two), (q, one)):
            moved = who < self.m
            self.rota[who[moved], r] = target[moved]
        self.met[p] += self.shares[two] - self.shares[one]
        self.met[q] += self.shares[one] - self.shares[two]
        for sums, matrix in ((self.sums, self.floor_worth), (self.granted, self.wished)):
            sums[p] += matrix[p, two] - matrix[p, one]
            sums[q] += matrix[q, one] - matrix[q, two]
            sums[self.m] = 0.0
        self.met[self.m] = 0
