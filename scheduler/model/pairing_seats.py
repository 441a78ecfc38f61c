"""Who meets whom while the seats of some tables do not count, asked for many sets of tables.

One linear program for all of them: `model.pairing` of the problem without limits on seats, and a
row for each table that is tightened or not. Its optimum bounds every plan. Where the solution is
whole, as it is for a transportation problem, it says who meets whom in such a plan.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from scheduler.arrays import Ints
from scheduler.model.outcome import Outcome
from scheduler.model.pairing import PairingModel
from scheduler.model.pairing_search import MANY_PAIRS
from scheduler.model.pairing_worth import LINEAR, Kept, is_expressible
from scheduler.model.warm import WarmProgram, is_installed
from scheduler.rotation import Rotation

_SLIP = 1e-6


class SeatLimits:
    """The most that plans reach when the seats of some tables count and those of others do not.

    Parameters
    ----------
    unlimited : Rotation
        Of the problem in which no table has a number of seats.
    limited : Rotation
        Of the same problem with them.
    wanted : sequence of (goal, value)
        What every plan meant here reaches, but for the last one, which is maximised.
    seed : int
    """

    def __init__(
        self, unlimited: Rotation, limited: Rotation, wanted: Sequence[Kept], seed: int
    ) -> None:
        *kept, (goal, _) = wanted
        self.rotation = unlimited
        self._model = PairingModel(unlimited, unlimited.may, kept)
        self._model.lp.setObjective(self._model.linear(goal))
        self._program = WarmProgram(self._model.lp, seed)
        capacity = dict(zip(limited.stations, limited.capacity.tolist(), strict=True))
        self._tight = [float(capacity.get(station, 0)) for station in unlimited.stations]
        self._is_solved = False

    @staticmethod
    def applies(unlimited: Rotation, wanted: Sequence[Kept]) -> bool:
        """Return whether such a program can be built, and is small enough to be solved at once."""
        return (
            is_installed()
            and bool(wanted)
            and wanted[-1][0] in LINEAR
            and all(is_expressible(unlimited, goal) for goal, _ in wanted)
            and int(unlimited.may.sum()) <= MANY_PAIRS
        )

    def most(self, uncounted: Collection[str], time_limit_s: float) -> float:
        """Return the most of the last goal without the seats of some tables.

        A limit for every plan; -inf where none is, inf where nothing is known in time.
        """
        rotation = self.rotation
        names = [rotation.arrays.table_ids[t] for t in rotation.table.tolist()]
        limits = zip(self._model.seats, rotation.capacity.tolist(), self._tight, strict=True)
        for name, (row, loose, tight) in zip(names, limits, strict=True):
            self._program.allow(row, float(loose) if name in uncounted else tight)
        solution = self._program.run(time_limit_s)
        self._is_solved = solution.outcome is Outcome.OPTIMAL
        if solution.outcome is Outcome.INFEASIBLE:
            return -math.inf
        if not self._is_solved or solution.objective is None:
            return math.inf
        return solution.objective

    def counts(self) -> Ints | None:
        """Return the last solution as rounds of movers at stations, None where it is not whole."""
        if not self._is_solved:
            return None
        values = self._program.values(self._model.x)
        whole = np.round(values)
        if np.abs(values - whole).max(initial=0.0) > _SLIP:
            return None
        counts = np.zeros(self.rotation.may.shape, dtype=np.int64)
        counts[self._model.edges[:, 0], self._model.edges[:, 1]] = whole
        return counts
