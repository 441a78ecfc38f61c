"""Round by round, where people are absent and tables closed: one exact assignment a round.

Meetings that fit all rounds at once would be a list edge colouring (NP-hard). So rounds are filled
one after the other, the tightest first, each by an exact assignment that follows what the
aggregated program (`pairing`) wants; then two rounds at a time are laid out anew by integer
program.
A *rota* is the station of each mover in each round, or -1; shape (m, R).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scheduler.arrays import Bools, Floats, Ints, Seating
from scheduler.model.pairing import is_expressible
from scheduler.model.pairing_limits import concerns_nobody
from scheduler.model.rounds_model import RoundsModel
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
_SEAT, _OWED = 1e4, 1e6


def seating_of(rotation: Rotation, rota: Ints) -> Seating:
    """Return a rota with all hosts at their tables as a seating; shape (n, R)."""
    arrays = rotation.arrays
    seating = np.full((arrays.n, arrays.n_rounds), -1, dtype=np.int32)
    seating[rotation.movers] = np.where(rota >= 0, rotation.table[rota], -1)
    at = arrays.host[rotation.hosts]
    there = arrays.here[rotation.hosts] & arrays.open[at]
    seating[rotation.hosts] = np.where(there, at[:, None], -1)
    return seating


def visits(rotation: Rotation, rota: Ints) -> Ints:
    """Return the rounds of each mover at each station; shape (m, S)."""
    counts = np.zeros((rotation.m, len(rotation.stations)), dtype=np.int64)
    mover, round_index = np.nonzero(rota >= 0)
    np.add.at(counts, (mover, rota[mover, round_index]), 1)
    return counts


def allowed_in(rotation: Rotation, rota: Ints, r: int) -> Bools:
    """Return where each mover may sit in a round, given all other rounds; shape (m, S)."""
    others = rota.copy()
    others[:, r] = -1
    met = rotation.met(visits(rotation, others)) > 0
    full = (others >= 0).sum(axis=1) >= rotation.most_seats
    free = rotation.here[:, r] & ~full
    return np.asarray(rotation.may & ~met & rotation.is_on[None, :, r] & free[:, None])


def fill(rotation: Rotation, guide: Ints) -> Ints:
    """Return a rota filled round by round, the tightest round first, following a guide.

    Parameters
    ----------
    guide : array of int, shape (m, S)
        Rounds wanted of each mover at each station.
    """
    rota = np.full((rotation.m, rotation.n_rounds), -1, dtype=np.int64)
    seats = (rotation.is_on * rotation.room[:, None]).sum(axis=0)
    tightness = rotation.here.sum(axis=0) / np.maximum(seats, 1)
    is_open = np.ones(rotation.n_rounds, dtype=bool)
    for r in np.argsort(-tightness, kind="stable").tolist():
        is_open[r] = False
        wanted = _wanted(rotation, rota, guide, rotation.here & is_open)
        rota[:, r] = assign(rotation, rota, r, wanted)
    return rota


def _wanted(rotation: Rotation, rota: Ints, guide: Ints, left: Bools) -> Floats:
    """Return what each cell of a round is worth: owed seats, any seat, the guide, fit.

    ``left`` says in which later rounds a mover is there; shape (m, R).
    """
    been = visits(rotation, rota)
    spread = float(np.abs(rotation.fit).max(initial=0.0)) + 1.0
    # The fewer chances a mover has left for what the guide wants, the more it counts now.
    open_later = left.astype(np.float64) @ rotation.is_on.T.astype(np.float64)
    missing = np.maximum(guide - been, 0)
    value = rotation.fit / spread + missing * (2.0 + 2.0 / (1.0 + open_later))
    seated = (rota >= 0).sum(axis=1)
    later = np.minimum(left.sum(axis=1), rotation.most_seats - seated)
    lost = rotation.n_rounds - rotation.most_seats
    need = 1.0 + 1.0 / (1.0 + seated + later + lost)
    owed = seated + later < rotation.arrays.min_rounds[rotation.movers] + 1
    owed &= rotation.arrays.min_rounds[rotation.movers] > seated
    must = rotation.must_meet & (been == 0)
    return np.asarray(value + _SEAT * need[:, None] + _OWED * (owed[:, None] + must))


def assign(rotation: Rotation, rota: Ints, r: int, value: Floats) -> Ints:
    """Return the stations of all movers in one round that are worth most together; shape (m,)."""
    allowed = allowed_in(rotation, rota, r) & (value > 0)
    while True:
        chosen = _assign(allowed, value, rotation.room)
        load = np.bincount(chosen[chosen >= 0], minlength=len(rotation.room))
        short = (load > 0) & (load < rotation.least)
        if not short.any():
            return chosen
        weakest = np.where(short, load - rotation.least, 0).argmin()
        allowed = allowed.copy()
        allowed[:, weakest] = False


def _assign(allowed: Bools, value: Floats, room: Ints) -> Ints:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

    chosen = np.full(allowed.shape[0], -1, dtype=np.int64)
    rows = np.flatnonzero(allowed.any(axis=1))
    columns = np.flatnonzero(allowed.any(axis=0))
    if not rows.size:
        return chosen
    seats = np.repeat(columns, np.minimum(room[columns], rows.size))
    worth = np.where(allowed, value, 0.0)[np.ix_(rows, columns)]
    cells = np.repeat(worth, np.minimum(room[columns], rows.size), axis=1)
    row, column = linear_sum_assignment(cells, maximize=True)
    mover, station = rows[row], seats[column]
    sits = allowed[mover, station]
    chosen[mover[sits]] = station[sits]
    return chosen


def keeps_rules(rotation: Rotation, rota: Ints, *, pairs: bool = True) -> bool:
    """Return whether a rota keeps what filling and swapping may fail at.

    Parameters
    ----------
    pairs : bool
        Whether to look at movers kept apart, too.
    """
    counts = visits(rotation, rota)
    seated = counts.sum(axis=1)
    met = all(counts[p, list(at)].any() for p, at in rotation.must_meet_at)
    enough = (seated >= rotation.arrays.min_rounds[rotation.movers]).all()
    again = (rotation.met(counts) > 1) & (counts > 0)
    apart = pairs and any(_sit_together(rotation, column) for column in rota.T)
    return bool(met and enough and not again.any() and not apart)


def too_few(rotation: Rotation, rota: Ints) -> bool:
    """Return whether a station in use has fewer movers than it needs."""
    loads = [np.bincount(column[column >= 0], minlength=len(rotation.room)) for column in rota.T]
    return any(((load > 0) & (load < rotation.least)).any() for load in loads)


def _sit_together(rotation: Rotation, column: Ints) -> bool:
    """Return whether two movers who are kept apart share a station."""
    first, second = rotation.apart_pairs
    return bool(((column[first] == column[second]) & (column[first] >= 0)).any())


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
