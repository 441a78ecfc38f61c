"""The time-indexed model: exact for small problems, and solved a window at a time for others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pulp

from scheduler.arrays import AVOID, NEVER, NO_LIMIT, Arrays, Seating
from scheduler.model.goals import GOALS, INTEGRAL
from scheduler.model.linear import Expr, row, total
from scheduler.model.rules import HARD_RULES, Rule
from scheduler.model.solver import Outcome, Solution, run
from scheduler.model.symmetry import break_symmetry, in_order
from scheduler.model.window import Free, Window, all_free, host_seats
from scheduler.plan import TOLERANCE, GoalValue
from scheduler.problem import MINIMISED, Distinct, Goal, GoalName
from scheduler.road import Proof, Report, RoadResult, is_over, keep_going, seconds_left, unproved
from scheduler.score import goal_value


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
    trip = _Trip(window, deadline, seed, report, ticks, tuple(known))
    if start is not None:
        trip.take(in_order(window, start))
    for number, goal in enumerate(goals):
        proof = trip.turn(number, goal)
        if proof is not Proof.FEASIBLE:
            return Exact(proof)
    if trip.seating is None:
        return Exact(Proof.UNKNOWN)
    return Exact(
        Proof.FEASIBLE, RoadResult(trip.seating, tuple(trip.taken), complete=not trip.stopped)
    )


@dataclass(eq=False)
class _Trip:
    """The whole model on its way through the goals."""

    window: Window
    deadline: float
    seed: int
    report: Report
    ticks: int | None
    known: tuple[GoalValue, ...]
    seating: Seating | None = None
    taken: list[GoalValue] = field(default_factory=list)
    stopped: bool = False

    def take(self, seating: Seating) -> None:
        """Go on from a seating."""
        self.seating = seating
        self.window.begin_from(seating)

    def turn(self, number: int, goal: Goal) -> Proof:
        """Give a goal its turn, or keep what is known where it is proved or time is over."""
        claim = self.known[number] if number < len(self.known) else None
        arrays = self.window.arrays
        if self.seating is not None and (self.stopped or is_over(self.deadline)):
            self.taken.append(claim or unproved(arrays, self.seating, goal.goal))
            return Proof.FEASIBLE
        if claim is not None and claim.proved:
            self.taken.append(claim)
            hold(self.window, goal, claim.best)
            return Proof.FEASIBLE
        solution = self._solve(goal.goal)
        if solution.outcome is Outcome.INFEASIBLE and not self.taken:
            return Proof.INFEASIBLE
        if solution.has_values:
            self.take(_better(arrays, self.seating, self.window.seating(), goal.goal))
        if self.seating is None:
            return Proof.UNKNOWN
        value = _taken(arrays, self.seating, goal.goal, solution)
        self.taken.append(value)
        hold(self.window, goal, value.best)
        if claim is None or not _alike(value.best, claim.best):
            self.known = ()
        return Proof.FEASIBLE

    def _solve(self, goal: GoalName) -> Solution:
        aim(self.window, goal)
        return run(
            self.window.model,
            time_limit_s=seconds_left(self.deadline),
            seed=self.seed,
            ticks=self.ticks,
            warm=True,
            on_bound=lambda value, bound: self._heard(goal, value, bound),
        )

    def _heard(self, goal: GoalName, value: float | None, bound: float | None) -> bool:
        self.stopped = self.stopped or not self.report(goal, value, bound)
        return not self.stopped


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one))


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
