"""Runs a solver: HiGHS where installed (`highs`), else CBC. No other file does.

PuLP says "Optimal" after a time-out, so the status is read from HiGHS itself, or from
``sol_status``. Every model here has a bounded feasible region.
"""

from __future__ import annotations

import pulp

from scheduler.errors import SolverUnavailable
from scheduler.model.highs import HighsRun, is_installed
from scheduler.model.outcome import Effort, OnBound, Outcome, Solution

__all__ = ["Outcome", "Solution", "run", "run_cbc"]


def run(
    model: pulp.LpProblem,
    *,
    time_limit_s: float,
    seed: int = 1,
    gap: float = 0.0,
    threads: int = 1,
    nodes: int | None = None,
    ticks: int | None = None,
    warm: bool = False,
    on_bound: OnBound | None = None,
) -> Solution:
    """Solve a model, without a word on standard output.

    Parameters
    ----------
    model : pulp.LpProblem
    time_limit_s, seed, gap, threads, nodes, ticks
        As in ``Effort``.
    warm : bool
        Begin from the values that variables have; HiGHS completes the others (HiGHS only).
    on_bound : OnBound or None
        Progress and interruption (HiGHS only).
    """
    effort = Effort(
        time_limit_s=time_limit_s, seed=seed, gap=gap, threads=threads, nodes=nodes, ticks=ticks
    )
    if not is_installed():
        return _run_cbc(model, effort)
    solver = HighsRun(effort, warm=warm, on_bound=on_bound)
    model.solve(solver)
    return solver.solution


def run_cbc(model: pulp.LpProblem, *, time_limit_s: float, seed: int = 1) -> Solution:
    """Solve with the CBC that PuLP brings; it tells a bound only when it proved the optimum."""
    return _run_cbc(model, Effort(time_limit_s=time_limit_s, seed=seed))


def _run_cbc(model: pulp.LpProblem, effort: Effort) -> Solution:
    options = [f"randomSeed {effort.seed}", f"randomCbcSeed {effort.seed}"]
    if effort.nodes is not None:
        options.append(f"maxNodes {effort.nodes}")
    solver = pulp.COIN_CMD(
        path=pulp.PULP_CBC_CMD.pulp_cbc_path,
        msg=False,
        threads=effort.threads,
        timeLimit=max(1.0, effort.time_limit_s),
        gapRel=effort.gap,
        options=options,
    )
    if not solver.available():
        raise SolverUnavailable
    model.solve(solver)
    return _cbc_solution(model)


def _cbc_solution(model: pulp.LpProblem) -> Solution:
    status = model.sol_status
    if status == pulp.LpSolutionInfeasible:
        return Solution(outcome=Outcome.INFEASIBLE)
    if status not in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}:
        return Solution(outcome=Outcome.UNKNOWN)
    objective = None if model.objective is None else float(pulp.value(model.objective) or 0.0)
    if status == pulp.LpSolutionOptimal:
        return Solution(outcome=Outcome.OPTIMAL, objective=objective, bound=objective)
    return Solution(outcome=Outcome.FEASIBLE, objective=objective)
