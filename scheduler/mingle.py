"""Fewer repeats between movers: seeded swaps inside rounds (a heat bath over pairs of tables).

In each step the stations of one round are paired at random; each pair of stations may swap one of
its movers with one of the other's, or with an empty seat there. Pairs of stations do not touch each
other, so all of them decide at once, exactly, in a handful of numpy calls. A swap keeps who sits
when, and that no mover meets a host twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import Bools, Floats, Ints
from scheduler.problem import Goal, GoalName
from scheduler.road import Report, is_over
from scheduler.rotation import Rotation

_AVOID, _FREE, _APART = 0, 1000, 2000
"""A pair's kind is added to its count of shared rounds, so one look-up gives both."""
_NEVER = 1e12
_UNEVEN = 0.3
CHECK_EVERY = 64
Code = NDArray[np.int16]


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


class Mingle:
    """The state of the search: who sits where, which pairs shared how many rounds, and sums.

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
        self.best_key = self.key()
        self.best_rota = self.rota.copy()

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
        self._swap(r, one[rows], two[rows], i, j)
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

    def _swap(self, r: int, one: Ints, two: Ints, i: Ints, j: Ints) -> None:
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


def part(rotation: Rotation, rota: Ints) -> Ints:
    """Return a rota in which nobody sits with somebody they are kept apart from: some sit out."""
    if not rotation.apart_pairs[0].size:
        return rota
    apart = rotation.pair_limit == 2
    rota = rota.copy()
    for r, s in np.argwhere(rotation.is_on.T).tolist():
        who = np.flatnonzero(rota[:, r] == s)
        while who.size:
            clashes = apart[np.ix_(who, who)].sum(axis=1)
            if not clashes.any():
                break
            rota[who[clashes.argmax()], r] = -1
            who = np.delete(who, clashes.argmax())
        if who.size < rotation.least[s]:
            rota[who, r] = -1
    return rota
