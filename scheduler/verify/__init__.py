"""The checker: says what is broken in a plan, and shares no code with what made it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scheduler.findings import Violation
from scheduler.jsonio import digest
from scheduler.plan import TOLERANCE, GoalValue, Plan, SolveStatus
from scheduler.problem import MINIMISED, Goal, GoalName, Problem, Seat
from scheduler.verify.goals import VALUES
from scheduler.verify.rules import RULES
from scheduler.verify.view import View

_WITH_SEATS = (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)


class Checker:
    """Checks plans of one problem; what it found in the latest seats it need not find again.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._view: View | None = None
        self._broken: tuple[Violation, ...] = ()

    def _looked_at(self, seats: tuple[Seat, ...]) -> View:
        if self._view is None or self._view.listed != seats:
            self._view = View(self.problem, seats)
            self._broken = tuple(found for rule in RULES for found in rule(self._view))
        return self._view

    def verify_seats(self, seats: tuple[Seat, ...]) -> tuple[Violation, ...]:
        """Return every broken hard rule, rule by rule; empty when the seats keep them all."""
        self._looked_at(seats)
        return self._broken

    def verify(self, plan: Plan) -> tuple[Violation, ...]:
        """Return every broken hard rule and every false claim of a plan.

        A plan without seats whose status is ``infeasible`` or ``unknown`` is held to its digest
        only: it claims nothing else that could be recomputed.
        """
        found = list(_digest(self.problem, plan))
        if plan.status not in _WITH_SEATS:
            if plan.seats:
                detail = f"{plan.status} with {len(plan.seats)} seats"
                found.append(Violation(rule="status", detail=detail))
            return tuple(found)
        view = self._looked_at(plan.seats)
        return (*found, *self._broken, *_order(view), *_goals(view, plan))


def verify_seats(problem: Problem, seats: tuple[Seat, ...]) -> tuple[Violation, ...]:
    """Return every broken hard rule, as `Checker.verify_seats` does."""
    return Checker(problem).verify_seats(seats)


def verify(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return every broken hard rule and every false claim, as `Checker.verify` does."""
    return Checker(problem).verify(plan)


def _digest(problem: Problem, plan: Plan) -> Iterator[Violation]:
    expected = digest(problem)
    if plan.problem_digest != expected:
        yield Violation(rule="digest", detail=f"plan of another problem, not of {expected}")


def _order(view: View) -> Iterator[Violation]:
    """Seats stand by round order, table id, person id."""
    rank = {name: index for index, name in enumerate(view.rounds)}
    keys = [
        (rank[seat.round], seat.table, seat.person) for seat in view.listed if seat.round in rank
    ]
    if keys != sorted(keys):
        yield Violation(rule="order", detail="seats not sorted by round, table, person")


def _goals(view: View, plan: Plan) -> Iterator[Violation]:
    goals = view.problem.goals_in_order
    if [value.goal for value in plan.goals] != [entry.goal for entry in goals]:
        wanted = ", ".join(entry.goal for entry in goals)
        yield Violation(rule="claimed_value", detail=f"goals are not {wanted}")
        return
    for entry, claim in zip(goals, plan.goals, strict=True):
        yield from _claim(entry, claim, VALUES[claim.goal](view))
        if plan.status is SolveStatus.OPTIMAL and not _is_proved(claim):
            detail = f"optimal, but {claim.goal} is not proved"
            yield Violation(rule="status", detail=detail)


def _claim(entry: Goal, claim: GoalValue, actual: float) -> Iterator[Violation]:
    name = claim.goal
    if not abs(claim.value - actual) <= _tolerance(actual):
        detail = f"{name}: claims {claim.value:g}, is {actual:g}"
        yield Violation(rule="claimed_value", detail=detail)
    worst = entry.limit(claim.best)
    if not _at_least(name, actual, worst):
        detail = f"{name}: {actual:g} gives up more of {claim.best:g} than its slack"
        yield Violation(rule="claimed_value", detail=detail)
    for what, value in (("best", claim.best), ("value", actual)):
        if not _at_least(name, claim.bound, value):
            detail = f"{name}: bound {claim.bound:g} is beaten by {what} {value:g}"
            yield Violation(rule="bound", detail=detail)
            break
    if claim.claims_proved is not None and claim.claims_proved != _is_proved(claim):
        claimed = "proved" if claim.claims_proved else "unproved"
        detail = f"{name}: claimed {claimed}, best {claim.best:g}, bound {claim.bound:g}"
        yield Violation(rule="bound", detail=detail)


def _at_least(name: GoalName, value: float, other: float) -> bool:
    """Return whether a value is as good as another, within the tolerance."""
    gain = other - value if name in MINIMISED else value - other
    return gain >= -_tolerance(other)


def _is_proved(claim: GoalValue) -> bool:
    return abs(claim.bound - claim.best) <= _tolerance(claim.bound)


def _tolerance(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value)) if math.isfinite(value) else 0.0
