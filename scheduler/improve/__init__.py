"""Seeded local search from any seating: mend broken rules, then better the goals in their order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from scheduler.arrays import Arrays, Seating
from scheduler.improve.cooling import cool, is_simple, prices_of, steps_for
from scheduler.improve.costs import (
    CostModel,
    Meetings,
    count_meetings,
)
from scheduler.improve.kicks import Kicks
from scheduler.improve.limits import LeastLosses
from scheduler.improve.prices import matters, stage_prices
from scheduler.improve.reshape import reshaped
from scheduler.improve.round_moves import RoundCosts, RoundSearch
from scheduler.improve.state import State, assessed
from scheduler.improve.tables import TableRules
from scheduler.problem import MINIMISED, Goal, GoalName
from scheduler.road import Report, is_over, keep_going

__all__ = ["Search", "State", "improve"]
_EPS = 1e-6
_FAR = 1e6
_STEPS_A_ROUND = (60, 8, 1)
_PATIENCE = 14
_BRIEF = 200
"""A search of no more exchanges than these only polishes: it heats nothing."""
_DEARER, _DEAREST = 2.0, 200.0
_CHEAPER, _CHEAPEST = 0.85, 0.3
_MENDING = 3
_WORK = 1_800_000
"""People times exchanges of a whole search: a few seconds."""
_AFTER_BATH = 150
"""Exchanges that may follow a heat bath which found something: mostly it left little to find."""
_RISE = 0.25
"""Part of the way to the bound that a floor is asked to rise at once."""
_ENDED_BY_BATH = frozenset(
    {GoalName.WISHES, GoalName.FIT_FLOOR, GoalName.FIT, GoalName.STAGE_MIX, GoalName.BALANCE}
)
_SHARE = 0.6
"""Part of the exchanges left that a goal may use: earlier goals matter more than later ones."""
_SOUGHT = frozenset({GoalName.ATTENDANCE_FLOOR, GoalName.ATTENDANCE, GoalName.REPEATS})
"""Goals worth a second start when the first leaves them short of what may be possible."""


def improve(
    arrays: Arrays,
    seating: Seating,
    *,
    goals: Sequence[Goal],
    deadline: float,
    seed: int,
    report: Report = keep_going,
    max_iterations: int | None = None,
) -> Seating:
    """Return a seating that breaks no more rules and is no worse in the goals' order.

    Parameters
    ----------
    arrays : Arrays
    seating : Seating
        Start; shape (n, R). Frozen rounds, pins that hold, and hosts stay as they are.
    goals : sequence of Goal
        In order; each later goal may use the slack of the earlier ones.
    deadline : float
        Of ``time.perf_counter()``; a safety net, the iterations are what ends the search.
    seed : int
    report : Report
    max_iterations : int or None
        Most exchanges tried, over all goals; None for some seconds' worth, less of large problems.
    """
    search = Search(arrays, goals, deadline=deadline, seed=seed, report=report)
    return search.run(seating, max_iterations).seating


class Search:
    """One run of the local search."""

    def __init__(
        self, arrays: Arrays, goals: Sequence[Goal], *, deadline: float, seed: int, report: Report
    ) -> None:
        self.arrays = arrays
        self.goals = tuple(goals)
        self.proofs = LeastLosses(arrays, self.goals)
        self.deadline = deadline
        self.rng = np.random.default_rng(seed)
        self.report = report
        with_stages = any(goal.goal == GoalName.STAGE_MIX for goal in goals)
        self.rules = TableRules(arrays, with_stages=with_stages)
        self.rounds = np.flatnonzero(~arrays.frozen)
        self.kicks = Kicks(self.rules, self.rounds, self.rng)
        self.slack_prices = [1.0] * len(self.goals)
        self.limits: list[float] = []
        self.bests: list[float] = []
        self.leasts: list[float] = []
        self.short = False
        self.heats = True
        self.stopped = False

    def run(self, seating: Seating, iterations: int | None = None) -> State:
        """Take the goals in turn; return the best state.

        Afterwards ``bests`` are the losses when each goal's turn came, ``limits`` how bad each may
        become, ``leasts`` what is proved, and ``short`` says whether attendance or repeats stayed
        above that.
        """
        best = self.assess(seating.copy())
        left = _WORK // (self.arrays.n + 200) if iterations is None else iterations
        self.heats = left > _BRIEF
        stages = [s for s, goal in enumerate(self.goals) if matters(self.arrays, goal.goal)]
        for s in stages:
            self._set_limits(best, s - 1)
            share = left if best.broken or s == stages[-1] else math.ceil(left * _SHARE)
            best, used = self._stage(best, s, share)
            left -= used
            self._set_limits(best, s)
            if self.stopped or left <= 0 or best.broken:
                break
        self._set_limits(best, len(self.goals) - 1)
        return best

    def rank(self, state: State) -> tuple[float, ...]:
        """Return what to compare two results by: broken rules, then the goals in their order."""
        losses = (round(loss, 6) for loss in state.losses)
        return (state.broken, *losses)

    def assess(self, seating: Seating, meetings: Meetings | None = None) -> State:
        """Return a seating with everything that decides about it."""
        return assessed(self.rules, self.goals, seating, meetings)

    def _set_limits(self, best: State, upto: int) -> None:
        """Remember how bad each goal that had its turn may become."""
        for s in range(len(self.limits), upto + 1):
            goal = self.goals[s]
            self.bests.append(best.losses[s])
            value = best.losses[s] if goal.goal in MINIMISED else -best.losses[s]
            limit = goal.limit(value)
            self.limits.append(limit if goal.goal in MINIMISED else -limit)
            # Past the deadline nothing is proved that takes long.
            least = -math.inf if is_over(self.deadline) else self.proofs.least(s, self.limits)
            self.leasts.append(least)
            self.short |= bool(goal.goal in _SOUGHT) and best.losses[s] > least + _EPS

    def _stage(self, start: State, stage: int, iterations: int) -> tuple[State, int]:
        """Better one goal while earlier ones keep their limits."""
        goal = self.goals[stage].goal
        least = self.proofs.least(stage, self.limits)
        best = now = self._cooled(start, stage, least) if self.heats else start
        if goal in _ENDED_BY_BATH:
            is_spent = best is not start and goal != GoalName.FIT_FLOOR
            iterations = min(iterations, _AFTER_BATH if is_spent else 3 * _AFTER_BATH)
        used = stale = 0
        model: CostModel | None = None
        while used < iterations and not self.stopped:
            if stale > self._patience * (_MENDING if best.broken else 1):
                break
            if not best.broken and best.losses[stage] <= least + _EPS:
                break
            if model is None or any(goal.slack for goal in self.goals[:stage]):
                model = CostModel(
                    self.arrays,
                    self.rules,
                    stage_prices(self.arrays, self.goals, stage, self.slack_prices),
                    self._held_fit_floor(),
                )
            now, steps = self._sweep(model, now, stage, iterations - used)
            used += steps + 1
            stale += 1
            if self._better(now, best, stage):
                best, stale = now, 0
            elif stale > 1:
                now = self.assess(self.kicks.kick(model, best.seating, mending=best.broken > 0))
            self._check(goal, best.losses[stage])
        return best, used

    def _cooled(self, start: State, stage: int, least: float) -> State:
        """Let a heat bath better a goal, as long as it is short of what may be possible."""
        best = start
        first = start.seating
        if self.goals[stage].goal in {GoalName.STAGE_MIX, GoalName.BALANCE}:
            other = reshaped(self.arrays, self.proofs.groups, first)
            first = first if other is None else other
        aim = -start.losses[stage] + _RISE * (start.losses[stage] - max(least, -_FAR))
        prices = prices_of(self.arrays, self.goals, self.limits, aim=aim)
        if (
            prices is None
            or not is_simple(self.rules)
            or start.broken
            or start.losses[stage] <= least + _EPS
        ):
            return start

        def keep(seating: Seating) -> bool:
            nonlocal best
            state = self.assess(seating)
            if self._better(state, best, stage):
                best = state
            self._check(self.goals[stage].goal, best.losses[stage])
            return not self.stopped and best.losses[stage] > least + _EPS

        steps = steps_for(self.arrays)
        cool(
            self.rules,
            first,
            prices,
            steps=steps,
            rng=self.rng,
            deadline=self.deadline,
            keep=keep,
        )
        return best

    def _held_fit_floor(self) -> float | None:
        """Return the ``fit_floor`` that later goals must keep, once it had its turn."""
        names = [goal.goal for goal in self.goals[: len(self.limits)]]
        if GoalName.FIT_FLOOR not in names:
            return None
        return -self.limits[names.index(GoalName.FIT_FLOOR)]

    @property
    def _patience(self) -> int:
        """Sweeps over all rounds without success: fewer where a sweep is long."""
        return max(3, min(12, 1_500 // max(self.arrays.n, 1)))

    def _check(self, goal: GoalName, loss: float) -> None:
        value = loss if goal in MINIMISED else -loss
        if not self.report(goal, value, None) or is_over(self.deadline):
            self.stopped = True

    def _sweep(self, model: CostModel, now: State, stage: int, most: int) -> tuple[State, int]:
        """Search every round once, in random order."""
        used = 0
        for r in self.rng.permutation(self.rounds).tolist():
            others = now.meetings.copy()
            count_meetings(others, now.seating[:, r], -1)
            costs = model.costs(now.seating, others, r)
            # Many steps may overrun an earlier goal's slack; then fewer are tried.
            slack = any(goal.slack for goal in self.goals[:stage])
            for steps in _STEPS_A_ROUND if slack else _STEPS_A_ROUND[:1]:
                if used >= most or is_over(self.deadline):
                    return now, used
                found, taken = self._search_round(now, others, costs, r, min(steps, most - used))
                used += taken
                if found is None:
                    break
                if self._acceptable(found, now, stage):
                    now = found
                    break
        return now, used

    def _search_round(
        self, now: State, others: Meetings, costs: RoundCosts, r: int, most: int
    ) -> tuple[State | None, int]:
        """Return the state after a search in one round, None when nobody moved; and its steps."""
        nowhere = self.arrays.n_tables
        place = np.where(now.seating[:, r] < 0, nowhere, now.seating[:, r]).astype(np.int64)
        search = RoundSearch(self.rules, costs, place)
        _, steps = search.run(self.rng, most=most, patience=_PATIENCE, deadline=self.deadline)
        if np.array_equal(search.best_place, place):
            return None, steps
        seating = now.seating.copy()
        seating[:, r] = np.where(search.best_place == nowhere, -1, search.best_place)
        meetings = others.copy()
        count_meetings(meetings, seating[:, r], 1)
        return self.assess(seating, meetings), steps

    def _acceptable(self, new: State, old: State, stage: int) -> bool:
        """Return whether to go on from a new state: equal is fine, it may lead further."""
        if abs(new.broken - old.broken) > _EPS:
            return new.broken < old.broken
        for s in range(min(stage, len(self.limits))):
            if new.losses[s] > max(self.limits[s], old.losses[s]) + _EPS:
                self.slack_prices[s] = min(self.slack_prices[s] * _DEARER, _DEAREST)
                return False
        self.slack_prices = [max(price * _CHEAPER, _CHEAPEST) for price in self.slack_prices]
        return new.losses[stage] <= old.losses[stage] + _EPS

    def _better(self, new: State, best: State, stage: int) -> bool:
        """Return whether a state beats the best one, earlier goals within their limits."""
        if abs(new.broken - best.broken) > _EPS:
            return new.broken < best.broken
        for s in range(min(stage, len(self.limits))):
            excess = max(new.losses[s] - self.limits[s], 0.0)
            allowed = max(best.losses[s] - self.limits[s], 0.0)
            if abs(excess - allowed) > _EPS:
                return excess < allowed
        return new.losses[stage] < best.losses[stage] - _EPS
