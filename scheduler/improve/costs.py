"""What a round's seats cost when all other rounds stay: rules and goals as prices.

Within one round everything is additive: a pair that has met elsewhere costs a repeat and brings no
more fit, and a person's seat counts the more, the fewer they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import AVOID, NEVER, Arrays, Bools, Floats, Ints, Seating
from scheduler.improve.round_moves import RoundCosts
from scheduler.improve.tables import TableRules
from scheduler.problem import GoalName

Meetings = NDArray[np.int16]
_HOLDING = 10.0
"""How much more the fit of people at the floor counts than other fit, while it is held."""


@dataclass(frozen=True, eq=False)
class Prices:
    """What a unit of each goal is worth against a broken rule; 0 for goals out of play."""

    hard: float
    goals: dict[GoalName, float]

    def of(self, goal: GoalName) -> float:
        """Return the price of a unit of a goal."""
        return self.goals.get(goal, 0.0)


def _pairs_at_tables(places: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Return all ordered pairs (and everybody with themselves) that share a table in a round."""
    order = np.argsort(places, kind="stable")
    order = order[places[order] >= 0]
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    sizes = np.diff(starts, append=order.size)
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes > 1]):
        groups = order[starts[sizes == size][:, None] + np.arange(size)]
        first.append(np.repeat(groups, size, axis=1).ravel())
        second.append(np.tile(groups, (1, size)).ravel())
    return np.concatenate(first), np.concatenate(second)


def count_meetings(meetings: Meetings, places: NDArray[np.int32], sign: int) -> None:
    """Add (or take away) the meetings of one round, in place; the diagonal stays 0."""
    first, second = _pairs_at_tables(places)
    meetings[first, second] += np.int16(sign)
    meetings[first, first] = 0


def all_meetings(seating: Seating) -> Meetings:
    """Return in how many rounds each two people share a table; shape (n, n)."""
    meetings = np.zeros((seating.shape[0], seating.shape[0]), dtype=np.int16)
    for r in range(seating.shape[1]):
        count_meetings(meetings, seating[:, r], 1)
    return meetings


@dataclass(frozen=True, eq=False)
class CostModel:
    """Builds the costs of one round from the others, at fixed prices."""

    arrays: Arrays
    rules: TableRules
    prices: Prices
    fit_floor: float | None = None
    """What ``fit_floor`` must keep, once later goals have their turn."""

    @cached_property
    def pinned(self) -> dict[tuple[int, int], int]:
        """Table of each pinned (person, round)."""
        arrays = self.arrays
        return {
            (arrays.person_index[p], arrays.round_index[r]): arrays.table_index[t]
            for p, r, t in arrays.problem.pins
        }

    @cached_property
    def _must(self) -> Bools:
        return self.arrays.pair_matrix(self.arrays.problem.must_meet)

    @cached_property
    def _again(self) -> Floats:
        """Price of a pair's meeting once more."""
        arrays, prices = self.arrays, self.prices
        price = np.where(arrays.limit == AVOID, prices.of(GoalName.REPEATS), 0.0)
        return np.asarray(price + np.where(arrays.limit == NEVER, prices.hard, 0.0))

    @cached_property
    def _apart(self) -> Floats:
        return np.asarray(self.arrays.apart * self.prices.hard)

    @cached_property
    def _wish(self) -> Floats:
        matrix = np.zeros((self.arrays.n, self.arrays.n))
        first, second, weight = self.arrays.wishes
        np.add.at(matrix, (first, second), weight)
        return matrix

    @cached_property
    def _first_time(self) -> Floats | None:
        """What a pair's first meeting brings, however the others fare; None when nothing."""
        prices = self.prices
        gain = np.zeros((self.arrays.n, self.arrays.n))
        if prices.of(GoalName.FIT):
            gain += prices.of(GoalName.FIT) * self.arrays.fit
        if prices.of(GoalName.WISHES):
            gain += prices.of(GoalName.WISHES) * (self._wish + self._wish.T)
        gain += prices.hard * self._must
        return gain if gain.any() else None

    def costs(self, seating: Seating, meetings: Meetings, r: int) -> RoundCosts:
        """Return the costs of round ``r``; ``meetings`` are those of all other rounds."""
        prices = self.prices
        sizes = np.bincount(seating[seating[:, r] >= 0, r])
        return RoundCosts(
            pair=self._pairs(meetings, r),
            single=self._singles(seating, r),
            allowed=self.allowed(r),
            used=self._used(seating, r),
            hard=prices.hard,
            mix=-prices.of(GoalName.STAGE_MIX),
            even=prices.of(GoalName.BALANCE),
            usual=float(sizes[sizes > 0].mean()) if sizes.any() else 0.0,
        )

    def _pairs(self, meetings: Meetings, r: int) -> Floats:
        arrays, prices = self.arrays, self.prices
        met = meetings > 0
        pair = self._apart + self._again * (met | arrays.past)
        if self._first_time is not None:
            pair -= self._first_time * ~met
        if prices.of(GoalName.WISHES_FLOOR):
            lacking = np.asarray(~(met & (self._wish > 0)).any(axis=1))
            bonus = (self._wish > 0) & lacking[:, None]
            pair -= prices.of(GoalName.WISHES_FLOOR) * (bonus | bonus.T)
        if prices.of(GoalName.FIT_FLOOR):
            pair -= prices.of(GoalName.FIT_FLOOR) * self._worst_off(met)
        if arrays.together.any():
            pair -= (
                2 * prices.hard * (arrays.together & np.outer(arrays.here[:, r], arrays.here[:, r]))
            )
        return np.asarray(pair)

    def _worst_off(self, met: Bools) -> Floats:
        """Fit of new meetings, weighted by how badly off either person is so far."""
        arrays = self.arrays
        counted = arrays.has_fit & arrays.is_mover & (arrays.possible > 0)
        if not counted.any():
            return np.zeros_like(arrays.fit)
        # A person's fit in the unit of the goal, without this round.
        so_far = (arrays.fit * met).sum(axis=1) * arrays.n_rounds / np.maximum(arrays.possible, 1)
        if self.fit_floor is None:
            spread = max(float(np.abs(arrays.fit).max()), 1e-9)
            need = np.exp((so_far[counted].min() - so_far) / spread)
        else:
            # Whoever would stay above the floor without this round does not need it.
            need = _HOLDING * (so_far < self.fit_floor)
        need = np.where(counted, need, 0.0)
        return np.asarray(arrays.fit * ~met * (need[:, None] + need[None, :]))

    def _singles(self, seating: Seating, r: int) -> Floats:
        arrays, prices = self.arrays, self.prices
        single = np.zeros((arrays.n, arrays.n_tables + 1))
        elsewhere = (np.delete(seating, r, axis=1) >= 0).sum(axis=1)
        short = np.maximum(arrays.possible - elsewhere, 0)
        floor = prices.of(GoalName.ATTENDANCE_FLOOR) * np.maximum(2 * short - 1, 0)
        out = floor + prices.of(GoalName.ATTENDANCE)
        single[:, -1] = out + prices.hard * (elsewhere < arrays.min_rounds)
        single[:, :-1] += (prices.hard * (elsewhere >= arrays.max_rounds))[:, None]
        if prices.of(GoalName.FIT):
            single[:, :-1] -= prices.of(GoalName.FIT) * arrays.table_fit
        kept = np.flatnonzero(arrays.previous[:, r] >= 0)
        single[kept, arrays.previous[kept, r]] -= prices.of(GoalName.CHANGES)
        here = arrays.here[:, r]
        partners = (arrays.together & here[None, :]).sum(axis=1) * here
        single[:, :-1] += (prices.hard * partners)[:, None]
        return single

    def allowed(self, r: int) -> Bools:
        """Return where each person may be put in a round, last column: nowhere; (n, T + 1)."""
        arrays = self.arrays
        allowed = np.zeros((arrays.n, arrays.n_tables + 1), dtype=bool)
        free = arrays.is_mover & arrays.here[:, r]
        allowed[free, :-1] = arrays.may_sit[free] & arrays.open[:, r]
        allowed[free, -1] = True
        for (p, pinned_round), table in self.pinned.items():
            if pinned_round == r:
                allowed[p] = False
                allowed[p, table] = True
        return allowed

    def _used(self, seating: Seating, r: int) -> Floats:
        """Price of using each table: its hosts' bounds, and the floor of hosts."""
        arrays, prices = self.arrays, self.prices
        used = np.zeros(arrays.n_tables)
        hosts = np.flatnonzero(~arrays.is_mover)
        if not hosts.size:
            return used
        in_use = table_use(arrays, seating)
        in_use[:, r] = False
        elsewhere = in_use.sum(axis=1)[arrays.host[hosts]]
        price = prices.hard * (
            (elsewhere >= arrays.max_rounds[hosts]) * 1.0 - (elsewhere < arrays.min_rounds[hosts])
        )
        short = np.maximum(arrays.possible[hosts] - elsewhere, 0)
        price -= prices.of(GoalName.HOSTS_FLOOR) * np.maximum(2 * short - 1, 0)
        np.add.at(used, arrays.host[hosts], price)
        return used


def table_use(arrays: Arrays, seating: Seating) -> Bools:
    """Return whether a mover sits at a table in a round; shape (T, R)."""
    use = np.zeros((arrays.n_tables, arrays.n_rounds), dtype=bool)
    people, rounds = np.nonzero((seating >= 0) & arrays.is_mover[:, None])
    use[seating[people, rounds], rounds] = True
    return use


def broken_rules(arrays: Arrays, rules: TableRules, seating: Seating, meetings: Meetings) -> float:
    """Return by how much hard rules are missed; 0 exactly when none is.

    Every move keeps hosts' places, availability and needs; only a pin can be at odds with them.
    """
    live = ~arrays.frozen
    tables = np.arange(arrays.n_tables)
    people, rounds = np.nonzero((seating >= 0) & live[None, :])
    places = seating[people, rounds]
    fine = (
        arrays.here[people, rounds] & arrays.open[places, rounds] & arrays.may_sit[people, places]
    )
    total = float((~fine).sum())
    for r in np.flatnonzero(live):
        place = np.where(seating[:, r] < 0, arrays.n_tables, seating[:, r]).astype(np.int64)
        total += rules.broken(tables, rules.counts(place)[:-1]).sum()
        total += _split_pairs(arrays, seating[:, r], arrays.here[:, r])
    all_live = bool(live.all())
    now = (meetings if all_live else all_meetings(np.where(live[None, :], seating, -1))) > 0
    total += (arrays.blocked & now).sum() / 2
    never = (arrays.limit == NEVER) & now
    total += np.maximum(meetings - 1, 0)[never].sum() / 2
    total += (arrays.pair_matrix(arrays.problem.must_meet) & (meetings == 0)).sum() / 2
    seats = (seating >= 0).sum(axis=1)
    hosts = np.flatnonzero(~arrays.is_mover)
    seats[hosts] = table_use(arrays, seating).sum(axis=1)[arrays.host[hosts]]
    total += np.maximum(seats - arrays.max_rounds, 0).sum()
    total += np.maximum(arrays.min_rounds - seats, 0).sum()
    return float(total)


def _split_pairs(arrays: Arrays, places: NDArray[np.int32], here: Bools) -> float:
    if not arrays.problem.together:
        return 0.0
    first, second = np.nonzero(np.triu(arrays.together & np.outer(here, here)))
    return float((places[first] != places[second]).sum())
