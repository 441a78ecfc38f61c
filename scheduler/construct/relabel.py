"""Who takes which point of a design: exchanges that keep every meeting pattern as it is.

Exchanging two people of one column in all rounds changes neither the sizes of groups, nor how many
of each column sit together, nor that no pair meets twice; only who the pairs are.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scheduler.construct.columns import Development, Ints
from scheduler.road import is_over

Floats32 = NDArray[np.float32]
_EPS = 1e-4
_PASSES = 60
_WORK = 5_000_000
"""Points looked at times points there are, in all: the same on every machine."""


class Relabelling:
    """Units (people, or the hosts of a table) on the points of a design.

    Parameters
    ----------
    developed : Development
        Group of each point in each round.
    cost : Floats32
        Cost of two units' meeting; symmetric, zero diagonal, shape (units, units).
    unit : Ints
        Unit on each point, -1 for an empty point; shape (points,).
    block : Ints
        Points with the same number may exchange their units; -1 stays; shape (points,).
    """

    def __init__(self, developed: Development, cost: Floats32, unit: Ints, block: Ints) -> None:
        self.unit = unit.copy()
        self.block = block
        self.looks = _WORK // max(len(unit), 1)
        self.meets = _meets(developed)
        padded = np.zeros((len(cost) + 1, len(cost) + 1), dtype=np.float32)
        padded[:-1, :-1] = cost
        self.pair = padded[self.unit][:, self.unit]
        # at[y, x]: what the unit of point x would cost on point y, everybody else in place.
        self.at = self.meets @ self.pair
        order = np.argsort(block, kind="stable")
        starts = np.flatnonzero(np.diff(block[order])) + 1
        self.peers = {int(block[g[0]]): g for g in np.split(order, starts) if block[g[0]] >= 0}

    @property
    def cost(self) -> float:
        """Sum of the costs of all pairs that meet."""
        return float(np.trace(self.at)) / 2

    def run(
        self,
        rng: np.random.Generator,
        *,
        passes: int = _PASSES,
        least: float = _EPS,
        deadline: float = math.inf,
    ) -> None:
        """Exchange units while that lowers the cost, hot points first, until a pass brings none.

        ``least`` is the smallest cost that makes a point worth a look; pass -inf to see all.
        """
        for _ in range(passes):
            points = np.flatnonzero((np.diagonal(self.at) >= least) & (self.block >= 0))
            if not points.size or not self._pass(rng.permutation(points), rng, deadline):
                return

    def _pass(self, points: Ints, rng: np.random.Generator, deadline: float) -> bool:
        changed = False
        for x in points.tolist():
            if self.looks <= 0 or is_over(deadline):
                return False
            self.looks -= 1
            others = self.peers[int(self.block[x])]
            delta = self._deltas(x, others)
            lowest = float(delta.min())
            if lowest < -_EPS:
                best = np.flatnonzero(delta <= lowest + _EPS)
                self._exchange(x, int(others[rng.choice(best)]))
                changed = True
        return changed

    def _deltas(self, x: int, others: Ints) -> Floats32:
        own = np.diagonal(self.at)
        delta = self.at[x, others] + self.at[others, x] - own[x] - own[others]
        delta += 2 * self.meets[x, others] * self.pair[x, others]
        return np.asarray(np.where(others == x, 0.0, delta), dtype=np.float32)

    def _exchange(self, x: int, y: int) -> None:
        difference = self.pair[y] - self.pair[x]
        touched = np.flatnonzero(self.meets[x] != self.meets[y])
        sign = self.meets[x, touched] - self.meets[y, touched]
        # Whole rows: columns of a large matrix are far apart in memory.
        self.at[touched] += sign[:, None] * difference[None, :]
        swap, back = [x, y], [y, x]
        self.at[:, swap] = self.at[:, back]
        self.pair[swap] = self.pair[back]
        self.pair[:, swap] = self.pair[:, back]
        self.unit[swap] = self.unit[back]


def _meets(developed: Development) -> Floats32:
    """Return 1 for points that share a group in some round, 0 elsewhere and on the diagonal."""
    points = developed.shape[0]
    meets = np.zeros((points, points), dtype=np.float32)
    for column in developed.T:
        order = np.argsort(column, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(column[order])) + 1):
            meets[np.ix_(group, group)] = 1.0
    np.fill_diagonal(meets, 0.0)
    return meets
