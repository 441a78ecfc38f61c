"""What the people of one table cost: rules and goals that depend only on how many of each kind sit.

People who look alike to every composition entry and to the goals on tables are of one *kind*, so a
table is a row of counts, and the cost of any exchange is looked up rather than computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.arrays import Arrays, Bools, Floats, Ints
from scheduler.problem import Count, Distinct, NotAlone, Person

_UNBOUNDED = 1_000_000


@dataclass(frozen=True, eq=False)
class TableRules:
    """Kinds of people, and what rows of their counts break or bring.

    Parameters
    ----------
    arrays : Arrays
    with_stages : bool
        Whether stages tell kinds apart though no entry asks for them (goal ``stage_mix``).
    """

    arrays: Arrays
    with_stages: bool = False

    @cached_property
    def _signatures(self) -> list[tuple[object, ...]]:
        entries = self.arrays.problem.composition
        distinct = {entry.distinct for entry in entries if isinstance(entry, Distinct)}

        def signature(person: Person) -> tuple[object, ...]:
            picks = tuple(
                (entry.count if isinstance(entry, Count) else entry.not_alone).picks(person)
                for entry in entries
                if not isinstance(entry, Distinct)
            )
            stage = person.stage if self.with_stages or "stage" in distinct else None
            names = tuple(sorted(person.affiliations)) if "affiliation" in distinct else ()
            return person.is_host, picks, stage or "", names

        return [signature(person) for person in self.arrays.people]

    @cached_property
    def kind(self) -> Ints:
        """Kind of each person; shape (n,)."""
        index = {name: number for number, name in enumerate(sorted(set(self._signatures)))}
        return np.array([index[name] for name in self._signatures], dtype=np.int64)

    @cached_property
    def _example(self) -> Ints:
        """One person of each kind."""
        return np.unique(self.kind, return_index=True)[1]

    @property
    def n_kinds(self) -> int:
        """Number of kinds."""
        return len(self._example)

    @cached_property
    def _mover(self) -> Ints:
        return np.asarray(self.arrays.is_mover[self._example], dtype=np.int64)

    @cached_property
    def _stages(self) -> Ints:
        """Whether a kind has a stage; shape (kinds, stages)."""
        stage = self.arrays.stage[self._example]
        return np.asarray(stage[:, None] == np.arange(stage.max(initial=-1) + 1), dtype=np.int64)

    @cached_property
    def _bounds(self) -> list[tuple[Ints, bool, int, int, Bools]]:
        """Indicator of kinds, distinct or not, least, most, tables; for each bounding entry."""
        found = []
        for entry in self.arrays.problem.composition:
            if isinstance(entry, NotAlone):
                continue
            if isinstance(entry, Count):
                people = [self.arrays.people[p] for p in self._example]
                columns = np.array([[entry.count.picks(person)] for person in people])
            else:
                columns = self._values(entry.distinct)
            most = _UNBOUNDED if entry.max is None else entry.max
            flags = columns.astype(np.int64), isinstance(entry, Distinct)
            found.append((*flags, entry.min, most, self._tables(entry.tables)))
        return found

    @cached_property
    def _alone(self) -> list[tuple[Ints, Bools]]:
        people = [self.arrays.people[p] for p in self._example]
        return [
            (
                np.array([entry.not_alone.picks(person) for person in people], dtype=np.int64),
                self._tables(entry.tables),
            )
            for entry in self.arrays.problem.composition
            if isinstance(entry, NotAlone)
        ]

    def _values(self, attribute: str) -> Ints:
        if attribute == "stage":
            return self._stages
        people = [self.arrays.people[p] for p in self._example]
        names = sorted({name for person in people for name in person.affiliations})
        rows = [[name in person.affiliations for name in names] for person in people]
        return np.array(rows, dtype=np.int64)

    def _tables(self, tables: frozenset[str] | None) -> Bools:
        ids = self.arrays.table_ids
        return np.array([tables is None or name in tables for name in ids], dtype=bool)

    def in_use(self, counts: Ints) -> Bools:
        """Return whether somebody who is no host sits there; counts of shape (..., kinds)."""
        return np.asarray(counts @ self._mover > 0)

    def broken(self, tables: Ints, counts: Ints) -> Floats:
        """Return by how many people the rules on tables are missed; shape of ``tables``."""
        size = counts.sum(axis=-1)
        missed = np.maximum(size - self.arrays.seats[tables], 0).astype(np.float64)
        inside = (size < 2).astype(np.float64)
        for columns, distinct, least, most, chosen in self._bounds:
            there = counts @ columns
            number = (there > 0).sum(axis=-1) if distinct else there[..., 0]
            gap = np.maximum(least - number, 0) + np.maximum(number - most, 0)
            inside += gap * chosen[tables]
        for picked, chosen in self._alone:
            inside += (counts @ picked == 1) * chosen[tables]
        return np.asarray(missed + inside * self.in_use(counts))

    def mix(self, counts: Ints) -> Floats:
        """Return what the tables add to ``stage_mix``."""
        if not self._stages.shape[1]:
            return np.zeros(counts.shape[:-1])
        there = counts @ self._stages
        size, known = counts.sum(axis=-1), there.sum(axis=-1)
        others = size * (there > 0).sum(axis=-1) - known
        return np.asarray(others * self.in_use(counts), dtype=np.float64)

    def counts(self, place: Ints) -> Ints:
        """Return how many of each kind sit at each table and (last row) nowhere."""
        shape = self.arrays.n_tables + 1, self.n_kinds
        cell = place * self.n_kinds + self.kind
        return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)

    @cached_property
    def exchanges(self) -> Ints:
        """Change of counts when one of kind u leaves and one of kind v comes; last: nobody."""
        units = np.vstack([np.eye(self.n_kinds, dtype=np.int64), np.zeros(self.n_kinds, np.int64)])
        return np.asarray(units[None, :, :] - units[:, None, :])
