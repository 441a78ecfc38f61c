"""A planner that is never done: ``python -m tests.benchmarks.busy_planner`` until it is ended.

A planner that proves its plan ends before its time limit, and pages would be measured beside none.
"""

from __future__ import annotations

from itertools import count

from scheduler.params import SolveParams
from scheduler.planner import solve
from tests.benchmarks import shapes


def main() -> None:
    problem = shapes.p5()
    for seed in count(1):
        solve(problem, SolveParams(time_limit_s=600, seed=seed))


if __name__ == "__main__":
    main()
