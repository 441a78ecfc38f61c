"""The problem as numpy arrays, for everything that searches. Never crosses the library's border.

People and tables are ordered by id, so that the order of lists in a problem cannot change a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import starmap

import numpy as np

from scheduler.arrays.pairs import AVOID, FREE, NEVER, SAME_AFFILIATION_ROLES, Pairs
from scheduler.arrays.places import NO_LIMIT, Bools, Floats, Ints, Seating
from scheduler.problem import Seat

__all__ = [
    "AVOID",
    "FREE",
    "NEVER",
    "NO_LIMIT",
    "SAME_AFFILIATION_ROLES",
    "Arrays",
    "Bools",
    "Floats",
    "Ints",
    "Seating",
]


@dataclass(frozen=True, eq=False)
class Arrays(Pairs):
    """Index view of a problem with its seatings; attributes are computed once, on first use.

    n people, T tables, R rounds; ``p``, ``t``, ``r`` are indices into the id tuples.
    """

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
