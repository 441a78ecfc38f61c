"""How much room there is: seats for movers, rounds a person can sit, pairs that could meet.

All figures are limits that hold for every plan; rules that they leave out only make plans fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from scheduler.arrays import NEVER, NO_LIMIT, Arrays, Bools, Ints, Seating
from scheduler.problem import Count

_MOST_EDGES = 150_000
"""Larger rounds are counted without the flow, to stay within milliseconds."""


@dataclass(frozen=True, eq=False)
class Capacity:
    """Limits of a problem, each computed once, on first use."""

    arrays: Arrays

    @cached_property
    def live(self) -> Ints:
        """Indices of the rounds that are still to plan."""
        return np.flatnonzero(~self.arrays.frozen)

    @cached_property
    def history(self) -> Seating:
        """Seats of frozen rounds, -1 elsewhere; shape (n, R)."""
        seating = self.arrays.seating_from(self.arrays.problem.previous or ())
        return np.where(self.arrays.frozen[None, :], seating, -1)

    @cached_property
    def host_there(self) -> Bools:
        """Whether a host sits at the own table in a live round; shape (n, R)."""
        arrays = self.arrays
        is_open = arrays.open[np.maximum(arrays.host, 0)]
        return np.asarray(
            arrays.here & is_open & ~arrays.is_mover[:, None] & ~arrays.frozen[None, :]
        )

    @cached_property
    def hosts_at(self) -> Ints:
        """Number of hosts at each table in each round; shape (T, R)."""
        count = np.zeros((self.arrays.n_tables, self.arrays.n_rounds), dtype=np.int64)
        people, rounds = np.nonzero(self.host_there)
        np.add.at(count, (self.arrays.host[people], rounds), 1)
        return count

    @cached_property
    def room(self) -> Ints:
        """Most movers at each table in each live round, 0 where it cannot be used; (T, R)."""
        arrays = self.arrays
        limit = np.minimum(arrays.seats, arrays.n)[:, None] - self.hosts_at
        room = np.where(arrays.open & ~arrays.frozen[None, :], np.maximum(limit, 0), 0)
        for entry in arrays.problem.composition:
            if isinstance(entry, Count):
                room = self._with_count(room, entry)
        return np.asarray(room)

    def _with_count(self, room: Ints, entry: Count) -> Ints:
        arrays = self.arrays
        among = np.array([entry.count.picks(person) for person in arrays.people], dtype=bool)
        applies = np.array([entry.tables is None or t in entry.tables for t in arrays.table_ids])
        hosts = np.zeros_like(room)
        people, rounds = np.nonzero(self.host_there & among[:, None])
        np.add.at(hosts, (arrays.host[people], rounds), 1)
        guests = (arrays.here & (among & arrays.is_mover)[:, None]).sum(axis=0)
        reachable = hosts + np.minimum(guests[None, :], room)
        barred = reachable < entry.min
        if entry.max is not None:
            barred |= hosts > entry.max
            if among[arrays.is_mover].all():
                room = np.where(applies[:, None], np.minimum(room, entry.max - hosts), room)
        return np.where(applies[:, None] & barred, 0, np.maximum(room, 0))

    @cached_property
    def may(self) -> Bools:
        """Whether needs and hosts let a mover sit at a table, in whatever round; shape (n, T)."""
        arrays = self.arrays
        usable = (self.room > 0).any(axis=1)
        always = self.host_there.sum(axis=1) >= len(self.live)
        hosts = np.flatnonzero(~arrays.is_mover & always)
        allowed = arrays.may_sit & np.outer(arrays.is_mover, usable)
        return np.asarray(allowed & ~self._around(hosts, arrays.blocked))

    def _around(self, hosts: Ints, pairs: Bools) -> Bools:
        """Return the tables at which somebody has one of these pairs with a host; (n, T)."""
        arrays = self.arrays
        at_table = np.zeros((arrays.n_tables, arrays.n), dtype=bool)
        for h in hosts:
            at_table[arrays.host[h]] |= pairs[h]
        return np.ascontiguousarray(at_table.T)

    def allowed(self, r: int) -> Bools:
        """Return whether a mover may sit at a table in a round; shape (n, T), to read only."""
        arrays = self.arrays
        usable = self.room[:, r] > 0
        there = self.host_there[:, r]
        key = (usable.tobytes(), arrays.here[:, r].tobytes(), there.tobytes())
        if key not in self._allowed:  # most rounds are alike
            allowed = self.may & arrays.here[:, r][:, None] & usable[None, :]
            found = np.asarray(allowed & ~self._around(np.flatnonzero(there), self.barred))
            found.setflags(write=False)
            self._allowed[key] = found
        return self._allowed[key]

    @cached_property
    def _allowed(self) -> dict[tuple[bytes, bytes, bytes], Bools]:
        return {}

    @cached_property
    def barred(self) -> Bools:
        """Pairs that cannot meet any more: blocked, or ``never`` and met in history; (n, n)."""
        arrays = self.arrays
        return np.asarray(arrays.blocked | ((arrays.limit == NEVER) & self.met))

    @cached_property
    def met(self) -> Bools:
        """Whether two people met in a frozen round; shape (n, n)."""
        arrays = self.arrays
        met = np.zeros((arrays.n, arrays.n), dtype=bool)
        for r in np.flatnonzero(arrays.frozen):
            place = self.history[:, r]
            met |= (place[:, None] == place[None, :]) & (place >= 0)[None, :]
        met &= ~arrays.co_host
        np.fill_diagonal(met, val=False)
        return met

    @cached_property
    def sat(self) -> Ints:
        """Seats in frozen rounds; shape (n,)."""
        return np.asarray((self.history >= 0).sum(axis=1))

    @cached_property
    def most_seats(self) -> Ints:
        """Most seats of a mover, history included; shape (n,)."""
        arrays = self.arrays
        rounds = np.zeros(arrays.n, dtype=np.int64)
        tables = np.zeros((arrays.n, arrays.n_tables), dtype=bool)
        for r in self.live:
            allowed = self.allowed(int(r))
            rounds += allowed.any(axis=1)
            tables |= allowed
        once = self._tables_once
        again = (tables & ~once).any(axis=1)
        rounds = np.where(again, rounds, np.minimum(rounds, (tables & once).sum(axis=1)))
        limit = np.maximum(arrays.max_rounds - self.sat, 0)
        return np.where(arrays.is_mover, self.sat + np.minimum(rounds, limit), 0)

    @cached_property
    def _tables_once(self) -> Bools:
        """Tables that a mover can take only once, for a host there in every round; (n, T)."""
        arrays = self.arrays
        rounds = arrays.open[:, self.live].sum(axis=1)
        always = self.host_there.sum(axis=1) >= rounds[np.maximum(arrays.host, 0)]
        hosts = np.flatnonzero(~arrays.is_mover & always)
        return self._around(hosts, arrays.limit == NEVER)

    @cached_property
    def seats_in_round(self) -> Ints:
        """Most movers seated in each round, a maximum flow where it is small; shape (R,)."""
        return np.array([self._seats_in(r) for r in range(self.arrays.n_rounds)], dtype=np.int64)

    def _seats_in(self, r: int) -> int:
        if self.arrays.frozen[r]:
            return int((self.history[self.arrays.is_mover, r] >= 0).sum())
        allowed = self.allowed(r)
        people = np.flatnonzero(allowed.any(axis=1))
        simple = min(len(people), int(self.room[allowed.any(axis=0), r].sum()))
        alike = bool((allowed[people] == allowed.any(axis=0)).all())
        if alike or int(allowed.sum()) > _MOST_EDGES:
            return simple
        rows, amounts = np.unique(allowed[people], axis=0, return_counts=True)
        return min(simple, _flow(rows, amounts, self.room[:, r]))

    @cached_property
    def attendance(self) -> int:
        """Most movers' seats of any plan."""
        movers = self.arrays.is_mover
        return int(min(self.seats_in_round.sum(), self.most_seats[movers].sum()))

    @cached_property
    def could_meet(self) -> Bools:
        """Pairs that met in history or still could; symmetric, shape (n, n)."""
        arrays = self.arrays
        here = (arrays.here & ~arrays.frozen[None, :]).astype(np.float32)
        is_open = np.asarray(arrays.open[:, self.live].any(axis=1))
        tables = (arrays.may_sit & is_open[None, :]).astype(np.float32)
        common = (here @ here.T > 0) & (tables @ tables.T > 0)
        meet = np.asarray((common & ~self.barred & ~arrays.co_host) | self.met)
        np.fill_diagonal(meet, val=False)
        return np.asarray(meet)

    @cached_property
    def uses(self) -> Ints:
        """Most rounds in which each table is in use, history included; shape (T,)."""
        arrays = self.arrays
        used = np.zeros(arrays.n_tables, dtype=np.int64)
        for r in range(arrays.n_rounds):
            if arrays.frozen[r]:
                guests = (self.history[:, r] >= 0) & (self.history[:, r] != arrays.host)
                used[np.unique(self.history[guests, r])] += 1
            else:
                used += self.allowed(r).any(axis=0)
        return used

    @cached_property
    def most_people(self) -> int:
        """Most people at any table in any round."""
        now = int((self.room + self.hosts_at).max(initial=0))
        past = [np.bincount(col[col >= 0]).max(initial=0) for col in self.history.T]
        return max([now, *(int(size) for size in past)])

    @cached_property
    def most_hosts(self) -> int:
        """Most hosts at any table in any round."""
        return int(self.hosts_at.max(initial=0))

    @cached_property
    def is_limited(self) -> bool:
        """Whether every table has a number of seats."""
        return bool((self.arrays.seats < NO_LIMIT).all())


@lru_cache(maxsize=1)
def capacity_of(arrays: Arrays) -> Capacity:
    """Return the limits of the problem at hand, the same for all who ask."""
    return Capacity(arrays)


def _flow(rows: Bools, amounts: Ints, room: Ints) -> int:
    """Return the most people of some kinds that tables take; a maximum flow."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 -- slow import
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415 -- slow import

    kinds, tables = rows.shape
    source, sink = kinds + tables, kinds + tables + 1
    kind, table = np.nonzero(rows)
    start = np.concatenate([np.full(kinds, source), kind, kinds + np.arange(tables)])
    end = np.concatenate([np.arange(kinds), kinds + table, np.full(tables, sink)])
    capacity = np.concatenate([amounts, amounts[kind], room]).astype(np.int32)
    graph = csr_matrix((capacity, (start, end)), shape=(sink + 1, sink + 1))
    return int(maximum_flow(graph, source, sink).flow_value)


def names(arrays: Arrays, people: Ints | list[int]) -> tuple[str, ...]:
    """Return sorted ids."""
    return tuple(sorted(arrays.person_ids[int(p)] for p in people))
