"""Where movers may sit and when: tables with one set of hosts each, their room, their rounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.arrays import Arrays, Bools, Ints
from scheduler.problem import Count


@dataclass(frozen=True, eq=False)
class Stations:
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
    def is_steady(self) -> bool:
        """Whether everybody is there in every round and every table open: rounds are all alike."""
        return bool(self.here.all() and self.is_on.all())

    @cached_property
    def several(self) -> bool:
        """Whether movers can share a table at all."""
        return bool((self.room > 1).any())
