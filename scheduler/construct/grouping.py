"""A designed start for peer groups: points of a design, people on points, groups at tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import AVOID, NO_LIMIT, Arrays, Ints, Seating
from scheduler.construct.columns import Development, difference_matrix
from scheduler.construct.designs import design, spare_points
from scheduler.construct.greedy import (
    columns_of,
    demand,
    fixed_seating,
    group_count,
    tables_in_order,
)
from scheduler.construct.relabel import Floats32, Relabelling
from scheduler.problem import Distinct, GoalName

_FORBIDDEN = 1000.0
_KNOWN = 40.0
_ALIKE = 1.0
_WISH = 30.0
_PASSES_FOR_MORE = 25


@dataclass(frozen=True, eq=False)
class Layout:
    """Points of a design with people on them.

    Attributes
    ----------
    developed : Development
        Group of each point in each live round.
    unit : Ints
        Person on each point; n + table for the hosts of a table; -1 for nobody.
    block : Ints
        Points with the same number may exchange people; -1 stays.
    """

    developed: Development
    unit: Ints
    block: Ints


def designed_seating(arrays: Arrays, seed: int, deadline: float = math.inf) -> Seating | None:
    """Return a seating from a design without repeats, or None where no design has the shape.

    People who are absent leave gaps, so rules on tables may be broken; nothing else is, as far as
    exchanges inside columns could help it.
    """
    rounds = np.flatnonzero(~arrays.frozen)
    people = np.flatnonzero(arrays.is_mover & (arrays.possible > 0))
    if arrays.problem.together or not people.size or not rounds.size:
        return None
    tables = _tables(arrays, people, rounds)
    if not tables.size:
        return None
    layout = _layout(arrays, people, tables, len(rounds))
    if layout is None:
        return None
    rng = np.random.default_rng(seed)
    unit = _relabelled(arrays, layout, tables, rng, deadline)
    return _seated(arrays, layout.developed, unit, tables, rounds)


def _tables(arrays: Arrays, people: Ints, rounds: Ints) -> Ints:
    """Return the tables to use, one for each group; none where people do not fit."""
    hosted = bool((~arrays.is_mover).any())
    first = rounds[int(np.argmax(arrays.open[:, rounds].sum(axis=0)))]
    tables = tables_in_order(arrays, int(first))
    if not tables.size:
        return tables
    wanted = demand(arrays, people, tables, int(first))
    count = group_count(wanted, rounds=len(rounds), use_all=hosted)
    fits = wanted.capacities[:count].sum() >= len(people)
    level = wanted.capacities[:count].max() - wanted.capacities[:count].min() <= 1
    return tables[:count] if fits and level else tables[:0]


def _layout(arrays: Arrays, people: Ints, tables: Ints, rounds: int) -> Layout | None:
    goals = {goal.goal for goal in arrays.problem.goals_in_order}
    counted = any(not isinstance(entry, Distinct) for entry in arrays.problem.composition)
    staged = GoalName.STAGE_MIX in goals or len(arrays.problem.composition) > 0
    hosted = bool((~arrays.is_mover).any())
    if hosted or counted or staged:
        layout = _in_columns(arrays, people, tables, rounds, hosted=hosted)
        if layout is not None or hosted or counted:
            return layout
    return _anywhere(people, len(tables), rounds)


def _in_columns(
    arrays: Arrays, people: Ints, tables: Ints, rounds: int, *, hosted: bool
) -> Layout | None:
    """Lay people out in columns, kinds and stages apart; hosts of tables are the first column."""
    groups = len(tables)
    width = -(-len(people) // groups)
    most = int(arrays.seats[tables].min())
    for columns in range(width, min(width + 1, most) + 1):
        dealt = columns_of(arrays, people, groups, columns)
        if dealt is not None:
            break
    else:
        return None
    matrix = difference_matrix(groups, len(dealt) + hosted, rounds)
    if matrix is None:
        return None
    unit = np.full((len(dealt), groups), -1, dtype=np.int64)
    for column, members in enumerate(dealt):
        unit[column, : len(members)] = members
    block = np.repeat(np.arange(len(dealt), dtype=np.int64), groups)
    # A column that several kinds share must not mix them up with each other: it stays as dealt,
    # which exchanges inside it do not change, for its groups have one person of it anyway.
    points = unit.ravel()
    if hosted:
        points = np.concatenate([arrays.n + tables, points])
        block = np.concatenate([np.full(groups, -1, dtype=np.int64), block])
    return Layout(developed=matrix.develop(), unit=points, block=block)


def _anywhere(people: Ints, groups: int, rounds: int) -> Layout | None:
    """Put people on the points of any design; uneven numbers leave out points that never meet."""
    size = -(-len(people) // groups)
    developed = design(groups, size, rounds)
    if developed is None:
        return None
    spare = spare_points(developed, groups * size - len(people))
    if spare is None:
        return None
    unit = np.full(groups * size, -1, dtype=np.int64)
    unit[np.setdiff1d(np.arange(groups * size), spare)] = people
    return Layout(developed=developed, unit=unit, block=np.where(unit < 0, -1, 0))


def _relabelled(
    arrays: Arrays, layout: Layout, tables: Ints, rng: np.random.Generator, deadline: float
) -> Ints:
    """Return the people on the points after exchanges that lower what their meetings cost."""
    if not _meetings_matter(arrays):
        return layout.unit
    hard, soft = _meeting_costs(arrays, tables)
    search = Relabelling(layout.developed, hard + soft, layout.unit, layout.block)
    search.run(rng, least=_KNOWN / 2, deadline=deadline)
    if soft.any():
        search.run(rng, passes=_PASSES_FOR_MORE, least=-np.inf, deadline=deadline)
    return search.unit


def _meetings_matter(arrays: Arrays) -> bool:
    """Return whether anything makes one meeting better or worse than another."""
    problem = arrays.problem
    pairs = problem.past_meetings or problem.fit or problem.wishes
    return bool(pairs or (arrays.stage >= 0).any() or arrays.blocked.any())


def _meeting_costs(arrays: Arrays, tables: Ints) -> tuple[Floats32, Floats32]:
    """Return what meetings of people (and hosts of tables) cost: rules, and goals."""
    goals = {goal.goal for goal in arrays.problem.goals_in_order}
    hard = _FORBIDDEN * arrays.blocked + _KNOWN * ((arrays.limit == AVOID) & arrays.past)
    stage = arrays.stage
    mixed = GoalName.STAGE_MIX in goals or any(
        isinstance(entry, Distinct) and entry.distinct == "stage"
        for entry in arrays.problem.composition
    )
    soft = _ALIKE * mixed * ((stage[:, None] == stage[None, :]) & (stage >= 0)[:, None])
    if GoalName.FIT in goals and arrays.fit.any():
        soft = soft * 0.1 - arrays.fit * (10.0 / np.abs(arrays.fit).max())
    if goals & {GoalName.WISHES, GoalName.WISHES_FLOOR} and arrays.problem.wishes:
        first, second, weight = arrays.wishes
        wish = np.zeros_like(soft)
        np.add.at(wish, (first, second), _WISH * weight / max(float(weight.max()), 1e-9))
        soft = soft - wish - wish.T
    np.fill_diagonal(soft, 0.0)
    return _with_tables(arrays, hard, tables), _with_tables(arrays, soft, tables)


def _with_tables(arrays: Arrays, cost: np.ndarray, tables: Ints) -> Floats32:
    """Add a row and column for each table: what meeting all its hosts costs."""
    n, count = arrays.n, arrays.n_tables
    if not tables.size or bool(arrays.is_mover.all()):
        return cost.astype(np.float32)
    full = np.zeros((n + count, n + count), dtype=np.float32)
    full[:n, :n] = cost
    hosts = np.flatnonzero(~arrays.is_mover)
    sums = np.zeros((count, n), dtype=np.float32)
    np.add.at(sums, arrays.host[hosts], cost[hosts].astype(np.float32))
    full[n:, :n] = sums
    full[:n, n:] = sums.T
    return full


def _seated(
    arrays: Arrays, developed: Development, unit: Ints, tables: Ints, rounds: Ints
) -> Seating:
    """Return the seating: groups at tables, absent people left out."""
    seating = fixed_seating(arrays)
    chosen = np.flatnonzero((unit >= 0) & (unit < arrays.n))
    people = unit[chosen]
    for column, r in enumerate(rounds.tolist()):
        groups = developed[chosen, column].astype(np.int64)
        table = _placed(arrays, people, groups, tables, r)[groups]
        free = arrays.here[people, r] & (seating[people, r] < 0) & (table >= 0)
        free &= arrays.may_sit[people, table]
        seating[people[free], r] = table[free]
    return seating


def _placed(arrays: Arrays, people: Ints, groups: Ints, tables: Ints, r: int) -> Ints:
    """Return a table for each group: as numbered, unless needs, seats or liking say otherwise."""
    count = len(tables)
    if bool((~arrays.is_mover).any()) or _interchangeable(arrays, tables, r):
        return np.where(arrays.open[tables, r], tables, -1)
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

    others = tables_in_order(arrays, r)
    belongs = (groups[None, :] == np.arange(count)[:, None]) & arrays.here[people, r][None, :]
    weight = belongs.astype(np.float64)
    refused = weight @ ~arrays.may_sit[np.ix_(people, others)]
    size = np.minimum(weight.sum(axis=1), NO_LIMIT)
    overflow = np.maximum(size[:, None] - arrays.seats[others][None, :], 0)
    liking = weight @ arrays.table_fit[np.ix_(people, others)]
    cost = _FORBIDDEN * (refused + overflow) - liking
    rows, columns = linear_sum_assignment(cost)
    placed = np.full(count, -1, dtype=np.int64)
    placed[rows] = others[columns]
    return placed


def _interchangeable(arrays: Arrays, tables: Ints, r: int) -> bool:
    """Return whether it does not matter which group sits at which of the tables."""
    seats = arrays.seats[tables]
    everywhere = bool(arrays.may_sit[arrays.is_mover].all())
    return bool(
        arrays.open[tables, r].all()
        and seats.min() == seats.max()
        and everywhere
        and not arrays.table_fit.any()
    )
