"""From a seating to an honest answer: values recomputed, bounds kept while they hold, verified."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.arrays import Arrays, Seating
from scheduler.bounds.held import Limits
from scheduler.jsonio import digest
from scheduler.model.name import solver_name
from scheduler.params import OnProgress, Progress, SolveParams
from scheduler.plan import TOLERANCE, GoalValue, Plan, SolveStatus
from scheduler.problem import MINIMISED, Goal, GoalName, Problem, Seat
from scheduler.road import RoadResult, is_over, unproved
from scheduler.score import goal_values
from scheduler.verify import Checker


@dataclass(eq=False)
class Run:
    """One call of the planner: its problem, its clock, and whether somebody asked to stop."""

    problem: Problem
    params: SolveParams
    on_progress: OnProgress | None = None
    began: float = field(default_factory=time.perf_counter)
    stopped: bool = False

    def __post_init__(self) -> None:
        """Look at the problem from every side that is needed more than once."""
        self.arrays = Arrays(self.problem)
        self.limits = Limits(self.arrays)
        self.checker = Checker(self.problem)
        self._seats: tuple[bytes, tuple[Seat, ...]] = (b"", ())
        self.goals: tuple[Goal, ...] = self.problem.goals_in_order
        self.deadline = self.began + self.params.time_limit_s

    def report(self, goal: GoalName, value: float | None, bound: float | None) -> bool:
        """Tell the caller how far things are; return False once they asked to stop."""
        if self.on_progress is not None and not self.stopped:
            now = time.perf_counter() - self.began
            progress = Progress(seconds=now, goal=goal, value=value, bound=bound)
            self.stopped = self.on_progress(progress) is False
        return not self.stopped

    @property
    def is_over(self) -> bool:
        """Whether to come to an end."""
        return self.stopped or is_over(self.deadline)

    def seats(self, seating: Seating) -> tuple[Seat, ...]:
        """Return a seating as seats; the latest one's are remembered."""
        key = seating.tobytes()
        if not key or key != self._seats[0]:
            self._seats = (key, self.arrays.seats_from(seating))
        return self._seats[1]

    def answer(self, status: SolveStatus, found: RoadResult | None = None) -> Plan:
        """Return the plan document."""
        return Plan(
            problem_digest=digest(self.problem),
            status=status,
            seats=() if found is None else self.seats(found.seating),
            goals=() if found is None else found.goals,
            seed=self.params.seed,
            seconds=round(time.perf_counter() - self.began, 3),
            solver=solver_name(),
        )


def conclude(run: Run, found: RoadResult | None) -> Plan:
    """Return a verified plan, or say that none was found."""
    if found is None:
        return run.answer(SolveStatus.UNKNOWN)
    plan = run.answer(SolveStatus.OPTIMAL if is_proved(found) else SolveStatus.FEASIBLE, found)
    if not run.checker.verify(plan):
        return plan
    plain = settle(run, found.seating, ())
    plan = run.answer(SolveStatus.FEASIBLE, plain)
    return run.answer(SolveStatus.UNKNOWN) if run.checker.verify(plan) else plan


def checked(run: Run, seating: Seating, claims: Sequence[GoalValue]) -> RoadResult | None:
    """Return a seating with its goal values, or None where it breaks a rule."""
    if run.checker.verify_seats(run.seats(seating)):
        return None
    return settle(run, seating, claims)


def settle(run: Run, seating: Seating, claims: Sequence[GoalValue]) -> RoadResult:
    """Recompute every value, and keep of a road's claims what the seats bear out.

    A bound is proved for plans as good in the earlier goals; so once a claimed ``best`` was not
    reached, the bounds after it fall back to those that hold for every plan. Once one was beaten,
    later goals hold no ``best`` but what this seating reaches: theirs knew a milder limit.
    """
    values = goal_values(run.arrays, seating, run.goals)
    claimed = {claim.goal: claim for claim in claims}
    taken: list[GoalValue] = []
    held: dict[GoalName, float] = {}
    trusted, beaten = True, False
    for goal, value in zip(run.goals, values, strict=True):
        claim = claimed.get(goal.goal) or unproved(run.arrays, seating, goal.goal)
        bounds = [run.limits.of(goal.goal, held), *([claim.bound] if trusted else [])]
        best = value if beaten else _best(goal.goal, claim.best, value)
        beaten = beaten or loss(goal.goal, value) < loss(goal.goal, claim.best) - _tolerance(value)
        if loss(goal.goal, value) > loss(goal.goal, goal.limit(best)) + _tolerance(best):
            best, trusted = value, False
        bound = max(bounds) if goal.goal in MINIMISED else min(bounds)
        if abs(bound - best) <= _tolerance(bound):
            bound = best
        held[goal.goal] = goal.limit(best)
        taken.append(GoalValue(goal=goal.goal, value=value, best=best, bound=bound))
    return RoadResult(seating, tuple(taken), complete=True)


def better(
    goals: Sequence[Goal], first: RoadResult | None, second: RoadResult | None
) -> RoadResult | None:
    """Return the better result, goal by goal; the first where they are alike.

    What the other one proved is kept as far as it was proved for the same earlier goals.
    """
    if first is None or second is None:
        return first or second
    for goal, one, other in zip(goals, first.goals, second.goals, strict=True):
        gap = loss(goal.goal, one.best) - loss(goal.goal, other.best)
        if abs(gap) > _tolerance(one.best):
            first, second = (second, first) if gap > 0 else (first, second)
            break
    return RoadResult(first.seating, _shared_bounds(first.goals, second.goals), complete=True)


def _shared_bounds(
    winner: tuple[GoalValue, ...], other: tuple[GoalValue, ...]
) -> tuple[GoalValue, ...]:
    """Tighten bounds by those proved for plans at most as good in the earlier goals."""
    taken = []
    same = True
    for one, two in zip(winner, other, strict=True):
        bound = one.bound
        if same:
            bound = max(bound, two.bound) if one.goal in MINIMISED else min(bound, two.bound)
            if abs(bound - one.best) <= _tolerance(bound):
                bound = one.best
        same = same and loss(one.goal, one.best) <= loss(one.goal, two.best)
        taken.append(GoalValue(goal=one.goal, value=one.value, best=one.best, bound=bound))
    return tuple(taken)


def is_proved(found: RoadResult | None) -> bool:
    """Return whether every goal is proved."""
    return found is not None and all(value.proved for value in found.goals)


def loss(goal: GoalName, value: float) -> float:
    """Return a value so that less is better."""
    return value if goal in MINIMISED else -value


def _best(goal: GoalName, one: float, other: float) -> float:
    return min(one, other, key=lambda value: loss(goal, value))


def _tolerance(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))
