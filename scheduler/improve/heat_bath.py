"""Annealing in parallel: many pairs of tables of a round exchange people at once.

In each step the tables of one round are paired at random; each pair may exchange one of its people
with one of the other's, or with an empty seat there, with Boltzmann's probabilities. Pairs of
tables do not touch each other, so all of them decide at once, in a handful of numpy calls. Who sits
when stays as it is; everything else is priced, and the prices of goals that have a limit are found
on the way.
"""

from __future__ import annotations

import numpy as np

from scheduler.arrays import Bools, Floats, Ints
from scheduler.improve.bath_state import BathPrices, BathState, Floor

__all__ = ["BathPrices", "HeatBath"]
_BARRED = 1e12


class HeatBath(BathState):
    """The exchanges themselves."""

    def step(self, rng: np.random.Generator, heat: float) -> None:
        """Let the pairs of tables of one round exchange people."""
        r = int(self.rounds[rng.integers(len(self.rounds))])
        order = rng.permutation(self.used[r])
        half = len(order) // 2
        if half == 0:
            return
        one, two = order[:half], order[half : 2 * half]
        first, second = self.slots[r, one], self.slots[r, two]
        cost = self._changes(r, one, two, first, second)
        cost[self._barred(r, one, two, first, second)] = _BARRED
        flat = (rng.gumbel(size=cost.shape) - cost / heat).reshape(half, -1)
        choice = flat.argmax(axis=1)
        rows = np.flatnonzero(flat[np.arange(half), choice] > rng.gumbel(size=half))
        if rows.size:
            i, j = np.divmod(choice[rows], self.slots.shape[2])
            self._swap(r, one[rows], two[rows], i, j)

    def _barred(self, r: int, one: Ints, two: Ints, first: Ints, second: Ints) -> Bools:
        goes = []
        for who, source, target in ((first, one, two), (second, two, one)):
            can = self.may[who, target[:, None]] & self.moves[who, r]
            goes.append(can | ((who == self.n) & self.is_seat[source]))
        nobody = (first == self.n)[:, :, None] & (second == self.n)[:, None, :]
        return np.asarray(~(goes[0][:, :, None] & goes[1][:, None, :]) | nobody)

    def _changes(self, r: int, one: Ints, two: Ints, first: Ints, second: Ints) -> Floats:
        """Return the cost of each exchange; shape (pairs, slots, slots)."""
        across = first[:, :, None], second[:, None, :]
        joins = self.joins[across]
        leaves_one = self.leaves[first[:, :, None], first[:, None, :]]
        leaves_two = self.leaves[second[:, :, None], second[:, None, :]]
        cost = (joins.sum(axis=2) - leaves_one.sum(axis=2))[:, :, None] - 2 * joins
        cost += (joins.sum(axis=1) - leaves_two.sum(axis=2))[:, None, :]
        kinds_one, kinds_two = self.kind[first][:, :, None], self.kind[second][:, None, :]
        cost += self.table[r, one[:, None, None], kinds_one, kinds_two]
        cost += self.table[r, two[:, None, None], kinds_two, kinds_one]
        if self.single is not None:
            single = np.vstack([self.single[r], np.zeros((1, self.arrays.n_tables))])
            cost += (single[first, two[:, None]] - single[first, one[:, None]])[:, :, None]
            cost += (single[second, one[:, None]] - single[second, two[:, None]])[:, None, :]
        if self.floors:
            new = self.met[across] == 0
            only_one = self.met[first[:, :, None], first[:, None, :]] == 1
            only_two = self.met[second[:, :, None], second[:, None, :]] == 1
        for floor in self.floors:
            cost += _floor_change(floor, first, second, new, only_one)
            back = _floor_change(floor, second, first, new.swapaxes(1, 2), only_two)
            cost += back.swapaxes(1, 2)
        return np.asarray(cost)

    def _swap(self, r: int, one: Ints, two: Ints, i: Ints, j: Ints) -> None:
        n, rows = self.n, np.arange(len(one))
        first, second = self.slots[r, one], self.slots[r, two]
        p, q = first[rows, i], second[rows, j]
        first[rows, i] = n
        second[rows, j] = n
        for who, group, by in ((p, first, -1), (q, second, -1), (q, first, 1), (p, second, 1)):
            self._meet(who, group, by)
        self.slots[r, one, i], self.slots[r, two, j] = q, p
        for who, source, target in ((p, one, two), (q, two, one)):
            real = who < n
            people = who[real]
            self.seating[people, r] = target[real]
            kinds = self.rules.kind[people]
            self.counts[r, source[real], kinds] -= 1
            self.counts[r, target[real], kinds] += 1
        changed = self.kind[p] != self.kind[q]
        if changed.any():
            self._price(r, np.concatenate([one[changed], two[changed]]))

    def _meet(self, who: Ints, group: Ints, by: int) -> None:
        """Count meetings of people with groups they join (by 1) or leave (by -1)."""
        cells, back = (who[:, None], group), (group, who[:, None])
        if self.floors:
            changes = self.met[cells] == (0 if by > 0 else 1)
            for floor in self.floors:
                floor.sums[who] += by * (floor.amount[cells] * changes).sum(axis=1)
                floor.sums[group] += by * (floor.amount[back] * changes)
        met = self.met[cells] + np.int16(by)
        met[(who == self.n)[:, None] | (group == self.n)] = 0
        self.met[cells] = self.met[back] = met
        first, again = self.first[cells], self.again[cells]
        self.joins[cells] = self.joins[back] = np.where(met == 0, first, again)
        self.leaves[cells] = self.leaves[back] = np.where(met == 1, first, again)


def _floor_change(floor: Floor, goers: Ints, others: Ints, new: Bools, only: Bools) -> Floats:
    """Return what shortfalls cost when the i-th of one table goes to another, whose j-th leaves.

    Exact for those who go; those who stay count one meeting at a time.
    """
    join = floor.amount[goers[:, :, None], others[:, None, :]] * new
    leave = (floor.amount[goers[:, :, None], goers[:, None, :]] * only).sum(axis=2)
    own = (join.sum(axis=2) - leave)[:, :, None] - join
    cost = floor.shortfall(goers[:, :, None], own)
    if not floor.for_movers:
        return cost
    comes = floor.amount[others[:, None, :], goers[:, :, None]] * new
    glad = floor.shortfall(others[:, None, :], comes)
    goes = floor.amount[goers[:, None, :], goers[:, :, None]] * only
    sad = floor.shortfall(goers[:, None, :], -goes).sum(axis=2)
    return np.asarray(cost + (glad.sum(axis=2) + sad)[:, :, None] - glad)
