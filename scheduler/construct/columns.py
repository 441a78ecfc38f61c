"""Groups from a difference matrix: no search, no repeats, one person of each column in each group.

Person (c, a) has a column c and an element a of a group of order g; in round m group t consists of
{(c, A[m][c] + t)}. Two people meet twice only if a difference A[m][c] - A[m][c'] occurs in two
rounds. Nobody meets anybody of the own column, so a column can be a career stage or a role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.construct.finite_fields import (
    AbelianGroup,
    field_group,
    multiplication,
    smallest_prime_power,
)

Ints = NDArray[np.int64]
Development = NDArray[np.int32]
"""Group of each point in each round, shape (points, rounds); point = column * groups + element."""

_RESTARTS = 60
_TRIES = 400
_SEED = 20_270_304
"""The greedy search is part of the construction: its seed is fixed, whatever the plan's seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceMatrix:
    """Rows (rounds) of shifts, one for each column, over an abelian group."""

    group: AbelianGroup
    rows: Ints

    def develop(self) -> Development:
        """Return the group of each point in each round."""
        elements = np.arange(self.group.order)[None, :, None]
        shifts = self.rows.T[:, None, :]
        groups = self.group.subtract(elements, shifts)
        return groups.reshape(-1, self.rows.shape[0]).astype(np.int32)


def difference_matrix(groups: int, columns: int, rounds: int) -> DifferenceMatrix | None:
    """Return a difference matrix by formula or by randomised greedy; None when neither has one.

    Parameters
    ----------
    groups : int
        Order of the group.
    columns, rounds : int
        Shape of the matrix: at most ``groups`` each way.
    """
    if max(columns, rounds) > groups:
        return None
    if min(columns, rounds) <= smallest_prime_power(groups):
        rows = multiplication(groups, rounds, columns)
        return DifferenceMatrix(group=field_group(groups), rows=rows)
    return greedy_matrix(groups, columns, rounds)


def greedy_matrix(groups: int, columns: int, rounds: int) -> DifferenceMatrix | None:
    """Return a difference matrix over Z_g, each entry drawn from those that are still possible."""
    rng = np.random.default_rng(_SEED)
    for _ in range(_RESTARTS):
        rows = _greedy_rows(groups, columns, rounds, rng)
        if rows is not None:
            return DifferenceMatrix(group=AbelianGroup((groups,)), rows=rows)
    return None


def _greedy_rows(groups: int, columns: int, rounds: int, rng: np.random.Generator) -> Ints | None:
    free = np.ones((columns, columns, groups), dtype=bool)
    rows = np.zeros((rounds, columns), dtype=np.int64)
    for m in range(rounds):
        if m:
            row = _greedy_row(free, groups, rng)
            if row is None:
                return None
            rows[m] = row
        differences = (rows[m][:, None] - rows[m][None, :]) % groups
        first, second = np.meshgrid(np.arange(columns), np.arange(columns), indexing="ij")
        free[first, second, differences] = False
    return rows


def _greedy_row(free: NDArray[np.bool_], groups: int, rng: np.random.Generator) -> Ints | None:
    columns = free.shape[0]
    values = np.arange(groups)
    for _ in range(_TRIES // columns + 1):
        row = np.zeros(columns, dtype=np.int64)
        for c in range(1, columns):
            open_ = np.ones(groups, dtype=bool)
            for earlier in range(c):
                open_ &= free[c, earlier, (values - row[earlier]) % groups]
            choices = np.flatnonzero(open_)
            if not choices.size:
                break
            row[c] = rng.choice(choices)
        else:
            return row
    return None


def column_sizes(kinds: Sequence[int], groups: int, columns: int) -> list[list[int]] | None:
    """Spread kinds of people over columns so that each group gets as equal a share as possible.

    Parameters
    ----------
    kinds : sequence of int
        How many people there are of each kind.
    groups, columns : int
        Length and number of the columns.

    Returns
    -------
    list of list of int, or None
        For each column how many people of each kind; a kind of N people is in at most
        ceil(N / groups) columns. None when the remainders do not fit.
    """
    table: list[list[int]] = []
    remainders = []
    for kind, count in enumerate(kinds):
        full, rest = divmod(count, groups)
        table += [[groups * (other == kind) for other in range(len(kinds))]] * full
        if rest:
            remainders.append((rest, kind))
    shared = [[0] * len(kinds) for _ in range(columns - len(table))]
    for rest, kind in sorted(remainders, reverse=True):
        fits = [column for column in shared if sum(column) + rest <= groups]
        if not fits:
            return None
        # The fullest column that takes it: gaps stay together, so groups lose at most one person.
        max(fits, key=sum)[kind] = rest
    return table + shared
