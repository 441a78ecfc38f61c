"""Who and what there is, by index: people, tables, rounds, and who may sit where and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Person, Problem, Table

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Seating = NDArray[np.int32]
"""Table index of each person in each round, shape (people, rounds); -1 where nobody sits."""

NO_LIMIT = 1_000_000


@dataclass(frozen=True, eq=False)
class Places:
    """People, tables and rounds of a problem; attributes are computed once, on first use.

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
