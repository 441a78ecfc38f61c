"""Fills rounds one at a time, each by an exact integer program, all other rounds held fixed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pulp
from numpy.typing import NDArray

from scheduler.arrays import Arrays, Floats, Seating
from scheduler.capacity import Capacity
from scheduler.model.linear import Expr, Part, row, total
from scheduler.model.rounds import build
from scheduler.model.rules import HARD_RULES, min_rounds, must_meet
from scheduler.model.solver import Outcome, run
from scheduler.model.window import Free, Window, all_free
from scheduler.precheck import forced_in
from scheduler.road import is_over, seconds_left

ROUND_RULES = tuple(rule for rule in HARD_RULES if rule not in {min_rounds, must_meet})
"""What a round must keep by itself; the other two are duties that all rounds share."""
_DUTY = 4.0
_NODES = 50


def most_bound_first(arrays: Arrays) -> list[int]:
    """Return the live rounds, those with the fewest people and open tables first."""
    people = arrays.here.sum(axis=0) * arrays.open.sum(axis=0)
    return sorted(np.flatnonzero(~arrays.frozen).tolist(), key=lambda r: (people[r], r))


def fill(
    arrays: Arrays,
    seating: Seating,
    *,
    rounds: Iterable[int],
    keep: Seating,
    deadline: float,
    seed: int,
) -> Seating | None:
    """Lay out rounds anew, in their order: seats of ``keep`` first, then as many as possible.

    Parameters
    ----------
    seating : Seating
        What stands in the other rounds.
    keep : Seating
        Seats worth more than any other; -1 where there is none.

    Returns
    -------
    Seating or None
        None when a round cannot be filled, or not in time.
    """
    todo = list(rounds)
    result = seating.copy()
    for number, r in enumerate(todo):
        if is_over(deadline):
            return None
        left = len(todo) - number
        laid_out = _lay_out(arrays, result, r, keep, left, deadline, seed)
        if laid_out is None:
            return None
        result = laid_out
    return result


def _lay_out(  # noqa: PLR0917
    arrays: Arrays,
    seating: Seating,
    r: int,
    keep: Seating,
    left: int,
    deadline: float,
    seed: int,
) -> Seating | None:
    """Fill the holes of a round around the seats to keep; lay it all out where that fails."""
    value = seat_values(arrays, seating, r, left)
    whole_round = all_free(arrays, [r])
    holes = Free(people=whole_round.people & (keep < 0), tables=whole_round.tables)
    around = seating.copy()
    around[:, r] = np.where(keep[:, r] >= 0, keep[:, r], seating[:, r])
    for free in (holes, whole_round) if (keep[:, r] >= 0).any() else (whole_round,):
        window = build(arrays, around, free, ROUND_RULES)
        window.model.sense = pulp.LpMaximize
        window.model.objective = _objective(window, value, keep[:, r], r, left)
        solution = run(
            window.model, time_limit_s=seconds_left(deadline), seed=seed, gap=1e-4, nodes=_NODES
        )
        if solution.has_values:
            return window.seating()
    return None


def most_seats(arrays: Arrays, *, deadline: float, seed: int) -> float | None:
    """Return a limit on the movers' seats of any plan, from every round by itself.

    Returns
    -------
    float or None
        None when some round cannot seat those who must sit in it: there is no plan.
    """
    capacity = Capacity(arrays)
    total_seats = float((capacity.history[arrays.is_mover] >= 0).sum())
    for r in capacity.live.tolist():
        simple = float(capacity.seats_in_round[r])
        if is_over(deadline):
            total_seats += simple
            continue
        window = build(arrays, capacity.history, all_free(arrays, [r]), ROUND_RULES)
        window.model.sense = pulp.LpMaximize
        window.model.objective = total([(1, x) for x in window.x.values()])
        for p in np.flatnonzero(forced_in(arrays, capacity, r)):
            places = [(1.0, x) for _, x in window.places.get((int(p), r), ())]
            window.add(row(f"forced_p{p}", total(places), ">=", 1))
        solution = run(window.model, time_limit_s=seconds_left(deadline), seed=seed, nodes=_NODES)
        if solution.outcome is Outcome.INFEASIBLE:
            return None
        total_seats += simple if solution.bound is None else min(simple, solution.bound)
    return total_seats


def seat_values(arrays: Arrays, seating: Seating, r: int, left: int) -> Floats:
    """Return what a seat of each person at each table is worth, mostly between 1 and 2.

    More for whoever has sat less, much more for whom ``min_rounds`` leaves no choice, and a little
    for the fit with the table's hosts.
    """
    has = (np.delete(seating, r, axis=1) >= 0).sum(axis=1)
    lacking = np.maximum(np.minimum(arrays.possible, arrays.n_rounds) - has, 0) / arrays.n_rounds
    duty = np.where(arrays.min_rounds - has >= left, _DUTY, 0.0)
    worth = 1.0 + 0.5 * lacking + duty
    return np.asarray(worth[:, None] + 0.25 * _fit_there(arrays, r))


def _fit_there(arrays: Arrays, r: int) -> Floats:
    """Return each person's fit with each table and its hosts, at most 1; shape (n, T)."""
    hosts = np.flatnonzero(~arrays.is_mover & arrays.here[:, r])
    there = np.zeros((arrays.n_tables, arrays.n))
    there[arrays.host[hosts], hosts] = 1.0
    fit = arrays.fit @ there.T + arrays.table_fit
    largest = float(np.abs(fit).max(initial=0.0))
    return fit / largest if largest > 0 else fit


def _objective(w: Window, value: Floats, keep: NDArray[np.int32], r: int, left: int) -> Expr:
    bonus = float(w.arrays.n + 1)
    parts: list[tuple[float, Part]] = [
        (float(value[p, t]) + (bonus if keep[p] == t else 0.0), x) for (p, t, _), x in w.x.items()
    ]
    for pair in w.arrays.problem.must_meet:
        p, q = (w.arrays.person_index[name] for name in pair)
        if not w.met_before(p, q):
            parts.append((_DUTY / left, w.share(p, q, r, up=True, down=False)))
    hosts = np.flatnonzero(~w.arrays.is_mover & (w.arrays.min_rounds > 0))
    parts += [(_DUTY / left, w.in_use(int(w.arrays.host[h]), r)) for h in hosts]
    return total(parts)


def still_valid(arrays: Arrays, history: Seating) -> Seating:
    """Return the movers' seats of ``previous`` that no rule forbids by itself, -1 for the others.

    Where a table has become too small, or somebody may sit less often, the last ones go.
    """
    capacity = Capacity(arrays)
    kept = np.full_like(history, -1)
    for r in capacity.live:
        before = arrays.previous[:, r]
        people = np.flatnonzero((before >= 0) & arrays.is_mover)
        fine = people[capacity.allowed(int(r))[people, before[people]]]
        rank = np.zeros(arrays.n_tables, dtype=np.int64)
        for p in fine:
            t = before[p]
            rank[t] += 1
            if rank[t] <= capacity.room[t, r]:
                kept[p, r] = t
    seats = np.cumsum(np.where(arrays.frozen[None, :], history, kept) >= 0, axis=1)
    kept[seats > arrays.max_rounds[:, None]] = -1
    return kept
