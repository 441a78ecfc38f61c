"""The speed-mentoring view of a problem: hosts stay at their tables, movers rotate.

A *station* is a table with one set of hosts present: a table whose hosts are there all the time
is one station, a table whose host misses a round is two (the second without a host). Who may sit
where, and what it is worth, depends on the station alone, so integer programs need no rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.arrays import AVOID, NEVER, Arrays, Bools, Floats, Ints
from scheduler.problem import Count, GoalName


@dataclass(frozen=True, eq=False)
class Rotation:
    """Index view of hosts, movers and stations; m movers, S stations, R rounds.

    Parameters
    ----------
    arrays : Arrays
        Of a problem for which ``is_rotation`` holds.
    """

    arrays: Arrays

    @cached_property
    def movers(self) -> Ints:
        """Person index of each mover; shape (m,)."""
        return np.flatnonzero(self.arrays.is_mover)

    @cached_property
    def hosts(self) -> Ints:
        """Person index of each host."""
        return np.flatnonzero(~self.arrays.is_mover)

    @property
    def m(self) -> int:
        """Number of movers."""
        return len(self.movers)

    @property
    def n_rounds(self) -> int:
        """Number of rounds."""
        return self.arrays.n_rounds

    @cached_property
    def here(self) -> Bools:
        """Whether a mover is available; shape (m, R)."""
        return self.arrays.here[self.movers]

    @cached_property
    def present(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Hosts that are there, by (table, round) of every open table."""
        arrays = self.arrays
        found: dict[tuple[int, int], list[int]] = {
            (int(t), int(r)): [] for t, r in np.argwhere(arrays.open)
        }
        for h in self.hosts:
            for r in np.flatnonzero(arrays.here[h] & arrays.open[arrays.host[h]]):
                found[int(arrays.host[h]), int(r)].append(int(h))
        return {place: tuple(who) for place, who in found.items()}

    @cached_property
    def _limits(self) -> dict[tuple[int, tuple[int, ...]], tuple[int, int]]:
        """Fewest and most movers of a station in use, by (table, hosts)."""
        return {key: self._movers_at(*key) for key in self._keys}

    @cached_property
    def _keys(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        return tuple(sorted({(t, who) for (t, _), who in self.present.items()}))

    def _movers_at(self, table: int, who: tuple[int, ...]) -> tuple[int, int]:
        arrays = self.arrays
        least, most = (1 if who else 2), min(int(arrays.seats[table]) - len(who), self.m)
        for entry in arrays.problem.composition:
            assert isinstance(entry, Count)  # noqa: S101 -- is_rotation saw to it
            if entry.tables is not None and arrays.table_ids[table] not in entry.tables:
                continue
            hosts = sum(entry.count.picks(arrays.people[h]) for h in who)
            top = self.m + len(who) if entry.max is None else entry.max
            if entry.count.picks(arrays.people[int(self.movers[0])]):
                least, most = max(least, entry.min - hosts), min(most, top - hosts)
            elif not entry.min <= hosts <= top:
                return 1, 0
        return (least, most) if least <= most else (1, 0)

    @cached_property
    def stations(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Table and hosts of each station at which movers may sit."""
        return tuple(key for key in self._keys if self._limits[key][1] > 0)

    @cached_property
    def table(self) -> Ints:
        """Table index of each station; shape (S,)."""
        return np.array([t for t, _ in self.stations], dtype=np.int64)

    @cached_property
    def hosted(self) -> Bools:
        """Whether a station has a host; shape (S,)."""
        return np.array([bool(who) for _, who in self.stations], dtype=bool)

    @cached_property
    def room(self) -> Ints:
        """Most movers in a round; shape (S,)."""
        return np.array([self._limits[key][1] for key in self.stations], dtype=np.int64)

    @cached_property
    def least(self) -> Ints:
        """Fewest movers in a round in which the station is in use; shape (S,)."""
        return np.array([self._limits[key][0] for key in self.stations], dtype=np.int64)

    @cached_property
    def is_on(self) -> Bools:
        """Whether a station exists in a round; shape (S, R)."""
        index = {key: s for s, key in enumerate(self.stations)}
        matrix = np.zeros((len(self.stations), self.n_rounds), dtype=bool)
        for (t, r), who in self.present.items():
            if (t, who) in index:
                matrix[index[t, who], r] = True
        return matrix

    @cached_property
    def may(self) -> Bools:
        """Whether needs, conflicts and common rounds let a mover sit at a station; (m, S)."""
        arrays = self.arrays
        allowed = arrays.may_sit[np.ix_(self.movers, self.table)].copy()
        for s, (_, who) in enumerate(self.stations):
            for h in who:
                allowed[:, s] &= ~arrays.blocked[self.movers, h]
        return np.asarray(allowed & (self.here.astype(float) @ self.is_on.T.astype(float) > 0))

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
    def most_seats(self) -> Ints:
        """Most seats of each mover; shape (m,)."""
        return np.asarray(self.arrays.possible[self.movers])

    @cached_property
    def capacity(self) -> Ints:
        """Seats of each station over all its rounds; shape (S,)."""
        return np.asarray(self.room * self.is_on.sum(axis=1))

    @cached_property
    def most_attendance(self) -> int:
        """Most seats of movers in all rounds together: one flow a round, whoever met before."""
        if self.is_steady:
            return int(min(self.most_seats.sum(), self.capacity.sum()))
        return sum(self._most_in(r) for r in range(self.n_rounds))

    def _most_in(self, r: int) -> int:
        """Return the most movers who can sit in one round."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 -- slow import
        from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415 -- slow import

        on = np.flatnonzero(self.is_on[:, r])
        allowed = self.may[:, on] & self.here[:, r, None]
        if not allowed.any():
            return 0
        seats = np.repeat(np.arange(len(on)), np.minimum(self.room[on], self.m))
        match = maximum_bipartite_matching(csr_matrix(allowed[:, seats]), perm_type="column")
        return int((match >= 0).sum())

    @cached_property
    def floor_movers(self) -> Ints:
        """Movers (as 0..m-1) who count for ``fit_floor``."""
        return np.flatnonzero(self.arrays.has_fit[self.movers] & (self.most_seats > 0))

    @cached_property
    def is_steady(self) -> bool:
        """Whether everybody is there in every round and every table open: rounds are all alike."""
        return bool(self.here.all() and self.is_on.all())

    @cached_property
    def several(self) -> bool:
        """Whether movers can share a table at all."""
        return bool((self.room > 1).any())

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


def is_rotation(arrays: Arrays) -> bool:
    """Return whether every rule and goal of the problem can be said in terms of stations."""
    problem = arrays.problem
    movers, hosts = np.flatnonzero(arrays.is_mover), np.flatnonzero(~arrays.is_mover)
    if not movers.size or not hosts.size:
        return False
    if problem.frozen_rounds or problem.pins or problem.together:
        return False
    if problem.previous is not None and any(
        goal.goal == GoalName.CHANGES for goal in problem.goals_in_order
    ):
        return False
    return (
        _hosts_are_plain(arrays, hosts)
        and _composition_is_plain(arrays, movers)
        and bool((arrays.limit[np.ix_(movers, hosts)] == NEVER).all())
        and _pairs_are_plain(arrays, movers)
    )


def _hosts_are_plain(arrays: Arrays, hosts: Ints) -> bool:
    at = arrays.host[hosts]
    there = arrays.here[hosts] & arrays.open[at]
    crowd = np.zeros((arrays.n_tables, arrays.n_rounds), dtype=np.int64)
    np.add.at(crowd, at, there)
    features = [arrays.tables[t].features for t in at]
    return (
        bool((crowd <= arrays.seats[:, None]).all())
        and bool((arrays.max_rounds[hosts] >= there.sum(axis=1)).all())
        and bool((arrays.min_rounds[hosts] == 0).all())
        and all(arrays.people[h].needs <= f for h, f in zip(hosts, features, strict=True))
    )


def _composition_is_plain(arrays: Arrays, movers: Ints) -> bool:
    """Return whether composition bounds the number of movers and nothing finer."""
    for entry in arrays.problem.composition:
        if not isinstance(entry, Count):
            return False
        picked = {entry.count.picks(arrays.people[p]) for p in movers}
        if len(picked) > 1:
            return False
    return True


def _pairs_are_plain(arrays: Arrays, movers: Ints) -> bool:
    """Return whether what is said about single pairs concerns a host and a mover."""
    is_mover = {arrays.person_ids[p] for p in movers}
    problem = arrays.problem
    if any((a in is_mover) == (b in is_mover) for a, b in problem.must_meet):
        return False
    rotation = Rotation(arrays)
    if not rotation.stations:
        return False
    if not rotation.several:
        return True
    if any(a in is_mover and b in is_mover for a, b, _ in problem.wishes):
        return False
    cells = np.ix_(movers, movers)
    return not bool(arrays.fit[cells].any() or (arrays.limit[cells] == NEVER).any())
