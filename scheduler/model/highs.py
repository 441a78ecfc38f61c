"""HiGHS, with the model passed in one piece and the status read from HiGHS itself.

Traps that this file answers: PuLP says "Optimal" after a time-out; ``threads`` of HiGHS holds for
the whole process (so its scheduler is reset around a run that asks for more than one); HiGHS
reports a node limit in a status that PuLP does not know.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pulp

from scheduler.model.outcome import Effort, OnBound, Outcome, Solution

try:
    import highspy
except ImportError:  # CBC takes over
    highspy = None

MIN_SECONDS = 0.01


def is_installed() -> bool:
    """Return whether there is a HiGHS to run."""
    return highspy is not None


_MIP_TOLERANCE = 1e-8
"""Well below the room that ``rounds.hold`` leaves. With HiGHS's own 1e-6, presolve called a model
infeasible in which an earlier goal was held at its best, though a plan was known."""


class HighsRun(pulp.HiGHS):  # type: ignore[misc, unused-ignore]
    """PuLP's HiGHS, with the model passed in one piece and the status read from HiGHS itself."""

    def __init__(self, effort: Effort, *, warm: bool, on_bound: OnBound | None) -> None:
        options: dict[str, Any] = {
            "random_seed": effort.seed,
            "mip_feasibility_tolerance": _MIP_TOLERANCE,
        }
        if effort.nodes is not None:
            options["mip_max_nodes"] = effort.nodes
        super().__init__(
            msg=False,
            gapRel=effort.gap,
            threads=effort.threads,
            timeLimit=max(MIN_SECONDS, effort.time_limit_s),
            **options,
        )
        self.warm = warm
        self.on_bound = on_bound if effort.ticks is None else _counted(on_bound, effort.ticks)
        self.solution = Solution(outcome=Outcome.UNKNOWN)

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:  # noqa: N802 -- PuLP's name
        """Pass the whole model at once; adding row by row takes longer than small solves."""
        lp.solverModel.passModel(highs_model(lp))
        if self.warm:
            known = [v for v in lp.variables() if v.varValue is not None]
            index = np.array([v.index for v in known], dtype=np.int32)
            value = np.array([v.varValue for v in known], dtype=float)
            lp.solverModel.setSolution(len(known), index, value)

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802 -- PuLP's name
        """Run, with the interrupt callback where somebody listens."""
        highs = lp.solverModel
        if self.on_bound is not None:
            sign = -1.0 if lp.sense == pulp.LpMaximize else 1.0
            highs.cbMipInterrupt += _interrupter(self.on_bound, sign)
        if self.threads != 1:
            highs.resetGlobalScheduler(True)
        highs.run()
        if self.threads != 1:
            highs.resetGlobalScheduler(True)

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:  # noqa: N802 -- PuLP's
        """Write values (and duals of a linear program) back, and keep what was proved."""
        highs = lp.solverModel
        is_mip = any(v.cat == pulp.LpInteger for v in lp.variables())
        self.solution = highs_solution(lp, highs, is_mip=is_mip)
        if self.solution.has_values:
            _write_back(lp, highs.getSolution())
        lp.solverModel = None
        return {
            Outcome.OPTIMAL: (pulp.LpStatusOptimal, pulp.LpSolutionOptimal),
            Outcome.FEASIBLE: (pulp.LpStatusOptimal, pulp.LpSolutionIntegerFeasible),
            Outcome.INFEASIBLE: (pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible),
            Outcome.UNKNOWN: (pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound),
        }[self.solution.outcome]


def _counted(on_bound: OnBound | None, ticks: int) -> OnBound:
    left = ticks

    def check(value: float | None, bound: float | None) -> bool:
        nonlocal left
        left -= 1
        return (on_bound is None or on_bound(value, bound)) and left > 0

    return check


def _interrupter(on_bound: OnBound, sign: float) -> Callable[[Any], None]:
    def check(event: Any) -> None:
        primal, dual = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        value = sign * primal if _known(primal) else None
        bound = sign * dual if _known(dual) else None
        if not on_bound(value, bound):
            event.interrupt()

    return check


def _known(value: float) -> bool:
    return math.isfinite(value) and abs(value) < 1e30


def highs_model(lp: pulp.LpProblem, *, relaxed: bool = False) -> Any:
    """Return a model as HiGHS takes it; relaxed: its linear program. Numbers rows and columns."""
    variables = lp.variables()
    for index, variable in enumerate(variables):
        variable.index = index
    sign = -1.0 if lp.sense == pulp.LpMaximize else 1.0
    rows = list(lp._constraints.values())  # noqa: SLF001 -- the public name warns in PuLP 3.3
    starts = [0]
    columns: list[int] = []
    value: list[float] = []
    for number, row in enumerate(rows):
        row.index = number
        for variable, coefficient in row.items():
            if coefficient != 0:
                columns.append(variable.index)
                value.append(float(coefficient))
        starts.append(len(columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(variables), len(rows)
    model.col_cost_ = np.array([sign * lp.objective.get(v, 0.0) for v in variables], dtype=float)
    model.col_lower_ = _bounds([v.lowBound for v in variables], -math.inf)
    model.col_upper_ = _bounds([v.upBound for v in variables], math.inf)
    model.row_lower_ = _bounds([row.getLb() for row in rows], -math.inf)
    model.row_upper_ = _bounds([row.getUb() for row in rows], math.inf)
    model.offset_ = sign * float(lp.objective.constant)
    kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
    if not relaxed and any(v.cat == pulp.LpInteger for v in variables):
        model.integrality_ = [kinds[v.cat == pulp.LpInteger] for v in variables]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = len(variables), len(rows)
    matrix.start_ = np.array(starts, dtype=np.int32)
    matrix.index_ = np.array(columns, dtype=np.int32)
    matrix.value_ = np.array(value, dtype=float)
    return model


def _bounds(values: list[float | None], absent: float) -> Any:
    return np.array([absent if value is None else value for value in values], dtype=float)


def highs_solution(lp: pulp.LpProblem, highs: Any, *, is_mip: bool) -> Solution:
    """Map HiGHS's model status; every model here is bounded, so "unbounded or infeasible" is."""
    status, kinds = highs.getModelStatus(), highspy.HighsModelStatus
    if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
        return Solution(outcome=Outcome.INFEASIBLE)
    sign = -1.0 if lp.sense == pulp.LpMaximize else 1.0
    info = highs.getInfo()
    dual = info.mip_dual_bound if is_mip else math.inf
    bound = sign * dual if _known(dual) else None
    if status in {kinds.kOptimal, kinds.kModelEmpty}:
        objective = sign * info.objective_function_value
        return Solution(
            outcome=Outcome.OPTIMAL,
            objective=objective,
            bound=objective if bound is None else bound,
        )
    feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
    if is_mip and info.primal_solution_status == feasible:
        objective = sign * info.objective_function_value
        return Solution(outcome=Outcome.FEASIBLE, objective=objective, bound=bound)
    return Solution(outcome=Outcome.UNKNOWN, bound=bound)


def _write_back(lp: pulp.LpProblem, solution: Any) -> None:
    for variable, value in zip(lp.variables(), solution.col_value, strict=True):
        variable.varValue = value
    if solution.dual_valid:
        for row, dual in zip(lp._constraints.values(), solution.row_dual, strict=True):  # noqa: SLF001
            row.pi = dual
        for variable, dual in zip(lp.variables(), solution.col_dual, strict=True):
            variable.dj = dual
