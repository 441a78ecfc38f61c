"""What no plan can beat where tables have hosts: who visits which table, as a linear program.

Every plan says at which hosts' tables a mover sits at all, and in how many further rounds. When,
and who else sits there, is left out; so every plan is a point of the program, and the program's
optimum is a limit, also for plans that keep what earlier goals reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scheduler.arrays import AVOID, NEVER, Arrays, Bools, Floats, Ints
from scheduler.capacity import Capacity
from scheduler.problem import GoalName

Held = tuple[GoalName, float]
VISITED = frozenset({GoalName.WISHES_FLOOR, GoalName.WISHES, GoalName.FIT_FLOOR, GoalName.FIT})
"""The goals that this bounds."""
_MOST_CELLS = 12_000
_SLIP = 1e-7


@dataclass(eq=False)
class _Program:
    """Maximise a sum of columns under rows ``A x <= b``."""

    top: Floats
    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def add(self, columns: Ints, values: Floats, limit: float) -> None:
        """Add a row."""
        self.row.append(np.full(len(columns), len(self.limits), dtype=np.int64))
        self.column.append(columns)
        self.value.append(np.asarray(values, dtype=np.float64))
        self.limits.append(limit)

    def maximum(self, worth: Floats) -> float:
        """Return the optimum; infinite where the program was not solved."""
        from scipy.optimize import linprog  # noqa: PLC0415 -- slow import

        where = np.concatenate(self.row), np.concatenate(self.column)
        shape = len(self.limits), len(worth)
        from scipy.sparse import coo_matrix  # noqa: PLC0415 -- slow import

        rows = coo_matrix((np.concatenate(self.value), where), shape=shape).tocsr()
        bounds = np.stack([np.zeros(len(worth)), self.top], axis=1)
        found = linprog(-worth, A_ub=rows, b_ub=self.limits, bounds=bounds, method="highs")
        return float(-found.fun) if found.status == 0 else float(np.inf)


@dataclass(frozen=True, eq=False)
class VisitLimits:
    """Limits of a problem with hosts and without history, else nothing."""

    arrays: Arrays
    capacity: Capacity

    @cached_property
    def applies(self) -> bool:
        """Whether the program says something and is small enough to be solved at once."""
        arrays = self.arrays
        if arrays.frozen.any() or arrays.is_mover.all():
            return False
        return 0 < len(self._mover) <= _MOST_CELLS

    def bound(self, goal: GoalName, held: Sequence[Held]) -> float:
        """Return the most of a goal in plans whose earlier goals hold; inf where unknown."""
        if not self._is_visited(goal):
            return float(np.inf)
        program = self._rules()
        for name, limit in held:
            if name == GoalName.REPEATS or self._is_visited(name):
                self._hold(program, name, limit)
        worth = np.zeros(self._width)
        constant = 0.0
        if goal == GoalName.WISHES_FLOOR:
            self._grant(program)
            worth[self._wishers] = 1.0
        elif goal == GoalName.FIT_FLOOR:
            self._share(program, None)
            worth[-1] = 1.0
        else:
            worth[: 2 * self._n] = self._worth(goal)
            constant = self._given if goal == GoalName.FIT else 0.0
        best = program.maximum(worth) + constant
        best += _SLIP * max(1.0, abs(best))
        return float(np.floor(best)) if self._is_whole(goal) else best

    def _is_whole(self, goal: GoalName) -> bool:
        is_weighed = goal == GoalName.WISHES and not (self.arrays.wishes[2] % 1).any()
        return is_weighed or goal in {GoalName.WISHES_FLOOR, GoalName.REPEATS}

    def _is_visited(self, goal: GoalName) -> bool:
        """Return whether visits to hosts decide a goal: nobody else is wished or liked."""
        if goal in {GoalName.FIT, GoalName.FIT_FLOOR}:
            movers = np.ix_(self._movers, self._movers)
            return not (self.arrays.fit[movers] > 0).any()
        if goal == GoalName.WISHES:
            first, second, _ = self.arrays.wishes
            return not (self.arrays.is_mover[first] & self.arrays.is_mover[second]).any()
        return goal == GoalName.WISHES_FLOOR

    @cached_property
    def _movers(self) -> Ints:
        return np.flatnonzero(self.arrays.is_mover)

    @cached_property
    def _cells(self) -> tuple[Ints, Ints]:
        mover, table = np.nonzero(self.capacity.may)
        return mover.astype(np.int64), table.astype(np.int64)

    @property
    def _mover(self) -> Ints:
        return self._cells[0]

    @property
    def _table(self) -> Ints:
        return self._cells[1]

    @property
    def _n(self) -> int:
        return len(self._mover)

    @cached_property
    def _wishing(self) -> Ints:
        return np.unique(self.arrays.wishes[0])

    @property
    def _wishers(self) -> Ints:
        """Columns of the people with wishes, after visits and further rounds."""
        return 2 * self._n + np.arange(len(self._wishing))

    @property
    def _width(self) -> int:
        return 2 * self._n + len(self._wishing) + 1

    def _with_hosts(self, amounts: Floats) -> Floats:
        """Sum what a visit brings by the meetings with a table's hosts; for each cell."""
        arrays = self.arrays
        hosts = np.flatnonzero(~arrays.is_mover)
        gain = np.where(self.capacity.could_meet, np.maximum(amounts, 0.0), 0.0)[:, hosts]
        total = np.zeros((arrays.n_tables, arrays.n))
        np.add.at(total, arrays.host[hosts], gain.T)
        return np.asarray(total[self._table, self._mover])

    @cached_property
    def _liking(self) -> Floats:
        return np.asarray(np.maximum(self.arrays.table_fit[self._mover, self._table], 0.0))

    @cached_property
    def _given(self) -> float:
        """``table_fit`` of hosts at their own tables."""
        hosts, _ = np.nonzero(self.capacity.host_there)
        return float(self.arrays.table_fit[hosts, self.arrays.host[hosts]].sum())

    def _worth(self, goal: GoalName) -> Floats:
        """Return what first and further rounds bring; shape (2 cells,)."""
        if goal == GoalName.FIT:
            return np.concatenate([self._with_hosts(self.arrays.fit) + self._liking, self._liking])
        first, second, weight = self.arrays.wishes
        wished = np.zeros((self.arrays.n, self.arrays.n))
        np.add.at(wished, (first, second), np.maximum(weight, 0.0))
        return np.concatenate([self._with_hosts(wished + wished.T), np.zeros(self._n)])

    def _rules(self) -> _Program:
        top = np.ones(self._width)
        top[-1] = np.inf
        further, _ = self._further
        top[self._n : 2 * self._n] = further
        program = _Program(top)
        cells = np.arange(self._n)
        possible = self.arrays.possible
        for owner, most in ((self._mover, possible), (self._table, self.capacity.room.sum(axis=1))):
            for one in np.unique(owner).tolist():
                own = np.flatnonzero(owner == one)
                both = np.concatenate([own, own + self._n])
                program.add(both, np.ones(len(both)), float(most[one]))
        for cell in cells[further > 0].tolist():
            pair = np.array([cell, cell + self._n])
            program.add(pair, np.array([-float(further[cell]), 1.0]), 0.0)
        return program

    @cached_property
    def _further(self) -> tuple[Ints, Bools]:
        """Most further rounds of each cell that bring something, and whether each is a repeat."""
        arrays = self.arrays
        rounds = (self.capacity.room > 0).sum(axis=1)[self._table]
        further = np.maximum(np.minimum(rounds, arrays.possible[self._mover]) - 1, 0)
        again = np.zeros(self._n, dtype=bool)
        # A host who is there whenever the table is open is met in every round at it.
        hosts = np.flatnonzero(~arrays.is_mover)
        for h in hosts[(arrays.here[hosts] | ~arrays.open[arrays.host[hosts]]).all(axis=1)]:
            limit = np.where(self._table == arrays.host[h], arrays.limit[self._mover, h], -1)
            further = np.where(limit == NEVER, 0, further)
            again |= limit == AVOID
        return np.where(self._liking > 0, further, 0), again

    def _hold(self, program: _Program, goal: GoalName, limit: float) -> None:
        slip = _SLIP * max(1.0, abs(limit))
        least = float(np.ceil(limit - slip)) if self._is_whole(goal) else limit - slip
        self._hold_exactly(program, goal, least)

    def _hold_exactly(self, program: _Program, goal: GoalName, limit: float) -> None:
        if goal == GoalName.REPEATS:
            again = np.flatnonzero(self._further[1]) + self._n
            program.add(again, np.ones(len(again)), limit)
        elif goal == GoalName.WISHES_FLOOR:
            self._grant(program)
            program.add(self._wishers, -np.ones(len(self._wishers)), -limit)
        elif goal == GoalName.FIT_FLOOR:
            self._share(program, limit)
        else:
            given = self._given if goal == GoalName.FIT else 0.0
            program.add(np.arange(2 * self._n), -self._worth(goal), given - limit)

    def _grant(self, program: _Program) -> None:
        """Keep each person's column to at most the visits that grant them a wish."""
        arrays = self.arrays
        first, second, _ = arrays.wishes
        for column, person in zip(self._wishers.tolist(), self._wishing.tolist(), strict=True):
            others = second[first == person]
            if arrays.is_mover[person] and arrays.is_mover[others].any():
                continue
            if arrays.is_mover[person]:
                tables = arrays.host[others]
                own = (self._mover == person) & np.isin(self._table, tables)
            else:
                own = np.isin(self._mover, others) & (self._table == arrays.host[person])
            granting = np.flatnonzero(own)
            values = np.append(-np.ones(len(granting)), 1.0)
            program.add(np.append(granting, column), values, 0.0)

    def _share(self, program: _Program, limit: float | None) -> None:
        """Let everybody's own fit reach a floor: a number, or the last column."""
        arrays = self.arrays
        fit = self._with_hosts(arrays.fit)
        counted = arrays.has_fit & arrays.is_mover & (arrays.possible > 0)
        for person in np.flatnonzero(counted).tolist():
            own = np.flatnonzero(self._mover == person)
            values = -fit[own] * arrays.n_rounds / arrays.possible[person]
            if limit is None:
                own, values = np.append(own, self._width - 1), np.append(values, 1.0)
            program.add(own, values, 0.0 if limit is None else -limit)
