"""Fix and optimise: some tables of one to three rounds are laid out anew, all else stays.

The integer program of a window is small enough to be solved, and what it holds of the earlier goals
is exact. Efforts are counted in ticks and in the size of what is built, so that the same plan comes
out wherever time allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pulp

from scheduler.arrays import Arrays, Ints, Seating
from scheduler.model.fill import ROUND_RULES
from scheduler.model.linear import Part, row, total
from scheduler.model.rounds import aim, build, hold, size
from scheduler.model.solver import run
from scheduler.model.window import Free, Window, all_free
from scheduler.plan import TOLERANCE, GoalValue
from scheduler.problem import MINIMISED, Goal
from scheduler.road import Report, is_over, keep_going, seconds_left
from scheduler.score import goal_value

WINDOW_SIZE = 2_500
"""Rows and variables of a window: solved within a fraction of a second."""
MOST_BUILT = 8_000
"""Of all windows of a call together: well under a second of building on an idle core."""
_PATIENCE = 12
_TICKS = 40
_NODES = 60


def better_anew(
    arrays: Arrays,
    seating: Seating,
    *,
    goals: Sequence[Goal],
    known: Sequence[GoalValue],
    deadline: float,
    seed: int,
    report: Report = keep_going,
) -> Seating:
    """Return a seating as good in every goal up to the first that it betters, or the same one.

    Parameters
    ----------
    seating : Seating
        Keeps the rules.
    known : sequence of GoalValue
        What is known about it, goal by goal; goals that are proved are held and left alone.
    """
    left = MOST_BUILT
    rng = np.random.default_rng(seed)
    for number, claim in enumerate(known):
        asked = goals[: number + 1]
        value, idle = claim.best, 0
        for free in () if claim.proved else windows(arrays, seating, asked, rng):
            left -= size(arrays, asked, free) + arrays.n * arrays.n_rounds
            if left < 0 or is_over(deadline) or not report(claim.goal, value, None):
                return seating
            window = build(arrays, seating, free)
            new = _turn(window, seating, asked, known, deadline=deadline, seed=seed)
            idle = 0 if new is not seating else idle + 1
            seating, value = new, goal_value(arrays, new, claim.goal)
            if idle == _PATIENCE or abs(value - claim.bound) <= TOLERANCE * max(1.0, abs(value)):
                break
    return seating


def _turn(
    window: Window,
    seating: Seating,
    goals: Sequence[Goal],
    known: Sequence[GoalValue],
    *,
    deadline: float,
    seed: int,
) -> Seating:
    """Better the last of the goals in a window, the others held."""
    window.begin_from(seating)
    for goal, claim in zip(goals[:-1], known, strict=False):
        hold(window, goal, claim.best)
    name = goals[-1].goal
    aim(window, name)
    solution = run(
        window.model, time_limit_s=seconds_left(deadline), seed=seed, ticks=_TICKS, warm=True
    )
    if not solution.has_values:
        return seating
    new = window.seating()
    before, after = (goal_value(window.arrays, plan, name) for plan in (seating, new))
    gain = before - after if name in MINIMISED else after - before
    return new if gain > TOLERANCE * max(1.0, abs(before)) else seating


def windows(
    arrays: Arrays, seating: Seating, goals: Sequence[Goal], rng: np.random.Generator
) -> Iterator[Free]:
    """Yield what may change: one to three rounds, or as many of their tables as fit."""
    live = np.flatnonzero(~arrays.frozen).tolist()
    alone = [(r,) for r in live]
    for rounds in (*alone, *combinations(live, 2), *combinations(live, 3)):
        whole = all_free(arrays, rounds)
        tables = rng.permutation(np.flatnonzero(whole.tables.any(axis=1)))
        parts = 1
        while parts < len(tables):
            free = _part(seating, whole, tables[: max(2, len(tables) // parts)])
            if size(arrays, goals, free) <= WINDOW_SIZE:
                break
            parts *= 2
        else:
            continue
        width = max(2, len(tables) // parts)
        for first in range(0, len(tables) - 1, width):
            free = _part(seating, whole, tables[first : first + width])
            if free.people.any() and size(arrays, goals, free) <= WINDOW_SIZE:
                yield free


def _part(seating: Seating, whole: Free, tables: Ints) -> Free:
    """Return the window of some tables, with those who sit there and those who sit nowhere."""
    chosen = np.zeros(len(whole.tables), dtype=bool)
    chosen[tables] = True
    there = (seating < 0) | chosen[np.maximum(seating, 0)]
    return Free(people=whole.people & there, tables=whole.tables & chosen[:, None])


def mend(arrays: Arrays, seating: Seating, *, deadline: float, seed: int) -> Seating:
    """Return a seating with fewer ``must_meet`` and ``min_rounds`` left undone, or the same one.

    Parameters
    ----------
    seating : Seating
        Keeps all other rules.
    """
    live = np.flatnonzero(~arrays.frozen).tolist()
    undone = _undone(arrays, seating)
    for rounds in (*combinations(live, 2), *combinations(live, 3)):
        if not undone or is_over(deadline):
            break
        free = all_free(arrays, rounds)
        if size(arrays, (), free) > 4 * WINDOW_SIZE:
            continue
        window = build(arrays, seating, free, ROUND_RULES)
        window.begin_from(seating)
        _aim_at_duties(window)
        solution = run(window.model, time_limit_s=seconds_left(deadline), seed=seed, nodes=_NODES)
        if solution.has_values:
            new = window.seating()
            left = _undone(arrays, new)
            if left < undone:
                seating, undone = new, left
    return seating


def _aim_at_duties(w: Window) -> None:
    """Make the model's objective what ``must_meet`` and ``min_rounds`` lack."""
    arrays = w.arrays
    lacking: list[tuple[float, Part]] = []
    for number, pair in enumerate(arrays.problem.must_meet):
        p, q = (arrays.person_index[name] for name in pair)
        if not w.met_before(p, q):
            unmet = w.number(f"unmet_{number}", 0, 1)
            shares = w.shares(p, q, up=True, down=False)
            w.add(row(f"duty_meet_{number}", total([(1, shares), (1, unmet)]), ">=", 1))
            lacking.append((1.0, unmet))
    for p in np.flatnonzero(arrays.min_rounds > 0).tolist():
        least = int(arrays.min_rounds[p])
        sits = w.seats_of(p) if arrays.is_mover[p] else w.use_of(p)
        short = w.number(f"short_p{p}", 0, least)
        w.add(row(f"duty_rounds_p{p}", total([(1, sits), (1, short)]), ">=", least))
        lacking.append((1.0, short))
    w.model.sense = pulp.LpMinimize
    w.model.objective = total(lacking)


def _undone(arrays: Arrays, seating: Seating) -> int:
    """Return how many meetings and rounds the seating owes."""
    together = 0
    for pair in arrays.problem.must_meet:
        p, q = (arrays.person_index[name] for name in pair)
        together += not ((seating[p] == seating[q]) & (seating[p] >= 0)).any()
    guests = (seating >= 0) & (seating != arrays.host[:, None])
    used = np.zeros((arrays.n_tables, arrays.n_rounds), dtype=bool)
    people, rounds = np.nonzero(guests)
    used[seating[people, rounds], rounds] = True
    has = np.where(arrays.is_mover, (seating >= 0).sum(axis=1), used.sum(axis=1)[arrays.host])
    return int(together + np.maximum(arrays.min_rounds - has, 0).sum())
