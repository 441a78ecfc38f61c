"""What is said about pairs of people: limits, rules, fit and wishes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays.places import Bools, Floats, Ints, Places
from scheduler.problem import Limit, Role

FREE, AVOID, NEVER = 0, 1, 2
_LIMIT_CODE = {Limit.FREE: FREE, Limit.AVOID: AVOID, Limit.NEVER: NEVER}
SAME_AFFILIATION_ROLES = frozenset(
    {
        frozenset({Role.MENTOR, Role.MENTEE}),
        frozenset({Role.FACILITATOR, Role.PEER}),
        frozenset({Role.FACILITATOR, Role.MENTEE}),
    }
)


@dataclass(frozen=True, eq=False)
class Pairs(Places):
    """Matrices over pairs of people, and stages."""

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
