"""What meetings at stations are worth, and which of them are limited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.arrays import AVOID, Bools, Floats, Ints
from scheduler.rotation.stations import Stations


@dataclass(frozen=True, eq=False)
class Rotation(Stations):
    """Index view of hosts, movers and stations, with worth and limits of meetings."""

    def _over_hosts(self, matrix: Floats) -> Floats:
        """Sum a (n, n) matrix over the hosts of each station; shape (m, S)."""
        total = np.zeros((self.m, len(self.stations)))
        for s, (_, who) in enumerate(self.stations):
            for h in who:
                total[:, s] += matrix[self.movers, h]
        return total

    @cached_property
    def pair_fit(self) -> Floats:
        """Fit of a mover with all hosts of a station; shape (m, S)."""
        return self._over_hosts(self.arrays.fit)

    @cached_property
    def fit(self) -> Floats:
        """``pair_fit`` and ``table_fit`` of one round at a station; shape (m, S)."""
        return self.pair_fit + self.arrays.table_fit[np.ix_(self.movers, self.table)]

    @cached_property
    def host_fit(self) -> float:
        """``table_fit`` of the hosts, which no plan can change."""
        arrays = self.arrays
        at = arrays.host[self.hosts]
        there = (arrays.here[self.hosts] & arrays.open[at]).sum(axis=1)
        return float((arrays.table_fit[self.hosts, at] * there).sum())

    @cached_property
    def wish(self) -> Floats:
        """Weights of the wishes that one round at a station grants; shape (m, S)."""
        matrix = np.zeros((self.arrays.n, self.arrays.n))
        for person, other, weight in self.arrays.problem.wishes:
            p, q = self.arrays.person_index[person], self.arrays.person_index[other]
            matrix[p, q] += weight
            matrix[q, p] += weight
        return self._over_hosts(matrix)

    @cached_property
    def wished_cells(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each person with a wish that can come true: the (mover, station) that grant one."""
        place = {int(p): i for i, p in enumerate(self.movers)}
        index = self.arrays.person_index
        cells: dict[int, set[tuple[int, int]]] = {}
        for person, other, _ in self.arrays.problem.wishes:
            i, j = index[person], index[other]
            p, h = (i, j) if i in place else (j, i)
            if p not in place or h in place:
                continue
            at = [s for s in self.stations_of.get(h, ()) if self.may[place[p], s]]
            cells.setdefault(i, set()).update((place[p], s) for s in at)
        return tuple(tuple(sorted(cells[i])) for i in sorted(cells) if cells[i])

    @cached_property
    def stations_of(self) -> dict[int, list[int]]:
        """Stations of each host (by person index) that has one."""
        found: dict[int, list[int]] = {}
        for s, (_, who) in enumerate(self.stations):
            for h in who:
                found.setdefault(h, []).append(s)
        return found

    @cached_property
    def must_meet_at(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """For each ``must_meet`` pair: the mover, and the stations of which one must be visited."""
        place = {int(p): i for i, p in enumerate(self.movers)}
        index = self.arrays.person_index
        found = []
        for first, second in self.arrays.problem.must_meet:
            p, h = sorted((index[first], index[second]), key=lambda i: i not in place)
            found.append((place[p], tuple(self.stations_of.get(h, ()))))
        return tuple(sorted(found))

    @cached_property
    def must_meet(self) -> Bools:
        """Stations at which a mover meets somebody they must meet; shape (m, S)."""
        matrix = np.zeros((self.m, len(self.stations)), dtype=bool)
        for p, at in self.must_meet_at:
            matrix[p, list(at)] = True
        return matrix

    @cached_property
    def stage_mix(self) -> Floats:
        """What a single mover adds to ``stage_mix`` by a round at a station; shape (m, S)."""
        stages = [person.stage for person in self.arrays.people]
        matrix = np.zeros((self.m, len(self.stations)))
        for s, (_, who) in enumerate(self.stations):
            for i, p in enumerate(self.movers):
                at = [stages[q] for q in (p, *who)]
                known = set(at) - {None}
                matrix[i, s] = sum(len(known - {stage}) for stage in at)
        return matrix

    @cached_property
    def shares(self) -> Bools:
        """Whether two stations have a host in common: nobody sits at both; shape (S, S)."""
        sets = [set(who) for _, who in self.stations]
        size = len(sets)
        matrix = np.eye(size, dtype=bool) & self.hosted[:, None]
        by_table: dict[int, list[int]] = {}
        for s, t in enumerate(self.table.tolist()):
            by_table.setdefault(t, []).append(s)
        for group in by_table.values():
            for s in group:
                for other in group:
                    matrix[s, other] = bool(sets[s] & sets[other])
        return matrix

    @cached_property
    def _is_split(self) -> bool:
        """Whether a host stands at several stations."""
        return bool((self.shares.sum(axis=1) > 1).any())

    def met(self, counts: Ints) -> Ints:
        """Return how often movers meet a host of each station; shape (m, S).

        Parameters
        ----------
        counts : array of int, shape (m, S)
            Rounds of each mover at each station.
        """
        if not self._is_split:
            return counts * self.hosted
        shares = self.shares.astype(np.float64)
        return np.asarray(np.rint(counts @ shares), dtype=np.int64)

    @cached_property
    def floor_movers(self) -> Ints:
        """Movers (as 0..m-1) who count for ``fit_floor``."""
        return np.flatnonzero(self.arrays.has_fit[self.movers] & (self.most_seats > 0))

    @cached_property
    def pair_limit(self) -> Ints:
        """Between movers: 0 free, 1 avoid, 2 kept apart; shape (m, m)."""
        cells = np.ix_(self.movers, self.movers)
        limit: Ints = (self.arrays.limit[cells] == AVOID).astype(np.int64)
        limit[self.arrays.blocked[cells]] = 2
        return limit

    @cached_property
    def apart_pairs(self) -> tuple[Ints, Ints]:
        """Movers who are kept apart, as two arrays of 0..m-1."""
        first, second = np.nonzero(np.triu(self.pair_limit == 2, 1))
        return first, second

    @cached_property
    def pairs_matter(self) -> bool:
        """Whether it matters which movers share a table."""
        return self.several and bool(self.pair_limit.any())
