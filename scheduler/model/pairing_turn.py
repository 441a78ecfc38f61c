"""One goal's turn in the aggregated program: its best, with a proven bound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pulp

from scheduler.arrays import Ints
from scheduler.model.pairing_limits import Grid, ceiling, tidy
from scheduler.model.pairing_search import Search
from scheduler.model.pairing_worth import LINEAR, Kept, given, worth
from scheduler.model.solver import Outcome
from scheduler.problem import GoalName
from scheduler.road import Report, is_over

FLOOR_STEPS = 14
FLOOR_NODES = 40
"""Deterministic limits; the deadline is the safety net."""


@dataclass(kw_only=True)
class Turn(Search):
    """What each kind of goal asks of the program, and the last solution."""

    report: Report
    counts: Ints | None = None

    def value(self, counts: Ints, name: GoalName) -> float:
        """Return a linear goal's or the fit floor's value of a solution."""
        rotation = self.rotation
        if name in LINEAR:
            return float((counts * worth(rotation, name)).sum() + given(rotation, name))
        sums = (counts * rotation.pair_fit).sum(axis=1)[rotation.floor_movers]
        most = rotation.most_seats[rotation.floor_movers]
        return float((sums * rotation.n_rounds / most).min())

    def linear(self, name: GoalName) -> tuple[float, float] | None:
        """Maximise a sum; return its best and its bound."""
        if not worth(self.rotation, name).any():
            constant = given(self.rotation, name)
            return constant, constant
        limit = math.inf if self.is_whole else self.price(name)
        if is_over(self.deadline):
            return None
        model = self.model()
        solution = self.solve(model, model.linear(name))
        if not solution.has_values:
            return None
        self.counts = model.counts()
        best = self.value(self.counts, name)
        if self.is_whole and solution.bound is not None:
            limit = solution.bound
        return best, tidy(best, limit)

    def counted_floor(self, name: GoalName) -> tuple[float, float] | None:
        """Maximise a floor that counts whole rounds or people."""
        top = ceiling(self.rotation, name)
        model = self.model()
        if name == GoalName.WISHES_FLOOR:
            objective = pulp.lpSum(model.wishers())
        else:
            floor = model.lp.add_variable("floor", 0, top, cat=pulp.LpInteger)
            model.keep(name, floor)
            objective = pulp.LpAffineExpression(floor)
        solution = self.solve(model, objective)
        if not solution.has_values or solution.objective is None:
            return None
        self.counts = model.counts()
        best = float(round(solution.objective))
        bound = top if solution.bound is None or not self.is_whole else solution.bound
        return best, tidy(best, min(top, math.floor(bound + 1e-6)))

    def fit_floor(self) -> tuple[float, float] | None:
        """Raise the floor by asking whether a plan with a given floor can be."""
        if self.counts is None and not self.solve_any():
            return None
        assert self.counts is not None  # noqa: S101 -- _solve_any saw to it
        best, bound = self.value(self.counts, GoalName.FIT_FLOOR), self.relaxed_floor()
        grid = Grid(self.rotation)
        bound = grid.below(bound)
        target, proved, doubt = bound, bound, math.inf
        for _ in range(FLOOR_STEPS):
            if best >= proved - 1e-9 or is_over(self.deadline):
                break
            found, outcome = self._has_floor(target)
            best = max(best, found)
            if outcome == Outcome.INFEASIBLE and self.is_whole:
                proved = grid.under(target)
            elif outcome in {Outcome.UNKNOWN, Outcome.INFEASIBLE}:
                doubt = min(doubt, target)
            if not self.report(GoalName.FIT_FLOOR, best, proved):
                break
            following = grid.between(best, min(proved, doubt))
            if following is None or following >= doubt:
                break
            target = following
        return best, tidy(best, proved)

    def _has_floor(self, target: float) -> tuple[float, Outcome]:
        """Look for a plan with this floor; return the floor it has, and the outcome."""
        kept = [*self.kept, (GoalName.FIT_FLOOR, target)]
        model = self.model(kept)
        solution = self.solve(model, model.linear(GoalName.FIT), gap=10.0, nodes=FLOOR_NODES)
        if not solution.has_values:
            return -math.inf, solution.outcome
        self.counts = model.counts()
        return self.value(self.counts, GoalName.FIT_FLOOR), solution.outcome

    def solve_any(self, kept: Sequence[Kept] | None = None) -> bool:
        """Find any solution; fit decides among them, so that it is a good start."""
        if is_over(self.deadline):
            return False
        model = self.model(kept)
        solution = self.solve(model, model.linear(GoalName.FIT), gap=10.0)
        if solution.has_values:
            self.counts = model.counts()
        return solution.has_values
