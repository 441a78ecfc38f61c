"""What no plan of groups can beat: seats and mixed stages where ``composition`` rules the tables.

Where ``scheduler.bounds`` counts seats and availability, these limits count tables in use: a rule
such as "exactly one facilitator" allows no more tables than facilitators who are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from scheduler.arrays import Arrays, Bools, Ints
from scheduler.bounds.mixing import Mix, best_mix
from scheduler.problem import Count


@dataclass(frozen=True, slots=True)
class Share:
    """A counting entry for all tables: how many it picks in a round, least and most at a table."""

    picked: int
    least: int
    most: int


@dataclass(frozen=True, eq=False)
class GroupLimits:
    """Limits of a problem in which everybody moves and nothing is history, else nothing."""

    arrays: Arrays

    @cached_property
    def applies(self) -> bool:
        """Whether the counting below holds for this problem."""
        return bool(self.arrays.is_mover.all() and not self.arrays.frozen.any())

    @cached_property
    def _entries(self) -> list[tuple[Count, Bools]]:
        people = self.arrays.people
        return [
            (entry, np.array([entry.count.picks(person) for person in people], dtype=bool))
            for entry in self.arrays.problem.composition
            if isinstance(entry, Count) and entry.tables is None
        ]

    def _shares(self, r: int) -> list[Share]:
        here = self.arrays.here[:, r]
        return [
            Share(int((picks & here).sum()), entry.min, self._most(entry))
            for entry, picks in self._entries
        ]

    def _most(self, entry: Count) -> int:
        return self.arrays.n if entry.max is None else entry.max

    @cached_property
    def _disjoint(self) -> list[int]:
        """Entries of which nobody is picked by two."""
        chosen: list[int] = []
        taken = np.zeros(self.arrays.n, dtype=bool)
        for number, (_, picks) in enumerate(self._entries):
            if picks.any() and not picks.all() and not (picks & taken).any():
                chosen.append(number)
                taken |= picks
        return chosen

    def _places(self, r: int) -> Ints:
        """Return the places of the first, first two, ... largest open tables."""
        arrays = self.arrays
        seats = np.sort(np.minimum(arrays.seats, arrays.n)[arrays.open[:, r]])[::-1]
        return np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), seats]))

    def most_tables(self, r: int) -> int:
        """Return how many tables can be in use in a round."""
        shares = self._shares(r)
        least = sum(shares[number].least for number in self._disjoint)
        least = max([2, least, *(share.least for share in shares)])
        limits = [share.picked // share.least for share in shares if share.least]
        people = int(self.arrays.here[:, r].sum())
        return min([len(self._places(r)) - 1, people // least, *limits])

    def most_seats(self, r: int) -> int:
        """Return how many people can sit in a round, whatever the number of tables in use."""
        return self._most_seats[r]

    @cached_property
    def _most_seats(self) -> list[int]:
        return [self._seats_in(r) for r in range(self.arrays.n_rounds)]

    def _seats_in(self, r: int) -> int:
        places, shares = self._places(r), self._shares(r)
        people = int(self.arrays.here[:, r].sum())
        best = 0
        for tables in range(1, self.most_tables(r) + 1):
            outside = people - sum(shares[number].picked for number in self._disjoint)
            inside = sum(
                min(shares[number].picked, shares[number].most * tables)
                for number in self._disjoint
            )
            everybody = [share.most * tables for share in shares if share.picked == people]
            best = max(best, min([int(places[tables]), outside + inside, *everybody]))
        return best

    @cached_property
    def attendance(self) -> float:
        """Most seats of any plan."""
        seats = sum(self._most_seats)
        return float(min(seats, self.arrays.possible.sum()))

    @cached_property
    def attendance_floor(self) -> float:
        """Highest floor that so many seats can pay for."""
        arrays = self.arrays
        spare = (arrays.n_rounds - arrays.possible)[arrays.possible > 0]
        floor = arrays.n_rounds if len(spare) else 0
        while floor > 0 and np.maximum(floor - spare, 0).sum() > self.attendance:
            floor -= 1
        return float(floor)

    def balance(self, seats: float) -> float:
        """Return the least imbalance of plans with at least so many seats.

        When nobody can be left out, a round is even only if some number of tables divides it.
        """
        most = self._most_seats
        if seats < sum(most):
            return 0.0
        return float(sum(self._uneven(r, people) for r, people in enumerate(most)))

    def _uneven(self, r: int, people: int) -> bool:
        places = self._places(r)
        enough = [t for t in range(1, self.most_tables(r) + 1) if places[t] >= people]
        return people > 0 and not any(people % tables == 0 for tables in enough)

    def stage_mix(self, seats: float) -> float:
        """Return the most that stages can mix in plans with at least so many seats.

        A table of k people with d stages adds k d less its people with a stage; k is at most the
        largest table, and the d of all tables sum to at most what each stage has people or tables
        for. Everybody who sits out makes the sum of people with a stage smaller by at most one.
        """
        empty = max(float(self.arrays.here.sum()) - seats, 0.0)
        if not empty:
            return float(sum(self._full_mix(r) for r in range(self.arrays.n_rounds)))
        rounds = [self._stage_mix(r) for r in range(self.arrays.n_rounds)]
        by_table = sum(min(by_person, by_table) for by_person, by_table in rounds) + empty
        return float(min(by_table, sum(by_person for by_person, _ in rounds)))

    def best_mix(self, r: int) -> Mix | None:
        """Return how well stages can mix where everybody sits, and sizes of tables for it."""
        here = self.arrays.here[:, r]
        several = [share for share in self._shares(r) if share.picked == here.sum()]
        least = sum(share.least for n, share in enumerate(self._shares(r)) if n in self._disjoint)
        least = max([2, least, *(share.least for share in several)])
        most = min([self._largest(r), *(share.most for share in several)])
        stages = np.bincount(self.arrays.stage[here & (self.arrays.stage >= 0)])
        return best_mix(int(here.sum()), tuple(stages.tolist()), least, most, self.most_tables(r))

    def _largest(self, r: int) -> int:
        return int(np.diff(self._places(r)).max(initial=0))

    def _full_mix(self, r: int) -> int:
        mix = self.best_mix(r)
        return min([*self._stage_mix(r), *([mix.value] if mix is not None else [])])

    def _stage_mix(self, r: int) -> tuple[int, int]:
        """Return the limit by people, and the limit by tables for a round in which all sit."""
        arrays = self.arrays
        here = arrays.here[:, r]
        tables = self.most_tables(r)
        if tables <= 0:
            return 0, 0
        stages = arrays.stage[here & (arrays.stage >= 0)]
        known = np.bincount(stages) if stages.size else np.zeros(0, dtype=np.int64)
        several = [share.most for share in self._shares(r) if share.picked == here.sum()]
        size = min([self._largest(r), *several])
        different = min(int((known > 0).sum()), size)
        by_person = int(here.sum()) * different - int(known.sum()) * (different > 0)
        incidences = int(np.minimum(known, tables).sum())
        return by_person, size * incidences - int(known.sum())


@lru_cache(maxsize=1)
def group_limits_of(arrays: Arrays) -> GroupLimits:
    """Return the limits of the problem at hand, the same for all who ask."""
    return GroupLimits(arrays)
