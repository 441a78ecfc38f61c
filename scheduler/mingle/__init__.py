"""Fewer repeats between movers: seeded swaps inside rounds (a heat bath over pairs of tables).

In each step the stations of one round are paired at random; each pair of stations may swap one of
its movers with one of the other's, or with an empty seat there. Pairs of stations do not touch each
other, so all of them decide at once, exactly, in a handful of numpy calls. A swap keeps who sits
when, and that no mover meets a host twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import Bools, Floats, Ints
from scheduler.mingle.apart import part
from scheduler.mingle.company import Company, Wants, wants_of
from scheduler.problem import GoalName
from scheduler.road import Report, is_over
from scheduler.rotation import Rotation

__all__ = ["Mingle", "Phase", "Wants", "part", "wants_of"]
_NEVER = 1e12
_UNEVEN = 0.3
CHECK_EVERY = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the search: steps, temperatures, and the price of a repeat.

    Temperatures and prices are in units of the typical difference in fit. ``again`` is the price
    of meeting a host twice on the way; without one, it cannot happen.
    """

    steps: int
    hot: float
    cold: float
    price: float
    fit: float = 1.0
    again: float | None = None


class Mingle(Company):
    """The search, with the best rota met so far."""

    def __init__(self, rotation: Rotation, rota: Ints, wants: Wants) -> None:
        super().__init__(rotation, rota, wants)
        self.best_key = self.key()
        self.best_rota = self.rota.copy()

    def run(self, phases: Sequence[Phase], *, deadline: float, seed: int, report: Report) -> Ints:
        """Search through all phases; return the best rota met. The deadline is a safety net."""
        rng = np.random.default_rng(seed)
        for phase in phases:
            if phase.fit == 0 and self.is_clean:
                continue
            ratio = (phase.cold / phase.hot) ** (1.0 / max(phase.steps - 1, 1))
            heat = phase.hot
            for step in range(phase.steps):
                self._step(rng, heat, phase)
                heat *= ratio
                if step % CHECK_EVERY == 0 or step == phase.steps - 1:
                    if is_over(deadline):
                        return self.best_rota
                    if step % (CHECK_EVERY * 16) == 0 and not report(
                        GoalName.REPEATS, self._best_repeats(), None
                    ):
                        return self.best_rota
                if phase.fit == 0 and self.is_clean:
                    break
        return self.best_rota

    @property
    def is_clean(self) -> bool:
        """Whether nobody meets again, and nobody whom they may not meet."""
        return self.repeats == 0 and self.broken == 0

    def _best_repeats(self) -> float | None:
        if GoalName.REPEATS not in self.wants.goals:
            return None
        return -self.best_key[1 + self.wants.goals.index(GoalName.REPEATS)]

    def _step(self, rng: np.random.Generator, heat: float, phase: Phase) -> None:
        r = int(rng.integers(len(self.stations)))
        order = rng.permutation(self.stations[r])
        half = len(order) // 2
        if half == 0:
            return
        one, two = order[:half], order[half : 2 * half]
        first, second = self.slots[r, one], self.slots[r, two]
        repeats, broken, loss = self._changes(one, two, first, second)
        cost = phase.price * repeats + phase.fit * loss
        cost += (phase.again or 4.0 * phase.price) * broken
        cost += _UNEVEN * _grows(first, second, self.m)
        cost[self._barred(one, two, first, second, hard=phase.again is None)] = _NEVER
        flat = (rng.gumbel(size=cost.shape) - cost / heat).reshape(half, -1)
        choice = flat.argmax(axis=1)
        rows = np.flatnonzero(flat[np.arange(half), choice] > rng.gumbel(size=half))
        if not rows.size:
            return
        i, j = np.divmod(choice[rows], self.slots.shape[2])
        self.repeats += float(repeats[rows, i, j].sum())
        self.broken += float(broken[rows, i, j].sum())
        self.swap(r, one[rows], two[rows], i, j)
        self._remember()

    def _changes(
        self, one: Ints, two: Ints, first: Ints, second: Ints
    ) -> tuple[Floats, Floats, Floats]:
        """Return what each swap changes: repeats, broken rules, loss of worth; (pairs, k, k)."""
        across = self.code[first[:, :, None], second[:, None, :]]
        within_one = self.code[first[:, :, None], first[:, None, :]]
        within_two = self.code[second[:, :, None], second[:, None, :]]
        repeats = _exchange(self.joins[across], self.leaves[within_one], self.leaves[within_two])
        is_apart = self.is_apart
        broken = _exchange(is_apart[across], is_apart[within_one], is_apart[within_two])
        broken += _both(self._again(first, one, two), self._again(second, two, one))
        loss = -_both(self._gain(first, one, two), self._gain(second, two, one))
        return repeats, broken, loss

    def _barred(self, one: Ints, two: Ints, first: Ints, second: Ints, *, hard: bool) -> Bools:
        """Return which swaps cannot be; ``hard`` bars a second meeting with a host, too.

        A swap with an empty seat is a move; it leaves enough people behind.
        """
        goes, is_empty, spares = [], [], []
        for who, source, target in ((first, one, two), (second, two, one)):
            can = self.may[who, target[:, None]]
            goes.append(can & (self.met[who, target[:, None]] == 0) if hard else can)
            is_empty.append((who == self.m) & self.is_seat[source])
            load = (who < self.m).sum(axis=1)
            spares.append((load > self.rotation.least[source])[:, None])
        both = goes[0][:, :, None] & goes[1][:, None, :]
        over = (goes[0] & spares[0])[:, :, None] & is_empty[1][:, None, :]
        back = is_empty[0][:, :, None] & (goes[1] & spares[1])[:, None, :]
        return np.asarray(~(both | over | back))

    def _again(self, who: Ints, source: Ints, target: Ints) -> Floats:
        """Return how many more meetings with a host met already; shape (pairs, k)."""
        joins = self.met[who, target[:, None]] > 0
        leaves = self.met[who, source[:, None]] > 1
        return joins.astype(np.float64) - leaves

    def _gain(self, who: Ints, source: Ints, target: Ints) -> Floats:
        """Return what each mover's worth gains by going from source to target; (pairs, k)."""
        to, out = target[:, None], source[:, None]
        gain = self.worth[who, to] - self.worth[who, out]
        if self.floor_price:
            before = self.target[who] - self.sums[who]
            after = before - self.floor_worth[who, to] + self.floor_worth[who, out]
            short = np.maximum(before, 0.0) - np.maximum(after, 0.0)
            gain = gain + self.floor_price * short
        if self.wish_price:
            count = self.granted[who]
            moved = count + self.wished[who, to] - self.wished[who, out]
            gain = gain + self.wish_price * (np.minimum(moved, 1) - np.minimum(count, 1))
        return np.asarray(gain)

    def _remember(self) -> None:
        """Keep the rota when it is the best so far; quick to say no."""
        if -self.broken < self.best_key[0]:
            return
        fewest = self._best_repeats()
        if fewest is not None and self.repeats > fewest:
            return
        key = self.key()
        if key > self.best_key:
            self.best_key, self.best_rota = key, self.rota.copy()


def _grows(first: Ints, second: Ints, nobody: int) -> Bools:
    """Return which swaps with an empty seat make the fuller of two tables fuller; (pairs, k, k)."""
    lead = (first < nobody).sum(axis=1) - (second < nobody).sum(axis=1)
    into_two = (second == nobody)[:, None, :] & (lead < 1)[:, None, None]
    into_one = (first == nobody)[:, :, None] & (lead > -1)[:, None, None]
    return np.asarray(into_two | into_one)


def _both(first: Floats, second: Floats) -> Floats:
    return np.asarray(first[:, :, None] + second[:, None, :])


def _exchange(across: Floats, within_one: Floats, within_two: Floats) -> Floats:
    """Return the change of a pair cost when the i-th of one table swaps with the j-th of two."""
    joins_two = across.sum(axis=2)[:, :, None] - across
    joins_one = across.sum(axis=1)[:, None, :] - across
    leaves = within_one.sum(axis=2)[:, :, None] + within_two.sum(axis=2)[:, None, :]
    return np.asarray(joins_two + joins_one - leaves)
