"""Every goal's value for a seating, on arrays; ``verify`` computes the same again by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.arrays import AVOID, Arrays, Bools, Ints, Seating
from scheduler.problem import Goal, GoalName


@dataclass(frozen=True, eq=False)
class Facts:
    """What the goals need to know about a seating, each computed once, on first use.

    Parameters
    ----------
    arrays : Arrays
    seating : Seating
        Table index of each person in each round, -1 for nobody's; shape (n, R).
    """

    arrays: Arrays
    seating: Seating

    @cached_property
    def seated(self) -> Bools:
        """Whether a person has a seat in a round; shape (n, R)."""
        return np.asarray(self.seating >= 0)

    @cached_property
    def place(self) -> tuple[Ints, Ints, Ints]:
        """Person, round and table of every seat; three arrays of shape (seats,)."""
        person, round_index = np.nonzero(self.seated)
        return person, round_index, self.seating[person, round_index].astype(np.int64)

    @cached_property
    def people_at(self) -> Ints:
        """Number of people at each table in each round; shape (R, T)."""
        return self._count(np.ones(len(self.place[0]), dtype=bool))

    @cached_property
    def in_use(self) -> Bools:
        """Whether somebody who is no host of the table sits there; shape (R, T)."""
        person, _, table = self.place
        return np.asarray(self._count(self.arrays.host[person] != table) > 0)

    def _count(self, chosen: Bools) -> Ints:
        _, round_index, table = self.place
        shape = self.arrays.n_rounds, self.arrays.n_tables
        cell = (round_index * shape[1] + table)[chosen]
        return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)

    @cached_property
    def meetings(self) -> tuple[Ints, Ints, Ints]:
        """Both people (index order) and rounds shared of each pair that meets; shape (pairs,).

        Hosts of one table are no pair.
        """
        person, round_index, table = self.place
        cell = round_index * self.arrays.n_tables + table
        order = np.argsort(cell, kind="stable")
        starts = np.flatnonzero(np.diff(cell[order], prepend=-1))
        sizes = np.diff(starts, append=len(order))
        keys = [np.zeros(0, dtype=np.int64)]
        for size in np.unique(sizes[sizes > 1]):
            groups = person[order[starts[sizes == size][:, None] + np.arange(size)]]
            low, high = np.triu_indices(size, k=1)
            keys.append((groups[:, low] * self.arrays.n + groups[:, high]).ravel())
        pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
        first, second = np.divmod(pairs, self.arrays.n)
        host = self.arrays.host
        real = (host[first] < 0) | (host[first] != host[second])
        return first[real], second[real], shared[real]

    @cached_property
    def met(self) -> Bools:
        """Whether two people meet; symmetric, shape (n, n)."""
        matrix = np.zeros((self.arrays.n, self.arrays.n), dtype=bool)
        first, second, _ = self.meetings
        matrix[first, second] = matrix[second, first] = True
        return matrix


def goal_value(arrays: Arrays, seating: Seating, goal: GoalName) -> float:
    """Return one goal's value, in the goal's own unit."""
    return _VALUE[goal](Facts(arrays, seating))


def goal_values(arrays: Arrays, seating: Seating, goals: Sequence[Goal]) -> tuple[float, ...]:
    """Return the values of several goals, in their order; quicker than one by one."""
    facts = Facts(arrays, seating)
    return tuple(_VALUE[entry.goal](facts) for entry in goals)


def _attendance_floor(facts: Facts) -> float:
    arrays = facts.arrays
    counted = arrays.is_mover & (arrays.possible > 0)
    seats = facts.seated.sum(axis=1) + arrays.n_rounds - arrays.possible
    return float(seats[counted].min()) if counted.any() else 0.0


def _attendance(facts: Facts) -> float:
    return float(facts.seated[facts.arrays.is_mover].sum())


def _hosts_floor(facts: Facts) -> float:
    arrays = facts.arrays
    counted = ~arrays.is_mover & (arrays.possible > 0)
    used = facts.in_use.sum(axis=0)[arrays.host] + arrays.n_rounds - arrays.possible
    return float(used[counted].min()) if counted.any() else 0.0


def _granted(facts: Facts) -> Bools:
    first, second, _ = facts.arrays.wishes
    return np.asarray(facts.met[first, second])


def _wishes_floor(facts: Facts) -> float:
    return float(len(np.unique(facts.arrays.wishes[0][_granted(facts)])))


def _wishes(facts: Facts) -> float:
    return float(facts.arrays.wishes[2][_granted(facts)].sum())


def _fit_floor(facts: Facts) -> float:
    arrays = facts.arrays
    first, second, _ = facts.meetings
    values = arrays.fit[first, second]
    total = np.bincount(first, values, arrays.n) + np.bincount(second, values, arrays.n)
    counted = arrays.has_fit & arrays.is_mover & (arrays.possible > 0)
    if not counted.any():
        return 0.0
    return float((total[counted] * arrays.n_rounds / arrays.possible[counted]).min())


def _fit(facts: Facts) -> float:
    first, second, _ = facts.meetings
    person, _, table = facts.place
    pairs = facts.arrays.fit[first, second].sum()
    return float(pairs + facts.arrays.table_fit[person, table].sum())


def _repeats(facts: Facts) -> float:
    first, second, shared = facts.meetings
    avoid = facts.arrays.limit[first, second] == AVOID
    again = facts.arrays.past[first, second]
    return float((shared - 1 + again)[avoid].sum())


def _stage_mix(facts: Facts) -> float:
    arrays = facts.arrays
    person, round_index, table = facts.place
    stage = arrays.stage[person]
    n_stages = int(arrays.stage.max(initial=-1)) + 1
    if n_stages == 0:
        return 0.0
    cell = round_index * arrays.n_tables + table
    known = stage >= 0
    present = np.unique(cell[known] * n_stages + stage[known]) // n_stages
    different = np.bincount(present, minlength=arrays.n_rounds * arrays.n_tables)[cell]
    others = different - known
    return float(others[facts.in_use[round_index, table]].sum())


def _balance(facts: Facts) -> float:
    people, used = facts.people_at, facts.in_use
    most = np.where(used, people, 0).max(axis=1)
    fewest = np.where(used, people, facts.arrays.n + 1).min(axis=1)
    return float((most - fewest)[used.any(axis=1)].sum())


def _changes(facts: Facts) -> float:
    before = facts.arrays.previous
    return float(((before >= 0) & (before != facts.seating)).sum())


_VALUE: dict[GoalName, Callable[[Facts], float]] = {
    GoalName.ATTENDANCE_FLOOR: _attendance_floor,
    GoalName.ATTENDANCE: _attendance,
    GoalName.HOSTS_FLOOR: _hosts_floor,
    GoalName.WISHES_FLOOR: _wishes_floor,
    GoalName.WISHES: _wishes,
    GoalName.FIT_FLOOR: _fit_floor,
    GoalName.FIT: _fit,
    GoalName.REPEATS: _repeats,
    GoalName.STAGE_MIX: _stage_mix,
    GoalName.BALANCE: _balance,
    GoalName.CHANGES: _changes,
}
