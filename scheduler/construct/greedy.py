"""A first seating for any problem: round by round, one person for each table at a time.

The people of a round are dealt out in *columns* (as even a share of each kind for each table as
there can be); each column is one assignment problem: who of it suits which table best, given those
who already sit there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import AVOID, FREE, NEVER, Arrays, Bools, Floats, Ints, Seating
from scheduler.construct.columns import column_sizes
from scheduler.problem import Count, Distinct, GoalName, Person

_REFUSED = 1e7
_FORBIDDEN = 1e4
_REPEAT = 100.0
_ALIKE = 1.0


def fixed_seating(arrays: Arrays) -> Seating:
    """Return the seats that no plan can change: history, hosts at their tables, pins."""
    seating = np.full((arrays.n, arrays.n_rounds), -1, dtype=np.int32)
    hosts = np.flatnonzero(~arrays.is_mover)
    there = arrays.here[hosts] & arrays.open[arrays.host[hosts]]
    seating[hosts] = np.where(there, arrays.host[hosts, None], -1)
    history = arrays.seating_from(arrays.problem.previous or ())
    seating[:, arrays.frozen] = history[:, arrays.frozen]
    for person, round_id, table in arrays.problem.pins:
        r = arrays.round_index[round_id]
        if not arrays.frozen[r]:
            seating[arrays.person_index[person], r] = arrays.table_index[table]
    return seating


def column_kinds(arrays: Arrays, people: Ints) -> Ints:
    """Return a number for each person: alike to all counting entries; shape of ``people``."""
    entries = [entry for entry in arrays.problem.composition if not isinstance(entry, Distinct)]

    def picks(person: Person) -> tuple[bool, ...]:
        return tuple(
            (entry.count if isinstance(entry, Count) else entry.not_alone).picks(person)
            for entry in entries
        )

    signatures = [picks(arrays.people[p]) for p in people]
    index = {name: number for number, name in enumerate(sorted(set(signatures), reverse=True))}
    return np.array([index[name] for name in signatures], dtype=np.int64)


def columns_of(arrays: Arrays, people: Ints, groups: int, columns: int) -> list[Ints] | None:
    """Deal people out in columns of at most ``groups``, each kind as evenly as it goes.

    Within a kind, people are sorted by stage, so that a column has few stages.
    """
    kinds = column_kinds(arrays, people)
    sizes = column_sizes(np.bincount(kinds).tolist() if kinds.size else [], groups, columns)
    if sizes is None or len(sizes) > columns:
        return None
    stage = arrays.stage[people]
    often = np.bincount(stage + 1, minlength=stage.max(initial=-1) + 2)[stage + 1]
    queues = [
        people[np.lexsort((people, stage, -often))][kinds[np.lexsort((people, stage, -often))] == k]
        for k in range(int(kinds.max(initial=-1)) + 1)
    ]
    taken = [0] * len(queues)
    dealt = []
    for row in sizes:
        parts = [queue[t : t + count] for queue, t, count in zip(queues, taken, row, strict=True)]
        taken = [t + count for t, count in zip(taken, row, strict=True)]
        dealt.append(np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64))
    return dealt


@dataclass(frozen=True, eq=False)
class Demand:
    """How many people a round has and what its tables hold.

    Attributes
    ----------
    people : int
        Movers to seat.
    capacities : Ints
        Movers' places of the tables, in the order in which tables are taken.
    picked : sequence of (int, int, int or None)
        For each counting entry: movers it picks, least and most of them at a table.
    """

    people: int
    capacities: Ints
    picked: Sequence[tuple[int, int, int | None]]


def demand(arrays: Arrays, people: Ints, tables: Ints, r: int) -> Demand:
    """Return what decides how many of these tables the people need in a round."""
    hosts = np.flatnonzero(~arrays.is_mover & arrays.here[:, r])
    there = np.bincount(arrays.host[hosts], minlength=arrays.n_tables)
    picked = []
    for entry in arrays.problem.composition:
        if not isinstance(entry, Count) or entry.tables is not None:
            continue
        number = sum(entry.count.picks(arrays.people[p]) for p in people)
        seated = np.zeros(arrays.n_tables, dtype=np.int64)
        for p in hosts:
            seated[arrays.host[p]] += entry.count.picks(arrays.people[p])
        there_now = seated[tables] if tables.size else seated
        least, most = int(there_now.min(initial=arrays.n)), int(there_now.max(initial=0))
        left = None if entry.max is None else max(entry.max - most, 0)
        picked.append((number, max(entry.min - least, 0), left))
    capacities = np.minimum(
        np.maximum(arrays.seats[tables] - there[tables], 0), max(len(people), 1)
    )
    return Demand(people=len(people), capacities=capacities, picked=picked)


def group_count(wanted: Demand, *, rounds: int, use_all: bool) -> int:
    """Return how many tables to use: all can sit, no group too small, and then few groups.

    More groups are taken where fewer would force repeats; all of them where tables have hosts.
    """
    places = np.cumsum(wanted.capacities)

    def left_over(groups: int) -> int:
        missing = max(wanted.people - int(places[groups - 1]), 0)
        for number, least, most in wanted.picked:
            missing += max(number - groups * most, 0) if most is not None else 0
            missing += max(groups * least - number, 0) * 2
        return missing + max(2 * groups - wanted.people, 0) * (not use_all)

    def crowded(groups: int) -> bool:
        size = -(-wanted.people // groups)
        return rounds > 1 and (rounds * (size - 1) > wanted.people - 1 or groups < size)

    def rank(groups: int) -> tuple[int, bool, int]:
        if use_all:
            return left_over(groups), False, -groups
        tight = crowded(groups)
        return left_over(groups), tight, -groups if tight else groups

    return min(range(1, len(wanted.capacities) + 1), key=rank, default=0)


def tables_in_order(arrays: Arrays, r: int) -> Ints:
    """Return the open tables of a round: with hosts first, then the larger, then by id."""
    hosts = np.flatnonzero(~arrays.is_mover & arrays.here[:, r])
    there = np.bincount(arrays.host[hosts], minlength=arrays.n_tables)
    tables = np.flatnonzero(arrays.open[:, r])
    order = np.lexsort((tables, -arrays.seats[tables], -there[tables]))
    return np.asarray(tables[order])


class GreedySeating:
    """Fills the rounds one after the other; later rounds know who met in earlier ones."""

    def __init__(self, arrays: Arrays, seed: int) -> None:
        self.arrays = arrays
        self.rng = np.random.default_rng(seed)
        self.seating = fixed_seating(arrays)
        self.met = np.zeros((arrays.n, arrays.n), dtype=bool)
        goals = {goal.goal for goal in arrays.problem.goals_in_order}
        largest = max(float(np.abs(arrays.fit).max()), float(np.abs(arrays.table_fit).max()), 1e-9)
        self.fit_price = 10.0 / largest if GoalName.FIT in goals else 0.0
        self.alike = _ALIKE * (arrays.stage[:, None] == arrays.stage[None, :])

    def run(self) -> Seating:
        """Return the filled seating."""
        for r in range(self.arrays.n_rounds):
            if not self.arrays.frozen[r]:
                self._fill(r)
            place = self.seating[:, r]
            self.met |= (place[:, None] == place[None, :]) & (place >= 0)[:, None]
        return self.seating

    def _fill(self, r: int) -> None:
        arrays = self.arrays
        had = (self.seating >= 0).sum(axis=1)
        free = arrays.is_mover & arrays.here[:, r] & (self.seating[:, r] < 0)
        people = np.flatnonzero(free & (had < arrays.max_rounds))
        tables = tables_in_order(arrays, r)
        if not people.size or not tables.size:
            return
        wanted = demand(arrays, people, tables, r)
        hosted = bool((~arrays.is_mover).any())
        tables = tables[: group_count(wanted, rounds=arrays.n_rounds, use_all=hosted)]
        width = int(min(wanted.capacities[: len(tables)].max(), -(-len(people) // len(tables)) + 1))
        columns = columns_of(arrays, people, len(tables), -(-len(people) // len(tables)))
        if columns is None:
            columns = columns_of(arrays, people, len(tables), width)
        if columns is None:
            columns = np.array_split(people, width)
        cost = self._pair_costs()
        for column in columns:
            for part in np.array_split(column, max(-(-len(column) // len(tables)), 1)):
                self._deal(part, tables, r, cost)

    def _pair_costs(self) -> Floats:
        arrays = self.arrays
        known = self.met | arrays.past
        cost = self.alike + _FORBIDDEN * (arrays.blocked | ((arrays.limit == NEVER) & known))
        cost += _REPEAT * ((arrays.limit == AVOID) & known)
        # Even free pairs had better see somebody new.
        cost += _ALIKE * ((arrays.limit == FREE) & known)
        cost -= self.fit_price * arrays.fit * ~self.met
        cost -= 10 * _FORBIDDEN * arrays.together
        return np.asarray(cost)

    def _deal(self, people: Ints, tables: Ints, r: int, pair: Floats) -> None:
        """Seat at most one person at each table, as cheaply as possible."""
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

        arrays = self.arrays
        seated = self.seating[:, r]
        members = (seated[:, None] == tables[None, :]).astype(np.float64)
        cost = pair[people] @ members - self.fit_price * arrays.table_fit[np.ix_(people, tables)]
        full: Bools = members.sum(axis=0) >= arrays.seats[tables]
        cost[~arrays.may_sit[np.ix_(people, tables)] | full[None, :]] = _REFUSED
        cost += self.rng.random(cost.shape) * 1e-3
        rows, chosen = linear_sum_assignment(cost)
        fits = cost[rows, chosen] < _REFUSED / 2
        self.seating[people[rows[fits]], r] = tables[chosen[fits]]


def greedy_seating(arrays: Arrays, seed: int) -> Seating:
    """Return a seating that spreads kinds evenly and avoids what it can; rules may be broken."""
    return GreedySeating(arrays, seed).run()
