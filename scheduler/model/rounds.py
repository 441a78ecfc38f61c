"""The time-indexed model: exact for small problems, and solved a window at a time for others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pulp

from scheduler.arrays import AVOID, NEVER, NO_LIMIT, Arrays, Seating
from scheduler.model.goals import GOALS
from scheduler.model.rules import HARD_RULES, Rule
from scheduler.model.solver import Outcome, Solution, run
from scheduler.model.window import Expr, Free, Window, all_free, host_seats, plus, row, total
from scheduler.plan import TOLERANCE, GoalValue
from scheduler.problem import MINIMISED, Distinct, Goal, GoalName
from scheduler.road import Report, RoadResult, is_over, keep_going, seconds_left
from scheduler.score import goal_value

INTEGRAL = frozenset(
    {
        GoalName.ATTENDANCE_FLOOR,
        GoalName.ATTENDANCE,
        GoalName.HOSTS_FLOOR,
        GoalName.WISHES_FLOOR,
        GoalName.REPEATS,
        GoalName.STAGE_MIX,
        GoalName.BALANCE,
        GoalName.CHANGES,
    }
)
"""Goals whose value is a whole number, so that a bound may be rounded."""

_PAIR_GOALS = frozenset(
    {GoalName.WISHES, GoalName.WISHES_FLOOR, GoalName.FIT, GoalName.FIT_FLOOR, GoalName.REPEATS}
)


class Proof(StrEnum):
    """What the whole model says about a problem."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class Exact:
    """The whole model's answer; ``result`` is there when it is feasible."""

    proof: Proof
    result: RoadResult | None = None


def history(arrays: Arrays) -> Seating:
    """Return the seats of the frozen rounds, -1 elsewhere."""
    seating = arrays.seating_from(arrays.problem.previous or ())
    return np.where(arrays.frozen[None, :], seating, -1).astype(np.int32)


def size(arrays: Arrays, goals: Sequence[Goal], free: Free | None = None) -> int:
    """Return roughly how many rows and variables a window's model has; cheap, for guarding."""
    free = all_free(arrays) if free is None else free
    movers, tables = free.people.sum(axis=0), free.tables.sum(axis=0)
    cells = int((movers * tables).sum())
    wanted = {goal.goal for goal in goals}
    linked = arrays.limit == NEVER
    if GoalName.REPEATS in wanted:
        linked |= arrays.limit == AVOID
    if wanted & {GoalName.FIT, GoalName.FIT_FLOOR}:
        linked |= arrays.fit != 0
    linked &= arrays.is_mover[:, None] & arrays.is_mover[None, :]
    pairs = 0
    for r in np.flatnonzero(movers):
        people = free.people[:, r]
        pairs += int(linked[np.ix_(people, people)].sum()) // 2 * int(tables[r])
    kinds = sum(isinstance(entry, Distinct) for entry in arrays.problem.composition)
    return 2 * cells + 2 * pairs + kinds * cells


def build(
    arrays: Arrays,
    seating: Seating,
    free: Free,
    rules: Sequence[Rule] = HARD_RULES,
) -> Window:
    """Return a window with all rows of the given rules."""
    window = Window(arrays, seating, free)
    for rule in rules:
        window.add(*rule(window))
    return window


def break_symmetry(w: Window) -> None:
    """Order tables that are alike by their lowest person, empty ones last."""
    for (r, *_), tables in sorted(alike(w).items()):
        for number, t in enumerate(tables[1:]):
            before = dict(w.movers(tables[number], r))
            lower: list[pulp.LpVariable] = []
            for p, x in sorted(w.movers(t, r), key=lambda mover: mover[0]):
                lower = [y for q, y in before.items() if q < p]
                rank = total([(1, x)]) - plus(lower)
                w.add(row(f"break_symmetry_r{r}_t{t}_p{p}", rank, "<=", 0))


def alike(w: Window) -> dict[tuple[int, ...], list[int]]:
    """Return the tables of each round that could swap their people without any difference."""
    arrays, problem = w.arrays, w.arrays.problem
    named = {int(t) for t in arrays.host[arrays.host >= 0]}
    named |= {arrays.table_index[seat.table] for seat in problem.pins}
    named |= {int(t) for t in np.unique(arrays.previous) if t >= 0}
    named |= {int(t) for t in np.flatnonzero(arrays.table_fit.any(axis=0))}
    restricted = [entry.tables for entry in problem.composition if entry.tables is not None]
    classes: dict[tuple[int, ...], list[int]] = {}
    kinds: dict[tuple[object, ...], int] = {}
    for t, r in w.cells:
        if t in named or w.fixed_at(t, r):
            continue
        table = arrays.tables[t]
        key = (table.features, int(arrays.seats[t]), *(table.id in own for own in restricted))
        kind = kinds.setdefault(key, len(kinds))
        classes.setdefault((r, kind), []).append(t)
    return {key: sorted(tables) for key, tables in classes.items() if len(tables) > 1}


def in_order(w: Window, seating: Seating) -> Seating:
    """Return the same plan with alike tables in the order that ``break_symmetry`` asks for."""
    result = seating.copy()
    for (r, *_), tables in alike(w).items():
        lowest = {t: np.flatnonzero(seating[:, r] == t).min(initial=len(seating)) for t in tables}
        ranked = sorted(tables, key=lambda t: (lowest[t], t))
        for old, new in zip(ranked, tables, strict=True):
            result[seating[:, r] == old, r] = new
    return result


def feasible(
    arrays: Arrays, *, deadline: float, seed: int, nodes: int | None = None
) -> tuple[Proof, Seating | None]:
    """Say whether any seats keep the hard rules, with such seats where they were found."""
    window = build(arrays, history(arrays), all_free(arrays))
    break_symmetry(window)
    window.model.objective = total([(0, 0)])
    solution = run(window.model, time_limit_s=seconds_left(deadline), seed=seed, nodes=nodes)
    if solution.outcome is Outcome.INFEASIBLE:
        return Proof.INFEASIBLE, None
    if solution.has_values:
        return Proof.FEASIBLE, window.seating()
    return Proof.UNKNOWN, None


def whole(
    arrays: Arrays,
    *,
    goals: Sequence[Goal],
    deadline: float,
    seed: int,
    report: Report = keep_going,
    start: Seating | None = None,
    known: Sequence[GoalValue] = (),
    ticks: int | None = None,
) -> Exact:
    """Plan all rounds at once, goal by goal; proves optimality and infeasibility.

    Parameters
    ----------
    start : Seating or None
        A plan that keeps the rules, to begin from.
    known : sequence of GoalValue
        What is proved about ``start`` already; such goals are held and not solved again.
    ticks : int or None
        The solver's effort for each goal: a stop that does not depend on the machine.
    """
    window = build(arrays, history(arrays), all_free(arrays))
    break_symmetry(window)
    seating = None if start is None else in_order(window, start)
    if seating is not None:
        window.begin_from(seating)
    taken: list[GoalValue] = []
    stopped = False
    for number, goal in enumerate(goals):
        claim = known[number] if number < len(known) else None
        if seating is not None and (stopped or is_over(deadline)):
            taken.append(claim or unproved(arrays, seating, goal.goal))
            continue
        if claim is not None and claim.proved:
            taken.append(claim)
            hold(window, goal, claim.best)
            continue
        solution, stopped = _solve_goal(
            window, goal.goal, deadline=deadline, seed=seed, report=report, ticks=ticks
        )
        if solution.outcome is Outcome.INFEASIBLE and not taken:
            return Exact(Proof.INFEASIBLE)
        if solution.has_values:
            seating = _better(arrays, seating, window.seating(), goal.goal)
        if seating is None:
            return Exact(Proof.UNKNOWN)
        window.begin_from(seating)
        taken.append(_taken(arrays, seating, goal.goal, solution))
        hold(window, goal, taken[-1].best)
        if claim is None or not _alike(taken[-1].best, claim.best):
            known = ()
    if seating is None:
        return Exact(Proof.UNKNOWN)
    return Exact(Proof.FEASIBLE, RoadResult(seating, tuple(taken), complete=not stopped))


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one))


def _solve_goal(
    w: Window,
    goal: GoalName,
    *,
    deadline: float,
    seed: int,
    report: Report,
    ticks: int | None,
) -> tuple[Solution, bool]:
    stopped = False

    def heard(value: float | None, bound: float | None) -> bool:
        nonlocal stopped
        stopped = stopped or not report(goal, value, bound)
        return not stopped

    aim(w, goal)
    solution = run(
        w.model,
        time_limit_s=seconds_left(deadline),
        seed=seed,
        ticks=ticks,
        warm=True,
        on_bound=heard,
    )
    return solution, stopped


def aim(w: Window, goal: GoalName) -> None:
    """Make a goal the model's objective."""
    w.model.sense = pulp.LpMinimize if goal in MINIMISED else pulp.LpMaximize
    w.model.objective = amount(w, goal).copy()


def amount(w: Window, goal: GoalName) -> Expr:
    """Return a goal's expression; its auxiliary rows are added once."""
    if goal not in w.goal_exprs:
        w.goal_exprs[goal] = GOALS[goal](w)
    return w.goal_exprs[goal]


def hold(w: Window, goal: Goal, best: float) -> None:
    """Let a goal get worse than ``best`` by its slack at most, from now on."""
    expression = amount(w, goal.goal)
    limit = goal.limit(best)
    room = 0.1 * TOLERANCE * max(1.0, abs(limit))
    if goal.goal in MINIMISED:
        w.add(row(f"hold_{goal.goal}", expression, "<=", limit + room))
    else:
        w.add(row(f"hold_{goal.goal}", expression, ">=", limit - room))


def unproved(arrays: Arrays, seating: Seating, goal: GoalName) -> GoalValue:
    """Return what a seating reaches in a goal, with nothing proved."""
    value = goal_value(arrays, seating, goal)
    bound = -math.inf if goal in MINIMISED else math.inf
    return GoalValue(goal=goal, value=value, best=value, bound=bound)


def _taken(arrays: Arrays, seating: Seating, goal: GoalName, solution: Solution) -> GoalValue:
    value = goal_value(arrays, seating, goal)
    known = solution.bound if solution.outcome is not Outcome.INFEASIBLE else None
    return GoalValue(goal=goal, value=value, best=value, bound=proven(goal, known, value))


def proven(goal: GoalName, bound: float | None, value: float) -> float:
    """Return a solver's bound as a goal's: rounded where whole, never on the wrong side."""
    minimised = goal in MINIMISED
    if bound is None or not math.isfinite(bound):
        return -math.inf if minimised else math.inf
    if goal in INTEGRAL:
        bound = math.ceil(bound - 1e-4) if minimised else math.floor(bound + 1e-4)
    near = abs(bound - value) <= TOLERANCE * max(1.0, abs(bound))
    wrong = bound > value if minimised else bound < value
    return value if near or wrong else float(bound)


def _better(arrays: Arrays, old: Seating | None, new: Seating, goal: GoalName) -> Seating:
    if old is None:
        return new
    before, after = (goal_value(arrays, seating, goal) for seating in (old, new))
    worse = after > before if goal in MINIMISED else after < before
    return old if worse else new


def empty(arrays: Arrays) -> Seating:
    """Return the plan in which only hosts sit, after the rounds that are history."""
    return np.maximum(history(arrays), host_seats(arrays))


def table_limit(arrays: Arrays) -> int:
    """Return the most people that any table takes."""
    limits = arrays.seats[arrays.seats < NO_LIMIT]
    return int(limits.max()) if len(limits) == arrays.n_tables else arrays.n
