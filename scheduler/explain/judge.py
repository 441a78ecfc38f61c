"""Whether a problem has a plan that reaches the values wanted: proved, found, or neither."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.arrays import Arrays
from scheduler.bounds.held import Limits
from scheduler.bounds.visits import VISITED, VisitLimits
from scheduler.capacity import capacity_of
from scheduler.errors import InvalidProblem
from scheduler.explain.pairing_judge import PairingJudge
from scheduler.explain.verdict import Verdict, Wanted, beyond, loses, reaches
from scheduler.findings import Finding
from scheduler.model.fill import most_seats
from scheduler.model.linear import row, total
from scheduler.model.rounds import amount, build, history, size
from scheduler.model.solver import Outcome, run
from scheduler.model.symmetry import break_symmetry
from scheduler.model.window import all_free
from scheduler.params import SolveParams
from scheduler.plan import TOLERANCE, Plan, SolveStatus
from scheduler.planner import solve
from scheduler.precheck import precheck
from scheduler.problem import MINIMISED, Goal, GoalName, Limit, Problem, RepeatLimit, Seat
from scheduler.road import earlier, seconds_left

SEATS = (Goal(goal=GoalName.ATTENDANCE_FLOOR), Goal(goal=GoalName.ATTENDANCE))
_SMALL_MODEL = 3_000
"""Rows and variables that are sooner solved than planned around."""
_MODEL_SIZE = 30_000
_TRY_S = 2.0
_QUICK_S = 0.7


@dataclass(eq=False)
class Judge:
    """Says whether a problem has a plan that reaches the wanted values."""

    wanted: tuple[Wanted, ...]
    deadline: float
    seed: int
    witness: tuple[Seat, ...] = ()
    """The seats that the latest verdict ``possible`` rests on."""

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return seconds_left(self.deadline) == 0

    def judge(self, problem: Problem) -> Verdict:
        """Return what is known; ``impossible`` is proved, ``possible`` has a plan."""
        if self.counted(problem):
            return Verdict.IMPOSSIBLE
        if self.is_over:
            return Verdict.NOT_FOUND
        arrays = Arrays(problem)
        cells = size(arrays, [Goal(goal=goal) for goal, _ in self.wanted])
        if cells <= _SMALL_MODEL:
            return self._by_model(arrays)
        ways: list[Callable[[], Verdict]] = [
            lambda: self._by_pairing(problem),
            lambda: self._by_visits(arrays),
            lambda: self._by_plan(problem),
            lambda: self._by_rounds(arrays),
        ]
        if cells <= _MODEL_SIZE:
            ways.append(lambda: self._by_model(arrays))
        verdicts = (way() for way in ways)
        return next(
            (found for found in verdicts if found is not Verdict.NOT_FOUND), Verdict.NOT_FOUND
        )

    def quickly(self, problem: Problem) -> Verdict:
        """Return what counting, or a small model, says at once."""
        if self.counted(problem):
            return Verdict.IMPOSSIBLE
        arrays = Arrays(problem)
        is_small = size(arrays, [Goal(goal=goal) for goal, _ in self.wanted]) <= _SMALL_MODEL
        return self._by_model(arrays, _QUICK_S) if is_small else Verdict.NOT_FOUND

    def counted(self, problem: Problem) -> tuple[Finding, ...]:
        """Return the counting proofs against a problem and the wanted values."""
        found = precheck(problem)
        if found or not self.wanted:
            return found
        limits = Limits(Arrays(problem))
        held = dict(self.wanted)
        bounds = [(g, value, limits.of(g, held)) for g, value in self.wanted]
        return tuple(
            beyond(goal, value, bound) for goal, value, bound in bounds if loses(goal, bound, value)
        )

    def _by_model(self, arrays: Arrays, most_s: float = math.inf) -> Verdict:
        window = build(arrays, history(arrays), all_free(arrays))
        break_symmetry(window)
        for goal, value in self.wanted:
            sense = "<=" if goal in MINIMISED else ">="
            room = TOLERANCE if goal in MINIMISED else -TOLERANCE
            window.add(row(f"wanted_{goal}", amount(window, goal), sense, value + room))
        window.model.objective = total([(0, 0)])
        left = min(most_s, seconds_left(self.deadline))
        solution = run(window.model, time_limit_s=left, seed=self.seed)
        if solution.outcome is Outcome.INFEASIBLE:
            return Verdict.IMPOSSIBLE
        if not solution.has_values:
            return Verdict.NOT_FOUND
        self.witness = arrays.seats_from(window.seating())
        return Verdict.POSSIBLE

    def _by_pairing(self, problem: Problem) -> Verdict:
        """Judge by who meets whom, where that decides."""
        judge = PairingJudge(problem, (), self.wanted, self.seed)
        verdict = judge.without((), seconds_left(self.deadline))
        if verdict is Verdict.POSSIBLE:
            self.witness = judge.witness
        return verdict

    def _by_visits(self, arrays: Arrays) -> Verdict:
        """Judge a wanted value by who visits whom, which can rule it out."""
        visits = VisitLimits(arrays, capacity_of(arrays))
        fails = any(
            goal in VISITED and visits.applies and loses(goal, visits.bound(goal, []), value)
            for goal, value in self.wanted
        )
        return Verdict.IMPOSSIBLE if fails else Verdict.NOT_FOUND

    def _by_rounds(self, arrays: Arrays) -> Verdict:
        """Judge each round by itself, which may not seat those who must sit in it."""
        seats = Limits(arrays).seats(dict(self.wanted))
        if not seats:
            return Verdict.NOT_FOUND
        most = most_seats(arrays, deadline=earlier(self.deadline, _TRY_S), seed=self.seed)
        fails = most is None or most < seats - TOLERANCE
        return Verdict.IMPOSSIBLE if fails else Verdict.NOT_FOUND

    def _by_plan(self, problem: Problem) -> Verdict:
        goals = self.goals(problem)
        plan = self.attempt(problem, goals)
        if plan is None:
            return Verdict.NOT_FOUND
        if plan.status is SolveStatus.INFEASIBLE or self._beaten(goals, plan):
            return Verdict.IMPOSSIBLE
        if not self.reached(plan):
            return Verdict.NOT_FOUND
        self.witness = plan.seats
        return Verdict.POSSIBLE

    def _beaten(self, goals: Sequence[Goal], plan: Plan) -> bool:
        """Return whether a bound of the plan proves that a wanted value is out of reach.

        A bound holds for plans as good in the earlier goals; so it counts as long as the wanted
        values of those are no worse than what they are held at.
        """
        for goal, value, (name, wanted) in zip(goals, plan.goals, self.wanted, strict=False):
            if loses(name, value.bound, wanted):
                return True
            if loses(name, wanted, goal.limit(value.best)):
                return False
        return False

    def goals(self, problem: Problem) -> tuple[Goal, ...]:
        """Return the wanted goals in order, each with the slack that the wanted value leaves."""
        if not self.wanted:
            return SEATS
        limits = Limits(Arrays(problem))
        found = []
        for name, wanted in self.wanted:
            bound = limits.of(name, {})
            gap = max(0.0, bound - wanted if name not in MINIMISED else wanted - bound)
            finite = gap if np.isfinite(gap) else 0.0
            slack = finite if finite >= 1 else finite / max(abs(bound), 1.0)
            found.append(Goal(goal=name, slack=slack))
        return tuple(found)

    def reached(self, plan: Plan) -> bool:
        """Return whether a plan reaches every wanted value."""
        values = {value.goal: value.value for value in plan.goals}
        return bool(plan.seats) and all(
            goal in values and reaches(goal, values[goal], wanted) for goal, wanted in self.wanted
        )

    def attempt(self, problem: Problem, goals: Sequence[Goal] = ()) -> Plan | None:
        """Return a plan for the wanted values (or other goals), whether it reaches them or not."""
        left = min(_TRY_S, seconds_left(self.deadline))
        if left <= 0:
            return None
        asked = uncounted(problem, tuple(goals) or self.goals(problem))
        return solve(asked, SolveParams(time_limit_s=left, seed=self.seed))

    def safe(self, problem: Problem | None) -> Verdict:
        """Judge a changed problem; one that is none is not possible, and proves nothing."""
        try:
            return Verdict.NOT_FOUND if problem is None else self.judge(problem)
        except InvalidProblem:
            return Verdict.NOT_FOUND


def uncounted(problem: Problem, goals: tuple[Goal, ...]) -> Problem:
    """Return the problem with other goals; repeats that none of them counts are free."""
    free = tuple(
        RepeatLimit(between=(min(roles), max(roles)), limit=Limit.FREE)
        for roles, limit in sorted(problem.limits().items(), key=lambda item: sorted(item[0]))
        if limit is Limit.AVOID
    )
    if any(goal.goal is GoalName.REPEATS for goal in goals):
        return problem.replace(goals=goals)
    named = {frozenset(entry.between) for entry in free}
    kept = tuple(entry for entry in problem.repeats if frozenset(entry.between) not in named)
    return problem.replace(goals=goals, repeats=(*kept, *free))
