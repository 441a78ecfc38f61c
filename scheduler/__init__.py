"""Plans rotations: speed-mentoring rounds and peer groups.

A ``Problem`` goes in, a ``Plan`` comes out; both are frozen values with a JSON document each::

    problem = read_problem(Path("problem.json").read_text())
    plan = planner.solve(problem, SolveParams(time_limit_s=10))
    assert not verify.verify(problem, plan)

The verbs live in modules of their own: ``planner.solve``, ``repair.repair``, ``verify.verify``,
``explain.explain``, ``fit.pair_fit``. They are imported from there, because what plans is slow to
load and what only reads or checks a plan should not wait for it.
"""

from scheduler.errors import (
    InfeasibleProblem,
    InvalidProblem,
    NoPlanInTime,
    SchedulerError,
    SolverUnavailable,
)
from scheduler.findings import Finding, Violation
from scheduler.jsonio import digest, read_plan, read_problem, write_plan, write_problem
from scheduler.params import OnProgress, Progress, SolveParams
from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import (
    DEFAULT_GOALS,
    MINIMISED,
    Composition,
    Count,
    Distinct,
    Goal,
    GoalName,
    Limit,
    NotAlone,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)

__all__ = [
    "DEFAULT_GOALS",
    "MINIMISED",
    "Composition",
    "Count",
    "Distinct",
    "Finding",
    "Goal",
    "GoalName",
    "GoalValue",
    "InfeasibleProblem",
    "InvalidProblem",
    "Limit",
    "NoPlanInTime",
    "NotAlone",
    "OnProgress",
    "Person",
    "Picker",
    "Plan",
    "Problem",
    "Progress",
    "RepeatLimit",
    "Role",
    "Round",
    "SchedulerError",
    "Seat",
    "SolveParams",
    "SolveStatus",
    "SolverUnavailable",
    "Table",
    "Violation",
    "digest",
    "read_plan",
    "read_problem",
    "write_plan",
    "write_problem",
]
