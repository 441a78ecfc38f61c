"""The problem as numpy arrays, for everything that searches. Never crosses the library's border.

People and tables are ordered by id, so that the order of lists in a problem cannot change a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, starmap
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Limit, Person, Problem, Role, Seat, Table

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Seating = NDArray[np.int32]
"""Table index of each person in each round, shape (people, rounds); -1 where nobody sits."""

FREE, AVOID, NEVER = 0, 1, 2
_LIMIT_CODE = {Limit.FREE: FREE, Limit.AVOID: AVOID, Limit.NEVER: NEVER}
NO_LIMIT = 1_000_000
SAME_AFFILIATION_ROLES = frozenset(
    {
        frozenset({Role.MENTOR, Role.MENTEE}),
        frozenset({Role.FACILITATOR, Role.PEER}),
        frozenset({Role.FACILITATOR, Role.MENTEE}),
    }
)


@dataclass(frozen=True, eq=False)
class Arrays:
    """Index view of a problem; attributes are computed once, on first use.

    n people, T tables, R rounds; ``p``, ``t``, ``r`` are indices into the id tuples.
    """

    problem: Problem

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """People by id."""
        return tuple(sorted(self.problem.people, key=lambda person: person.id))

    @cached_property
    def person_ids(self) -> tuple[str, ...]:
        """Ids in index order."""
        return tuple(person.id for person in self.people)

    @cached_property
    def table_ids(self) -> tuple[str, ...]:
        """Ids in index order; tables that only history knows are among them, closed."""
        history = {
            seat.table
            for seat in self.problem.previous or ()
            if seat.round in self.problem.frozen_rounds
        }
        return tuple(sorted(history.union(table.id for table in self.problem.tables)))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables in index order."""
        by_id = {table.id: table for table in self.problem.tables}
        closed = frozenset[str]()
        return tuple(by_id.get(name) or Table(id=name, rounds=closed) for name in self.table_ids)

    @cached_property
    def round_ids(self) -> tuple[str, ...]:
        """Ids in order of time."""
        return tuple(item.id for item in self.problem.rounds)

    @cached_property
    def person_index(self) -> dict[str, int]:
        """Index of each person id."""
        return {name: index for index, name in enumerate(self.person_ids)}

    @cached_property
    def table_index(self) -> dict[str, int]:
        """Index of each table id."""
        return {name: index for index, name in enumerate(self.table_ids)}

    @cached_property
    def round_index(self) -> dict[str, int]:
        """Index of each round id."""
        return {name: index for index, name in enumerate(self.round_ids)}

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.problem.people)

    @property
    def n_tables(self) -> int:
        """Number of tables."""
        return len(self.table_ids)

    @property
    def n_rounds(self) -> int:
        """Number of rounds."""
        return len(self.problem.rounds)

    @cached_property
    def host(self) -> Ints:
        """Table index of each host, -1 for movers; shape (n,)."""
        index = self.table_index
        return np.array(
            [-1 if person.table is None else index[person.table] for person in self.people],
            dtype=np.int64,
        )

    @cached_property
    def is_mover(self) -> Bools:
        """Shape (n,)."""
        return np.asarray(self.host < 0)

    @cached_property
    def here(self) -> Bools:
        """Whether a person is available in a round; shape (n, R)."""
        return np.array(
            [
                [person.rounds is None or r in person.rounds for r in self.round_ids]
                for person in self.people
            ],
            dtype=bool,
        ).reshape(self.n, self.n_rounds)

    @cached_property
    def open(self) -> Bools:
        """Whether a table is open in a round; shape (T, R)."""
        rows = [table.rounds for table in self.tables]
        return np.array(
            [[row is None or r in row for r in self.round_ids] for row in rows], dtype=bool
        ).reshape(self.n_tables, self.n_rounds)

    @cached_property
    def may_sit(self) -> Bools:
        """Whether needs (and a host's own table) let a person sit at a table; shape (n, T)."""
        features = [table.features for table in self.tables]
        kinds = {person.needs for person in self.people}
        rows = {needs: np.array([needs <= offered for offered in features]) for needs in kinds}
        allowed = np.array([rows[person.needs] for person in self.people])
        for p in np.flatnonzero(~self.is_mover):
            own = np.zeros(self.n_tables, dtype=bool)
            own[self.host[p]] = True
            allowed[p] &= own
        return allowed

    @cached_property
    def seats(self) -> Ints:
        """Most people at each table, ``NO_LIMIT`` where none is given; shape (T,)."""
        limits = [table.seats for table in self.tables]
        return np.array([NO_LIMIT if limit is None else limit for limit in limits], dtype=np.int64)

    @cached_property
    def max_rounds(self) -> Ints:
        """Most seats (host: rounds in use) of each person; shape (n,)."""
        return np.array(
            [self.n_rounds if p.max_rounds is None else p.max_rounds for p in self.people],
            dtype=np.int64,
        )

    @cached_property
    def min_rounds(self) -> Ints:
        """Fewest seats (host: rounds in use) of each person; shape (n,)."""
        return np.array([p.min_rounds or 0 for p in self.people], dtype=np.int64)

    @cached_property
    def co_host(self) -> Bools:
        """Pairs of hosts of one table, who are no pair at all; shape (n, n)."""
        same = (self.host[:, None] == self.host[None, :]) & (self.host[:, None] >= 0)
        np.fill_diagonal(same, val=False)
        return np.asarray(same)

    def pair_matrix(self, pairs: tuple[tuple[str, str], ...]) -> Bools:
        """Return a symmetric matrix that is true for the given pairs; shape (n, n)."""
        matrix = np.zeros((self.n, self.n), dtype=bool)
        index = self.person_index
        for first, second in pairs:
            matrix[index[first], index[second]] = matrix[index[second], index[first]] = True
        return matrix

    @cached_property
    def together(self) -> Bools:
        """Pairs that sit together or both sit out; shape (n, n)."""
        return self.pair_matrix(self.problem.together)

    @cached_property
    def past(self) -> Bools:
        """Pairs that met before this block; shape (n, n)."""
        return self.pair_matrix(self.problem.past_meetings)

    @cached_property
    def limit(self) -> NDArray[np.int8]:
        """``FREE``, ``AVOID`` or ``NEVER`` for each pair; shape (n, n), 0 on the diagonal."""
        limits = self.problem.limits()
        roles = list(Role)
        table = np.array(
            [
                [_LIMIT_CODE[limits.get(frozenset({a, b}), Limit.FREE)] for b in roles]
                for a in roles
            ],
            dtype=np.int8,
        )
        role = np.array([roles.index(person.role) for person in self.people])
        matrix: NDArray[np.int8] = table[role[:, None], role[None, :]]
        matrix[self.together | self.co_host] = FREE
        np.fill_diagonal(matrix, FREE)
        return matrix

    @cached_property
    def apart(self) -> Bools:
        """Pairs that ``keep_apart`` or ``keep_apart_same`` forbids; shape (n, n)."""
        matrix = self.pair_matrix(self.problem.keep_apart)
        if "affiliation" not in self.problem.keep_apart_same:
            return matrix
        members: dict[str, list[int]] = {}
        for p, person in enumerate(self.people):
            for name in person.affiliations:
                members.setdefault(name, []).append(p)
        for group in members.values():
            by_role = {role: [p for p in group if self.people[p].role == role] for role in Role}
            for first, second in combinations(Role, 2):
                if frozenset({first, second}) in SAME_AFFILIATION_ROLES:
                    cells = np.ix_(by_role[first], by_role[second])
                    matrix[cells] = True
                    matrix[cells[::-1]] = True
        return np.asarray(matrix | matrix.T)

    @cached_property
    def blocked(self) -> Bools:
        """Pairs that may never share a table: apart, or ``never`` and met before; shape (n, n)."""
        return np.asarray(self.apart | ((self.limit == NEVER) & self.past))

    @cached_property
    def _fit_pairs(self) -> tuple[Ints, Ints]:
        find, entries = self.person_index.__getitem__, self.problem.fit
        first, second = (map(find, map(itemgetter(place), entries)) for place in (0, 1))
        size = len(entries)
        return (
            np.fromiter(first, dtype=np.int64, count=size),
            np.fromiter(second, dtype=np.int64, count=size),
        )

    @cached_property
    def fit(self) -> Floats:
        """Fit of each pair, symmetric, 0 for hosts of one table; shape (n, n)."""
        matrix = np.zeros((self.n, self.n))
        first, second = self._fit_pairs
        values = np.fromiter(map(itemgetter(2), self.problem.fit), dtype=np.float64)
        matrix[first, second] = matrix[second, first] = values
        matrix[self.co_host] = 0.0
        return matrix

    @cached_property
    def table_fit(self) -> Floats:
        """Fit of each person with each table, per round; shape (n, T)."""
        matrix = np.zeros((self.n, self.n_tables))
        for person, table, value in self.problem.table_fit:
            matrix[self.person_index[person], self.table_index[table]] = value
        return matrix

    @cached_property
    def has_fit(self) -> Bools:
        """Whether a person has an entry in ``fit``, whatever its value; shape (n,)."""
        named = np.zeros(self.n, dtype=bool)
        named[np.concatenate(self._fit_pairs)] = True
        return named

    @cached_property
    def wishes(self) -> tuple[Ints, Ints, Floats]:
        """Who wishes to meet whom, and how much; three arrays of shape (wishes,)."""
        index = self.person_index
        wishes = self.problem.wishes
        return (
            np.array([index[person] for person, _, _ in wishes], dtype=np.int64),
            np.array([index[other] for _, other, _ in wishes], dtype=np.int64),
            np.array([weight for _, _, weight in wishes], dtype=np.float64),
        )

    @cached_property
    def stage(self) -> Ints:
        """Number of each person's stage (stages in order of name), -1 for none; shape (n,)."""
        names = sorted({person.stage for person in self.people if person.stage is not None})
        index = {name: number for number, name in enumerate(names)}
        return np.array(
            [-1 if person.stage is None else index[person.stage] for person in self.people],
            dtype=np.int64,
        )

    @cached_property
    def previous(self) -> Seating:
        """Seats that the goal ``changes`` asks to keep, as a seating; shape (n, R)."""
        known = {table.id for table in self.problem.tables}
        kept = tuple(seat for seat in self.problem.previous or () if seat.table in known)
        matrix = self.seating_from(kept)
        matrix[~self.here | self.frozen[None, :]] = -1
        return matrix

    @cached_property
    def possible(self) -> Ints:
        """Rounds a person could sit in, as the goals count them; shape (n,)."""
        anywhere = np.broadcast_to(self.open.any(axis=0), self.here.shape)
        there = np.where(self.is_mover[:, None], anywhere, self.open[self.host])
        return np.asarray(np.minimum((self.here & there).sum(axis=1), self.max_rounds))

    @cached_property
    def frozen(self) -> Bools:
        """Whether a round is history; shape (R,)."""
        return np.array([name in self.problem.frozen_rounds for name in self.round_ids])

    def seating_from(self, seats: tuple[Seat, ...]) -> Seating:
        """Return seats as table indices, shape (n, R); seats of unknown ids drop out."""
        matrix = np.full((self.n, self.n_rounds), -1, dtype=np.int32)
        for person, round_id, table in seats:
            if person in self.person_index and round_id in self.round_index:
                place = self.person_index[person], self.round_index[round_id]
                matrix[place] = self.table_index.get(table, -1)
        return matrix

    def seats_from(self, seating: Seating) -> tuple[Seat, ...]:
        """Return table indices as seats, sorted by round order, table id, person id."""
        person, r = np.nonzero(seating >= 0)
        table = seating[person, r]
        order = np.lexsort((person, table, r))  # ids are in the order of their indices
        names = (self.person_ids, person), (self.round_ids, r), (self.table_ids, table)
        columns = (map(ids.__getitem__, index[order].tolist()) for ids, index in names)
        return tuple(starmap(Seat, zip(*columns, strict=True)))
