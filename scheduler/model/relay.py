"""A few rounds at a time laid out anew by integer program, until no goal gets better by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scheduler.arrays import Bools, Ints
from scheduler.model.pairing_limits import concerns_nobody
from scheduler.model.pairing_worth import is_expressible
from scheduler.model.rounds_model import RoundsModel
from scheduler.model.transport import allowed_in, seating_of
from scheduler.problem import Goal, GoalName
from scheduler.road import Report, is_over, seconds_left
from scheduler.rotation import Rotation
from scheduler.score import goal_value

PASSES = 4
NODES = 60
CANDIDATES = 12
MANY_CELLS = 100_000
"""Above so many movers times rounds times candidates, programs take longer than they bring."""
FEW_CELLS = 3_000
"""Up to so many, all rounds are laid out anew at once in the end."""
FEW_SEATS = 600
COLUMNS = 6_000
"""Variables of all programs together: about two seconds."""
STALL = 4
NEAR = 1e-3
"""With more seats than these few, and a gap as near as this, so many failures are enough."""


def improve(
    rotation: Rotation,
    rota: Ints,
    goals: Sequence[Goal],
    *,
    bounds: dict[GoalName, float],
    guide: Ints,
    deadline: float,
    seed: int,
    report: Report,
) -> tuple[Ints, dict[GoalName, float]]:
    """Take the goals in turn, laying a few rounds out anew at a time, until none gets better.

    Returns
    -------
    rota : array of int, shape (m, R)
    reached : dict of GoalName to float
        What each goal had reached when its turn was over.
    """
    kept: list[tuple[GoalName, float]] = []
    reached: dict[GoalName, float] = {}
    purse = _Purse()
    for goal in goals:
        if not is_expressible(rotation, goal.goal) or is_over(deadline):
            continue
        bound = bounds.get(goal.goal, np.inf)
        turn = _Turn(rotation, goal.goal, tuple(kept), bound, guide, purse)
        rota = turn.run(rota, deadline=deadline, seed=seed)
        value = reached[goal.goal] = turn.value(rota)
        if not concerns_nobody(rotation, goal.goal):
            kept.append((goal.goal, goal.limit(value)))
        if not report(goal.goal, value, turn.bound):
            break
    return rota, reached


@dataclass(slots=True)
class _Purse:
    """What all turns together may spend, so that they end on any machine after the same work."""

    columns: int = COLUMNS

    def pays(self, columns: int) -> bool:
        """Pay for a program; return False when too little is left."""
        if columns > self.columns:
            return False
        self.columns -= columns
        return True


@dataclass(frozen=True, eq=False)
class _Turn:
    """One goal's turn."""

    rotation: Rotation
    goal: GoalName
    kept: tuple[tuple[GoalName, float], ...]
    bound: float
    guide: Ints
    purse: _Purse

    def value(self, rota: Ints) -> float:
        return goal_value(self.rotation.arrays, seating_of(self.rotation, rota), self.goal)

    def is_near(self, value: float) -> bool:
        """Return whether what is left to gain is not worth large programs."""
        return value >= self.bound - NEAR * max(1.0, abs(self.bound))

    def is_done(self, value: float) -> bool:
        return value >= self.bound - 1e-6 * max(1.0, abs(self.bound))

    def run(self, rota: Ints, *, deadline: float, seed: int) -> Ints:
        """Try what is cheap first: the guide's own meetings in two, then three rounds."""
        rounds = range(self.rotation.n_rounds)
        size = self.rotation.m * self.rotation.n_rounds
        stages = [(2, 0), (3, 0), (2, CANDIDATES), (3, CANDIDATES)]
        if size * len(self.rotation.stations) <= FEW_CELLS:
            stages.append((len(rounds), len(self.rotation.stations)))
        for at_once, spare in stages:
            value = self.value(rota)
            cells = size * at_once * (2 + spare)
            is_long = spare or (at_once > 2 and size > FEW_SEATS)
            if cells > MANY_CELLS or (is_long and self.is_near(value)):
                break
            groups = list(combinations(rounds, min(at_once, len(rounds))))
            rota = self._passes(rota, groups, spare, deadline=deadline, seed=seed)
        return rota

    def _passes(
        self,
        rota: Ints,
        groups: Sequence[tuple[int, ...]],
        spare: int,
        *,
        deadline: float,
        seed: int,
    ) -> Ints:
        """Lay out each group of rounds anew, again and again while that helps."""
        value = self.value(rota)
        is_big = rota.size > FEW_SEATS
        stalled = 0
        for chosen in list(groups) * PASSES:
            enough = STALL if is_big and self.is_near(value) else len(groups)
            if self.is_done(value) or stalled >= enough or is_over(deadline):
                break
            stalled += 1
            candidate = self._again(rota, chosen, spare, deadline=deadline, seed=seed)
            found = value if candidate is None else self.value(candidate)
            if candidate is not None and found > value + 1e-9:
                rota, value, stalled = candidate, found, 0
        return rota

    def _again(
        self, rota: Ints, chosen: tuple[int, ...], spare: int, *, deadline: float, seed: int
    ) -> Ints | None:
        cells = self._cells(rota, chosen, spare)
        if not self.purse.pays(sum(int(cell.sum()) for cell in cells)):
            return None
        model = RoundsModel(self.rotation, rota, chosen, cells)
        for goal, limit in self.kept:
            model.keep(goal, limit)
        return model.maximise(
            self.goal, time_limit_s=seconds_left(deadline), seed=seed, nodes=NODES
        )

    def _cells(self, rota: Ints, chosen: tuple[int, ...], spare: int) -> list[Bools]:
        """Return the cells of each chosen round that may be used: present, guided, and spares."""
        rotation = self.rotation
        good = (self.guide > 0) | rotation.must_meet
        for other in chosen:
            seated = np.flatnonzero(rota[:, other] >= 0)
            good[seated, rota[seated, other]] = True
        others = rota.copy()
        others[:, list(chosen)] = -1
        found = []
        for r in chosen:
            allowed = allowed_in(rotation, others, r)
            if spare:
                fit = np.where(allowed, rotation.fit + (rotation.wish > 0), -np.inf)
                count = min(spare, fit.shape[1])
                top = np.argpartition(-fit, count - 1, axis=1)[:, :count]
                best = good.copy()
                np.put_along_axis(best, top, values=True, axis=1)
                found.append(allowed & best)
            else:
                found.append(allowed & good)
        return found
