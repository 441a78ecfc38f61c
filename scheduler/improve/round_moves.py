"""Tabu search inside one round: who changes places, everything else held fixed.

Every exchange of two people, and every move to another table or to no table, is a lookup in two
matrices: what each person would cost at each table, and what each table would lose or gain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import Bools, Floats, Ints
from scheduler.improve.tables import TableRules
from scheduler.road import is_over

_EPS = 1e-7
_ROWS = 40
_MANY_KINDS = 24
_TENURE = (4, 11)
_FAR = 1e300


@dataclass(frozen=True, eq=False)
class RoundCosts:
    """What seats of one round cost, given all other rounds.

    Attributes
    ----------
    pair : Floats
        Cost of two people sharing a table; symmetric, shape (n, n).
    single : Floats
        Cost of a person at a table, last column: without a seat; shape (n, T + 1).
    allowed : Bools
        Where a person may be put; shape (n, T + 1).
    used : Floats
        Cost of a table's being in use; shape (T,).
    hard : float
        Price of one broken rule.
    mix, even : float
        Price of a unit of ``stage_mix`` (negative or 0), and of a table's squared distance from
        the usual size.
    usual : float
        Size of a table when all are alike.
    """

    pair: Floats
    single: Floats
    allowed: Bools
    used: Floats
    hard: float
    mix: float
    even: float
    usual: float


class RoundSearch:
    """One round's places and the costs of every change of them."""

    def __init__(self, rules: TableRules, costs: RoundCosts, place: Ints) -> None:
        self.rules = rules
        self.costs = costs
        self.place = place.copy()
        self.out = rules.arrays.n_tables
        self.movable = np.asarray(costs.allowed.sum(axis=1) > 1)
        self.counts = rules.counts(self.place)
        self.at = costs.single + self._pair_sums()
        self.table = np.zeros((self.out + 1, rules.n_kinds + 1, rules.n_kinds + 1))
        self.level = np.zeros(self.out + 1)
        self._price(np.arange(self.out))
        self.energy = 0.0
        self.best_energy = 0.0
        self.best_place = self.place.copy()

    def _pair_sums(self) -> Floats:
        """Sum the pair costs by table: shape (n, T + 1), nothing in the last column."""
        order = np.argsort(self.place, kind="stable")
        order = order[self.place[order] < self.out]
        sums = np.zeros_like(self.costs.single)
        if order.size:
            tables, starts = np.unique(self.place[order], return_index=True)
            sums[:, tables] = np.add.reduceat(self.costs.pair[:, order], starts, axis=1)
        return sums

    def _price(self, tables: Ints) -> None:
        """Fill in what each exchange of kinds changes at some tables."""
        now = self.counts[tables]
        level = self._levels(tables, now)
        self.level[tables] = level
        if self.rules.n_kinds > _MANY_KINDS:
            for table, counts, before in zip(tables.tolist(), now, level.tolist(), strict=True):
                self._price_those_there(table, counts, before)
            return
        changed = now[:, None, None, :] + self.rules.exchanges[None]
        wide = np.broadcast_to(tables[:, None, None], changed.shape[:-1])
        self.table[tables] = self._levels(wide, np.maximum(changed, 0)) - level[:, None, None]

    def _price_those_there(self, table: int, counts: Ints, level: float) -> None:
        """Fill in the exchanges of the kinds that sit at a table, and of nobody: few of many."""
        leave = np.append(np.flatnonzero(counts), self.rules.n_kinds)
        changed = np.maximum(counts[None, None, :] + self.rules.exchanges[leave], 0)
        wide = np.full(changed.shape[:-1], table)
        self.table[table, leave] = self._levels(wide, changed) - level

    def _levels(self, tables: Ints, counts: Ints) -> Floats:
        costs, rules = self.costs, self.rules
        total = costs.hard * rules.broken(tables, counts)
        if costs.used.any() or costs.even:
            use = rules.in_use(counts)
            size = counts.sum(axis=-1)
            total += use * (costs.used[tables] + costs.even * (size - costs.usual) ** 2)
        if costs.mix:
            total += costs.mix * rules.mix(counts)
        return np.asarray(total)

    def run(
        self,
        rng: np.random.Generator,
        *,
        most: int,
        patience: int,
        deadline: float = math.inf,
    ) -> tuple[float, int]:
        """Exchange until nothing better came for ``patience`` steps; return gain and steps."""
        until = np.zeros(self.at.shape, dtype=np.int64)
        stale = step = 0
        while step < most and stale < patience and not is_over(deadline):
            rows = self._rows(rng)
            if not rows.size:
                break
            step += 1
            change = self._choose(rows, until, step)
            if change is None:
                stale += 1
                continue
            person, other, target, delta = change
            tenure = int(rng.integers(*_TENURE))
            self._apply(person, other, target, until, step + tenure)
            self.energy += delta
            stale += 1
            if self.energy <= self.best_energy + _EPS:
                if self.energy < self.best_energy - _EPS:
                    stale = 0
                self.best_energy = min(self.energy, self.best_energy)
                self.best_place = self.place.copy()
        return -self.best_energy, step

    def _rows(self, rng: np.random.Generator) -> Ints:
        """Return people worth moving: those who cost something, and a few others."""
        n = len(self.place)
        own = self.at[np.arange(n), self.place]
        worst = (own > _EPS) | (self.level[self.place] > self.costs.hard / 2)
        hot = np.flatnonzero(worst & self.movable)
        if hot.size > _ROWS:
            hot = np.sort(rng.choice(hot, _ROWS, replace=False))
        if not (self._greedy_for_more or self.level.max() > self.costs.hard / 2):
            return hot
        movable = np.flatnonzero(self.movable)
        extra = rng.choice(movable, min(_ROWS - hot.size // 2, movable.size), replace=False)
        return np.union1d(hot, extra)

    @property
    def _greedy_for_more(self) -> bool:
        """Whether somebody who costs nothing may still gain."""
        costs = self.costs
        return bool(costs.mix or costs.even or self.at.min(initial=0.0) < -_EPS)

    def _choose(self, rows: Ints, until: Ints, step: int) -> tuple[int, int, int, float] | None:
        """Return the best exchange (or move, other = -1) that is not forbidden for now."""
        moves = self._move_deltas(rows)
        swaps = self._swap_deltas(rows)
        aspired = self.best_energy - self.energy - _EPS
        late = until[rows] > step
        moves[late & (moves >= aspired)] = _FAR
        n = len(self.place)
        late_there = np.asarray(until > step)[:, self.place[rows]].T
        back = late[:, self.place] | late_there
        swaps[back & (swaps >= aspired)] = _FAR
        move, swap = int(moves.argmin()), int(swaps.argmin())
        if moves.flat[move] <= swaps.flat[swap]:
            row, target = divmod(move, moves.shape[1])
            delta, other = float(moves.flat[move]), -1
        else:
            row, other = divmod(swap, n)
            target, delta = int(self.place[other]), float(swaps.flat[swap])
        return None if delta >= _FAR / 2 else (int(rows[row]), other, target, delta)

    def _move_deltas(self, rows: Ints) -> Floats:
        kinds, nobody = self.rules.kind[rows], self.rules.n_kinds
        here = self.place[rows]
        leave = self.table[here, kinds, nobody] - self.at[rows, here]
        come = self.at[rows] + self.table[:, nobody, :][:, kinds].T
        delta = come + leave[:, None]
        delta[~self.costs.allowed[rows]] = _FAR
        delta[np.arange(len(rows)), here] = _FAR
        return np.asarray(delta)

    def _swap_deltas(self, rows: Ints) -> Floats:
        place, kind, at = self.place, self.rules.kind, self.at
        here, kinds = place[rows], kind[rows]
        n = len(place)
        own = at[np.arange(n), place]
        delta = at[rows][:, place] + at[:, here].T - own[rows][:, None] - own[None, :]
        seated = (place < self.out).astype(np.float64)
        delta -= self.costs.pair[rows] * (seated[rows][:, None] + seated[None, :])
        delta += self.table[here[:, None], kinds[:, None], kind[None, :]]
        delta += self.table[place[None, :], kind[None, :], kinds[:, None]]
        allowed = self.costs.allowed
        refused = ~allowed[rows][:, place] | ~allowed[:, here].T | (here[:, None] == place[None, :])
        delta[refused] = _FAR
        return np.asarray(delta)

    def _apply(self, person: int, other: int, target: int, until: Ints, term: int) -> None:
        source = int(self.place[person])
        self._step(person, source, target)
        until[person, source] = term
        if other >= 0:
            self._step(other, target, source)
            until[other, target] = term
        tables = np.array(sorted({source, target} - {self.out}), dtype=np.int64)
        self._price(tables)

    def _step(self, person: int, source: int, target: int) -> None:
        self.place[person] = target
        kind = self.rules.kind[person]
        self.counts[source, kind] -= 1
        self.counts[target, kind] += 1
        column = self.costs.pair[:, person]
        if source < self.out:
            self.at[:, source] -= column
        if target < self.out:
            self.at[:, target] += column
