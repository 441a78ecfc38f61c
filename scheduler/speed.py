"""The road for speed mentoring: who meets whom first, when second, who sits beside whom third.

Where everybody is there all the time, the first two steps give the best plan of all, with a proof:
the aggregated program (`model.pairing`) cannot be beaten, and a colouring realises it. With
absences, rounds are filled one by one and bettered. Where movers share tables and should not meet
twice, swaps inside rounds keep all else (`mingle`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scheduler.arrays import Arrays, Ints
from scheduler.construct.colouring import spread_meetings
from scheduler.construct.timetable import Timetable
from scheduler.mingle import Mingle, Phase, part, wants_of
from scheduler.model.pairing_goals import Pairing, bound_after, pair, programs_size
from scheduler.model.pairing_limits import concerns_nobody
from scheduler.model.pairing_worth import Kept, is_expressible
from scheduler.model.relay import improve
from scheduler.model.rounds_model import lay_out
from scheduler.model.transport import fill, keeps_rules, seating_of, too_few
from scheduler.plan import TOLERANCE, GoalValue
from scheduler.problem import MINIMISED, Goal, GoalName
from scheduler.road import Report, RoadResult, earlier, is_over, seconds_left
from scheduler.rotation import Rotation, is_rotation
from scheduler.score import goal_values

STEPS_PER_SEAT = 20
FEWEST_STEPS, MOST_STEPS = 1_000, 12_000
MOST_STEPS_WHEN_MANY = 8_000
MANY_STATIONS = 100
CROWDED = 0.5
"""From such a share of all stations visited on, hosts met twice are allowed on the way."""
SETTLING_STEPS = 2_000
_PAIRING_SHARE, _PAIRING_SHARE_ALONE = 0.6, 0.85
"""Of the time left; more where no search for repeats follows."""
_FEW_PAIRS, _PAIRS_A_SECOND = 20_000, 10_000
"""Few are tried in any time; of more, what a slow machine ends."""
_CLOSING_SECONDS = 5e-4
"""A person's part of the time left for scoring and checking what was found."""


def applies(arrays: Arrays) -> bool:
    """Return whether hosts stay, movers rotate, and no rule asks for more than this road knows."""
    return is_rotation(arrays)


def plan(
    arrays: Arrays, *, goals: Sequence[Goal], deadline: float, seed: int, report: Report
) -> RoadResult | None:
    """Return a plan with proven bounds, or None when none was found.

    Parameters
    ----------
    arrays : Arrays
        Of a problem to which the road ``applies``.
    goals : sequence of Goal
        In order.
    deadline : float
        On the clock of ``time.perf_counter``; a safety net.
    seed : int
    report : Report
    """
    spare = arrays.n * _CLOSING_SECONDS
    return _Road(Rotation(arrays), tuple(goals), deadline - spare, seed, report).run()


@dataclass(eq=False)
class _Road:
    """One trip along the road."""

    rotation: Rotation
    goals: tuple[Goal, ...]
    deadline: float
    seed: int
    report: Report
    is_rushed: bool = False
    """Whether programs of this size cannot end in time."""
    reached: dict[GoalName, float] = field(default_factory=dict)
    """What goals reached in their turn, as far as the seating still stands for it."""

    def run(self) -> RoadResult | None:
        rotation = self.rotation
        pairing = self._paired()
        if pairing is None:  # too little time, or impossible; rounds may yet be filled one by one
            nobody = np.zeros(rotation.may.shape, dtype=np.int64)
            pairing = Pairing(counts=nobody, reached={}, complete=False)
        rota = self._exactly_when(pairing) if pairing.reached else None
        is_exact = rota is not None
        if rota is None:
            rota = self._filled(pairing)
        if rota is not None and self.company_matters:
            rota, is_exact = part(rotation, self._mingled(rota, pairing)), False
        if rota is None or not keeps_rules(rotation, rota):
            return None
        complete = pairing.complete and not is_over(self.deadline)
        return self._result(rota, pairing, is_exact=is_exact, complete=complete)

    @cached_property
    def company_matters(self) -> bool:
        """Whether it matters which movers share a table: for a rule, or for a goal asked for."""
        asked = any(goal.goal == GoalName.REPEATS for goal in self.goals)
        rotation = self.rotation
        return rotation.pairs_matter and (asked or rotation.apart_pairs[0].size > 0)

    def _paired(self) -> Pairing | None:
        """Return who meets whom, unless a program of that size cannot end in time."""
        share = _PAIRING_SHARE if self.company_matters else _PAIRING_SHARE_ALONE
        seconds = share * seconds_left(self.deadline)
        size = programs_size(self.rotation)
        self.is_rushed = size > max(_FEW_PAIRS, _PAIRS_A_SECOND * seconds)
        if self.is_rushed:
            return None
        return pair(
            self.rotation,
            self.goals,
            deadline=earlier(self.deadline, seconds),
            seed=self.seed,
            report=self.report,
            lacking=None if self.rotation.is_steady else self._lacking,
        )

    def _lacking(self, counts: Ints) -> Ints:
        missing = self._settled_in_time(counts)[1]
        return np.array(missing, dtype=np.int64).reshape(-1, 2)

    def _exactly_when(self, pairing: Pairing) -> Ints | None:
        """Return the pairing's meetings in rounds, neither more nor fewer, if it can."""
        if self.rotation.is_steady:
            return coloured(self.rotation, pairing.counts)
        rota, missing = self._settled_in_time(pairing.counts)
        return None if missing or too_few(self.rotation, rota) else rota

    def _settled_in_time(self, counts: Ints) -> tuple[Ints, list[tuple[int, int]]]:
        """Return a rota of the wanted meetings alone, and those that it lacks."""
        rotation = self.rotation
        table = Timetable(rotation.here, rotation.is_on, rotation.room)
        table.begin(counts, fill(rotation, counts))
        table.settle(steps=SETTLING_STEPS, seed=self.seed)
        return table.rota(), table.missing

    def _filled(self, pairing: Pairing) -> Ints | None:
        rotation = self.rotation
        rota: Ints | None = fill(rotation, pairing.counts)
        if rota is not None and not keeps_rules(rotation, rota, pairs=False):
            rota = lay_out(rotation, deadline=self.deadline, seed=self.seed)
        if rota is None or self.is_rushed:
            return rota
        rota, self.reached = improve(
            rotation,
            rota,
            self.goals,
            bounds={name: bound for name, (_, bound) in pairing.reached.items()},
            guide=pairing.counts,
            deadline=self.deadline,
            seed=self.seed,
            report=self.report,
        )
        return rota

    def _mingled(self, rota: Ints, pairing: Pairing) -> Ints:
        rotation = self.rotation
        best = {name: value for name, (value, _) in pairing.reached.items()}
        search = Mingle(rotation, rota, wants_of(self.goals, best))
        if search.is_clean:
            return rota
        self.reached = {}
        choices = np.maximum(rotation.may.sum(axis=1), 1)
        crowded = float(((rota >= 0).sum(axis=1) / choices).mean()) > CROWDED
        is_big = len(rotation.stations) > MANY_STATIONS
        most = MOST_STEPS_WHEN_MANY if is_big else MOST_STEPS
        steps = min(max(STEPS_PER_SEAT * rota.size, FEWEST_STEPS), most)
        again = 4.0 if crowded else None
        asked = any(goal.goal == GoalName.REPEATS for goal in self.goals)
        phases = [Phase(steps=steps, hot=0.5, cold=0.05, price=2.0 * asked, again=again)]
        if crowded:
            phases.insert(0, Phase(steps=steps, hot=1.0, cold=0.1, price=1.0, fit=0.0, again=2.0))
        return search.run(phases, deadline=self.deadline, seed=self.seed, report=self.report)

    def _result(
        self, rota: Ints, pairing: Pairing, *, is_exact: bool, complete: bool
    ) -> RoadResult:
        seating = seating_of(self.rotation, rota)
        values = goal_values(self.rotation.arrays, seating, self.goals)
        found = self._exact(values, pairing) if is_exact else None
        return RoadResult(
            seating=seating,
            goals=tuple(found or self._settled(values, pairing, as_timed=is_exact)),
            complete=complete,
        )

    def _exact(self, values: Sequence[float], pairing: Pairing) -> list[GoalValue] | None:
        """Return the pairing's own figures; None when the seating does not bear them out."""
        found = []
        for goal, value in zip(self.goals, values, strict=True):
            best, bound = pairing.reached.get(goal.goal, (value, _natural_bound(goal.goal)))
            limit = best if goal.goal in pairing.doubtful else goal.limit(best)
            if goal.goal not in MINIMISED and value < limit - _slip(limit):
                return None
            found.append(GoalValue(goal=goal.goal, value=value, best=best, bound=bound))
        return found

    def _settled(
        self, values: Sequence[float], pairing: Pairing, *, as_timed: bool
    ) -> list[GoalValue]:
        """Return the seating's own figures, with bounds for plans as good in earlier goals.

        Where the pairing's meetings have their rounds, so had those of each goal in its turn
        that is not doubtful.
        """
        rotation = self.rotation
        found: list[GoalValue] = []
        kept: list[Kept] = []
        as_paired = True
        for goal, value in zip(self.goals, values, strict=True):
            name = goal.goal
            best, bound = value, _natural_bound(name)
            if is_expressible(rotation, name):
                reached = self.reached.get(name, value)
                if as_timed and as_paired and name not in pairing.doubtful:
                    reached = pairing.reached.get(name, (value, value))[0]
                best = max(best, reached) if value >= goal.limit(reached) - _slip(reached) else best
                paired, proved = pairing.reached.get(name, (math.inf, math.inf))
                bound = proved if as_paired else math.inf
                if not as_paired and not self.is_rushed and not is_over(self.deadline):
                    bound = bound_after(
                        rotation, name, kept, deadline=self.deadline, cuts=pairing.cuts
                    )
                as_paired &= best >= paired - _slip(paired)
                bound = max(bound, best)
                if not concerns_nobody(rotation, name):
                    kept.append((name, goal.limit(best)))
            found.append(GoalValue(goal=name, value=value, best=best, bound=bound))
        return found


def coloured(rotation: Rotation, counts: Ints) -> Ints | None:
    """Return who meets whom in rounds, if all rounds are alike and no table is too empty."""
    if not rotation.is_steady:
        return None
    loads = counts.sum(axis=0)
    if ((loads > 0) & (loads < rotation.least * rotation.n_rounds) & (rotation.least > 1)).any():
        return None
    mover, station = np.nonzero(counts)
    times = counts[mover, station]
    mover, station = np.repeat(mover, times), np.repeat(station, times)
    when = spread_meetings(mover, station, n_rounds=rotation.n_rounds)
    rota = np.full((rotation.m, rotation.n_rounds), -1, dtype=np.int64)
    rota[mover, when] = station
    return rota


def _slip(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))


def _natural_bound(name: GoalName) -> float:
    """Return what no plan can beat, for goals that who meets whom does not decide."""
    return 0.0 if name in MINIMISED else math.inf
