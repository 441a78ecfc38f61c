"""Linear programs that are solved again and again, each time from where the last run ended.

Between two runs only limits of rows change. The last basis is then a vertex of the new program's
dual, so a few steps of the dual simplex method are enough where a new run takes hundreds.
"""

from __future__ import annotations

import math

import numpy as np
import pulp

from scheduler.arrays import Floats
from scheduler.model.highs import MIN_SECONDS, highs_model, highs_solution, is_installed
from scheduler.model.outcome import Solution

try:
    import highspy
except ImportError:  # nothing is warm then
    highspy = None

__all__ = ["WarmProgram", "is_installed"]


class WarmProgram:
    """A model whose integer variables may take any value; needs HiGHS.

    Parameters
    ----------
    model : pulp.LpProblem
        Complete but for the limits of its rows.
    seed : int
    """

    def __init__(self, model: pulp.LpProblem, seed: int) -> None:
        self._model = model
        self._highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", seed)):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(highs_model(model, relaxed=True))

    def allow(self, row: pulp.LpConstraint, most: float) -> None:
        """Let a row be at most so much."""
        self._highs.changeRowBounds(row.index, -math.inf, most)

    def run(self, time_limit_s: float) -> Solution:
        """Solve."""
        # Its clock goes on from run to run.
        limit = self._highs.getRunTime() + max(MIN_SECONDS, time_limit_s)
        self._highs.setOptionValue("time_limit", limit)
        self._highs.run()
        return highs_solution(self._model, self._highs, is_mip=False)

    def values(self, variables: list[pulp.LpVariable]) -> Floats:
        """Return the values of the last run, which must have had an optimum."""
        values = np.array(self._highs.getSolution().col_value)
        return np.asarray(values[[variable.index for variable in variables]])
